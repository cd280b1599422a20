"""A batch's message: checking, the preview, how far it is, how it ended. Always the same message, redrawn."""

from __future__ import annotations

from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views import preview, progress, result
from handlers.views.batch import Batch, Handle
from handlers.views.tongue import Tongue


def picture(say: Tongue, batch: Batch, handle: Handle) -> Picture:
    """The batch as it now is."""
    draw = {
        "checking": progress.checking,
        "preview": preview.draw,
        "sending": progress.sending,
        "done": result.draw,
        "cancelled": progress.cancelled,
        "failed": progress.failed,
    }[batch.state]
    text, body = draw(say, batch, handle)
    return Picture(text, (*body, foot(say, batch)))


def foot(say: Tongue, batch: Batch) -> Block:
    """Which batch, whose."""
    return b.context(say("Batch {number} · {company}", number=str(batch.number), company=b.safe(batch.company, 80)))
