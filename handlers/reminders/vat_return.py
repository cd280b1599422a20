"""The day of the VAT return, counted down: five and two working days before, and on the day."""

from __future__ import annotations

from finance.calendar import VAT_DAY, reached, vat_period
from handlers import workdays
from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views

on = Router()

BEFORE = (5, 2, 0)  # working days


@on.morning("vat return", place=40)
def countdown(morning: Morning) -> Part | None:
    """Of the month's return; nothing once its day is past."""
    today, choices = morning.today, morning.company.choices
    due = workdays.deadline(today.replace(day=VAT_DAY))
    marks = [workdays.before(due, days, choices) for days in BEFORE]
    if today > due or not reached(marks, morning.since, today):
        return None
    period, left = vat_period(today), workdays.until(today, due, choices)
    return Part(lambda say: [views.vat_return(say, period, due, left)])
