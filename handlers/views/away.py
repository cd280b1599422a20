"""Being away in words: the form, what was noted, what the substitute and the returned one read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from finance.absence import Odd, Wanted
from finance.bill import Bill
from finance.circulation import Act
from handlers.chat import Modal, Picture
from handlers.views import blocks as b
from handlers.views.bill_answers import name_of
from handlers.views.notices import person, plain
from handlers.views.tongue import Tongue


class Absent(Protocol):
    """An absence as it is kept."""

    @property
    def user(self) -> str: ...
    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date: ...
    @property
    def substitute(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the substitute did."""

    act: Act
    bill: Bill
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A claim the substitute decided; ``user`` has made it."""

    number: str
    user: str
    approved: bool
    at: datetime


def form(say: Tongue, there: Absent | None) -> Modal:
    """From when, until when, and who stands in; filled with the absence that is noted."""
    what = say(
        "Your bills and claims to approve go to your substitute, too, and either of you may act. What was done you "
        "read when you are back."
    )
    told = [
        b.section(what),
        b.field("first", say("First day away"), b.date_input("first", there.first.isoformat() if there else "")),
        b.field("last", say("Last day away"), b.date_input("last", there.last.isoformat() if there else "")),
        b.field("substitute", say("Who stands in for you"), b.person("substitute", there.substitute if there else "")),
    ]
    return Modal(say("Away"), tuple(told), "away.keep", say("Close"), say("Save"))


def noted(say: Tongue, wanted: Wanted | Odd) -> Picture:
    """What was noted."""
    if isinstance(wanted, Odd):
        return odd(say, wanted)
    return plain(
        say(
            "Noted: you are away {first}–{last}, and <@{user}> stands in for you. `/procountor away off` ends it.",
            first=wanted.first,
            last=wanted.last,
            user=wanted.substitute,
        )
    )


def odd(say: Tongue, why: Odd) -> Picture:
    """Why it was not noted, and what to type."""
    told = {
        Odd.DATES: say("Two days are needed. Type it like this: `/procountor away 2026-07-06 2026-07-31 @user`"),
        Odd.ORDER: say("It would end before it begins."),
        Odd.PAST: say("These days are over already."),
        Odd.LONG: say("More than a year is too long."),
        Odd.NOBODY: say("Name somebody of the company who may deal with bills or claims: `@user` at the end."),
        Odd.SELF: say("You cannot stand in for yourself."),
    }[why]
    return plain(told)


def ended(say: Tongue) -> Picture:
    """The absence is over by the person's own word."""
    return plain(say("Welcome back. Nobody stands in for you any more."))


def none(say: Tongue) -> Picture:
    """There was no absence to end."""
    return plain(say("You have not said that you are away."))


def begins(say: Tongue, absence: Absent, count: int, claims: int = 0) -> Picture:
    """For the substitute."""
    head = say("You stand in for <@{user}> until {last}: either of you may act.", user=absence.user, last=absence.last)
    waits = say.n("{n} bill waits and is on your desk now.", "{n} bills wait and are on your desk now.", count)
    too = say.n("{n} claim waits and is on your desk now.", "{n} claims wait and are on your desk now.", claims)
    return plain(" ".join([head, *([waits] if count else []), *([too] if claims else [])]))


def over(say: Tongue, user: str) -> Picture:
    """For the substitute, at the end."""
    return plain(say("<@{user}> is back: you do not stand in any more. Thank you.", user=user))


def summary(
    say: Tongue, substitute: str, lines: Sequence[Line], waiting: int, claims: Sequence[Settled] = ()
) -> Picture:
    """For the one who is back."""
    head = say("Welcome back. <@{user}> stood in for you.", user=substitute)
    done = [*(_line(say, line) for line in lines), *(_settled(say, claim) for claim in claims)]
    told = done[:40] or [say("Nothing was decided in your place.")]
    left = len(done) - 40
    if left > 0:
        told.append(say.n("… and {n} more", "… and {n} more", left))
    waits = say.n("{n} bill waits for you.", "{n} bills wait for you.", waiting)
    return Picture(head, tuple(b.paragraphs([f"*{head}*", *told, waits])))


def _settled(say: Tongue, claim: Settled) -> str:
    did = say("Approved") if claim.approved else say("Rejected")
    what = say("claim {number} of {person}", number=claim.number, person=person(say, claim.user))
    return f"• {did}: {what} ({say.moment(claim.at)})"


def _line(say: Tongue, line: Line) -> str:
    did = {
        Act.VERIFY: say("Pre-approved"),
        Act.APPROVE: say("Approved"),
        Act.REJECT: say("Rejected"),
        Act.OBJECT: say("Said no to"),
    }[line.act]
    return f"• {did}: {name_of(say, line.bill)} ({say.moment(line.at)})"
