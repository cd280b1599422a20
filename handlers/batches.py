"""The batches so far, and one of them again."""

from __future__ import annotations

from finance.authority import Right
from handlers import gather
from handlers.buttons import handle_for
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import batches as views
from handlers.views import details, notices, overview
from storage import runs

on = Router()


@on.command("runs", right=Right.FINANCE, help="The latest batches and how they ended")
def recent(here: Here) -> None:
    """Ten newest batches."""
    with here.desk.store.read() as tx:
        found = runs.recent(tx, here.company.id)
    rows = [gather.batch(here.desk, here.company.id, run.id)[1] for run in found]
    times = [run.created_at for run in found]
    here.whisper(overview.batches(here.say, list(zip(rows, times, [run.by for run in found], strict=True))))


@on.command("run", right=Right.FINANCE, usage="BATCH", help="One batch again: what was sent, what was refused")
def one(here: Here) -> None:
    """The batch as it now is, with its buttons, and its details."""
    number = here.said.text.strip().lstrip("#")
    run = gather.numbered(here.desk, here.company.id, number)
    if run is None:
        return here.whisper(notices.no_batch(here.say, number))
    _, batch = gather.batch(here.desk, here.company.id, run.id)
    say = here.say.about(run.kind)
    here.whisper(views.picture(say, batch, lambda purpose: handle_for(here, purpose, str(run.id))))
    for page in details.pages(say, batch):
        here.whisper(page)
    return None
