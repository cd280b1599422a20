"""The days of one invoicing round: which month's work is invoiced, when, and when it falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    *("tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesäkuu"),
    *("heinäkuu", "elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu"),
)
FIRST = date(2026, 1, 1)
_TERM = timedelta(days=14)
_SOON = 20  # from this day of a month on, its own work is invoiced; before it, the work of the month before
_LONG_AGO = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Days:
    """``start`` to ``end`` is the work, both included; ``closed`` is a day whose books are closed."""

    issued: date
    start: date
    end: date
    due: date
    closed: date

    @property
    def month(self) -> str:
        """The month of the work in Finnish: "lokakuu"."""
        return MONTHS[self.start.month - 1]

    @property
    def numbers(self) -> str:
        """The month of the work in figures: "10/2026"."""
        return f"{self.start.month}/{self.start.year}"


def days(today: date) -> Days:
    """The round that is invoiced on ``today``. Raises ValueError before 2026: its VAT rates are the company's."""
    if today < FIRST:
        raise ValueError("the practice month begins in 2026, when VAT 13.5 % came into force")
    if today.day >= _SOON:
        return Days(today, today.replace(day=1), today, today + _TERM, today - _LONG_AGO)
    end = today.replace(day=1) - timedelta(days=1)
    return Days(today, end.replace(day=1), end, today + _TERM, today - _LONG_AGO)
