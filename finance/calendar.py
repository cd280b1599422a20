"""The days finance counts down to: the VAT return, the end of a month, a change of percentages. Pure dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

VAT_DAY = 12
"""A month's VAT return is due on the 12th of the second month after it (Tax Administration; domain.md 6.1)."""


def reached(marks: Iterable[date], since: date, today: date) -> bool:
    """Whether one of the days has come after ``since``, the last day on which anything was said, up to today.

    Several that were missed are one: what is said is how things stand today.
    """
    return any(since < mark <= today for mark in marks)


MONTH, QUARTER, YEAR, NONE = "month", "quarter", "year", "none"
VAT_PERIODS = (MONTH, QUARTER, YEAR, NONE)
"""How often a company gives its VAT return; "none" for one that is not registered."""


@dataclass(frozen=True, slots=True)
class VatReturn:
    """The months of a return, by their first days, and the day it is due before holidays move it."""

    first: date
    last: date
    due: date


def vat_return(today: date, period: str) -> VatReturn | None:
    """The return that is due in the month of ``today``; None when none is.

    A month's and a quarter's on the 12th of the second month after it, a year's on the last day of February (Tax
    Administration, "Arvonlisäveron ilmoittaminen ja maksaminen"; domain.md 6.1).
    """
    last = month_before(month_before(today))
    if period == MONTH:
        return VatReturn(last, last, today.replace(day=VAT_DAY))
    if period == QUARTER and last.month % 3 == 0:
        return VatReturn(last.replace(month=last.month - 2), last, today.replace(day=VAT_DAY))
    if period == YEAR and today.month == 2:
        return VatReturn(last.replace(month=1), last, month_end(today))
    return None


def month_before(day: date) -> date:
    """The first day of the month before the one of ``day``."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day: date) -> date:
    """The first day of the month after the one of ``day``."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return month_after(day) - timedelta(days=1)
