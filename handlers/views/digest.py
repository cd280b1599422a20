"""The morning's digest of what waits for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance.bill import Bill
from finance.reminding import Urge
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views.bill_answers import name_of
from handlers.views.tongue import Tongue

MOST = 15


@dataclass(frozen=True, slots=True)
class Line:
    """A bill, why it is told of today, and the working days left."""

    bill: Bill
    urge: Urge
    days: int | None


def digest(say: Tongue, lines: Sequence[Line], *, late: bool = False) -> Picture:
    """One message for everything, the most urgent first."""
    head = say.n("{n} bill waits for you", "{n} bills wait for you", len(lines))
    told = [f"*{head}* · {_total(say, lines)}", *(_line(say, line) for line in lines[:MOST])]
    left = len(lines) - MOST
    if left > 0:
        told.append(say.n("… and {n} more", "… and {n} more", left))
    foot = [say("Each has its card in this conversation; `/procountor bills` lists them.")]
    if late:
        foot.append(say("This comes late: Kierto was not running at your hour."))
    return Picture(head, (*b.paragraphs(told), b.context(" ".join(foot))))


def _line(say: Tongue, line: Line) -> str:
    why = {
        Urge.OVERDUE: say.n("{n} working day late", "{n} working days late", -(line.days or 0)),
        Urge.DUE: _due(say, line.days or 0),
        Urge.DISCOUNT: say("the cash discount is about to lapse"),
        Urge.OLD: say("waits for an answer"),
    }[line.urge]
    mark = ":red_circle: " if line.urge is Urge.OVERDUE else "• "
    return f"{mark}{name_of(say, line.bill)} · {why}"


def _due(say: Tongue, days: int) -> str:
    return say.n("due in {n} working day", "due in {n} working days", days) if days else say("the last day to act")


def _total(say: Tongue, lines: Sequence[Line]) -> str:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.bill.currency] = sums.get(line.bill.currency, Decimal(0)) + line.bill.gross
    return " + ".join(say.money(amount, currency) for currency, amount in sorted(sums.items()))
