"""The Home tab, put together from the sections that journeys have for the reader, and `help`."""

from __future__ import annotations

from finance.authority import Right
from finance.invoice import Kind
from handlers import gather
from handlers.chat import Block, Picture
from handlers.desk import Here
from handlers.routing import Route, Router, routes
from handlers.views import notices, overview
from storage import companies, documents, runs

on = Router()


@on.home()
def draw(here: Here) -> None:
    """Draws the Home tab of the one who opened it, as things now are."""
    blocks = overview.top(here.say, here.company.name, here.company.state)
    sections = sorted(routes().of("section"), key=lambda route: route.place)
    told = [route.run(here) for route in sections if _may(here, route)]
    blocks += [block for section in told for block in section] or overview.nothing(here.say)
    here.chat.home(here.said.user, Picture(overview.safe(here.company.name), tuple(blocks[:100])))


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
        intro = notices.unknown_command(here.say, typed, table.nearest(typed))
    rows = [(r.name, r.usage, here.say(r.help)) for r in table.of("command") if _may(here, r)]
    here.whisper(overview.help_(here.say, rows, intro))


def _may(here: Here, route: Route) -> bool:
    if here.company.state == companies.NEW and not route.unconnected:
        return False
    return not route.rights or any(here.may(right).allowed for right in route.rights)
