"""The day of the VAT return, counted down: five and two working days before, and on the day."""

from __future__ import annotations

from datetime import date, timedelta

from finance.calendar import reached, vat_return
from handlers import workdays
from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views

on = Router()

ONE = timedelta(days=1)
BEFORE = (5, 2, 0)  # working days


@on.morning("vat return", place=40)
def countdown(morning: Morning) -> Part | None:
    """Of the month's, the quarter's or the year's return, as the company gives it; nothing once its day is past.

    A year's is due on the last day of February, which holidays may move into March.
    """
    this = morning.today.replace(day=1)
    told = (_counted(morning, month) for month in (morning.today, this - ONE))
    return next((part for part in told if part is not None), None)


def _counted(morning: Morning, month: date) -> Part | None:
    """The return that is due in a month."""
    today, choices = morning.today, morning.company.choices
    found = vat_return(month, choices.vat_period)
    due = workdays.deadline(found.due) if found else today
    marks = [workdays.before(due, days, choices) for days in BEFORE]
    if found is None or today > due or not reached(marks, morning.since, today):
        return None
    left = workdays.until(today, due, choices)
    return Part(lambda say: [views.vat_return(say, found, due, left)])
