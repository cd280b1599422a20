"""Keeps a batch's message true: drawn from the rows as they are, and only when something has changed."""

from __future__ import annotations

import csv
import io

from finance.invoice import CLAIMS, Kind
from finance.transfer import FINAL, State
from handlers import asking, gather
from handlers.buttons import issued
from handlers.chat import Chat, ChatTrouble, Posted
from handlers.desk import Desk
from handlers.readers import reader, room
from handlers.routing import Router
from handlers.showing import breathe, show
from handlers.views import batches, details
from handlers.views.batch import Batch, Stand
from handlers.views.tongue import Tongue
from storage import companies, messages, runs
from storage.database import Tx
from storage.runs import Run

on = Router()


@on.task("run.tell", lane="tell")
def tell(desk: Desk, company_id: str, run_id: str) -> None:
    """Posts or redraws the batch's message; a settled batch is closed first, so that its last picture is the result."""
    breathe(desk, company_id, f"run:{run_id}")
    run, batch = _closed(desk, company_id, int(run_id))
    if not run.team:
        return  # asked for on the command line, where it is shown
    chat, say = reader(desk, run.company, run.team, run.by)
    say = say.about(run.kind)

    def handle(purpose: str) -> str:
        return issued(desk, run.company, run.team, purpose, str(run.id))

    show(desk, chat, company_id, f"run:{run.id}", run.by, batches.picture(say, batch, handle))


def _closed(desk: Desk, company_id: str, run_id: int) -> tuple[Run, Batch]:
    run, batch = gather.batch(desk, company_id, run_id)
    if run.state != "sending" or batch.of(Stand.WAITING, Stand.CHECKING):
        return run, batch
    with desk.store.write() as tx:
        sent = [item for item in runs.items(tx, run.id) if item.verdict != runs.HELD]
        states = [item.state for item in sent if item.state is not None]
        if not all(State(state) in FINAL for state in states):
            return run, batch
        if runs.move(tx, run.id, ("sending",), "done", desk.clock()):
            _ask_details(desk, tx, run, states)
    return gather.batch(desk, company_id, run_id)


def _ask_details(desk: Desk, tx: Tx, run: Run, states: list[str]) -> None:
    key = f"{run.id}:{states.count('done')}:{len(states)}"
    desk.work.soon(tx, "tell", "run.details", key, run.company, [run.company, str(run.id)])


@on.task("run.details", lane="tell")
def tell_details(desk: Desk, company_id: str, run_id: str) -> None:
    """The thread under the result: every pair of numbers, every refusal in words; the company's channel hears too."""
    run, batch = gather.batch(desk, company_id, int(run_id))
    if not run.team:
        return
    chat, say = reader(desk, run.company, run.team, run.by)
    say = say.about(run.kind)
    with desk.store.read() as tx:
        said = messages.find(tx, company_id, f"run:{run.id}")
        channel = companies.get(tx, company_id).choices.result_channel
    if said is None:
        return
    _thread(chat, say, batch, said.channel, said.ts)
    if channel and run.kind not in CLAIMS:  # what people claim is nobody else's affair
        _announce(desk, chat, say, run, batch, channel)


def _thread(chat: Chat, say: Tongue, batch: Batch, channel: str, ts: str) -> None:
    for page in details.pages(say, batch):
        chat.post(channel, page, ts)
    if len(batch.of(Stand.SENT)) > details.PAGE:
        name = f"kierto-{batch.number}.csv"
        chat.upload(channel, ts, name, _csv(batch), say("All the numbers of batch {number}", number=str(batch.number)))


def _announce(desk: Desk, chat: Chat, say: Tongue, run: Run, batch: Batch, channel: str) -> None:
    public = room(desk, run.company, run.team)
    try:
        told = details.announcement(say, batch, run.by)
        posted = show(desk, public, run.company, f"run:{run.id}:channel", channel, told)
        _thread(public, say, batch, posted.channel, posted.ts)
    except ChatTrouble as trouble:
        if not trouble.certain:
            raise
        where = Posted(chat.direct(run.by), "")
        chat.post(where.channel, details.not_posted(say, channel))


def _csv(batch: Batch) -> bytes:
    """Both numbers of everything sent, for the PSA: semicolons and a byte-order mark, as Excel here reads it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    party = "supplier" if batch.kind is Kind.BILL else "claimant" if batch.kind in CLAIMS else "buyer"
    writer.writerow(["number", "procountor_number", party, "net", "vat", "total", "currency"])
    for e in batch.of(Stand.SENT):
        row = [e.number, str(e.theirs or ""), e.buyer, str(e.net), str(e.vat), str(e.gross), e.currency]
        writer.writerow([details.formula_safe(cell) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


@on.every("runs.refresh", 30.0)
def refresh(desk: Desk) -> None:
    """A batch under way is looked at even if a message about it was lost."""
    with desk.store.write() as tx:
        for run in runs.in_state(tx, "sending"):
            asking.tell_now(desk, tx, run.company, run.id, f"tick:{desk.clock():%Y%m%d%H%M%S}")
