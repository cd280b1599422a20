"""Looks in Procountor for a document that may have been made already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from finance.invoice import Kind
from finance.registers import index
from finance.totals import totals
from finance.transfer import Candidate, Look
from handlers import papers
from handlers.desk import Desk
from handlers.job import Job
from handlers.taken import is_it
from procountor import codes, invoices, rights
from procountor.api import Api
from storage import transfers
from storage.transfers import Transfer

TASKS = {  # of procountor.rights
    Kind.SALES_INVOICE: "sales",
    Kind.BILL: "bills",
    Kind.CLAIM: "claims",
    Kind.COMPANY_COST: "claims",
}
YEAR = timedelta(days=366)
MARGIN = timedelta(minutes=5)  # between our clock and Procountor's: one that is so wrong does not start (`bot.skew`)


def look(job: Job, t: Transfer) -> Look:
    """Two searches that must agree on "none": by number and, once it may exist, by the time of its making.

    A bill's number is its supplier's: one of another supplier with the same number is no obstacle.
    """
    types = codes.KINDS[t.kind]
    found = {f.id for f in invoices.search(job.api, original_number=job.invoice.number, types=types)}
    beside: set[int] = set()
    if t.create_at is not None:
        window = (t.create_at - MARGIN, job.desk.clock() + MARGIN)
        made = invoices.search(job.api, created_from=window[0], created_to=window[1], types=types)
        beside = {f.id for f in made if f.creator_id in (None, job.company.user_id)}
    stored = invoices.get_many(job.api, sorted(found | beside)) if found | beside else []
    named = [s for s in stored if s.marker == t.marker or _numbered(s, job)]
    bare = _bare([s for s in stored if s.id in beside and s not in named], job)
    candidates = [*(_candidate(s, t, job) for s in named), *(replace(_candidate(s, t, job), bare=True) for s in bare)]
    blind = not candidates and _blind(job.desk, job.api, t)
    return Look(candidates, blind, t.forced)


def _numbered(stored: invoices.Stored, job: Job) -> bool:
    if stored.original_number != job.invoice.number:
        return False
    reference = papers.kept_reference(job.desk, job.company)
    return is_it(job.invoice, stored, index(reference, job.company.choices, job.invoice.kind))


def _bare(others: list[invoices.Stored], job: Job) -> list[invoices.Stored]:
    """Which of these may be ours although a person has written over number and marker: nobody else accounts for them.

    Only those of the same sum: the user of our key may be a person who makes invoices by hand as well.
    """
    user, gross = job.company.user_id, totals(job.invoice).gross
    may_be = [s for s in others if not s.marker and s.creator_id == user and s.totals.gross == gross]
    if not may_be:
        return []
    with job.desk.store.read() as tx:
        known = transfers.made(tx, job.company.id, {s.id for s in may_be})
    return [s for s in may_be if s.id not in known]


def _candidate(stored: invoices.Stored, t: Transfer, job: Job) -> Candidate:
    same = stored.says(job.fingerprint) or stored.says(t.fingerprint)
    alive = stored.status != "INVALIDATED"
    draft, mine = stored.status == "UNFINISHED", stored.creator_id in (None, job.company.user_id)
    ours = stored.marker == t.marker
    return Candidate(stored.id, stored.number or 0, ours, same, draft, alive, mine, bool(stored.marker))


def _blind(desk: Desk, api: Api, t: Transfer) -> bool:
    """The positive control: what we know to be there must be found, or finding nothing proves nothing.

    A few are tried, because people may have removed one. With an empty log the control is any invoice that can be
    seen, and with none of those the right to see them.
    """
    types = codes.KINDS[t.kind]
    with desk.store.read() as tx:
        known = transfers.known(tx, t.company, t.kind.value)

    def there(number: str, id: int | None) -> bool:
        hits = invoices.search(api, original_number=number, types=types)
        return any(hit.id == id for hit in hits)

    def sees() -> bool:
        if known:
            return any(there(one.number, one.remote_id) for one in known)
        listed = invoices.search(api, types=types, created_from=desk.clock() - YEAR)
        any_one = next((found for found in listed if found.original_number), None)
        if any_one is not None:
            return there(any_one.original_number, any_one.id)
        return not rights.probe(api).missing(TASKS[t.kind])

    return not desk.memo.get(("control", t.company, t.kind.value, bool(known)), 60.0, sees)
