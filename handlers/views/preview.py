"""A checked batch before anything is sent: what is ready, what it comes to, what must be mended first, and why."""

from __future__ import annotations

from collections.abc import Sequence

from finance.invoice import Kind
from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views import causes, claims
from handlers.views.batch import Batch, Entry, Handle, Stand, Sum
from handlers.views.entries import by_cause
from handlers.views.tongue import Tongue

ASK_ABOVE = 50  # a batch larger than this asks once more
SHOWN = 10  # numbers that were asked for and are not here


def draw(say: Tongue, batch: Batch, handle: Handle) -> tuple[str, list[Block]]:
    """The check's outcome with its buttons."""
    ready, faulty = batch.of(Stand.READY), batch.of(Stand.FAULTY)
    if not batch.entries:
        return _nothing(say, batch)
    text = say.n("{n} invoice checked", "{n} invoices checked", len(batch.entries))
    told = [b.header(text), b.section(_tally(say, batch))]
    told += claims.section_of(say, batch, ready)
    told += sums(say, batch.sums(Stand.READY))
    told += b.paragraphs(by_cause(say, faulty, causes.of_entry))
    told += _notes(say, ready)
    told += _absent(say, batch)
    told += _what_follows(say, batch)
    told.append(b.actions(_buttons(say, batch, handle)))
    return text, told


def _what_follows(say: Tongue, batch: Batch) -> list[Block]:
    if batch.dry:
        return [b.context(say("This was a check only: nothing can be sent from here."))]
    if not batch.of(Stand.READY):
        return []
    if batch.kind is Kind.COMPANY_COST:
        text = say("They leave the drafts at once, because a draft cannot be marked paid. Nobody is paid anything.")
        return [b.context(text)]
    text = say("They become drafts in Procountor; customers get nothing yet. Its numbers may differ from yours.")
    return [b.context(text)]


def _buttons(say: Tongue, batch: Batch, handle: Handle) -> list[Block]:
    ready, held, faulty = (len(batch.of(stand)) for stand in (Stand.READY, Stand.HELD, Stand.FAULTY))
    buttons = []
    if ready and not batch.dry:
        label = say.n("Send the clean invoice", "Send the {n} clean ones", ready)
        ask = None
        if ready > ASK_ABOVE:
            question = say("{n} drafts are made in Procountor; Procountor charges each as a voucher.", n=ready)
            ask = b.confirm(label, question, say("Send"), say("Not yet"))
        buttons.append(b.button(label, "run.send", handle("run.send"), style="primary", confirm=ask))
    if ready or held:
        label = say.n("Show the ready one", "Show the {n} ready ones", ready)
        if not ready:
            label = say.n("Show the one left out", "Show the {n} left out", held)
        buttons.append(b.button(label, "run.ready", handle("run.ready")))
    if faulty:
        buttons.append(show_button(say, faulty, handle))
    buttons.append(b.button(say("Cancel"), "run.cancel", handle("run.cancel")))
    return buttons


def show_button(say: Tongue, count: int, handle: Handle) -> Block:
    """Opens the list of invoices to mend."""
    label = say.n("Show the invoice to mend", "Show the {n} invoices to mend", count)
    return b.button(label, "run.faults", handle("run.faults"))


def _tally(say: Tongue, batch: Batch) -> str:
    """How many are ready, how many not; what another batch has taken meanwhile is neither."""
    ready, faulty, held = (len(batch.of(stand)) for stand in (Stand.READY, Stand.FAULTY, Stand.HELD))
    gone = len(batch.entries) - ready - faulty - held
    parts = []
    if ready:
        parts.append(":white_check_mark: " + say.n("*{n}* ready", "*{n}* ready", ready))
    if faulty:
        parts.append(":warning: " + say.n("*{n}* needs a fix", "*{n}* need a fix", faulty))
    if held:
        parts.append(say.n("*{n}* left out", "*{n}* left out", held))
    if gone:
        parts.append(say.n("*{n}* has gone with another batch", "*{n}* have gone with another batch", gone))
    return "   ".join(parts)


def sums(say: Tongue, totals: Sequence[Sum]) -> list[Block]:
    """What the invoices come to, a row for each currency."""
    head = [say("Invoices"), say("Net"), say("VAT"), say("Total")]
    rows = [
        [say.shown(t.count), *(say.money(amount, t.currency) for amount in (t.net, t.vat, t.gross))] for t in totals
    ]
    return [b.table([head, *rows])] if rows else []


def _notes(say: Tongue, ready: Sequence[Entry]) -> list[Block]:
    """What is worth knowing of invoices that go as they are."""
    lines = by_cause(say, ready, causes.warnings, 4)
    return [b.context("\n".join([f":information_source: {say('Good to know:')}", *lines]))] if lines else []


def _absent(say: Tongue, batch: Batch) -> list[Block]:
    lines = []
    for number, theirs in batch.absent[:SHOWN]:
        asked = b.safe(number, 40)
        if theirs:
            lines.append(say("{number} is in Procountor already, as {theirs}.", number=asked, theirs=str(theirs)))
        else:
            lines.append(say("{number} is not among the invoices waiting here.", number=asked))
    if len(batch.absent) > SHOWN:
        lines.append(say("{n} more after these.", n=len(batch.absent) - SHOWN))
    return [b.context("\n".join(lines))] if lines else []


def _nothing(say: Tongue, batch: Batch) -> tuple[str, list[Block]]:
    text = say("There is nothing to send.")
    more = say.n(
        "No waiting invoice fits what you asked for. {n} waits in all.",
        "No waiting invoice fits what you asked for. {n} wait in all.",
        batch.waiting,
    )
    if not batch.waiting:
        more = say(
            "No invoices wait. Drop your invoice file here (Finvoice, CSV or Excel), or type `/procountor import`."
        )
    return text, [b.section(f"*{text}*\n{more}"), *_absent(say, batch)]
