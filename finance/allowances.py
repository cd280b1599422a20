"""Per diems, meal money and kilometres of a trip by the Finnish rules: what may be paid free of tax at most.

Rules: domain.md 6.5. A travel day is 24 hours of time that really passed, counted from the moment the trip began; the
year in which it began decides its maxima. All amounts are euros. Nothing that is not known is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from finance.allowance_rates import HOME, Vehicle, abroad, rates

DAY = timedelta(hours=24)
SIX, TEN, TWO = timedelta(hours=6), timedelta(hours=10), timedelta(hours=2)
LONGEST = 60  # travel days of one claim
FINLAND = ZoneInfo("Europe/Helsinki")
CENT = Decimal("0.01")


class Extent(StrEnum):
    """How much of a per diem a travel day gives."""

    FULL = "full"  # of the home country
    PARTIAL = "partial"  # of the home country
    ABROAD = "abroad"  # the country's own
    HALF_ABROAD = "half_abroad"  # half of that of the last whole day abroad
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TravelDay:
    """``number`` counts from 1; ``start`` and ``end`` are aware; ``whole`` when it lasted 24 hours."""

    number: int
    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)

    @property
    def whole(self) -> bool:
        return self.length == DAY

    @property
    def year(self) -> int:
        """The year that decides, by the calendar in Finland."""
        return self.start.astimezone(FINLAND).year


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one travel day gives. ``rate`` is before meals halve it; both are None when the maximum is not known."""

    day: TravelDay
    extent: Extent
    country: str
    halved: bool
    rate: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Drive:
    """Kilometres driven with one's own vehicle; ``passengers`` do not count the driver."""

    km: Decimal
    passengers: int = 0
    trailer: bool = False
    vehicle: Vehicle = Vehicle.CAR


@dataclass(frozen=True, slots=True)
class Mileage:
    """``per_km`` holds all: the vehicle, its passengers and its trailer. None when a part is not known."""

    drive: Drive
    year: int
    per_km: Decimal | None
    amount: Decimal | None


class Moment(StrEnum):
    """What is odd about a time that somebody gave by the clock on the wall."""

    SKIPPED = "skipped"  # the clocks went over it


def moment(local: datetime, zone: str, *, ends: bool = False) -> datetime | Moment:
    """A time by the clock on the wall of ``zone`` as a moment.

    Of a time that came twice (clocks set back), the one that makes the trip shorter: what is claimed is then sure.
    """
    place = ZoneInfo(zone)
    found = local.replace(tzinfo=place, fold=0 if ends else 1)
    there = found.astimezone(UTC).astimezone(place)
    return found if there.replace(tzinfo=None) == local.replace(tzinfo=None, fold=0) else Moment.SKIPPED


def travel_days(start: datetime, end: datetime) -> tuple[TravelDay, ...]:
    """The trip cut into travel days, the last one as short as it was; none when it ends before it begins."""
    begun, over = start.astimezone(UTC), end.astimezone(UTC)
    found: list[TravelDay] = []
    while begun < over and len(found) < LONGEST + 1:
        until = min(begun + DAY, over)
        found.append(TravelDay(len(found) + 1, begun.astimezone(start.tzinfo), until.astimezone(end.tzinfo)))
        begun = until
    return tuple(found)


def per_diems(
    days: Sequence[TravelDay],
    countries: Sequence[str],
    meals: Sequence[int] = (),
    given: Mapping[str, Decimal] | None = None,
) -> tuple[Allowance, ...]:
    """What each travel day gives at most.

    ``countries``: where each day ended (on a ship or an aeroplane: where it had left from, or leaving Finland where it
    first arrives); a day beyond the list ended where the last one did. ``meals``: free meals of each day. ``given``:
    full per diems that a person looked up for countries that are not known here.
    """
    found: list[Allowance] = []
    for place, day in enumerate(days):
        country = _at(countries, place, "FI")
        before = found[-1] if found else None
        extent, country = _extent(day, country, before)
        rate = _rate(extent, country, day.year, given or {})
        eaten = meals[place] if place < len(meals) else 0
        halved = extent is not Extent.NONE and eaten >= (1 if extent is Extent.PARTIAL else 2)
        amount = rate / 2 if rate is not None and halved else rate
        found.append(Allowance(day, extent, country, halved, rate, None if amount is None else _cents(amount)))
    return tuple(found)


def _at(countries: Sequence[str], place: int, otherwise: str) -> str:
    return countries[min(place, len(countries) - 1)] if countries else otherwise


def _extent(day: TravelDay, country: str, before: Allowance | None) -> tuple[Extent, str]:
    """A short last day takes its country from the whole one before it."""
    if day.whole:
        return (Extent.FULL if country in HOME else Extent.ABROAD), country
    if before is not None:
        return _rest(day.length, before), before.country
    if country not in HOME and day.length >= TEN:
        return Extent.ABROAD, country
    return (Extent.FULL if day.length > TEN else Extent.PARTIAL if day.length > SIX else Extent.NONE), "FI"


def _rest(over: timedelta, before: Allowance) -> Extent:
    """What goes over the last whole travel day."""
    if over < TWO:
        return Extent.NONE
    if before.country in HOME:
        return Extent.FULL if over > SIX else Extent.PARTIAL
    return Extent.ABROAD if over > TEN else Extent.HALF_ABROAD


def _rate(extent: Extent, country: str, year: int, given: Mapping[str, Decimal]) -> Decimal | None:
    if extent is Extent.NONE:
        return Decimal(0)
    if extent in (Extent.FULL, Extent.PARTIAL):
        home = rates(year)
        return None if home is None else home.full if extent is Extent.FULL else home.partial
    whole = abroad(country, year) or given.get(country)
    return whole / 2 if whole is not None and extent is Extent.HALF_ABROAD else whole


def meal_money(day: TravelDay, paid: int) -> Decimal | None:
    """For a trip that gives no per diem: the maximum for one or two meals eaten elsewhere; None when not known."""
    found = rates(day.year)
    if paid < 1:
        return Decimal(0)
    return None if found is None else found.meal if paid == 1 else found.two_meals


def mileage(drive: Drive, year: int) -> Mileage:
    """What the kilometres give at most."""
    found = rates(year)
    base = found.per_km.get(drive.vehicle) if found else None
    if found is None or base is None or (drive.trailer and found.trailer is None):
        return Mileage(drive, year, None, None)
    per_km = base + found.passenger * drive.passengers + ((found.trailer or Decimal(0)) if drive.trailer else 0)
    return Mileage(drive, year, per_km, _cents(per_km * drive.km))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
