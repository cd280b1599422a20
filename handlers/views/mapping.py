"""Answers to the typed short cuts of mapping: people, work types, payment types, operators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finance.faces import Somebody
from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.people import matched_by, somebody
from handlers.views.tongue import Tongue

SHOWN = 40  # words of a list told in one message


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a Slack user may be, and the handle that says so."""

    one: Somebody
    handle: str


def said(text: str) -> Picture:
    """A sentence that is already said, made safe by its writer."""
    return notices.plain(text)


def which_user(say: Tongue) -> Picture:
    return notices.plain(
        say(
            "Which Slack user? Pick the name from the list that opens when you type @: "
            "`/procountor map person @anna Anna Virtanen`."
        )
    )


def unknown_user(say: Tongue, user: str) -> Picture:
    text = "{who} is not among the people Kierto may match: guests, bots and people of other workspaces are not."
    return notices.plain(say(text, who=notices.person(say, user)))


def nobody(say: Tongue) -> Picture:
    return notices.plain(
        say(
            "Nobody is known by that number, address or name. The project system’s list of people and Procountor’s "
            "persons are in `/procountor unmatched`."
        )
    )


def who(say: Tongue, one: Somebody, how: str, by: str) -> Picture:
    """Who a Slack user is, and by whose word."""
    text = somebody(say, one)
    more = f"\n{matched_by(say, how, by)}" if how else ""
    return Picture(b.safe(one.name, 60), (b.section(text + more),))


def candidates(say: Tongue, user: str, offered: Sequence[Candidate]) -> Picture:
    """Who a Slack user may be, each with a button."""
    if not offered:
        text = say(
            "{who} is not matched, and nobody of the company has a name like that.", who=notices.person(say, user)
        )
        return notices.plain(text + " " + say("Add the number or the name of the person after the user."))
    head = say("{who} is not matched yet. Is it one of these?", who=notices.person(say, user))
    blocks: list[Block] = [b.section(head)]
    for one in offered:
        press = b.button(say("Yes, same person"), "people.same", one.handle)
        blocks.append(b.section(somebody(say, one.one), press))
    return Picture(head, tuple(blocks))


# work types, payment types, operators


def usage(say: Tongue, example: str, known: Mapping[str, str]) -> Picture:
    """What there is already, and how to add to it."""
    lines = [f"• {b.safe(word, 60)} → {b.safe(told, 60)}" for word, told in sorted(known.items())[:SHOWN]]
    if len(known) > SHOWN:
        lines.append(say("{n} more after these.", n=len(known) - SHOWN))
    head = say("Type it like this: `{example}`", example=example)
    return Picture(head, tuple(b.paragraphs([head, *lines])))


def work_type(say: Tongue, name: str, product: str, label: str) -> Picture:
    text = "The work type {name} is now invoiced as {product} ({label}). Waiting invoices use it at their next check."
    return notices.plain(say(text, name=b.safe(name, 60), product=b.safe(product, 40), label=b.safe(label, 60)))


def no_product(say: Tongue, product: str, nearest: str) -> Picture:
    text = say("There is no product {product} in use in Procountor.", product=b.safe(product, 40))
    more = " " + say("The nearest: {nearest}", nearest=b.safe(nearest, 200)) if nearest else ""
    return notices.plain(text + more)


def payment_type(say: Tongue, name: str, own: bool) -> Picture:
    if own:
        text = say("{name} is the employee’s own money: such costs are paid to the person.", name=b.safe(name, 60))
    else:
        text = say("{name} is the company’s money: such costs are only booked.", name=b.safe(name, 60))
    return notices.plain(text)


def neither(say: Tongue, typed: str) -> Picture:
    text = "“{found}” says neither own nor company. Type it like this: `{example}`"
    return notices.plain(say(text, found=b.safe(typed, 40), example="/procountor map paymenttype Firmakortti company"))


def operator(say: Tongue, name: str, id: str) -> Picture:
    text = "The operator {name} is now known by {id}. Invoices that name it are right from their next check on."
    return notices.plain(say(text, name=b.safe(name, 60), id=b.safe(id, 40)))


def known_operator(say: Tongue, name: str, id: str) -> Picture:
    return notices.plain(say("{name} is known as {id} already.", name=b.safe(name, 60), id=b.safe(id, 40)))


def odd_operator(say: Tongue, typed: str) -> Picture:
    text = "“{found}” is not an operator’s identifier: those are 4 to 35 letters and digits, such as {example}."
    return notices.plain(say(text, found=b.safe(typed, 40), example="003721291126"))


def unchanged(say: Tongue) -> Picture:
    return notices.plain(say("It was so already."))
