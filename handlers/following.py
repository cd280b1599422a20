"""What follows once a document of a claim stands in Procountor: its days of payment, or what a person is to be paid."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from finance.invoice import Invoice, Kind
from finance.totals import cent
from handlers import claiming
from handlers.desk import Desk
from storage import claim_money, documents
from storage.database import Tx
from storage.transfers import Transfer


def begin(desk: Desk, tx: Tx, t: Transfer) -> None:
    """Notes it in the transaction that ends the transfer, and asks for the next step; nothing for other documents."""
    if t.remote_id is None or t.kind not in (Kind.CLAIM, Kind.COMPANY_COST):
        return
    if t.kind is Kind.CLAIM:
        claim_money.owe(tx, t.company, t.document, t.remote_id)
    else:
        invoice = documents.get(tx, t.company, t.document).invoice
        days = paid_days(invoice)
        claim_money.want_marks(tx, t.company, t.document, t.remote_id, invoice.payment.currency, days)
        mark(desk, tx, t.company, t.document, "begin")
    tell(desk, tx, t.company, t.document)


def paid_days(invoice: Invoice) -> dict[date, Decimal]:
    """What the company paid on each day (R66); days that come to nothing left out."""
    days: dict[date, Decimal] = {}
    for line in invoice.lines:
        day = line.start or invoice.issued
        days[day] = days.get(day, Decimal(0)) + cent(line.quantity * line.unit_price)
    return {day: amount for day, amount in days.items() if amount}


def mark(desk: Desk, tx: Tx, company: str, document: int, why: str, at: datetime | None = None) -> None:
    """Asks for the document's days of payment to be taken further, now or at ``at``; once for each ``why``."""
    after = max(0.0, (at - desk.clock()).total_seconds()) if at else 0.0
    desk.work.soon(tx, "transfers", "claims.mark", f"{document}:{why}", company, [company, str(document)], after)


def tell(desk: Desk, tx: Tx, company: str, document: int) -> None:
    """Asks for the claimant to be told how his claim stands; a beat later, so that its documents are told at once.

    The first of them stands for all: asked for by each, two would tell at the same time and post two messages.
    """
    now, beat = desk.clock().timestamp(), max(desk.timing.beat, 1.0)
    due = int(now / beat) + 1
    whole = claiming.claim_id(documents.get(tx, company, document).source)
    first = min(doc.id for doc in documents.of_claim(tx, company, whole))
    args = [company, str(first)]
    desk.work.soon(tx, "tell", "claims.tell", f"{first}:{due}", company, args, (due + 1) * beat - now)
