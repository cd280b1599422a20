"""The month-end board: what still stands between the month and its closing."""

from __future__ import annotations

from datetime import date

from finance.calendar import month_after, month_before, month_end, reached
from finance.invoice import Kind
from handlers import workdays
from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views
from handlers.views.bill_lines import Sum
from handlers.views.mornings import Closing
from storage import board, documents
from storage.database import Tx

on = Router()

AHEAD, BEHIND = 2, 3  # working days before the last one, and into the new month


@on.morning("month end", place=50)
def closing(morning: Morning) -> Part | None:
    """Two working days before the month's last, on that day, and on the third of the new month."""
    today, choices = morning.today, morning.company.choices
    last = workdays.before(month_after(today), 1, choices)
    ended = month_before(today)
    third = workdays.after(month_end(ended), BEHIND, choices)
    if reached([workdays.before(last, AHEAD, choices), last], morning.since, today):
        month = today.replace(day=1)
    elif reached([third], morning.since, today):
        month = ended
    else:
        return None
    with morning.desk.store.read() as tx:
        found = _board(tx, morning.company.id, month, last if month != ended else None)
    return Part(lambda say: views.month_end(say, found))


def _board(tx: Tx, company: str, month: date, last: date | None) -> Closing:
    unsent = [documents.counts(tx, company, kind).get("open", 0) for kind in (Kind.SALES_INVOICE, Kind.BILL)]
    states, bills = board.runs(tx, company), board.dated_until(tx, company, month_end(month))
    begun, doubts = states.get("preview", 0) + states.get("sending", 0), board.in_doubt(tx, company).all
    return Closing(month, last, sum(unsent), begun, Sum(bills.n, bills.sums), doubts)
