"""The days finance counts down to: the VAT return, the end of a month, a change of percentages. Pure dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

VAT_DAY = 12
"""A month's VAT return is due on the 12th of the second month after it (Tax Administration; domain.md 6.1)."""


def reached(marks: Iterable[date], since: date, today: date) -> bool:
    """Whether one of the days has come after ``since``, the last day on which anything was said, up to today.

    Several that were missed are one: what is said is how things stand today.
    """
    return any(since < mark <= today for mark in marks)


def vat_period(due: date) -> date:
    """The first day of the month whose VAT return is due in the month of ``due``."""
    return month_before(month_before(due))


def month_before(day: date) -> date:
    """The first day of the month before the one of ``day``."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day: date) -> date:
    """The first day of the month after the one of ``day``."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return month_after(day) - timedelta(days=1)
