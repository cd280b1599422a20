"""Who may do what: rights in words, everybody's rights as a list, and the form in which one person's are changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from finance.authority import Limits, Right
from finance.limits import Slip, Unfit
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import choosers
from handlers.views.notices import person, right_name
from handlers.views.tongue import Tongue

LIMITED = (Right.APPROVE, Right.APPROVE_CLAIMS)
"""Rights that are worth nothing without a limit."""

FIELDS = {Right.APPROVE: "limits", Right.APPROVE_CLAIMS: "claim_limits"}

Given = Mapping[Right, Limits]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with his rights. ``fresh``: those he cannot use yet, each with the moment from which he can.

    ``known`` tells who he is in Procountor ("key", "mapped" or ""), ``trusted`` is False for guests and such.
    """

    user: str
    rights: Given
    fresh: Mapping[Right, datetime]
    known: str = ""
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list: whom it shows, which of how many it is, and what its buttons carry."""

    people: Sequence[Person]
    number: int
    of: int
    change: Callable[[str], str]
    turn: Callable[[int], str]
    alone: bool = False


def worded(say: Tongue, rights: Given) -> str:
    """The rights in words, with their limits; "" for none."""
    told = []
    for right in Right:
        if right in rights:
            most = limits(say, rights[right]) if right in LIMITED else ""
            told.append(f"{right_name(say, right)} ({most})" if most else right_name(say, right))
    return ", ".join(told)


def limits(say: Tongue, given: Limits) -> str:
    """Limits in words; no limit is spelled out, and so is that nothing may be approved."""
    if not given:
        return say("no limit set: approves nothing")
    told = [
        say("{currency} without limit", currency=code)
        if most is None
        else say("up to {amount}", amount=say.money(most, code))
        for code, most in sorted(given.items())
    ]
    return "; ".join(told)


def written(say: Tongue, given: Limits) -> str:
    """Limits as they could have been typed, one in a line."""
    lines = [f"{code} {say('no limit') if most is None else say.amount(most)}" for code, most in sorted(given.items())]
    return "\n".join(lines)


def unfit(say: Tongue, slips: Sequence[Unfit]) -> str:
    """Why what was typed is no limit; plain text, the first slip."""
    slip = slips[0]
    found = b.cut(b.clean(slip.found), 40)
    one, other = (*slip.readings, "", "")[:2]
    return {
        Slip.CURRENCY: say("“{found}”: which currency? Write it like this: EUR 5000", found=found),
        Slip.AMOUNT: say("“{found}” is not an amount. Write it like this: EUR 5000,00 or EUR no limit", found=found),
        Slip.AMBIGUOUS: say(
            "“{found}” could mean {one} or {other}. Write it without a separator of thousands, or with two decimals.",
            found=found,
            one=one,
            other=other,
        ),
        Slip.CENTS: say("“{found}” has more than two decimals.", found=found),
        Slip.NEGATIVE: say("“{found}”: a limit cannot be negative.", found=found),
        Slip.LARGE: say("“{found}” is too large. Write “no limit” if there is to be none.", found=found),
        Slip.TWICE: say("{currency} stands there twice.", currency=found),
    }[slip.slip]


def everybody(say: Tongue, page: Page, meta: str, done: str = "") -> Modal:
    """The list, with a choice of anybody on top; ``done`` tells what has just been changed."""
    told: list[Block] = [b.section(done)] if done else []
    chooser = choosers.people("rights.pick", say("Choose a person"))
    told.append(b.section(say("Give rights to somebody, or change them:"), chooser))
    if page.alone:
        told.append(b.context(":warning: " + _alone(say)))
    if not page.people:
        told.append(b.section(say("Nobody has any rights yet.")))
    for one in page.people:
        told.append(b.section(_line(say, one), b.button(say("Change"), "rights.change", page.change(one.user))))
    if page.of > 1:
        told.append(b.context(say("Page {page} of {pages}", page=page.number + 1, pages=page.of)))
        turns = []
        if page.number > 0:
            turns.append(b.button(say("Previous page"), "rights.previous", page.turn(page.number - 1)))
        if page.number + 1 < page.of:
            turns.append(b.button(say("Next page"), "rights.next", page.turn(page.number + 1)))
        told.append(b.actions(turns))
    return Modal(say("Rights"), tuple(told), "rights.list", say("Close"), meta=meta)


def _alone(say: Tongue) -> str:
    return say(
        "The exception of a one-person company is on: rights may be used at once by the one who gave them, "
        "and every signature is told to the admins and to finance."
    )


def _line(say: Tongue, one: Person) -> str:
    lines = [f"*{person(say, one.user)}* · {worded(say, one.rights) or say('no rights')}"]
    if one.known == "key":
        lines.append(":white_check_mark: " + say("Signs with an own API key"))
    elif not one.known and any(right in one.rights for right in (Right.PRE_APPROVE, *LIMITED)):
        lines.append(":warning: " + say("Nobody has said yet who this is in Procountor."))
    return "\n".join(lines + fresh(say, one.fresh))


def fresh(say: Tongue, moments: Mapping[Right, datetime]) -> list[str]:
    """From when what somebody gave himself can be used, a line for each moment."""
    by: dict[datetime, list[Right]] = {}
    for right, moment in moments.items():
        by.setdefault(moment, []).append(right)
    return [
        ":hourglass_flowing_sand: "
        + say("Usable from {moment}: {rights}", moment=moment, rights=", ".join(right_name(say, r) for r in given))
        for moment, given in sorted(by.items())
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose form it is: ``own`` when it is the admin's own, ``confirmable`` what another human may make usable now.

    ``stale``: somebody else has changed these rights since the form was opened.
    """

    person: Person
    own: bool = False
    confirmable: tuple[Right, ...] = ()
    stale: bool = False


