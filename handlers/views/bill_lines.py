"""A bill in a list: from whom and how much, until when, its numbers, who has it; and what several come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handlers.views import blocks as b
from handlers.views import dues
from handlers.views.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Line:
    """A bill in a list. ``days`` are the working days left; ``desks`` the Slack users who have it.

    ``handle`` opens its card; ``tick`` is what its box stands for (empty: the reader cannot sign it now), ``ticked``
    whether it is chosen. ``waits``: for the reader's signature. ``state`` is said of what waits for nobody any more.
    """

    supplier: str
    gross: Decimal
    currency: str
    due: date | None
    days: int | None
    original_number: str = ""
    number: int | None = None
    project: str = ""
    doubtful: bool = False
    desks: tuple[str, ...] = ()
    handle: str = ""
    tick: str = ""
    ticked: bool = False
    waits: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many bills, and what they come to; ``more``: there are more than were counted."""

    n: int = 0
    sums: tuple[tuple[str, Decimal], ...] = ()
    more: bool = False


def counted(say: Tongue, total: Sum) -> str:
    """*7* bills, 18 240,00 €."""
    if total.more:
        return say("more than *{n}* bills", n=total.n - 1)
    many = say.n("*{n}* bill", "*{n}* bills", total.n)
    return f"{many}, {money(say, total)}" if total.sums else many


def money(say: Tongue, total: Sum) -> str:
    """Amounts of several currencies side by side."""
    return " + ".join(say.money(amount, currency) for currency, amount in total.sums)


def text(say: Tongue, line: Line) -> str:
    """A bill in two lines: from whom and how much; until when, its numbers, its project, who has it."""
    warning = "  :warning:" if line.doubtful else ""
    head = f"*{b.safe(line.supplier, 60) or say('(no name)')}*  ·  *{say.money(line.gross, line.currency)}*{warning}"
    parts = [part for part in (line.state, dues.due(say, line.due, line.days)) if part] + _numbers(line)
    if line.project:
        parts.append(say("Project {number}", number=b.safe(line.project, 40)))
    if line.desks:
        parts.append(say("with {people}", people=", ".join(f"<@{user}>" for user in line.desks[:3])))
    return f"{head}\n{' · '.join(parts)}"


def _numbers(line: Line) -> list[str]:
    """The supplier's number and Procountor's."""
    both = (b.safe(line.original_number, 40), str(line.number) if line.number is not None else "")
    return [" / ".join(number for number in both if number)] if any(both) else []
