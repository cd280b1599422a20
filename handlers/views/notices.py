"""Short answers to one person: refusals, mishaps, things that are no longer so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from finance.authority import Right
from handlers.chat import Modal, Picture
from handlers.views.blocks import safe, section
from handlers.views.tongue import Tongue

_USER = re.compile(r"[UW][A-Z0-9]+")


def _said(text: str) -> Picture:
    return Picture(text, (section(text),))


def refused(say: Tongue, right_: Right, able: Sequence[str]) -> Picture:
    """``able`` are the Slack users who have the right."""
    right = right_name(say, right_)
    if not able:
        return _said(
            say("You do not have the right to do this ({right}), and nobody has it yet. Ask your admin.", right=right)
        )
    people = ", ".join(person(say, user) for user in able[:10])
    return _said(
        say("You do not have the right to do this ({right}). Ask one of these: {people}", right=right, people=people)
    )


def not_yet(say: Tongue, until: datetime) -> Picture:
    """The right is one the person gave himself, or depends on a change he made himself."""
    return _said(
        say(
            "You gave yourself this right or said yourself who you are, so you can use it from {moment}. "
            "Until then another admin can give it.",
            moment=say.moment(until),
        )
    )


def right_name(say: Tongue, right: Right) -> str:
    """What a right is for, within a sentence."""
    return {
        Right.ADMIN: say("the settings"),
        Right.FINANCE: say("sending invoices"),
        Right.RECEIVE: say("receiving bills"),
        Right.SEE_ALL: say("seeing all bills"),
        Right.SEE_OWN: say("seeing one’s own bills"),
        Right.PRE_APPROVE: say("pre-approving bills"),
        Right.APPROVE: say("approving bills"),
        Right.APPROVE_CLAIMS: say("approving claims"),
    }[right]


def person(say: Tongue, by: str) -> str:
    """Who did it: a mention of a Slack user; what came from the command line has none."""
    return mention(by) or say("from the command line")


def mention(user: str) -> str:
    """A mention of a Slack user; "" for what is no user's id."""
    return f"<@{user}>" if _USER.fullmatch(user) else ""


def strangers(say: Tongue) -> Picture:
    return _said(say("Only members of this company's own workspace can use Kierto. Guests and bots cannot."))


def full(say: Tongue) -> Picture:
    """The disk has no room: nothing that could not be kept is taken up."""
    return _said(
        say(
            "Kierto’s disk is nearly full, so nothing new is taken up now; what was begun goes on. Whoever runs Kierto "
            "has to make room. Then do it again."
        )
    )


def no_company(say: Tongue) -> Picture:
    return _said(say("This workspace is not connected to a company in Procountor yet. Ask your admin to connect it."))


def outsider(say: Tongue) -> Picture:
    """The workspace has several companies, and the reader belongs to none: he hears of none by name."""
    return _said(
        say("Several companies use Kierto in this workspace, and you do not belong to any of them yet. Ask your admin.")
    )


def left(say: Tongue) -> Picture:
    """Between saying something and its being done, the reader was taken out of the company it was said for."""
    return _said(say("You no longer belong to the company you said this for. Nothing was done."))


def gone(say: Tongue) -> Picture:
    return _said(say("This button is no longer in use. Type `/procountor runs` to see where things are."))


def list_again(say: Tongue, name: str) -> Modal:
    """In the place of a form that was opened from a list and has grown too old."""
    return closing(say, say("This form is no longer in use. Close it and open the list again."), name)


def closing(say: Tongue, text: str, name: str) -> Modal:
    """A form that only says something and can be closed; ``name`` is its callback id."""
    return Modal("Kierto", _said(text).blocks, name, say("Close"))


def mishap(say: Tongue, incident: str) -> Picture:
    return _said(
        say(
            "Something went wrong on our side and nothing was changed. "
            "Try again; if it happens again, tell us the incident number {id}.",
            id=incident,
        )
    )


def no_batch(say: Tongue, typed: str) -> Picture:
    """No batch has the number that was typed, or none was."""
    if typed:
        return _said(say("There is no batch {number}.", number=safe(typed, 20)))
    return _said(say("Which batch? Type its number: `/procountor run 12`. The batches are in `/procountor runs`."))


def twice(say: Tongue) -> Picture:
    """In the place of a message's second copy, which is not kept up to date."""
    return _said(say("This message stands here twice. Go on with the other one."))


def unknown_command(say: Tongue, typed: str, nearest: str) -> str:
    if nearest:
        return say(
            "I do not know “{typed}”. Did you mean `/procountor {nearest}`?", typed=safe(typed, 60), nearest=nearest
        )
    return say("I do not know “{typed}”. Here is what I do know:", typed=safe(typed, 60))


def plain(text: str) -> Picture:
    """A sentence that is already said in the reader's language."""
    return _said(text)
