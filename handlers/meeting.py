"""Another Kierto in the same books: looked for when a worker starts, because a copy of the database may be at work.

Connecting books looks before anything is kept (`handlers.other_kierto`). A database that was copied with its keys is
connected already, and so is one whose older copy was put back without anybody saying so: in both an admin has to look.
"""

from __future__ import annotations

from datetime import timedelta

from handlers import other_kierto, papers
from handlers.desk import Desk
from handlers.routing import Router
from procountor.errors import ProcountorError
from storage import companies, holding
from storage.database import Tx

on = Router()

EVERY = 10  # minutes in which many starts look once
LATER = timedelta(minutes=5)  # while Procountor is silent


def begin(desk: Desk) -> None:
    """A worker starts: every company whose books are connected is looked at, in a moment and once for many starts."""
    now = desk.clock()
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == companies.READY:
                _ask(desk, tx, company.id, f"{now:%Y%m%d%H}{now.minute // EVERY}")


@on.task("other.look", lane="hear")
def look(desk: Desk, company_id: str) -> None:
    """Holds the company when a draft stands in its books that its own user made and this database does not know."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        held, cleared = holding.held(tx, company_id), holding.cleared(tx, company_id)
    if held is not None or company.state != companies.READY:
        return
    try:
        stranger = other_kierto.at_work(desk, desk.books(company_id), company.user_id, cleared)
    except ProcountorError:
        with desk.store.write() as tx:
            _ask(desk, tx, company_id, f"again:{desk.clock():%Y%m%d%H%M%S%f}", LATER.total_seconds())
        return
    if stranger is None:
        return
    now = desk.clock()
    with desk.store.write() as tx:
        if holding.held(tx, company_id) is None:
            holding.met(tx, company_id, now, stranger.original_number or str(stranger.number or stranger.id))
            desk.work.soon(tx, "tell", "safe.tell", f"met:{now:%Y%m%d%H%M%S%f}", company_id, [company_id])


def _ask(desk: Desk, tx: Tx, company: str, key: str, after: float = 0.0) -> None:
    desk.work.soon(tx, "hear", "other.look", key, company, [company], after)
