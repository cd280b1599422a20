"""Finds an invoice by either number, ours or Procountor's; a bill by these, its reference or its supplier's name."""

from __future__ import annotations

from dataclasses import replace

from finance.authority import Right
from handlers import bill_page, standing
from handlers.desk import Here
from handlers.routing import Router
from handlers.typed import whole
from handlers.views import bill_words, finding, notices
from handlers.views.bill_lines import Line
from handlers.views.finding import Hit
from procountor import invoices
from procountor.errors import ProcountorError
from storage import bill_search, cards, documents, handles, runs, sales, transfers
from storage.database import Tx

on = Router()


@on.command(
    "find",
    right=standing.ANY,
    usage="NUMBER | REFERENCE | SUPPLIER",
    help="Find an invoice or a bill by its number, a bill by its reference or supplier, too",
)
def find(here: Here) -> None:
    """``find 1042`` and ``find 30117`` both lead to the same invoice; Procountor is asked when we do not know it.

    Everybody finds what he may see.
    """
    number = here.said.text.strip().lstrip("#")
    if not number or len(number) > 40:
        return here.whisper(notices.plain(here.say("Which number? For example `/procountor find 1042`.")))
    invoices_too = here.may(Right.FINANCE).allowed
    with here.desk.store.read() as tx:
        hits = _ours(here, tx, number) if invoices_too else []
    lines = _bills(here, number)
    if invoices_too and not hits and not lines:
        try:
            hits = _theirs(here, number)
        except ProcountorError:
            return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    here.whisper(finding.picture(here.say, number, hits, lines, invoices=invoices_too))
    return None


def _bills(here: Here, typed: str) -> list[Line]:
    """The bills among those the reader may see, each with the handle that opens its card."""
    only, company = standing.of(here).only, here.company.id
    with here.desk.store.read() as tx:
        found = bill_search.find(tx, company, typed, only)
        desks = cards.holders(tx, company, [bill.id for bill in found])
    with here.desk.store.write() as tx:
        now, team = here.desk.clock(), here.said.team
        handle = {bill.id: handles.issue(tx, company, team, "bill.open", str(bill.id), now) for bill in found}
    return [
        replace(
            bill_page.line_of(here.desk, here.company, bill, desks.get(bill.id, ())),
            handle=handle[bill.id],
            state="" if bill.open else bill_words.status(here.say, bill.status),
        )
        for bill in found
    ]


def _ours(here: Here, tx: Tx, number: str) -> list[Hit]:
    company = here.company.id
    named = documents.by_number(tx, company, number)
    wholes = [documents.whole_of(tx, doc) for doc in named]
    found = {doc.id: doc for doc in (*named, *wholes) if doc is not None and doc.state != documents.JOINED}
    if (remote := whole(number)) is not None:
        t = transfers.by_remote_number(tx, company, remote)
        if t is not None:
            found[t.document] = documents.get(tx, company, t.document)
    hits = []
    for doc in found.values():
        t = transfers.of(tx, company, doc.id)
        invoice = doc.invoice
        batches = runs.runs_with(tx, doc.id)
        state = t.state.value if t else doc.state
        sent = sales.of_document(tx, company, doc.id)
        stands = sent.sale.status if sent and sent.sale else ""
        theirs, batch = t.remote_number if t else None, batches[0] if batches else None
        hits.append(Hit(invoice, state, theirs, batch, stands=stands, paid_on=sent.paid_on if sent else None))
    return hits


def _theirs(here: Here, number: str) -> list[Hit]:
    """Invoices made in Procountor by others than us."""
    api = here.desk.books(here.company.id)
    found = list(invoices.search(api, original_number=number))
    if (theirs := whole(number)) is not None:
        found += list(invoices.search(api, number=theirs))
    return [finding.in_procountor(f.original_number, f.number, f.partner, f.status, f.date) for f in found[:10]]
