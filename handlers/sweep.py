"""The last line of defence: drafts that stand twice because a lost request lived too long are cancelled."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from finance.invoice import Kind
from handlers import papers
from handlers.chat import Picture
from handlers.desk import Desk
from handlers.readers import tell_admins
from handlers.routing import Router
from handlers.views import notices
from handlers.views.blocks import safe
from handlers.views.tongue import Tongue
from procountor import codes, invoices
from procountor.invoices import Stored
from storage import audit, companies, holding, transfers
from storage.transfers import Transfer

on = Router()

SPAN = timedelta(hours=26)  # a day, and the hours in which a sweep may have been missed


@on.every("drafts.sweep", 900.0)
def tick(desk: Desk) -> None:
    """Asks for one sweep an hour and company, however many clocks tick."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state != "ready" or holding.held(tx, company.id):
                continue
            if transfers.done_since(tx, company.id, desk.clock() - SPAN):
                desk.work.soon(tx, "hear", "drafts.sweep", f"{desk.clock():%Y%m%d%H}", company.id, [company.id])


@on.task("drafts.sweep", lane="hear")
def sweep(desk: Desk, company_id: str) -> None:
    """Cancels our own second drafts (same marker, same content, untouched); anything else is told to the admins."""
    api = desk.books(company_id)
    since = desk.clock() - SPAN
    with desk.store.read() as tx:
        ours = {t.marker: t for t in transfers.done_since(tx, company_id, since)}
    types = {one for t in ours.values() for one in codes.KINDS[t.kind]}
    found = list(invoices.search(api, types=types, created_from=since)) if types else []
    live = [f for f in found if f.original_number and f.status != "INVALIDATED"]
    counts = Counter((f.type, f.original_number) for f in live)
    twice = [f.id for f in live if counts[f.type, f.original_number] > 1]
    by_marker: dict[str, list[Stored]] = {}
    for stored in invoices.get_many(api, sorted(twice)) if twice else []:
        by_marker.setdefault(stored.marker, []).append(stored)
    for marker, copies in by_marker.items():
        if marker in ours and len(copies) > 1:
            _cancel(desk, company_id, copies, ours[marker])


def _cancel(desk: Desk, company_id: str, copies: list[Stored], t: Transfer) -> None:
    keep = next((c for c in copies if c.id == t.remote_id), copies[0])
    extras = [c for c in copies if c.id != keep.id]
    clean = [c for c in extras if c.status == "UNFINISHED" and c.fingerprint == keep.fingerprint]
    for extra in clean:
        invoices.invalidate(desk.books(company_id), extra.id)
    with desk.store.write() as tx:
        details = {"kept": keep.id, "cancelled": [c.id for c in clean], "left": len(extras) - len(clean)}
        audit.note(tx, company_id, "kierto", "drafts.swept", keep.original_number, desk.clock(), **details)
    if len(clean) < len(extras):
        _alarm(desk, company_id, keep.original_number, t.kind)


def _alarm(desk: Desk, company_id: str, number: str, kind: Kind) -> None:
    company = papers.company_of(desk, company_id)

    def picture(say: Tongue) -> Picture:
        say = say.about(kind)
        text = say(
            "Invoice {number} of {company} stands twice in Procountor, and one of them has been worked on. "
            "Look at both there and invalidate the wrong one.",
            number=safe(number, 40),
            company=safe(company.name),
        )
        return notices.plain(text)

    tell_admins(desk, company_id, picture)
