"""Claims of one person put together into one voucher, as the company chose, and taken apart again while they wait.

The parts stay as they are and are not sent by themselves: what becomes of the whole has become of each of them. Taken
apart is only what has never been on its way, or was refused with nothing made of it.
"""

from __future__ import annotations

from datetime import datetime

from finance import claim_together
from finance.invoice import CLAIMS
from finance.transfer import State
from storage import claim_joins, documents, transfers
from storage.companies import Company
from storage.database import Tx
from storage.documents import JOINED, Document

PERSON = "person"  # as the company says it in its choices


def join(tx: Tx, company: Company, now: datetime) -> None:
    """Puts together what waits, if the company wants it so."""
    if company.choices.claims_per != PERSON:
        return
    there = [doc for kind in CLAIMS for doc in documents.open_ones(tx, company.id, kind)]
    docs = [doc for doc in there if transfers.of(tx, company.id, doc.id) is None]
    per_day = company.choices.company_costs_per == "day"
    for places in claim_together.groups([doc.invoice for doc in docs], per_day=per_day):
        parts = [docs[place] for place in places]
        whole = claim_together.together([doc.invoice for doc in parts])
        kept = documents.keep(tx, company.id, whole, documents.PSA, None, now).document
        documents.set_state(tx, kept.id, "open")
        for part in parts:
            documents.set_state(tx, part.id, JOINED)
        claim_joins.put(tx, company.id, kept.id, tuple(part.id for part in parts))


def apart(tx: Tx, company: str, only: frozenset[int] | None = None) -> None:
    """Takes apart what waits: everything, or what has one of ``only`` among its parts."""
    for id in claim_joins.waiting(tx, company):
        parts = documents.many(tx, company, claim_joins.parts(tx, id))
        if (only is None or only & parts.keys()) and _free(tx, company, id):
            _give_back(tx, documents.get(tx, company, id), parts)


def _free(tx: Tx, company: str, id: int) -> bool:
    t = transfers.of(tx, company, id)
    return t is None or (t.state is State.REFUSED and t.remote_id is None)


def _give_back(tx: Tx, whole: Document, parts: dict[int, Document]) -> None:
    """The parts wait by themselves again, each with the receipts that have come for it meanwhile."""
    arrived = {a.name.casefold(): a for a in whole.overlay.attached}
    for part in parts.values():
        documents.set_state(tx, part.id, "open")
        kept = part
        for named in part.source.attachments:
            if (found := arrived.get(named.name.casefold())) is not None:
                kept = documents.attach(tx, kept, found)
    documents.set_state(tx, whole.id, "replaced")
    claim_joins.forget(tx, whole.id)