def form(say: Tongue, asked: Asked, meta: str) -> Modal:
    """The boxes and limits of one person as they now are."""
    one = asked.person
    told: list[Block] = [b.section(say("Rights of {person}", person=person(say, one.user)))]
    told += [b.context(line) for line in _remarks(say, asked)]
    boxes = [(right.value, _label(say, right), allows(say, right)) for right in Right]
    ticked = [right.value for right in one.rights]
    told.append(b.field("rights", say("May do"), choosers.checkboxes("rights", boxes, ticked), optional=True))
    hint = say(
        "One currency in a line: EUR 5000, or SEK no limit. In a currency that is not named nothing is approved."
    )
    labels = {
        Right.APPROVE: say("Limits for approving bills"),
        Right.APPROVE_CLAIMS: say("Limits for approving claims"),
    }
    for right, label in labels.items():
        text = b.text_input(FIELDS[right], written(say, one.rights.get(right, {})), lines=True, most=500)
        told.append(b.field(FIELDS[right], label, text, hint, optional=True))
    if asked.confirmable:
        names = ", ".join(right_name(say, right) for right in asked.confirmable)
        box = b.checkbox("confirm", say("Yes, usable at once"))
        told.append(b.field("confirm", say("Given by the person alone: {rights}", rights=names), box, optional=True))
    told.append(b.actions([b.button(say("Back to the list"), "rights.back", "back")]))
    return Modal(say("Rights"), tuple(told), "rights.give", say("Close"), say("Save"), meta)


def _remarks(say: Tongue, asked: Asked) -> list[str]:
    told = []
    if asked.stale:
        told.append(":warning: " + say("These rights were changed meanwhile. Here they are as they are now."))
    if not asked.person.trusted:
        told.append(":warning: " + say("A guest, a bot or somebody who has left: rights can only be taken away."))
    if asked.own:
        told.append(say("What you give yourself can be used after 24 hours, or once another admin has confirmed it."))
    return told + fresh(say, asked.person.fresh)


def _label(say: Tongue, right: Right) -> str:
    name = right_name(say, right)
    return name[:1].upper() + name[1:]


def allows(say: Tongue, right: Right) -> str:
    """What a right allows, in one short sentence."""
    return {
        Right.ADMIN: say("Settings, the connection, and other people’s rights."),
        Right.FINANCE: say("Brings in, checks and sends invoices, bills and claims."),
        Right.RECEIVE: say("Bills may be directed to this person."),
        Right.SEE_ALL: say("Sees every bill of the company."),
        Right.SEE_OWN: say("Sees the bills directed to this person."),
        Right.PRE_APPROVE: say("Checks bills before they are approved. Books nothing."),
        Right.APPROVE: say("Approves bills up to the limits below. This commits the money."),
        Right.APPROVE_CLAIMS: say("Approves expense and travel claims up to the limits below."),
    }[right]
