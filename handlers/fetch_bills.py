"""Bills come from Procountor by themselves: a window of versions each minute, every open one each hour, or at a word.

Procountor tells nobody of a new bill or an approval (api.md 9), and not every change moves a bill's version: the
window finds most at once, the sweep the rest.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from finance.authority import Right
from handlers import arriving, fetching, signing
from handlers.arriving import Told
from handlers.desk import Desk, Here
from handlers.fetching import OVERLAP, PAGE, SWEEP
from handlers.routing import Router
from handlers.views import bill_lists as views
from procountor import bills as resource
from procountor.errors import ProcountorError
from storage import bills, references
from storage.companies import Company

on = Router()

SINCE, SWEPT = references.BILLS_SINCE, "bills.swept"


@on.every("bills.poll", 60.0)
def tick(desk: Desk) -> None:
    """Asks for a look in every company whose books are open to us."""
    fetching.ask(desk, "bills.fetch")


@on.task("bills.fetch", lane="hear")
def fetch(desk: Desk, company_id: str) -> None:
    """One look: what has changed lately, and once an hour everything that is open."""
    fetching.quietly(desk, company_id, look)


@on.command(
    "fetch bills", right=(Right.FINANCE, Right.SEE_ALL), help="Look for new and changed bills in Procountor now"
)
def now(here: Here) -> None:
    """The same at a word, with what it brought."""
    told = fetching.at_a_word(here, look)
    if told is None:
        return
    here.whisper(views.fetched(here.say, told.new, told.changed, told.moved))


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
