"""A checked batch is sent, tried again or put away; of any kind."""

from __future__ import annotations

from finance.authority import Right
from handlers import asking, gather, kinds, pausing, queueing, renewal
from handlers.buttons import pressed
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import notices
from storage import audit, runs
from storage.runs import Run

on = Router()


def _opened(here: Here, purpose: str) -> Run:
    """The batch a pressed button stands for."""
    subject = pressed(here, purpose)
    with here.desk.store.read() as tx:
        return runs.get(tx, here.company.id, int(subject))


@on.click("run.send", right=Right.FINANCE)
def begin(here: Here) -> None:
    """Sends the clean ones. Everything is judged again now; a second press finds the batch under way."""
    run = _opened(here, "run.send")
    if run.state != "preview" or run.dry:
        return _not_begun(here, run)
    if renewal.renewed(here.desk, here.company, run):
        return _show_first(here, run)
    if _queued(here, run, ("preview",)) == 0:
        _not_begun(here, run)
    return None


def _queued(here: Here, run: Run, before: tuple[str, ...]) -> int | None:
    """How many were queued; None, and a word to the presser, when Procountor could not be asked."""
    return pausing.asked(here, lambda: queueing.queue(here.desk, here.company, run, before, here.who))


def _not_begun(here: Here, run: Run) -> None:
    """Somebody else was quicker, the batch was put away, or nothing of it can go."""
    here = kinds.of(here, run.kind)
    with here.desk.store.read() as tx:
        state = runs.get(tx, run.company, run.id).state
    if state == "sending":
        text = here.say("Batch {number} is already under way.", number=str(run.id))
    elif state == "done":
        text = here.say("Batch {number} has been sent already.", number=str(run.id))
    elif state == "cancelled":
        text = here.say("Cancelled. Nothing was sent; the invoices wait here.")
    else:
        text = here.say("There is nothing to send.")
    here.whisper(notices.plain(text))


@on.click("run.retry", right=Right.FINANCE)
def retry(here: Here) -> None:
    """Tries again what was refused or faulty and is clean now."""
    again(here, _opened(here, "run.retry"))


@on.command("retry", right=Right.FINANCE, usage="BATCH", help="Try again what was refused in a batch")
def retry_by_number(here: Here) -> None:
    """``retry 12`` and ``retry 12 failed`` mean the same: only what did not go is tried."""
    number = here.said.text.split(" ")[0].lstrip("#")
    run = gather.numbered(here.desk, here.company.id, number)
    if run is None and number.isascii() and number.isdigit():
        return here.whisper(notices.no_batch(here.say, number))
    if run is None:
        text = here.say("Which batch? Type its number: `/procountor retry 12`. The batches are in `/procountor runs`.")
        return here.whisper(notices.plain(text))
    again(here, run)
    return None


def again(here: Here, run: Run) -> None:
    """Queues what is clean now out of a batch that has begun."""
    if run.state not in ("sending", "done"):
        return here.whisper(notices.plain(here.say("Batch {number} has not been sent yet.", number=str(run.id))))
    if renewal.renewed(here.desk, here.company, run):
        return _show_first(here, run)
    if _queued(here, run, ("sending", "done")) == 0:
        text = here.say("Nothing in batch {number} can be tried again as it is.", number=str(run.id))
        here.whisper(notices.plain(text))
    return None


def _show_first(here: Here, run: Run) -> None:
    here = kinds.of(here, run.kind)
    text = here.say("Some invoices have changed since the check. Look at them and press again.")
    here.whisper(notices.plain(text))


@on.click("run.cancel", right=Right.FINANCE)
def cancel(here: Here) -> None:
    """Puts the preview away; the invoices go on waiting."""
    run = _opened(here, "run.cancel")
    with here.desk.store.write() as tx:
        done = runs.move(tx, run.id, ("preview",), "cancelled", here.desk.clock())
        if done:
            audit.note(tx, run.company, here.who, "run.cancelled", f"run:{run.id}", here.desk.clock())
        asking.tell_now(here.desk, tx, run.company, run.id, "cancelled")
    if not done:
        _not_begun(here, run)
