"""Finance sends invoices: checked first, the clean ones become drafts in Procountor, each once."""

from __future__ import annotations

import hashlib

from finance.authority import Right
from finance.canonical import dump
from finance.faults import Fault
from finance.invoice import Kind
from finance.selection import Selection, parse
from handlers import asking, gather, papers, pausing, queueing, renewal
from handlers.buttons import subject_of
from handlers.desk import Desk, Here
from handlers.routing import Router
from handlers.views import notices
from handlers.views.causes import of_fault
from procountor.errors import ProcountorError, Unauthorized
from storage import audit, runs
from storage.companies import Company
from storage.runs import Item, Run

on = Router()


@on.command(
    "send invoices",
    right=Right.FINANCE,
    usage="[numbers | 1040-1052 | project:X | all] [dry]",
    help="Check invoices and send the clean ones to Procountor as drafts",
)
def send(here: Here) -> None:
    """Starts a batch; the answer comes as one message that is redrawn from now on."""
    _start(here, here.said.text)


@on.command(
    "check invoices",
    right=Right.FINANCE,
    usage="[numbers | 1040-1052 | project:X | all]",
    help="Check invoices without sending anything",
)
def check_only(here: Here) -> None:
    """The same check; nothing can be sent from its message."""
    _start(here, f"{here.said.text} dry")


@on.click("home.send", right=Right.FINANCE)
def send_all(here: Here) -> None:
    """The Home tab's button: everything that waits."""
    _start(here, "")


def _start(here: Here, text: str) -> None:
    asked = hashlib.sha256(dump(here.said).encode()).hexdigest()
    begun = start_batch(here.desk, here.company.id, (here.said.team, here.said.user), text, asked)
    if isinstance(begun, Fault):
        here.whisper(notices.plain(_explained(here, begun)))


def start_batch(desk: Desk, company: str, who: tuple[str, str], text: str, asked: str) -> int | Fault:
    """Begins a batch for ``who`` (team, user) from the words of a command; gives its number, or what the words lack.

    ``asked`` names the request: the same request begins one batch, however often it is carried out.
    """
    selection = parse(text)
    if isinstance(selection, Fault):
        return selection
    now = desk.clock()
    with desk.store.write() as tx:
        wanted = {"kind": Kind.SALES_INVOICE.value, "selection": text, "dry": int(selection.dry)}
        run = runs.start(tx, company, who, asked, now, **wanted)
        asking.tell_now(desk, tx, company, run, "checking")
        desk.work.soon(tx, "hear", "run.check", str(run), company, [company, str(run)])
        audit.note(tx, company, "/".join(who), "run.asked", f"run:{run}", now, words=text)
    return run


def _explained(here: Here, fault: Fault) -> str:
    cause = of_fault(here.say, fault)
    return f"{cause.says} {cause.do}".strip()


@on.task("run.check", lane="hear")
def check(desk: Desk, company_id: str, run_id: str) -> None:
    """Judges every chosen invoice against fresh reference data, and shows the preview."""
    with desk.store.read() as tx:
        run = runs.get(tx, company_id, int(run_id))
    if run.state != "checking":
        return None
    company = papers.company_of(desk, company_id)
    try:
        found = _judged(desk, company, run)
    except Unauthorized:
        pausing.pause(desk, company_id)
        return _failed(desk, run, "connection")
    except (ProcountorError, LookupError):
        return _failed(desk, run, "nothing_fetched")
    if len(found) > company.choices.largest_batch:
        return _failed(desk, run, "too_many")
    with desk.store.write() as tx:
        runs.put_items(tx, run.id, found)
        runs.move(tx, run.id, ("checking",), "preview")
        asking.tell_now(desk, tx, company_id, run.id, "preview")
    return None


@on.buried("run.check")
def give_up(desk: Desk, company_id: str, run_id: str) -> None:
    """A check that could not be made is said, instead of "checking" for ever."""
    with desk.store.read() as tx:
        run = runs.get(tx, company_id, int(run_id))
    _failed(desk, run, "mishap")


