"""The form that says who somebody is, and what came of saying it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finance.faces import Face, Side, Somebody, Why
from finance.people import masked
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.people import reason, somebody
from handlers.views.tongue import Tongue


def form(
    say: Tongue,
    one: Somebody,
    why: Why | None,
    sides: Sequence[Side],
    chosen: Mapping[Side, tuple[str, str]],
    meta: str,
) -> Modal:
    """A searching select for each of ``sides``; ``chosen`` is what stands there already (handle, label)."""
    told: list[Block] = [b.section(somebody(say, one))]
    if why is not None:
        told.append(b.context(f":warning: {reason(say, why)}"))
    for side in sides:
        select = b.search(f"people.{side.value}", say("Type to search"), chosen.get(side))
        told.append(b.field(side.value, label(say, side), select, optional=True))
    told.append(b.context(say("Guests, bots and people of other workspaces cannot be matched.")))
    told.append(b.actions([b.button(say("Back to the list"), "people.back", "back")]))
    return Modal(b.cut(say("Who is this?"), b.TITLE), tuple(told), "people.map", say("Close"), say("Save"), meta)


def label(say: Tongue, side: Side) -> str:
    """What is asked for."""
    return {
        Side.SLACK: say("In Slack"),
        Side.PSA: say("In the project system"),
        Side.PERSON: say("Person in Procountor (makes claims)"),
        Side.USER: say("User in Procountor (approves)"),
    }[side]


def option(say: Tongue, face: Face) -> str:
    """How somebody is offered: plain text, of his number only the end."""
    parts = [b.clean(face.name) or say("(no name)"), masked(face.number), b.clean(face.email)]
    left = "" if face.there else f" ({say('has left')})"
    return b.cut(" · ".join(part for part in parts if part), b.OPTION - len(left)) + left


def done(say: Tongue, name: str) -> str:
    return say("{name} is matched now.", name=b.safe(name, 60))


def all_done(say: Tongue, many: int, left: int) -> str:
    """Of those confirmed together, how many are matched now; ``left`` were settled otherwise meanwhile."""
    text = say.n("{n} is matched now.", "{n} are matched now.", many)
    return text + (" " + say("{n} had changed meanwhile and can be looked at again.", n=left) if left else "")


def already(say: Tongue, name: str, by: str) -> str:
    """Somebody else was quicker."""
    if not name:
        return say("That has been settled already.")
    if not by or by == "kierto":
        return say("{name} is matched already.", name=b.safe(name, 60))
    who = notices.person(say, by.rpartition("/")[2])
    return say("{name} was matched already by {who}.", name=b.safe(name, 60), who=who)


def gone(say: Tongue) -> str:
    return say("One of them is no longer there. Here is how it stands now.")


def taken(say: Tongue, name: str, other: str) -> str:
    """One of them is somebody else already."""
    text = "{name} and {other} are two people of the same system. Undo the match that is wrong first."
    return say(text, name=b.safe(name, 60), other=b.safe(other, 60))


def stranger(say: Tongue, name: str) -> str:
    """Why a Slack user cannot be matched."""
    if not name:
        return say("This Slack user is not in the workspace.")
    text = "{name} is a guest, a bot, deactivated or of another workspace, and cannot be matched."
    return say(text, name=b.safe(name, 60))


def parted(say: Tongue, name: str) -> str:
    return say("{name} is no longer matched.", name=b.safe(name, 60))


def set_aside(say: Tongue, name: str) -> str:
    return say("{name} is set aside: nobody is asked about them again.", name=b.safe(name, 60))


def differ(say: Tongue, name: str) -> str:
    return say("Noted: {name} is somebody else.", name=b.safe(name, 60))


def brought_back(say: Tongue, name: str) -> str:
    return say("{name} is back among the company’s people.", name=b.safe(name, 60))


def looked(say: Tongue) -> str:
    return say("Slack and Procountor are looked at anew. Open this list again in a moment.")
