"""How far the people and projects are: on the Home tab, in the setup, and what admins are told of by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from finance.waiting import Tally
from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views import notices
from handlers.views.steps import Mark, Step
from handlers.views.tongue import Tongue


def section(say: Tongue, left: int, handle: str) -> list[Block]:
    """Who waits, with the button to the list."""
    return [b.section(_waiting(say, left), b.button(say("Show them"), "people.unmatched", handle))]


def _waiting(say: Tongue, left: int) -> str:
    return say.n("*{n}* person needs you to say who they are", "*{n}* people need you to say who they are", left)


def persons(say: Tongue, counts: Tally, left: int, listed: int) -> Step:
    """``left`` need somebody's word, ``listed`` are on the project system's list."""
    title, show = say("People"), say("Show who is not matched")
    if not counts.all:
        todo = say("An admin drops the project system’s list of people (CSV or Excel) to Kierto.")
        return Step("persons", title, Mark.OPEN, say("No people are known yet."), todo, say("Look now"), "people.start")
    told = say("*{n}* of *{all}* matched", n=counts.slack, all=counts.all)
    if left:
        told += ", " + say.n("*{n}* needs you", "*{n}* need you", left)
        todo = say("Say who they are, or that they are none of yours.")
        return Step("persons", title, Mark.OPEN, told, todo, show, "people.unmatched")
    if not listed:
        todo = say("Drop the project system’s list of people too: it tells who manages which project.")
        return Step("persons", title, Mark.OPEN, told, todo)
    return Step("persons", title, Mark.OK, told)


def projects(say: Tongue, running: int, orphans: int) -> Step:
    """``running`` are open, ``orphans`` of them have no manager that is known."""
    title = say("Projects")
    if not running:
        todo = say("Drop the project system’s list of projects (CSV or Excel) to Kierto: bills are directed by it.")
        return Step("projects", title, Mark.OPEN, say("No open projects are known yet."), todo)
    told = say.n("*{n}* open project", "*{n}* open projects", running)
    if orphans:
        told += ", " + say.n("*{n}* without a known manager", "*{n}* without known managers", orphans)
        todo = say("Their bills go to the default recipient. Complete the managers in the project system.")
        return Step("projects", title, Mark.OPEN, told, todo)
    return Step("projects", title, Mark.OK, told)


def payment_types(say: Tongue, known: int) -> Step:
    """``known`` have been told."""
    title = say("Payment types")
    if known:
        return Step("payment types", title, Mark.OK, say.n("*{n}* payment type", "*{n}* payment types", known))
    told = say("Whose money a payment type of claims is has not been told.")
    todo = say("An admin types `/procountor map paymenttype NAME own` (or company), or drops a list of them.")
    return Step("payment types", title, Mark.OPEN, told, todo)


def lost(say: Tongue, users: Sequence[str], handle: str) -> Picture:
    """To an admin: Slack users who are no longer matched."""
    who = ", ".join(notices.person(say, user) for user in users[:20])
    head = say.n("{n} match was undone", "{n} matches were undone", len(users))
    text = say(
        "{who}: guests, bots, deactivated users and people of other workspaces cannot be matched. "
        "Whoever does their work now has to be matched instead.",
        who=who,
    )
    show = b.button(say("Show who is not matched"), "people.unmatched", handle)
    return Picture(head, (b.section(f":warning: *{head}*\n{text}"), b.actions([show])))


def morning(say: Tongue, left: int, handle: str) -> Picture:
    """To an admin, once when more people wait than were told of before."""
    text = _waiting(say, left)
    show = b.button(say("Show them"), "people.unmatched", handle)
    return Picture(text.replace("*", ""), (b.section(f":grey_question: {text}"), b.actions([show])))
