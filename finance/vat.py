"""Finnish VAT percentages by date, and how the VAT of a row is to be handled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from finance.countries import EU
from finance.reference import VatStatus

DOMESTIC, OUTSIDE_EU, EU_SALES, NO_VAT = 1, 3, 5, 12
"""Numbers Procountor gives to the common VAT statuses."""


class VatCase(StrEnum):
    """A situation whose VAT status the percentage and the country alone do not decide."""

    DOMESTIC_ZERO = "domestic_zero"  # 0 % to a Finnish buyer, no reason given
    DOMESTIC_REVERSE = "domestic_reverse"  # reverse charge inside Finland (construction, scrap, emission rights)
    EU_SERVICE = "eu_service"  # reverse charge to a buyer elsewhere in the EU
    EU_ZERO = "eu_zero"  # 0 % to another EU country, goods or service not said
    NO_COUNTRY = "no_country"  # 0 % and the other side's country is not known
    EU_GOODS = "eu_goods"  # goods bought from elsewhere in the EU
    IMPORT = "import"  # bought from outside the EU without VAT


@dataclass(frozen=True, slots=True)
class Span:
    """Percentages in force on every day from ``first`` to ``last``, both included (Value Added Tax Act)."""

    first: date
    last: date
    percents: tuple[Decimal, ...]


_PERCENTS = (
    Span(date(2010, 7, 1), date(2012, 12, 31), (Decimal(23), Decimal(13), Decimal(9))),
    Span(date(2013, 1, 1), date(2024, 8, 31), (Decimal(24), Decimal(14), Decimal(10))),
    Span(date(2024, 9, 1), date(2025, 12, 31), (Decimal("25.5"), Decimal(14), Decimal(10))),
    Span(date(2026, 1, 1), date.max, (Decimal("25.5"), Decimal("13.5"), Decimal(10))),
)
_ZERO = Decimal(0)
_SUCCESSORS = {Decimal(24): Decimal("25.5"), Decimal(14): Decimal("13.5"), Decimal("25.5"): Decimal(24)}
_SERVICE_WORDS = ("service", "palvelu", "tjänst")
_REVERSE_WORDS = ("reverse", "käännetty", "käänteinen", "omvänd", "construction", "rakennus", "bygg")
_OUTSIDE_WORDS = ("outside", "import", "third", "ulkopuol", "tuonti", "utanför")
_EU_WORDS = ("eu", "community", "yhteisö", "gemenskap", "unioni")


def percents(start: date, end: date) -> tuple[Decimal, ...]:
    """Percentages in force in Finland on any day of a delivery from ``start`` to ``end``, highest first, and 0."""
    found = {percent for span in _PERCENTS if span.first <= end and start <= span.last for percent in span.percents}
    return (*sorted(found, reverse=True), _ZERO)


@dataclass(frozen=True, slots=True)
class Change:
    """From ``day`` on the percentages ``come`` are in force instead of those that ``go``, the highest first."""

    day: date
    go: tuple[Decimal, ...]
    come: tuple[Decimal, ...]


def changes(spans: Sequence[Span] = _PERCENTS) -> tuple[Change, ...]:
    """Every change of the percentages that is known, the earliest first."""
    return tuple(
        Change(
            after.first,
            tuple(percent for percent in before.percents if percent not in after.percents),
            tuple(percent for percent in after.percents if percent not in before.percents),
        )
        for before, after in pairwise(spans)
    )


def percents_until(day: date) -> tuple[Decimal, ...]:
    """Percentages that have been in force in Finland on some day up to ``day``: what a correction may use."""
    return percents(date.min, day)


def successor(percent: Decimal, valid: Iterable[Decimal]) -> Decimal | None:
    """The percentage of the same group that is in force instead of ``percent``, when there is one."""
    candidate = _SUCCESSORS.get(percent)
    if percent == Decimal("13.5"):
        candidate = Decimal(14)
    return candidate if candidate in tuple(valid) else None


def case_of(percent: Decimal, category: str, country: str, home: str = "FI") -> int | VatCase:
    """The VAT status by number, or the case that a person (or the company's rule) has to decide.

    ``category`` is the EN 16931 code or empty, ``country`` the buyer's, ``home`` the company's own.
    """
    domestic = country in (home, "AX" if home == "FI" else home)
    if category in ("E", "O"):
        return NO_VAT
    if category == "G":
        return OUTSIDE_EU
    if category == "K":
        return EU_SALES
    if category == "AE":
        return VatCase.DOMESTIC_REVERSE if domestic else _abroad(country, VatCase.EU_SERVICE)
    if percent != _ZERO or (category == "Z" and domestic):
        return DOMESTIC
    return VatCase.DOMESTIC_ZERO if domestic else _abroad(country, VatCase.EU_ZERO)


def purchase_case_of(percent: Decimal, category: str, country: str, home: str = "FI") -> int | VatCase:
    """As ``case_of`` for a bill: ``country`` is the supplier's. Only what has no second reading is decided."""
    domestic = country in (home, "AX" if home == "FI" else home)
    if category in ("E", "O"):
        return NO_VAT
    if category == "K":
        return VatCase.EU_GOODS
    if category == "G":
        return VatCase.IMPORT
    if category == "AE":
        return VatCase.DOMESTIC_REVERSE if domestic else _from_abroad(country, VatCase.EU_SERVICE)
    if percent != _ZERO or (category == "Z" and domestic):
        return DOMESTIC
    return VatCase.DOMESTIC_ZERO if domestic else _from_abroad(country, VatCase.EU_ZERO)


def candidates(case: VatCase, enabled: Iterable[VatStatus]) -> tuple[VatStatus, ...]:
    """Of the company's enabled statuses for the direction those that fit ``case``, judged by their descriptions."""
    statuses = tuple(enabled)
    if case is VatCase.EU_SERVICE:
        return tuple(s for s in statuses if _speaks(s, _SERVICE_WORDS) and _speaks(s, _EU_WORDS))
    if case is VatCase.DOMESTIC_REVERSE:
        return tuple(s for s in statuses if _speaks(s, _REVERSE_WORDS) and not _speaks(s, _EU_WORDS))
    if case is VatCase.EU_GOODS:
        return tuple(s for s in statuses if _speaks(s, _EU_WORDS) and not _speaks(s, _SERVICE_WORDS))
    if case is VatCase.IMPORT:
        return tuple(s for s in statuses if _speaks(s, _OUTSIDE_WORDS))
    if case is VatCase.EU_ZERO:
        return tuple(s for s in statuses if s.number == EU_SALES or _speaks(s, _EU_WORDS))
    return statuses


def _abroad(country: str, inside: VatCase) -> int | VatCase:
    if not country:
        return VatCase.NO_COUNTRY
    return inside if country in EU else OUTSIDE_EU


def _from_abroad(country: str, inside: VatCase) -> VatCase:
    if not country:
        return VatCase.NO_COUNTRY
    return inside if country in EU else VatCase.IMPORT


def _speaks(status: VatStatus, words: tuple[str, ...]) -> bool:
    text = status.description.casefold()
    return any(word in text for word in words)
