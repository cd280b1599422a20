"""Claims become documents: kept once, split anew while nothing of them has gone, never split again after that.

Once one document of a claim is in Procountor or on its way there, a cost must not move into another one, whatever the
company decides about payment types and splitting meanwhile, and however the claim is changed in the project system:
it would be paid twice. What then comes out differently is told, and is not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from finance.changes import Change, differences
from finance.claim import Claim
from finance.claim_documents import documents as documents_of
from finance.claim_documents import habits as wanted_habits
from finance.invoice import CLAIMS, Invoice
from handlers import claims_joined
from handlers.desk import Desk
from handlers.views.imports import Changed
from storage import claims, documents
from storage.claims import KeptClaim
from storage.companies import Company
from storage.database import Tx
from storage.documents import Document


def bring(
    tx: Tx, company: Company, claim: Claim, source: str, file: str | None, now: datetime
) -> tuple[str, list[Changed]]:
    """Keeps a claim and its documents; gives "new", "same" or "changed", and what has changed of its documents."""
    what, _ = claims.keep(tx, company.id, claim, source, wanted_habits(company.choices), file, now)
    kept = claims.find(tx, company.id, source, claim.source_id)
    assert kept is not None
    changes = [] if what == "same" else _derive(tx, company, kept, now)
    return what, changes if what == "changed" else []


def renew(desk: Desk, company: Company) -> None:
    """Splits the waiting claims of which nothing has gone as the company wants it now: payment types may be known."""
    with desk.store.write() as tx:
        claims_joined.apart(tx, company.id)
        waiting = [doc.source for kind in CLAIMS for doc in documents.open_ones(tx, company.id, kind)]
        for kept in claims.some(tx, company.id, {claim_id(invoice) for invoice in waiting}):
            there = documents.of_claim(tx, company.id, kept.claim.source_id)
            if not any(documents.gone(tx, doc) for doc in there):
                _derive(tx, company, kept, desk.clock())
        claims_joined.join(tx, company, desk.clock())


def claim_id(document: Invoice) -> str:
    """The ``source_id`` of the claim a document is of."""
    assert document.claim is not None
    return document.source_id.removesuffix(document.number) + document.claim.number


def _derive(tx: Tx, company: Company, kept: KeptClaim, now: datetime) -> list[Changed]:
    there = documents.of_claim(tx, company.id, kept.claim.source_id)
    if any(doc.state == documents.JOINED for doc in there):
        claims_joined.apart(tx, company.id, frozenset(doc.id for doc in there))
        there = documents.of_claim(tx, company.id, kept.claim.source_id)
    gone = any(documents.gone(tx, doc) for doc in there)
    choices = company.choices
    habits = kept.habits if gone else wanted_habits(choices)
    wanted = documents_of(kept.claim, choices.payment_types, habits, choices.default_language)
    if habits != kept.habits:
        claims.set_habits(tx, kept.id, habits)
    _drop(tx, there, wanted)
    told = []
    for invoice in wanted:
        found = documents.keep(tx, company.id, invoice, documents.PSA, kept.file, now)
        if found.what == "same":
            if found.document.state == "replaced" and not gone:  # the company has changed its mind back
                documents.set_state(tx, found.document.id, "open")
            continue
        if gone:
            documents.set_state(tx, found.document.id, "changed")
        else:
            _give_receipts(tx, found.document, there)
        changes: tuple[Change, ...] = ()
        if found.before is not None:
            changes = tuple(c for c in differences(found.before.source, invoice) if not c.path.startswith("claim"))
        told.append(Changed(invoice.number, changes, gone, invoice.kind))
    return told


def _drop(tx: Tx, there: Sequence[Document], wanted: Sequence[Invoice]) -> None:
    """What the claim no longer becomes waits no more; what has gone stays as it is."""
    names = {(invoice.kind, invoice.source_id) for invoice in wanted}
    for doc in there:
        if (doc.source.kind, doc.source.source_id) not in names and not documents.gone(tx, doc):
            documents.set_state(tx, doc.id, "replaced")


def _give_receipts(tx: Tx, doc: Document, before: Sequence[Document]) -> None:
    """A receipt that came for a cost goes with it into the document the cost stands in now."""
    arrived = {a.name.casefold(): a for old in before for a in old.overlay.attached}
    for named in doc.source.attachments:
        found = arrived.get(named.name.casefold())
        if found is not None and not named.sha256:
            doc = documents.attach(tx, doc, found)
