"""A change of the VAT percentages is seen coming: two months, one month and a week before, and when it has come."""

from __future__ import annotations

from datetime import timedelta

from finance.calendar import reached
from finance.vat import Change, changes
from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views
from storage import references

on = Router()

BEFORE = (60, 30, 7, 0)  # days


@on.morning("vat rates", place=60)
def radar(morning: Morning) -> Part | None:
    """The percentages by their days (`finance.vat`), and whether Procountor has the new ones in use already."""
    near = [change for change in changes() if _near(change, morning)]
    if not near:
        return None
    change = near[-1]
    with morning.desk.store.read() as tx:
        known = references.get(tx, morning.company.id)
    there = {rate.percent for rate in known.vat_rates} if known else set(change.come)
    missing = tuple(percent for percent in change.come if percent not in there)
    return Part(lambda say: views.vat_rates(say, change, missing, morning.today))


def _near(change: Change, morning: Morning) -> bool:
    marks = [change.day - timedelta(days=days) for days in BEFORE]
    return reached(marks, morning.since, morning.today)
