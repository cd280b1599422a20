"""What else stands on a bill's card: who passed it on, what was asked about it, its first page, how it is divided."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

ASKED = 3  # questions shown on the card; all of them stand in its details


@dataclass(frozen=True, slots=True)
class PassedOn:
    """The bill has left the reader's desk: ``by`` a Slack user, who is ``mine`` when it was the reader, to ``to``.

    ``back``: the reader may take it back.
    """

    by: str
    to: str
    mine: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the bill, and what has been answered; ``asker`` and ``asked`` are Slack users."""

    asker: str
    asked: str
    text: str
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """``note`` came with the bill, from the one who passed it on; ``taken_by`` has taken it back from the reader.

    ``picture`` is Slack's file of the first page. ``divided`` is where the division stands (`storage.divisions`),
    ``problem`` why it is not in Procountor.
    """

    passed: PassedOn | None = None
    taken_by: str = ""
    note: str = ""
    asked: tuple[Asked, ...] = ()
    picture: str = ""
    divided: str = ""
    problem: str = ""


NOTHING = Extra()


def page(say: Tongue, extra: Extra, supplier: str) -> list[Block]:
    """The first page of the document, where there is a picture of it."""
    if not extra.picture:
        return []
    return [b.picture(extra.picture, say("First page of the document of {supplier}", supplier=b.clean(supplier)[:80]))]


def notes(say: Tongue, extra: Extra) -> list[Block]:
    """The words that came with the bill, and the last questions with their answers."""
    lines = [say("“{found}”", found=b.safe(extra.note, 500))] if extra.note else []
    for one in extra.asked[-ASKED:]:
        lines += question(say, one, 300)
    return [b.context(line) for line in lines]


def question(say: Tongue, one: Asked, most: int) -> list[str]:
    """A question and its answers, a line each."""
    head = say("<@{asker}> asked <@{asked}>: {words}", asker=one.asker, asked=one.asked, words=b.safe(one.text, most))
    if not one.replies:
        return [f":speech_balloon: {head} · _{say('no answer yet')}_"]
    told = [say("<@{who}> answered: {words}", who=one.asked, words=b.safe(reply, most)) for reply in one.replies[-3:]]
    return [f":speech_balloon: {head}", *(f":speech_balloon: {line}" for line in told)]


def gone(say: Tongue, extra: Extra) -> str:
    """Where the bill went that has left the reader's desk; "" when nobody knows."""
    if extra.taken_by:
        return say("<@{who}> took it back.", who=extra.taken_by)
    if extra.passed is None:
        return ""
    if extra.passed.mine:
        return say("You passed it on to <@{to}>.", to=extra.passed.to)
    return say("<@{who}> passed it on to <@{to}>.", who=extra.passed.by, to=extra.passed.to)


def divided(say: Tongue, extra: Extra) -> str:
    """Whether the division is in Procountor, too; "" for a bill that is not divided."""
    if extra.divided == "done":
        return say("in Procountor, too")
    if extra.divided == "asked":
        return say("on its way to Procountor")
    return f"{say('only here')}: {why_here(say, extra.problem)}" if extra.divided else ""


def why_here(say: Tongue, problem: str) -> str:
    """Why a division is kept by us only, within a sentence. ``problem``: one of ours and Procountor's codes."""
    why, _, more = problem.partition("|")
    told = {
        "no_dimension": say("your company has not chosen a project dimension"),
        "no_item": say("{project} is no open item of the project dimension in Procountor", project=b.safe(more, 40)),
        "settled": say("the bill had been approved"),
        "no_rows": say("the bill has no accounting rows in Procountor yet"),
        "silent": say("Procountor did not answer"),
    }.get(why)
    if told is None:
        told = say("Procountor said no")
        return f"{told} (`{b.safe(more, 80)}`)" if more else told
    return told
