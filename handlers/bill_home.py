"""The Home tab's section about bills."""

from __future__ import annotations

from dataclasses import replace

from handlers import bill_page, standing
from handlers.chat import Block
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import bill_home as views
from handlers.views.bill_lines import Line, Sum
from storage import bill_lists, handles, tallies
from storage.bill_lists import Wanted

on = Router()

FIRST = 10  # lines shown


@on.section("bills", place=20, right=standing.ANY)
def section(here: Here) -> list[Block]:
    """What waits for the reader, the overdue first, and how much is open for those who see it."""
    stand = standing.of(here)
    everything = _everything(here) if stand.sees_all else None
    signs = not stand.hand.idle
    mine, lines = _mine(here, Wanted(hand=stand.hand) if signs else Wanted(desk=(here.said.team, here.said.user)))
    team, now, company = here.said.team, here.desk.clock(), here.company.id
    with here.desk.store.write() as tx:
        both = [handles.issue(tx, company, team, "bills.open", word, now) for word in ("mine", "all")]
        shown = [(line, handles.issue(tx, company, team, "bill.open", str(id), now)) for id, line in lines]
    told = [replace(line, handle=handle) for line, handle in shown]
    return views.section(here.say, mine, told, everything, (both[0], both[1]), signs=signs)


def _everything(here: Here) -> tuple[Sum, Sum]:
    late = bill_page.overdue_before(here.desk, here.company)
    with here.desk.store.read() as tx:
        found = [tallies.open_(tx, here.company.id, before=before) for before in (None, late)]
    return Sum(found[0].n, found[0].sums), Sum(found[1].n, found[1].sums)


def _mine(here: Here, wanted: Wanted) -> tuple[Sum, tuple[tuple[int, Line], ...]]:
    company = here.company
    with here.desk.store.read() as tx:
        total = bill_lists.totals(tx, company.id, wanted)
        rows = bill_lists.page(tx, company.id, wanted, 0, FIRST)
    lines = tuple((bill.id, bill_page.line_of(here.desk, company, bill)) for bill in rows)
    return Sum(total.n, total.sums, total.more), lines
