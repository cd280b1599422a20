"""`approve`, `pre-approve` and `reject` with numbers: each answers with what the numbers stand for, and a button.

Nothing is signed that was not shown: a number fits what it fits, and a bill changes while one types.
"""

from __future__ import annotations

import re
import shlex

from finance.authority import Right
from finance.circulation import Act
from handlers import asking, pile_facts, standing
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import notices
from storage import bills, piles

on = Router()

MOST = 20  # numbers typed at once
_REJECTED = re.compile(r'\s*(?:"([^"]+)"|(\S+))\s*(.*)', re.DOTALL)


@on.command("approve", right=Right.APPROVE, usage="NUMBER …", help="Approve bills by number: you see them first")
def approve(here: Here) -> None:
    """Shows the bills, with a button that approves what it shows."""
    _many(here, Act.APPROVE, "approve")


@on.command(
    "pre-approve", right=Right.PRE_APPROVE, usage="NUMBER …", help="Pre-approve bills by number: you see them first"
)
def pre_approve(here: Here) -> None:
    """The same for pre-approving."""
    _many(here, Act.VERIFY, "pre-approve")


@on.command(
    "reject",
    right=(Right.APPROVE, Right.PRE_APPROVE),
    usage="NUMBER REASON",
    help="Reject a bill with a reason: you see it first",
)
def reject(here: Here) -> None:
    """Shows the bill and the reason, with a button."""
    found = _REJECTED.fullmatch(here.said.text)
    number, reason = (found[1] or found[2], found[3].strip()) if found else ("", "")
    if not number or not reason:
        told = here.say("Type the number and the reason after it: `/procountor reject 30117 …`.")
        return here.whisper(notices.plain(told))
    act = Act.REJECT if here.may(Right.APPROVE).allowed else Act.OBJECT
    return _ask(here, act, [number], reason[:2000])


def _many(here: Here, act: Act, name: str) -> None:
    numbers = list(dict.fromkeys(_split(here.said.text)))
    if not numbers:
        told = here.say(
            "Which bills? Type their numbers, for example `/procountor {command} 30117`. "
            "The ones that wait for you are in `/procountor bills`.",
            command=name,
        )
        return here.whisper(notices.plain(told))
    if len(numbers) > MOST:
        told = here.say("At most {n} numbers at once. Choose more in `/procountor bills`.", n=MOST)
        return here.whisper(notices.plain(told))
    return _ask(here, act, numbers)


def _split(typed: str) -> list[str]:
    """Numbers with blanks or commas between; one that has blanks of its own stands in quotation marks."""
    try:
        return shlex.split(typed.replace(",", " "))
    except ValueError:  # a quotation mark without its pair
        return typed.replace(",", " ").replace('"', " ").split()


def _ask(here: Here, act: Act, numbers: list[str], reason: str = "") -> None:
    """A pile of the bills that are meant beyond doubt; its message asks about the rest."""
    company, only = here.company.id, standing.of(here).only
    with here.desk.store.write() as tx:
        now = here.desk.clock()
        typed = "\n".join(number[:40] for number in numbers)
        args = (company, here.said.team, here.said.user, act, piles.ASKING, now, typed, reason)
        pile = piles.get(tx, company, piles.begin(tx, *args))
        for number in pile_facts.numbers(pile.typed):
            fits, _ = pile_facts.fitting(tx, company, number, only)
            kept = bills.get(tx, company, fits[0].id) if len(fits) == 1 else None
            if kept is not None and piles.item(tx, pile.id, kept.bill.id) is None:
                piles.add(tx, pile, kept.bill.id, kept.print)
        asking.pile_now(here.desk, tx, company, pile.id, "asked")
    if here.said.channel and here.said.channel != here.chat.direct(here.said.user):
        here.whisper(notices.plain(here.say("I have asked you in our direct conversation.")))
