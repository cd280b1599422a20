"""What the admins hear of another system that takes nothing."""

from __future__ import annotations

from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.tongue import Tongue


def given_up(say: Tongue, why: str) -> Picture:
    """``why`` is the status of the last answer, or that there was none."""
    text = say(
        "The system that payments are posted to has not taken one for a day and a half ({why}). It is not tried again: "
        "`kierto export numbers` has them all. The address is changed with `/procountor paid`.",
        why=b.safe(_reason(say, why), 60),
    )
    return Picture(text, (b.section(f":warning: {text}"),))


def _reason(say: Tongue, why: str) -> str:
    if why.isdigit():
        return say("it answers {status}", status=why)
    return say("its address is not public") if why == "private" else say("it does not answer")
