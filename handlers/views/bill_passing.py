"""Passing a bill on: the form, what is said about it, and the rule that may come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from finance.bill import Bill
from handlers.chat import Block, Modal, Picture
from handlers.views import blocks as b
from handlers.views.bill_answers import name_of
from handlers.views.notices import person, plain
from handlers.views.tongue import Tongue

NAMED = 15  # people named as those who may receive bills
LISTED = 40  # rules shown in one message


@dataclass(frozen=True, slots=True)
class Offer:
    """A rule that could be made: bills of a project, or of a supplier, to the Slack user ``to``."""

    kind: str  # "project" or "supplier"
    name: str
    to: str
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule that stands: ``by`` is a Slack user."""

    kind: str
    name: str
    to: str
    by: str
    at: datetime
    handle: str


def form(say: Tongue, bill: Bill, able: Sequence[str], meta: str) -> Modal:
    """To whom, and a word for him. ``able`` are the Slack users who may receive bills."""
    told = [b.section(name_of(say, bill))]
    if able:
        people = ", ".join(f"<@{user}>" for user in able[:NAMED])
        told.append(b.context(say("These may receive bills: {people}", people=people)))
    told += [
        b.field("to", say("Whose is it?"), b.users("to", say("Choose a person"))),
        b.field("note", say("A word for that person"), b.text_input("note", lines=True, most=500), optional=True),
    ]
    return Modal(say("Not mine"), tuple(told), "bill.passed", say("Close"), say("Pass it on"), meta)


def unable(say: Tongue, name: str, able: Sequence[str]) -> str:
    """Why this person cannot get the bill; plain text for a field. ``able`` are names of people who can."""
    who = b.clean(name)[:60]
    if not able:
        return say("{name} may not receive bills, and nobody else may yet. Ask your admin.", name=who)
    names = ", ".join(b.clean(one)[:40] for one in able[:5])
    return say("{name} may not receive bills. These may: {names}", name=who, names=names)


def refused(say: Tongue, why: str, bill: Bill | None = None, to: str = "") -> str:
    """Why the bill did not go on; ``to`` is the Slack user it was to go to."""
    told = {
        "self": say("That is you: the bill lies on your desk already."),
        "stranger": say("Guests, bots and people of other workspaces cannot receive bills."),
        "settled": say("Nothing is left to decide about this bill."),
        "moving": say("A decision about this bill is on its way: wait for what comes of it."),
        "not_there": say("The bill does not lie on your desk any more: look at its card."),
        "back": say("The bill lies on your desk already."),
        "there": say("The bill lies on the desk of <@{user}> already.", user=to),
    }[why]
    return f"{name_of(say, bill)}: {told}" if bill is not None else told


def handed(say: Tongue, bill: Bill, by: str, note: str) -> Picture:
    """For somebody who has had the card before: it is his again."""
    text = say(
        ":inbox_tray: <@{user}> has passed {bill} on to you. Its card is in this conversation.",
        user=by,
        bill=name_of(say, bill),
    )
    return Picture(text, tuple(b.paragraphs([text, *([say("“{found}”", found=b.safe(note, 500))] if note else [])])))


def reassigned(say: Tongue, bill: Bill, to: str) -> Picture:
    return plain(say("{bill} is on the desk of <@{user}> now.", bill=name_of(say, bill), user=to))


def not_found(say: Tongue, number: str) -> Picture:
    """Alike for a bill that is not there and for one that is not the asker's."""
    shown = b.safe(number, 40)
    return plain(say("There is no open bill {number} that you may pass on.", number=shown))


def several(say: Tongue, number: str, found: Sequence[Bill]) -> Picture:
    """Several bills have the number: Procountor's own tells them apart."""
    head = say("Several open bills have the number {number}. Use Procountor’s own:", number=b.safe(number, 40))
    lines = [f"• `{bill.number}`  {name_of(say, bill)}" for bill in found[:10]]
    return Picture(head, tuple(b.paragraphs([head, *lines])))


def how(say: Tongue) -> Picture:
    return plain(say("Which bill, and to whom? For example `/procountor reassign 30117 @maria`."))


def how_long(say: Tongue) -> Picture:
    return plain(say("Which bill, and for how long? For example `/procountor snooze 30117 2d`."))


def too_long(say: Tongue, most: int) -> Picture:
    return plain(say("A bill is put off for a day at least and {n} days at most.", n=most))


def not_on_desk(say: Tongue, number: str) -> Picture:
    """Alike for a bill that is not there and for one that lies on another desk."""
    return plain(say("There is no open bill {number} on your desk.", number=b.safe(number, 40)))


def put_off(say: Tongue, bill: Bill, until: datetime) -> Picture:
    """What the card says, too, for the one who typed elsewhere."""
    return plain(f"{name_of(say, bill)}: {say('You are reminded again {moment}', moment=until)}")


def what(say: Tongue, kind: str, name: str) -> str:
    """What a rule is about, within a sentence."""
    shown = b.safe(name, 60)
    return say("bills of project {name}", name=shown) if kind == "project" else say("bills of {name}", name=shown)


def suggestion(say: Tongue, bill: Bill, by: str, offers: Sequence[Offer], no: str) -> Picture:
    """Asks an admin or finance whether it should go there by itself the next time."""
    to = offers[0].to
    head = say(
        "<@{by}> passed {bill} on to <@{to}>. Should such bills go there from now on?",
        by=by,
        bill=name_of(say, bill),
        to=to,
    )
    buttons: list[Block] = []
    for offer in offers:
        name = b.clean(offer.name)[:30]
        if offer.kind == "project":
            buttons.append(b.button(say("Project {name}", name=name), "rule.project", offer.handle))
        else:
            buttons.append(b.button(say("All of {name}", name=name), "rule.supplier", offer.handle))
    buttons.append(b.button(say("No, only this one"), "rule.no", no))
    return Picture(head, (b.section(head), b.actions(buttons)))


def ruled(say: Tongue, kind: str, name: str, to: str, by: str) -> Picture:
    """A rule has been made; in the place of the question."""
    return plain(
        say(
            ":white_check_mark: From now on {what} go to <@{to}>, said <@{by}>. "
            "`/procountor recipients` shows all such rules.",
            what=what(say, kind, name),
            to=to,
            by=by,
        )
    )


def unruled(say: Tongue, by: str) -> Picture:
    return plain(say("No rule was made, said <@{by}>.", by=by))


def rules(say: Tongue, found: Sequence[Ruled], default: str, count: int) -> Picture:
    """The rules with a button that ends each, how many of ``count`` are not shown, and who gets the rest."""
    head = say("Who gets which bills")
    last = (
        say("All that name nobody go to <@{user}>.", user=default)
        if default
        else say("No default recipient is chosen: what names nobody goes to finance.")
    )
    told: list[Block] = [b.section(f"*{head}*")]
    if not found:
        told.append(b.section(say("There are no rules: bills go by the person or the project they name.")))
    for rule in found:
        name = b.safe(rule.name, 60)
        line = f"{say('Project {name}', name=name) if rule.kind == 'project' else name} → <@{rule.to}>"
        by = say("by {who}, {when}", who=person(say, rule.by), when=rule.at)
        told.append(b.section(f"{line}\n_{by}_", b.button(say("End it"), "rule.end", rule.handle)))
    if count > len(found):
        told.append(b.context(say.n("… and {n} more rule", "… and {n} more rules", count - len(found))))
    return Picture(head, (*told, b.context(last)))


def ended(say: Tongue, kind: str, name: str) -> Picture:
    return plain(say("The rule for {what} has ended.", what=what(say, kind, name)))
