"""Bills come from Procountor by themselves: a window of versions each minute, every open one each hour, or at a word.

Procountor tells nobody of a new bill or an approval (api.md 9), and not every change moves a bill's version: the
window finds most at once, the sweep the rest.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from finance.authority import Right
from handlers import arriving, papers, pausing, signing
from handlers.arriving import Told
from handlers.desk import Desk, Here
from handlers.routing import Router
from handlers.views import bill_lists as views
from handlers.views import notices
from procountor import bills as resource
from procountor.errors import ProcountorError, Unauthorized
from storage import bills, companies, references
from storage.companies import Company

on = Router()

SINCE, SWEPT = references.BILLS_SINCE, "bills.swept"
OVERLAP = timedelta(minutes=5)
SWEEP = timedelta(hours=1)
PAGE = 200


@on.every("bills.poll", 60.0)
def tick(desk: Desk) -> None:
    """Asks for a look in every company whose books are open to us."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == companies.READY:
                key = f"{desk.clock():%Y%m%d%H%M}"
                desk.work.soon(tx, "hear", "bills.fetch", key, company.id, [company.id])


@on.task("bills.fetch", lane="hear")
def fetch(desk: Desk, company_id: str) -> None:
    """One look: what has changed lately, and once an hour everything that is open."""
    company = papers.company_of(desk, company_id)
    if company.state != companies.READY:
        return
    try:
        look(desk, company)
    except Unauthorized:
        pausing.pause(desk, company_id)
    except ProcountorError:
        return  # the next look begins where the last one that succeeded ended


@on.command(
    "fetch bills", right=(Right.FINANCE, Right.SEE_ALL), help="Look for new and changed bills in Procountor now"
)
def now(here: Here) -> None:
    """The same at a word, with what it brought."""
    try:
        told = look(here.desk, here.company, whole=True)
    except Unauthorized:
        pausing.pause(here.desk, here.company.id)
        return here.whisper(notices.plain(here.say("Procountor does not accept our key. Ask your admin to renew it.")))
    except ProcountorError:
        return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    here.whisper(views.fetched(here.say, told.new, told.changed, told.moved))
    return None


def look(desk: Desk, company: Company, *, whole: bool = False) -> Told:
    """Reads what has changed since the last look, and all open bills when it is time (or ``whole``)."""
    began = desk.clock()
    with desk.store.read() as tx:
        since, swept = (references.marked(tx, company.id, name) for name in (SINCE, SWEPT))
    api = desk.books(company.id)
    ids: set[int] = set()
    if since is not None:
        ids |= {found.id for found in resource.changed(api, datetime.fromisoformat(since) - OVERLAP)}
    sweep = whole or swept is None or began - datetime.fromisoformat(swept) >= SWEEP
    if sweep:
        with desk.store.read() as tx:
            ids |= set(bills.open_ids(tx, company.id))
        ids |= {found.id for found in resource.open_ones(api)}
        with suppress(ProcountorError):  # lists are sifted by it; whoever signs asks again
            signing.house(desk, company)
    told = _taken(desk, company, sorted(ids))
    with desk.store.write() as tx:
        references.mark(tx, company.id, SINCE, began.isoformat())
        if sweep:
            references.mark(tx, company.id, SWEPT, began.isoformat())
    return told


def _taken(desk: Desk, company: Company, ids: list[int]) -> Told:
    """Page by page, so that the memory used does not grow with the number of bills."""
    api, sums = desk.books(company.id), Told()
    for start in range(0, len(ids), PAGE):
        asked = desk.clock()
        one = arriving.take_in(desk, company, api, resource.get_many(api, ids[start : start + PAGE]), asked)
        sums = Told(sums.new + one.new, sums.changed + one.changed, sums.moved + one.moved, sums.read + one.read)
    return sums
