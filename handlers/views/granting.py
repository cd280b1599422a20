"""Who may do what: everybody's rights as a list, and the form in which one person's are changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from finance.authority import Right
from handlers.chat import Block, Modal
from handlers.views import blocks as b
from handlers.views import choosers
from handlers.views.notices import person, right_name
from handlers.views.rights_words import FIELDS, LIMITED, Given, allows, fresh, label, worded, written
from handlers.views.tongue import Tongue


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
    boxes = [(right.value, label(say, right), allows(say, right)) for right in Right]
    ticked = [right.value for right in one.rights]
    told.append(b.field("rights", say("May do"), choosers.checkboxes("rights", boxes, ticked), optional=True))
    hint = say("One currency in a line: EUR 5000, or SEK no limit. Nothing is approved in other currencies.")
    labels = {
        Right.APPROVE: say("Limits for approving bills"),
        Right.APPROVE_CLAIMS: say("Limits for approving claims"),
    }
    for right, name in labels.items():
        text = b.text_input(FIELDS[right], written(say, one.rights.get(right, {})), lines=True, most=500)
        told.append(b.field(FIELDS[right], name, text, hint, optional=True))
    if asked.confirmable:
        names = ", ".join(right_name(say, right) for right in asked.confirmable)
        box = b.checkbox("confirm", say("Yes, usable at once"))
        told.append(b.field("confirm", say("Given by the person alone: {rights}", rights=names), box, optional=True))
    told.append(b.actions([b.button(say("Back to the list"), "rights.back", "back")]))
    return Modal(say("Rights"), tuple(b.anew(told, meta)), "rights.give", say("Close"), say("Save"), meta)


def _remarks(say: Tongue, asked: Asked) -> list[str]:
    told = []
    if asked.stale:
        told.append(":warning: " + say("These rights were changed meanwhile. Here they are as they are now."))
    if not asked.person.trusted:
        told.append(":warning: " + say("A guest, a bot or somebody who has left: rights can only be taken away."))
    if asked.own:
        told.append(say("What you give yourself can be used after 24 hours, or once another admin has confirmed it."))
    return told + fresh(say, asked.person.fresh)
