"""What there is to tell of sent invoices is put together: one message a place, asked for with the rows."""

from __future__ import annotations

from collections.abc import Iterable

from finance import paid
from finance.authority import Right
from finance.invoice import Invoice
from finance.paid_rules import Place, places
from handlers.desk import Desk
from handlers.lanes import lane
from storage import companies, documents, rights, sales, transfers, webhooks
from storage.companies import Company
from storage.database import Tx
from storage.sales import Entry

PAGE = 500


def compose(desk: Desk, tx: Tx, company: Company) -> None:
    """Takes all that waits to be told, says where, and asks for it to be told: nothing is left out or told twice."""
    waiting = sales.untold(tx, company.id)
    if not waiting:
        return
    company = companies.get(tx, company.id)
    finance = to_finance(tx, company)
    batch = f"{desk.clock():%Y%m%d%H%M%S%f}"
    tos: dict[str, None] = {}
    for start in range(0, len(waiting), PAGE):
        some = waiting[start : start + PAGE]
        found = documents.many(tx, company.id, [entry.document for entry in some])
        for entry in some:
            told = _where(company, found[entry.document].invoice, entry, finance)
            sales.compose(tx, company.id, entry.id, batch, told)
            tos |= dict.fromkeys(place.to for place in told)
    for to in tos:
        desk.work.soon(tx, lane(to), "paid.tell", f"{batch}:{to}", company.id, [company.id, to, batch])
    money = [entry for entry in waiting if entry.news.what in paid.MONEY]
    for run in _runs(tx, company, money):
        desk.work.soon(tx, "tell", "paid.thread", f"{batch}:{run}", company.id, [company.id, str(run), batch])
    if webhooks.url(tx, company.id):
        for entry in money:
            desk.work.soon(tx, "away", "paid.post", f"{entry.id}:0", company.id, [company.id, str(entry.id), "0"])


def _where(company: Company, invoice: Invoice, entry: Entry, finance: tuple[Place, ...]) -> tuple[Place, ...]:
    """Of money the project's channel hears; of what is late or came back finance, which can do something."""
    if not company.team:
        return ()
    if entry.news.what not in paid.MONEY:
        return finance
    own = company.choices
    found = places(invoice, own.paid_rules, own.paid_channel, amounts=own.paid_amounts)
    return found or (finance if own.paid_finance else ())


def to_finance(tx: Tx, company: Company) -> tuple[Place, ...]:
    """The company's channel for results; without one everybody of finance."""
    channel = company.choices.result_channel
    return tuple(Place(to) for to in ((channel,) if channel else rights.with_right(tx, company.id, Right.FINANCE)))


def _runs(tx: Tx, company: Company, entries: Iterable[Entry]) -> list[int]:
    """The batches in which they were sent."""
    sent = (transfers.of(tx, company.id, entry.document) for entry in entries)
    return sorted({t.run for t in sent if t is not None})
