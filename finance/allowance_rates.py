"""The tax-free maxima of travel allowances by year, as data: a figure that is not known is None and is never guessed.

Sources: domain.md 6.5 (Tax Administration's decisions for 2024, 2025 and 2026); per diems abroad of 2026 also as the
Association of Finnish Accounting Firms prints them from the decision. A new year is a new row in each table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Vehicle(StrEnum):
    """What one drove, one's own."""

    CAR = "car"
    MOTORCYCLE = "motorcycle"


@dataclass(frozen=True, slots=True)
class Rates:
    """One year's maxima in euros: per day, per meal, per kilometre. None: not known."""

    full: Decimal
    partial: Decimal
    meal: Decimal
    two_meals: Decimal
    per_km: Mapping[Vehicle, Decimal | None]
    passenger: Decimal
    trailer: Decimal | None


def _d(text: str) -> Decimal:
    return Decimal(text)


RATES: Mapping[int, Rates] = {
    2024: Rates(
        _d("51"), _d("24"), _d("12.75"), _d("25.50"),
        {Vehicle.CAR: _d("0.57"), Vehicle.MOTORCYCLE: _d("0.44")}, _d("0.04"), _d("0.10"),
    ),
    2025: Rates(
        _d("53"), _d("24"), _d("13.25"), _d("26.50"),
        {Vehicle.CAR: _d("0.59"), Vehicle.MOTORCYCLE: None}, _d("0.04"), None,
    ),
    2026: Rates(
        _d("54"), _d("25"), _d("13.50"), _d("27.00"),
        {Vehicle.CAR: _d("0.55"), Vehicle.MOTORCYCLE: _d("0.42")}, _d("0.04"), _d("0.09"),
    ),
}  # fmt: skip

ABROAD: Mapping[int, Mapping[str, Decimal]] = {
    2026: {
        "CN": _d("69"), "DE": _d("78"), "DK": _d("82"), "EE": _d("82"), "FR": _d("80"), "GB": _d("84"), "HK": _d("79"),
        "LT": _d("75"), "LV": _d("76"), "NO": _d("72"), "RU": _d("87"), "SE": _d("70"), "US": _d("86"),
    },
}  # fmt: skip
"""Full per diem abroad by ISO 3166-1 code. Dearer areas of a country (London, New York) stand at the country's own."""

HOME = frozenset({"FI", "AX"})
"""Where the per diems of the home country hold."""


def rates(year: int) -> Rates | None:
    """The year's maxima; None when they are not known here."""
    return RATES.get(year)


def abroad(country: str, year: int) -> Decimal | None:
    """The full per diem of a country; None when it is not known here."""
    return ABROAD.get(year, {}).get(country)
