"""A claim while it is being written in Slack: its rows, its trip, and what is wrong with them, before it is a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from finance import vat
from finance.allowance_rates import Vehicle
from finance.claim import ClaimKind
from finance.currencies import CURRENCIES
from finance.invoice import ONE, ZERO

CENT = Decimal("0.01")
MOST_ROWS = 30
MOST_AMOUNT = Decimal(1_000_000)
HOME = "EUR"  # what claims made here are counted in


class CostType(StrEnum):
    """What money was spent on."""

    MEAL = "meal"
    HOTEL = "hotel"
    TAXI = "taxi"
    TICKET = "ticket"
    PARKING = "parking"
    FUEL = "fuel"
    SUPPLIES = "supplies"
    TELEPHONE = "telephone"
    GUESTS = "guests"
    OTHER = "other"


class Wrong(StrEnum):
    """What is wrong with a field; said at that field."""

    MISSING = "missing"
    NUMBER = "number"
    AMOUNT = "amount"  # not more than nothing, or more than anybody spends
    ALLOWANCE = "allowance"  # of one day: not more than nothing, or more than any decision gives
    KILOMETRES = "kilometres"  # no number, less than none, or more than anybody drives
    CENTS = "cents"
    FUTURE = "future"
    PERCENT = "percent"  # not in force on that day
    CURRENCY = "currency"
    RATE = "rate"
    TIME = "time"
    SKIPPED = "skipped"  # a time the clocks went over
    ENDS = "ends"  # before it begins
    LONG = "long"
    COUNTRY = "country"
    WHOLE = "whole"  # not a whole number
    SOURCE = "source"  # where an amount was looked up


@dataclass(frozen=True, slots=True)
class Row:
    """One cost. ``gross`` is in ``currency``, ``rate`` what one euro costs in it; ``payment`` the way it was paid."""

    id: int
    day: date
    gross: Decimal
    currency: str = HOME
    rate: Decimal = ONE
    type: CostType = CostType.OTHER
    supplier: str = ""
    description: str = ""
    vat_percent: Decimal | None = None
    project: str = ""
    payment: str = ""

    @property
    def amount(self) -> Decimal:
        """In euros, to the cent."""
        return (self.gross / self.rate).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Journey:
    """A trip. ``start`` and ``end`` are aware; ``countries`` and ``meals`` (free ones) go by travel day.

    ``own_meals`` were paid by oneself on a trip that gives no per diem; ``looked_up`` are full per diems of countries
    that are not known here, ``sources`` where they were found.
    """

    route: str
    purpose: str
    start: datetime
    end: datetime
    countries: tuple[str, ...] = ("FI",)
    meals: tuple[int, ...] = ()
    km: Decimal = ZERO
    passengers: int = 0
    trailer: bool = False
    vehicle: Vehicle = Vehicle.CAR
    own_meals: int = 0
    per_diem: bool = True  # whether one is claimed at all
    project: str = ""
    looked_up: Mapping[str, Decimal] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that has been written so far. ``next_row`` is the id the next row gets: none is used twice."""

    kind: ClaimKind
    note: str = ""
    rows: tuple[Row, ...] = ()
    journey: Journey | None = None
    next_row: int = 1

    def row(self, id: int) -> Row | None:
        return next((row for row in self.rows if row.id == id), None)

    @property
    def newest(self) -> int:
        """The id that was given last."""
        return self.next_row - 1

    def keeping(self, row: Row) -> Sheet:
        """With this row changed, or added at the end; a row of no id gets the next one."""
        row = replace(row, id=row.id or self.next_row)
        rows = tuple(row if one.id == row.id else one for one in self.rows)
        if self.row(row.id) is None:
            rows = (*self.rows, row)
        return replace(self, rows=rows, next_row=max(self.next_row, row.id + 1))

    def without(self, row: int) -> Sheet:
        return replace(self, rows=tuple(one for one in self.rows if one.id != row))

    def reserving(self) -> Sheet:
        """The next id is given to a row that is yet to be written."""
        return replace(self, next_row=self.next_row + 1)


def wrong(row: Row, today: date) -> dict[str, Wrong]:
    """What is wrong with a row, by field (R66, R67; domain.md 6.1)."""
    found: dict[str, Wrong] = {}
    if row.day > today:
        found["day"] = Wrong.FUTURE
    if not ZERO < row.gross < MOST_AMOUNT:
        found["gross"] = Wrong.AMOUNT
    elif row.gross != row.gross.quantize(CENT):
        found["gross"] = Wrong.CENTS
    if row.currency not in CURRENCIES:
        found["currency"] = Wrong.CURRENCY
    elif row.currency != HOME and (row.rate <= 0 or row.rate == ONE):
        found["rate"] = Wrong.RATE
    if row.vat_percent and row.vat_percent not in vat.percents(row.day, row.day):
        found["percent"] = Wrong.PERCENT
    if not (row.supplier.strip() or row.description.strip()):
        found["supplier"] = Wrong.MISSING
    return found


def offered(today: date) -> tuple[Decimal, ...]:
    """VAT percentages a receipt of the last two years may have, highest first, and 0."""
    return vat.percents(date(today.year - 2, today.month, 1), today)


_REDUCED = frozenset({CostType.HOTEL, CostType.TAXI, CostType.TICKET})
_FULL = frozenset({CostType.PARKING, CostType.FUEL, CostType.SUPPLIES, CostType.TELEPHONE})
_LODGING_MOVED = date(2025, 1, 1)  # most of what was taxed at 10 % went to the group of food


def usual(type: CostType, day: date) -> Decimal | None:
    """The percentage this kind of cost usually has in Finland on a day; None when there is none (domain.md 6.1)."""
    full, middle, low, _ = vat.percents(day, day)
    if type in _FULL:
        return full
    if type is CostType.MEAL:
        return middle
    if type in _REDUCED:
        return middle if day >= _LODGING_MOVED else low
    return None


def total(rows: Iterable[Row]) -> Decimal:
    """What rows come to, in euros."""
    return sum((row.amount for row in rows), ZERO)