def _judged(desk: Desk, company: Company, run: Run) -> list[Item]:
    selection = parse(run.selection)
    assert isinstance(selection, Selection)
    reference = papers.fresh_reference(desk, company)
    with desk.store.read() as tx:
        docs = gather.chosen(tx, company.id, selection)
    papers.look_elsewhere(desk, company, [doc.invoice for doc in docs])
    judge = gather.Judge.now(desk, company, reference)
    found = [judge.item(doc, position) for position, doc in enumerate(docs)]
    return [item for item in found if item.verdict == "ready"] if selection.ready else found


def _failed(desk: Desk, run: Run, problem: str) -> None:
    with desk.store.write() as tx:
        runs.move(tx, run.id, ("checking",), "failed", desk.clock(), problem)
        asking.tell_now(desk, tx, run.company, run.id, "failed")


def opened(here: Here, purpose: str) -> Run | None:
    """The batch a pressed button stands for; None (and a word to the presser) when the button is out of use."""
    subject = subject_of(here, here.said.value, purpose)
    if subject is None:
        here.whisper(notices.gone(here.say))
        return None
    with here.desk.store.read() as tx:
        return runs.get(tx, here.company.id, int(subject))


@on.click("run.send", right=Right.FINANCE)
def begin(here: Here) -> None:
    """Sends the clean ones. Everything is judged again now; a second press finds the batch under way."""
    run = opened(here, "run.send")
    if run is None:
        return None
    if run.state != "preview" or run.dry:
        return here.whisper(notices.plain(here.say("Batch {number} is already under way.", number=str(run.id))))
    if renewal.renewed(here.desk, here.company, run):
        return _show_first(here)
    if _queued(here, run, ("preview",)) == 0:
        _not_begun(here, run)
    return None


def _queued(here: Here, run: Run, before: tuple[str, ...]) -> int | None:
    """How many were queued; None, and a word to the presser, when Procountor could not be asked."""
    try:
        return queueing.queue(here.desk, here.company, run, before, here.who)
    except Unauthorized:
        pausing.pause(here.desk, here.company.id)
        here.whisper(notices.plain(here.say("Procountor does not accept our key. Ask your admin to renew it.")))
    except ProcountorError:
        here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    return None


def _not_begun(here: Here, run: Run) -> None:
    """Somebody else was quicker, the batch was put away, or nothing of it can go."""
    with here.desk.store.read() as tx:
        state = runs.get(tx, run.company, run.id).state
    if state in ("sending", "done"):
        text = here.say("Batch {number} is already under way.", number=str(run.id))
    elif state == "cancelled":
        text = here.say("Cancelled. Nothing was sent; the invoices wait here.")
    else:
        text = here.say("There is nothing to send.")
    here.whisper(notices.plain(text))


@on.click("run.retry", right=Right.FINANCE)
def retry(here: Here) -> None:
    """Tries again what was refused or faulty and is clean now."""
    run = opened(here, "run.retry")
    if run is not None:
        again(here, run)


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
        return _show_first(here)
    if _queued(here, run, ("sending", "done")) == 0:
        text = here.say("Nothing in batch {number} can be tried again as it is.", number=str(run.id))
        here.whisper(notices.plain(text))
    return None


def _show_first(here: Here) -> None:
    text = here.say("Some invoices have changed since the check. Look at them and press again.")
    here.whisper(notices.plain(text))


@on.click("run.cancel", right=Right.FINANCE)
def cancel(here: Here) -> None:
    """Puts the preview away; the invoices go on waiting."""
    run = opened(here, "run.cancel")
    if run is None:
        return
    with here.desk.store.write() as tx:
        if runs.move(tx, run.id, ("preview",), "cancelled", here.desk.clock()):
            audit.note(tx, run.company, here.who, "run.cancelled", f"run:{run.id}", here.desk.clock())
        asking.tell_now(here.desk, tx, run.company, run.id, "cancelled")
