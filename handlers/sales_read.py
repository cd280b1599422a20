"""Reads sent invoices from Procountor page by page, keeps what they say, and has what is new told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from finance import paid
from finance.paid import Sale
from handlers import paid_places, papers
from handlers.desk import Desk
from handlers.fetching import OVERLAP, PAGE, SWEEP
from procountor import sales as resource
from procountor.api import Api
from storage import references, sales
from storage.companies import Company

SINCE, SWEPT = references.SALES_SINCE, "sales.swept"
MONTH = timedelta(days=31)  # so long after the payment it may still be taken back without a new version
NEW = timedelta(days=1)
"""At the first look of all, what was sent longer ago is read without telling: it may have been paid long ago."""


def look(desk: Desk, company: Company, *, whole: bool = False) -> int:
    """Reads what has changed since the last look, and all open ones when it is time (or ``whole``); gives the news.

    Raises ProcountorError. What was noted until then is told by the next look.
    """
    began = desk.clock()
    with desk.store.write() as tx:
        since, swept = (references.marked(tx, company.id, name) for name in (SINCE, SWEPT))
        fresh = sales.take_up(tx, company.id, began - NEW if since is None else None)
        open_ones = sales.watched(tx, company.id, papers.day_of(began) - MONTH)
    sweep = whole or swept is None or abs(began - datetime.fromisoformat(swept)) >= SWEEP
    ids = {*fresh, *_window(desk, company, since, began)}
    if sweep:
        ids |= set(open_ones)
    count = _taken(desk, company, sorted(ids))
    with desk.store.write() as tx:
        references.mark(tx, company.id, SINCE, began.isoformat())
        if sweep:
            references.mark(tx, company.id, SWEPT, began.isoformat())
        paid_places.compose(desk, tx, company)
    return count


def _window(desk: Desk, company: Company, since: str | None, now: datetime) -> tuple[int, ...]:
    """Ours among those that changed since; a clock that was ahead and was put right hides nothing."""
    with desk.store.read() as tx:
        if since is None or not sales.some(tx, company.id):
            return ()
    found = resource.changed(desk.books(company.id), min(datetime.fromisoformat(since), now) - OVERLAP)
    ids = [one.id for one in found]
    with desk.store.read() as tx:
        return sales.ours(tx, company.id, ids)


def _taken(desk: Desk, company: Company, ids: Sequence[int]) -> int:
    """Page by page, so that the memory used does not grow with the number of invoices."""
    api, count = desk.books(company.id), 0
    for start in range(0, len(ids), PAGE):
        count += take_in(desk, company, api, ids[start : start + PAGE])
    return count


def take_in(desk: Desk, company: Company, api: Api, ids: Sequence[int], asked: datetime | None = None) -> int:
    """Reads a page of them and keeps it; gives how many things there are to tell. Raises ProcountorError.

    ``asked`` is when they were asked for, None for just now.
    """
    asked = asked or desk.clock()
    with desk.store.read() as tx:
        known = sales.many(tx, company.id, ids)
    found = resource.read(api, ids, [id for id, kept in known.items() if kept.told.stage is not None])
    came_back = _bounced(api, [sale for sale in found if sale.id in known and not known[sale.id].quiet])
    with desk.store.write() as tx:
        count = sales.keep(tx, company.id, found, asked, desk.clock())
        for sale, bounce in came_back:
            count += sales.note(tx, company.id, sale.id, paid.bounced(bounce, sale), desk.clock())
    return count


def _bounced(api: Api, found: Sequence[Sale]) -> list[tuple[Sale, paid.Bounce]]:
    """Those that came back from the operator: it shows in their history only (api.md 12.7)."""
    sent = {sale.id: sale for sale in found if sale.status in paid.ON_THE_WAY}
    histories = resource.histories(api, sent) if sent else {}
    back = ((sent[id], paid.bounce(actions)) for id, actions in histories.items() if id in sent)
    return [(sale, bounce) for sale, bounce in back if bounce is not None]
