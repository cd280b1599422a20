"""The Home tab and `help`: where to begin, and what there is."""

from __future__ import annotations

from finance.authority import Right
from finance.invoice import Kind
from handlers import gather
from handlers.desk import Here
from handlers.routing import Route, Router, routes
from handlers.views import notices, overview
from storage import documents, runs

on = Router()


@on.home()
def draw(here: Here) -> None:
    """Draws the Home tab of the one who opened it, as things now are."""
    with here.desk.store.read() as tx:
        waiting = documents.counts(tx, here.company.id, Kind.SALES_INVOICE).get("open", 0)
        recent = runs.recent(tx, here.company.id, 5)
    finance = here.may(Right.FINANCE).allowed
    rows = [(gather.batch(here.desk, here.company.id, run.id)[1], run.created_at, run.by) for run in recent if finance]
    picture = overview.home(here.say, here.company.name, waiting, rows, finance=finance, state=here.company.state)
    here.chat.home(here.said.user, picture)


@on.command("help", help="What Kierto can do")
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
    return not route.rights or any(here.may(right).allowed for right in route.rights)
