"""The running numbers: what has been seen, what is free, and what an admin has noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from finance.numbering import Series
from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Noted:
    """The starting number an admin has noted; ``by`` is a Slack user."""

    number: str
    by: str
    at: datetime


def picture(say: Tongue, found: Series, noted: Noted | None, handle: str) -> Picture:
    """Both series, the next free number, and the button that notes it."""
    head = say("Invoice numbers")
    nothing = say("none seen")
    lines = [
        f"*{head}*",
        say("Highest number of your project system: *{number}*", number=b.safe(found.highest, 40) or nothing),
        say("Procountor’s highest own number: *{number}*", number=str(found.running or nothing)),
        say("Next free number: *{number}*", number=b.safe(found.next, 40)),
    ]
    if noted is not None:
        text = say(
            "Noted as the starting number: *{number}*, by {who}, {when}.",
            number=b.safe(noted.number, 40),
            who=notices.person(say, noted.by),
            when=noted.at,
        )
        lines.append(text)
    blocks: list[Block] = [b.section("\n".join(lines))]
    if noted is None or noted.number != found.next:
        sure = b.confirm(
            say("Use this number?"),
            say("It is noted here with your name. You set it in the project system yourself."),
            say("Use it"),
            say("Not yet"),
        )
        label = say("Use {number}", number=b.clean(found.next))
        blocks.append(b.actions([b.button(label, "numbering.use", handle, confirm=sure)]))
    return Picture(head, tuple(blocks))


def used(say: Tongue, number: str) -> Picture:
    """What is left to be done by hand."""
    text = say(
        "Noted. Now set *{number}* in the settings of your project system as the number of its next invoice. "
        "Invoices that have a number already keep it.",
        number=b.safe(number, 40),
    )
    return notices.plain(text)
