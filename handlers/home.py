"""The Home tab, put together from the sections that journeys have for the reader, and `help`."""

from __future__ import annotations

from datetime import datetime, timedelta

from finance.authority import Right
from finance.invoice import Kind
from handlers import gather, rights
from handlers.chat import Block, Picture
from handlers.desk import Desk, Here
from handlers.routing import Route, Router, routes
from handlers.said import Said
from handlers.showing import print_of
from handlers.views import notices, overview
from storage import companies, documents, messages, runs
from storage.messages import Message

on = Router()

OPENED = "home:"  # and the user: the Home tab he has opened
WATCHED = timedelta(hours=1)


@on.home()
def draw(here: Here) -> None:
    """Draws the Home tab of the one who opened it, as things now are, and keeps an eye on it for a while."""
    picture = _picture(here)
    here.chat.home(here.said.user, picture)
    _note(here, picture, here.desk.clock())


@on.every("home.tick", 60.0)
def tick(desk: Desk) -> None:
    """Asks for a look at the Home tabs that were opened lately: they follow what happens."""
    now = desk.clock()
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            for topic in messages.lately(tx, company.id, OPENED, now - WATCHED):
                args = [company.id, company.team, topic.removeprefix(OPENED)]
                desk.work.soon(tx, "tell", "home.redraw", f"{args[2]}:{now:%Y%m%d%H%M}", company.id, args)


@on.task("home.redraw", lane="tell")
def redraw(desk: Desk, company_id: str, team: str, user: str) -> None:
    """Draws it anew when anything on it has changed."""
    here = rights.here(desk, Said("home", "home", team, user))
    if here is None or here.company.id != company_id:
        return
    picture = _picture(here)
    with desk.store.read() as tx:
        before = messages.find(tx, company_id, f"{OPENED}{user}")
    if before is not None and before.picture != print_of(picture):
        here.chat.home(user, picture)
        _note(here, picture, before.shown_at)


def _picture(here: Here) -> Picture:
    blocks = overview.top(here.say, here.company.name, here.company.state)
    sections = sorted(routes().of("section"), key=lambda route: route.place)
    told = [route.run(here) for route in sections if _may(here, route)]
    blocks += [block for section in told for block in section] or overview.nothing(here.say)
    return Picture(overview.safe(here.company.name), tuple(overview.ruled(blocks)[:100]))


def _note(here: Here, picture: Picture, opened: datetime) -> None:
    """What the tab shows, and when it was opened."""
    with here.desk.store.write() as tx:
        kept = Message("", "", print_of(picture), opened)
        messages.keep(tx, here.company.id, f"{OPENED}{here.said.user}", kept)


@on.section("invoices", place=50, right=Right.FINANCE)
def invoices(here: Here) -> list[Block]:
    """What waits to be sent, and the latest batches."""
    with here.desk.store.read() as tx:
        waiting = documents.counts(tx, here.company.id, Kind.SALES_INVOICE).get("open", 0)
        recent = runs.recent(tx, here.company.id, 5)
    rows = [(gather.batch(here.desk, here.company.id, run.id)[1], run.created_at, run.by) for run in recent]
    return overview.invoices(here.say, waiting, rows)


@on.command("help", help="What Kierto can do", unconnected=True)
def help_(here: Here) -> None:
    """Every command the reader may use; after an unknown word, with the nearest one first."""
    table = routes()
    intro = ""
    if here.said.text.startswith("unknown:"):
        typed = here.said.text.removeprefix("unknown:")
        intro = notices.unknown_command(here.say, typed, table.nearest(typed, lambda route: _may(here, route)))
    rows = [(r.name, r.usage, here.say(r.help)) for r in table.of("command") if _may(here, r)]
    here.whisper(overview.help_(here.say, rows, intro))


def _may(here: Here, route: Route) -> bool:
    if here.company.state == companies.NEW and not route.unconnected:
        return False
    return not route.rights or any(here.may(right).allowed for right in route.rights)
