"""Finds an invoice by either number: ours or Procountor's."""

from __future__ import annotations

from finance.authority import Right
from handlers.desk import Here
from handlers.routing import Router
from handlers.typed import whole
from handlers.views import finding, notices
from handlers.views.finding import Hit
from procountor import invoices
from procountor.errors import ProcountorError
from storage import documents, runs, transfers
from storage.database import Tx

on = Router()


@on.command("find", right=Right.FINANCE, usage="NUMBER", help="Find an invoice by your number or Procountor’s")
def find(here: Here) -> None:
    """``find 1042`` and ``find 30117`` both lead to the same invoice; Procountor is asked when we do not know it."""
    number = here.said.text.strip().lstrip("#")
    if not number or len(number) > 40:
        return here.whisper(notices.plain(here.say("Which number? For example `/procountor find 1042`.")))
    with here.desk.store.read() as tx:
        hits = _ours(here, tx, number)
    if not hits:
        try:
            hits = _theirs(here, number)
        except ProcountorError:
            return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    here.whisper(finding.picture(here.say, number, hits))
    return None


def _ours(here: Here, tx: Tx, number: str) -> list[Hit]:
    company = here.company.id
    found = {doc.id: doc for doc in documents.by_number(tx, company, number)}
    if (theirs := whole(number)) is not None:
        t = transfers.by_remote_number(tx, company, theirs)
        if t is not None:
            found[t.document] = documents.get(tx, company, t.document)
    hits = []
    for doc in found.values():
        t = transfers.of(tx, company, doc.id)
        invoice = doc.invoice
        batches = runs.runs_with(tx, doc.id)
        state = t.state.value if t else doc.state
        hits.append(Hit(invoice, state, t.remote_number if t else None, batches[0] if batches else None))
    return hits


def _theirs(here: Here, number: str) -> list[Hit]:
    """Invoices made in Procountor by others than us."""
    api = here.desk.books(here.company.id)
    found = list(invoices.search(api, original_number=number))
    if (theirs := whole(number)) is not None:
        found += list(invoices.search(api, number=theirs))
    return [finding.in_procountor(f.original_number, f.number, f.partner, f.status, f.date) for f in found[:10]]
