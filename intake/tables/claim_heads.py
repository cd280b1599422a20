"""What the rows of one claim say of the claim itself: whose it is, when it was made, the trip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from finance.claim import Claimant, ClaimKind, Trip
from finance.invoice import ZERO
from intake.codes import country_code
from intake.tables.cells import Cells
from intake.text import bare
from intake.values import Unreadable, day

ZONE = ZoneInfo("Europe/Helsinki")
_TIME = re.compile(r"[T ](?:klo |kl\.? )?([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?\s*$", re.I)
_TRAVEL = frozenset({"matka", "matkalasku", "resa", "reseräkning", "travel", "trip", "travelclaim", "travelinvoice"})
_EXPENSE = frozenset(
    {"kulu", "kululasku", "kulut", "utlägg", "kostnad", "kostnadsräkning", "expense", "expenses", "expenseclaim"}
)
_OF_TRIPS = ("route", "purpose", "trip_start", "trip_end", "kilometres")


@dataclass(frozen=True, slots=True)
class ClaimHead:
    """The claim without its costs."""

    number: str
    kind: ClaimKind
    claimant: Claimant
    created: date | None
    trip: Trip | None
    note: str
    stated: Decimal | None


def head_of(rows: Sequence[Cells]) -> ClaimHead | None:
    """The first row that says something counts, and no other may say otherwise; None when nobody claims."""
    claimant = Claimant(_text(rows, "person_number"), _text(rows, "person"), _text(rows, "email"))
    if not claimant.key:
        rows[0].fault("intake.claim.empty", "person")
        return None
    days = [found for cells in rows if (found := cells.day("created")) is not None]
    kind = _kind(rows)
    return ClaimHead(
        number=_text(rows, "number"),
        kind=kind,
        claimant=claimant,
        created=days[0] if days else None,
        trip=_trip(rows) if kind is ClaimKind.TRAVEL else None,
        note=_text(rows, "note"),
        stated=_number(rows, "total"),
    )


def _text(rows: Sequence[Cells], name: str) -> str:
    first = ""
    for cells in rows:
        found = cells.text(name)
        first = first or found
        if found and found != first:
            cells.fault("intake.claim.contradiction", name, found, first, first=first)
    return first


def _number(rows: Sequence[Cells], name: str) -> Decimal | None:
    told = [found for cells in rows if (found := cells.number(name)) is not None]
    if any(found != told[0] for found in told):
        rows[0].fault("intake.claim.contradiction", name, str(told[-1]), str(told[0]), first=str(told[0]))
    return told[0] if told else None


def _kind(rows: Sequence[Cells]) -> ClaimKind:
    word = _text(rows, "kind")
    if bare(word) in _TRAVEL:
        return ClaimKind.TRAVEL
    if bare(word) in _EXPENSE:
        return ClaimKind.EXPENSE
    if word:
        rows[0].fault("intake.claim.kind", "kind", word, "matkalasku, kululasku", warning=True)
    trip = any(cells.has(name) for cells in rows for name in _OF_TRIPS)
    return ClaimKind.TRAVEL if trip else ClaimKind.EXPENSE


def _trip(rows: Sequence[Cells]) -> Trip:
    word = _text(rows, "country")
    country = country_code(word) if word else ""
    if country is None:
        rows[0].fault("intake.claim.country", "country", word, "FI", warning=True)
    return Trip(
        route=_text(rows, "route"),
        purpose=_text(rows, "purpose"),
        country=country or "",
        start=_moment(rows, "trip_start"),
        end=_moment(rows, "trip_end"),
        kilometres=_number(rows, "kilometres") or ZERO,
        passengers=int(_number(rows, "passengers") or 0),
        meals=int(_number(rows, "meals") or 0),
    )


def _moment(rows: Sequence[Cells], name: str) -> datetime | None:
    """A day with its time of day, in Finland's time; a day alone does not tell how long the trip was."""
    text = _text(rows, name)
    if not text:
        return None
    time = _TIME.search(text)
    try:
        found = day(text[: time.start()] if time else text, rows[0].habits.order)
        at = datetime(found.year, found.month, found.day, int(time[1]), int(time[2]), tzinfo=ZONE) if time else None
    except (Unreadable, ValueError):
        at = None
    if at is None:
        rows[0].fault("intake.claim.time", name, text, "31.12.2026 7.30", warning=True)
    return at
