"""The claimant is told how his claim stands, in a direct message in his language: in Procountor, then paid (R64).

Nobody else hears of it, and no channel.
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from finance.invoice import Kind
from finance.totals import totals
from handlers import claimants, claiming, readers
from handlers.desk import Desk
from handlers.roster import roster
from handlers.routing import Router
from handlers.showing import show
from handlers.views import claims as views
from handlers.views.claims import Told
from storage import claim_money, documents, transfers
from storage.database import Tx
from storage.documents import Document
from storage.staff import Human

on = Router()


@on.task("claims.tell", lane="tell")
def tell(desk: Desk, company_id: str, document: str) -> None:
    """One message while the claim is on its way, redrawn as its documents go; one more when all of it is paid."""
    with desk.store.read() as tx:
        doc = documents.get(tx, company_id, int(document))
        claim = doc.source.claim
        if claim is None:
            return
        whole = claiming.claim_id(doc.source)
        who = claimants.human(tx, company_id, roster(tx, company_id), doc.source.seller)
        there = documents.of_claim(tx, company_id, whole)
        apart = tuple(doc for doc in there if doc.state != documents.JOINED)  # the others are told of as one
        told = _told(tx, company_id, claim.members or (claim.number,), apart)
    if who is None or who.team is None or who.user is None:
        return
    _say(desk, company_id, who, hashlib.sha256(whole.encode()).hexdigest()[:32], told)


def _say(desk: Desk, company: str, who: Human, key: str, told: Told) -> None:
    assert who.team is not None
    assert who.user is not None
    chat, say = readers.reader(desk, company, who.team, who.user)
    show(desk, chat, company, f"claim:{key}", who.user, views.on_its_way(say, told))
    if told.paid:
        show(desk, chat, company, f"claim:{key}:paid", who.user, views.paid(say, told))


def _told(tx: Tx, company: str, numbers: tuple[str, ...], docs: tuple[Document, ...]) -> Told:
    own, card, open_, days = Decimal(0), Decimal(0), 0, list[date]()
    waits = 0
    for doc in docs:
        invoice, t = doc.invoice, transfers.of(tx, company, doc.id)
        there = t is not None and t.state.value == "done"
        waits += not there
        if invoice.kind is Kind.COMPANY_COST:
            card += totals(invoice).gross if there else Decimal(0)
            continue
        own += totals(invoice).gross if there else Decimal(0)
        debt = claim_money.debt_of(tx, company, doc.id)
        open_ += not (debt and debt.state == claim_money.PAID)
        days += [debt.paid_on] if debt and debt.paid_on else []
    currency = docs[0].invoice.payment.currency if docs else "EUR"
    return Told(numbers, own, card, currency, waits, bool(own) and not open_, max(days, default=None))
