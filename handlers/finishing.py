"""What follows once a draft stands in Procountor: corrections, accounts and cost centres, attachments, the sum.

A bill's accounting is Procountor's own affair (R03): nothing of it is read or written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from finance.company import Choices
from finance.invoice import Kind
from finance.posting import Posting
from finance.totals import totals
from finance.transfer import Problem
from handlers.job import Job
from procountor import attachments, invoices, ledger
from procountor.errors import NotSent, Refused
from storage import documents, transfers
from storage.transfers import Transfer

_ROW = re.compile(r"invoiceRows\[(\d{1,6})\]")
PAIR = "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION"


class Early(Exception):
    """A file whose upload may have been lost on the way must not be sent again yet; ``until`` tells when it may."""

    def __init__(self, until: datetime) -> None:
        super().__init__("a lost upload may still arrive")
        self.until = until


class Parked(Exception):
    """A person must look; ``why`` is a key of the sentences of a result."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def finish(job: Job, t: Transfer, stored: invoices.Stored | None = None) -> str:
    """Brings the draft to what the invoice says and gives a note for the result ("" or "sum_differs").

    Everything is read before it is written, so that any part may be repeated. Raises Parked, Early, ProcountorError.
    """
    assert t.remote_id is not None
    stored = stored or invoices.get(job.api, t.remote_id)
    if stored.status == "INVALIDATED":
        raise Parked("invalidated")
    draft, corrected = stored.status == "UNFINISHED", stored.says(job.fingerprint)
    if corrected and not draft:
        return ""
    if not corrected:
        if not draft or not stored.says(t.fingerprint):
            raise Parked("changed_by_person")
        stored = invoices.put(job.api, stored.id, stored.version, job.invoice, job.posting, marker=t.marker)
    if stored.ledger_receipt_id is not None and job.invoice.kind is Kind.SALES_INVOICE:
        ledger.assign(job.api, stored.ledger_receipt_id, job.posting)
    _attach(job, t, stored)
    return "" if stored.totals.gross == totals(job.invoice).gross else "sum_differs"


def _attach(job: Job, t: Transfer, stored: invoices.Stored) -> None:
    """Adds what is missing; an attachment of the same name, as Procountor was given it, stands for itself.

    An upload is noted before it is made (``create_at`` of what is created already): one that was lost may still take
    effect, so that it is made again only after the settle time.
    Only an invoice has attachments that its customer gets (rule R42), and only its own may wait in Google Drive (R32).
    """
    sales = job.invoice.kind is Kind.SALES_INVOICE
    if sales and job.company.choices.google_drive:
        return
    there = {a.name for a in stored.attachments}
    until = t.create_at + timedelta(seconds=job.desk.timing.settle) if t.create_at else None
    files = job.invoice.attachments
    for wanted, name in zip(files, attachments.safe_names([file.name for file in files]), strict=True):
        if name in there or not wanted.sha256:
            continue
        with job.desk.store.read() as tx:
            content = documents.bytes_of(tx, job.company.id, wanted.sha256)
        if content is None:
            continue
        if until is not None and job.desk.clock() < until:
            raise Early(until)
        _upload(job, t, stored.id, name, content)


def _upload(job: Job, t: Transfer, id: int, name: str, content: bytes) -> None:
    """Noted, and then sent within the window or not at all; what surely had no effect needs no waiting."""
    noted, sales = job.desk.ticks(), job.invoice.kind is Kind.SALES_INVOICE
    _note(job, t, job.desk.clock())
    try:
        left = job.desk.timing.window - (job.desk.ticks() - noted)
        attachments.add(job.api, id, name, content, send_with_invoice=sales, leave_within=left)
    except (NotSent, Refused):
        _note(job, t, None)
        raise


def _note(job: Job, t: Transfer, at: datetime | None) -> None:
    with job.desk.store.write() as tx:
        transfers.commit(tx, t, create_at=at)


def refused_pairs(posting: Posting, problems: Sequence[Problem]) -> tuple[tuple[str, Decimal], ...]:
    """The (account, VAT percentage) pairs a refusal speaks of, by the rows it names."""
    named = [_ROW.match(p.field) for p in problems if p.code == PAIR]
    rows = [posting.rows[int(m[1])] for m in named if m and int(m[1]) < len(posting.rows)]
    return tuple(dict.fromkeys((row.account, row.vat_percent) for row in rows if row.account))


def with_pairs(choices: Choices, pairs: Sequence[tuple[str, Decimal]]) -> Choices:
    """The company's rules, knowing these pairs too."""
    return replace(choices, refused_pairs=tuple(dict.fromkeys((*choices.refused_pairs, *pairs))))
