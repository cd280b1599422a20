"""A batch on its way: being checked, being sent; and those that were put away or could not be checked."""

from __future__ import annotations

from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views import result
from handlers.views.batch import Batch, Handle, Stand
from handlers.views.tongue import Tongue

BAR = 20
SENT_OFF = (Stand.WAITING, Stand.CHECKING, Stand.SENT, Stand.REFUSED, Stand.PARKED)


def checking(say: Tongue, batch: Batch, handle: Handle) -> tuple[str, list[Block]]:
    """The first answer, within a second."""
    text = say("Checking the invoices…")
    return text, [b.section(f":hourglass_flowing_sand: {text}")]


def sending(say: Tongue, batch: Batch, handle: Handle) -> tuple[str, list[Block]]:
    """How far it is; the result once nothing moves but what is being looked for."""
    going = sum(entry.queued or entry.stand in SENT_OFF for entry in batch.entries)
    moving = len(batch.of(Stand.WAITING, Stand.CHECKING))
    if not batch.of(Stand.WAITING):
        return result.draw(say, batch, handle)
    text = say("Sending: {done} of {n}", done=going - moving, n=going)
    told = [b.section(f":arrows_counterclockwise: *{text}*\n{_bar(going - moving, going)}")]
    if batch.paused:
        told.append(b.context(":red_circle: " + say("Procountor does not accept our key: sending waits.")))
    troubled = result.counts(say, batch)
    return text, told + ([b.context(troubled)] if troubled else [])


def _bar(done: int, of: int) -> str:
    full = BAR * done // max(of, 1)
    return f"`{'█' * full}{'░' * (BAR - full)}`"


def cancelled(say: Tongue, batch: Batch, handle: Handle) -> tuple[str, list[Block]]:
    """Put away by a person."""
    text = say("Cancelled. Nothing was sent; the invoices wait here.")
    return text, [b.section(text)]


def failed(say: Tongue, batch: Batch, handle: Handle) -> tuple[str, list[Block]]:
    """Why there was no check."""
    text = say("The check could not be made")
    why = {
        "connection": say("Procountor does not accept our key any more. Your admins have been told; nothing was sent."),
        "nothing_fetched": say("Procountor’s registers could not be read. Try again in a moment; nothing was sent."),
        "too_many": say("That is more than one batch may hold. Choose fewer, for example by a range of numbers."),
    }.get(batch.problem, say("Something went wrong on our side. Nothing was sent; try again."))
    return text, [b.section(f"*{text}*\n{why}")]
