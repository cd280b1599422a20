"""Looks in Procountor for a document that may have been made already."""

from __future__ import annotations

from datetime import timedelta

from finance.transfer import Candidate, Look
from handlers.desk import Desk
from handlers.job import Job
from procountor import invoices, rights
from procountor.api import Api
from storage import transfers
from storage.transfers import Transfer

YEAR = timedelta(days=366)
MARGIN = timedelta(minutes=2)  # between our clock and Procountor's


def look(job: Job, t: Transfer) -> Look:
    """Two searches that must agree on "none": by number and, once it may exist, by the time of its making."""
    found = {f.id for f in invoices.search(job.api, original_number=job.invoice.number, types=("SALES_INVOICE",))}
    if t.create_at is not None:
        window = (t.create_at - MARGIN, job.desk.clock() + MARGIN)
        made = invoices.search(job.api, created_from=window[0], created_to=window[1], types=("SALES_INVOICE",))
        found |= {f.id for f in made if f.creator_id in (None, job.company.user_id)}
    stored = invoices.get_many(job.api, sorted(found)) if found else []
    candidates = [
        _candidate(s, t, job) for s in stored if s.marker == t.marker or s.original_number == job.invoice.number
    ]
    blind = not candidates and _blind(job.desk, job.api, t)
    return Look(candidates, blind, t.forced)


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
    with desk.store.read() as tx:
        known = transfers.known(tx, t.company)

    def there(number: str, id: int | None) -> bool:
        hits = invoices.search(api, original_number=number, types=("SALES_INVOICE",))
        return any(hit.id == id for hit in hits)

    def sees() -> bool:
        if known:
            return any(there(one.number, one.remote_id) for one in known)
        listed = invoices.search(api, types=("SALES_INVOICE",), created_from=desk.clock() - YEAR)
        any_one = next((found for found in listed if found.original_number), None)
        if any_one is not None:
            return there(any_one.original_number, any_one.id)
        return not rights.probe(api).missing("sales")

    return not desk.memo.get(("control", t.company, bool(known)), 60.0, sees)
