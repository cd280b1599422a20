"""The morning's first line: how many bills wait, what is overdue, what is to be paid."""

from __future__ import annotations

from handlers import bill_page
from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views
from handlers.views.bill_lines import Sum
from storage import board, tallies
from storage.tallies import Totals

on = Router()


@on.morning("bills", place=10)
def waiting(morning: Morning) -> Part:
    """It calls only when there is a bill at all."""
    company = morning.company
    late = bill_page.overdue_before(morning.desk, company)
    with morning.desk.store.read() as tx:
        open_, overdue = tallies.open_(tx, company.id), tallies.open_(tx, company.id, before=late)
        to_pay = board.to_pay(tx, company.id)
    found = [_sum(totals) for totals in (open_, overdue, to_pay)]
    return Part(lambda say: views.bills(say, *found), calls=bool(open_.n or to_pay.n))


def _sum(totals: Totals) -> Sum:
    return Sum(totals.n, totals.sums)
