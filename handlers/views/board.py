"""Finance's board on the Home tab: what waits, a chart of the bills by age, and who has how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finance.ages import Age
from handlers.chat import Block
from handlers.views import blocks as b
from handlers.views.bill_lines import Sum, counted
from handlers.views.notices import mention
from handlers.views.tongue import Tongue

WIDE = 16  # blocks of the longest bar
NAMED = 8  # people


@dataclass(frozen=True, slots=True)
class Claims:
    """How many wait for an approval, are to be paid, and need something done by hand."""

    waiting: int = 0
    owed: int = 0
    todo: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """``ready`` documents wait to be sent, ``begun`` batches are not finished, ``doubts`` are for a person to look at.

    ``ages`` are the open bills by age; ``people`` the Slack users who have the most, ``others`` how many more have any.
    """

    ready: int
    begun: int
    doubts: int
    to_pay: Sum
    claims: Claims
    ages: Sequence[tuple[Age, int]]
    people: Sequence[tuple[str, int]]
    others: int


def section(say: Tongue, board: Board) -> list[Block]:
    """A few lines; the chart only while something is open."""
    told = [line for line in _told(say, board) if line] or [say(":sparkles: Nothing waits to be sent or paid.")]
    blocks = [b.header(say("Finance")), b.section(" · ".join(told))]
    if any(n for _, n in board.ages):
        blocks.append(b.section(f"*{say('Open bills by age')}*\n{chart(say, board.ages)}"))
    if board.people:
        blocks.append(b.section(f"*{say('Open bills by person')}*\n{_people(say, board)}"))
    return [*blocks, b.divider()]


def _told(say: Tongue, board: Board) -> list[str]:
    doubts = say.n("{n} thing is in doubt", "{n} things are in doubt", board.doubts)
    return [
        say.n("{n} document is ready to be sent", "{n} documents are ready to be sent", board.ready)
        if board.ready
        else "",
        say.n("{n} batch is not finished", "{n} batches are not finished", board.begun) if board.begun else "",
        say("To pay: {sum}", sum=counted(say, board.to_pay)) if board.to_pay.n else "",
        *claims(say, board.claims),
        f":warning: {doubts}" if board.doubts else "",
    ]


def claims(say: Tongue, found: Claims) -> list[str]:
    """2 claims wait for an approval, 3 claims to be paid; nothing for what is not there."""
    waiting = say.n("*{n}* claim waits for an approval", "*{n}* claims wait for an approval", found.waiting)
    owed = say.n("*{n}* claim to be paid", "*{n}* claims to be paid", found.owed)
    todo = say.n("*{n}* thing to do by hand", "*{n}* things to do by hand", found.todo)
    told = ((found.waiting, waiting), (found.owed, owed), (found.todo, todo))
    return [words for n, words in told if n]


def chart(say: Tongue, ages: Sequence[tuple[Age, int]]) -> str:
    """Bars of blocks, the oldest first; a screen reader reads the label and the number."""
    names = {
        Age.LONG: say("over 30 days late"),
        Age.MONTH: say("8–30 days late"),
        Age.WEEK: say("1–7 days late"),
        Age.SOON: say("due in 7 days"),
        Age.LATER: say("due in 8–30 days"),
        Age.FAR: say("due later"),
        Age.NEVER: say("no due date"),
    }
    most, wide = max(n for _, n in ages), max(len(names[age]) for age, _ in ages)
    digits = len(say.shown(most))
    rows = [f"{names[age]:<{wide}} {say.shown(n):>{digits}} {'█' * _bar(n, most)}".rstrip() for age, n in ages]
    return "```\n" + "\n".join(rows) + "\n```"


def _bar(n: int, most: int) -> int:
    """The least is a block where there is anything at all."""
    return max(1, round(n / most * WIDE)) if n else 0


def _people(say: Tongue, board: Board) -> str:
    named = [f"{mention(user)} *{say.shown(n)}*" for user, n in board.people]
    if board.others:
        named.append(say.n("and {n} more person", "and {n} more people", board.others))
    return " · ".join(named)
