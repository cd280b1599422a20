"""The last line of defence: drafts that stand twice because a lost request lived too long are cancelled."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta

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
from storage.database import Tx
from storage.transfers import Transfer

on = Router()

SWEPT = "drafts.swept"
SPAN = timedelta(hours=26)  # a day, and the hours in which a sweep may have been missed


@on.every("drafts.sweep", 900.0)
def tick(desk: Desk) -> None:
    """Asks for one sweep an hour and company, however many clocks tick."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state != "ready" or holding.held(tx, company.id):
                continue
            if _ours(tx, company.id, desk.clock() - SPAN):
                desk.work.soon(tx, "hear", "drafts.sweep", f"{desk.clock():%Y%m%d%H}", company.id, [company.id])


@on.task("drafts.sweep", lane="hear")
def sweep(desk: Desk, company_id: str) -> None:
    """Cancels our own second drafts (same marker, same content, untouched); anything else is told to the admins."""
    api = desk.books(company_id)
    since = desk.clock() - SPAN
    with desk.store.read() as tx:
        ours = {t.marker: t for t in _ours(tx, company_id, since)}
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


def _ours(tx: Tx, company: str, since: datetime) -> list[Transfer]:
    """Whatever of ours stands in Procountor, also what is not whole there."""
    return [*transfers.done_since(tx, company, since), *transfers.left_standing(tx, company)]


def _cancel(desk: Desk, company_id: str, copies: list[Stored], t: Transfer) -> None:
    """A person's copy takes our marker along: it is his, and only he does away with it."""
    keep = next((c for c in copies if c.id == t.remote_id), copies[0])
    extras = [c for c in copies if c.id != keep.id]
    mine = (None, papers.company_of(desk, company_id).user_id)
    same = [c for c in extras if c.status == "UNFINISHED" and c.fingerprint == keep.fingerprint]
    clean = [c for c in same if c.creator_id in mine]
    for extra in clean:
        invoices.invalidate(desk.books(company_id), extra.id)
    left = sorted({c.id for c in extras} - {c.id for c in clean})
    with desk.store.write() as tx:
        told = not left or _told(tx, company_id, keep.original_number, left)
        if clean or not told:
            details = {"kept": keep.id, "cancelled": [c.id for c in clean], "left": left}
            audit.note(tx, company_id, "kierto", SWEPT, keep.original_number, desk.clock(), **details)
    if not told:
        _alarm(desk, company_id, keep.original_number, t.kind)


def _told(tx: Tx, company: str, number: str, left: list[int]) -> bool:
    """Whether the admins have heard of these already: every hour would be too often."""
    swept = (e for e in audit.trail(tx, company, number) if e.what == SWEPT)
    return any(json.loads(e.details).get("left") == left for e in swept)


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
