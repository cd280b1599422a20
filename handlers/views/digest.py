"""The morning's digest of what waits for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.capture import HOME
from finance.claim import ClaimKind
from finance.reminding import Unheard, Urge
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views import claim_words as words
from handlers.views.bill_answers import Named, name_of
from handlers.views.notices import mention, plain
from handlers.views.tongue import Tongue

MOST = 15


@dataclass(frozen=True, slots=True)
class Line:
    """A bill, why it is told of today, the working days left, and a discount about to lapse: last day and percent."""

    bill: Named
    urge: Urge
    days: int | None
    discount: tuple[date, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim that waits for the reader: its number, whose it is, how much in euros, since how many working days."""

    number: str
    user: str
    kind: ClaimKind
    amount: Decimal
    days: int


def digest(
    say: Tongue, lines: Sequence[Line], claims: Sequence[ClaimLine] = (), *, late: bool = False, by: str = ""
) -> Picture:
    """One message for everything, the most urgent first; ``by`` is the Slack user who asks to look at it."""
    head = _head(say, len(lines), len(claims))
    told = [f"*{head}* · {_total(say, lines, claims)}", *(_line(say, line) for line in lines[:MOST])]
    told += _more(say, len(lines)) + [_claim(say, line) for line in claims[:MOST]] + _more(say, len(claims))
    if by:
        told.insert(0, say("{person} asks you to look at what waits for you.", person=mention(by)))
    foot = (
        [say("Each has its card in this conversation; `/procountor bills` lists the bills.")]
        if lines
        else [say("Each has its card in this conversation.")]
    )
    if late:
        foot.append(say("This comes late: Kierto was not running at your hour."))
    return Picture(head, (*b.paragraphs(told), b.context(" ".join(foot))))


def _head(say: Tongue, bills: int, claims: int) -> str:
    if not claims:
        return say.n("{n} bill waits for you", "{n} bills wait for you", bills)
    if not bills:
        return say.n("{n} claim waits for you", "{n} claims wait for you", claims)
    return say("{bills} and {claims} wait for you", **_both(say, bills, claims))


def _both(say: Tongue, bills: int, claims: int) -> dict[str, str]:
    return {
        "bills": say.n("{n} bill", "{n} bills", bills),
        "claims": say.n("{n} claim", "{n} claims", claims),
    }


def _more(say: Tongue, many: int) -> list[str]:
    return [say.n("… and {n} more", "… and {n} more", many - MOST)] if many > MOST else []


def _claim(say: Tongue, line: ClaimLine) -> str:
    """Of the person who waits for his money; its first day says nothing of how long."""
    since = say.n("for {n} working day", "for {n} working days", line.days) if line.days > 1 else ""
    head = f"• *{words.kind(say, line.kind)} {line.number}* {mention(line.user)}, {say.money(line.amount, HOME)}"
    return " · ".join(part for part in (head, say("waits for your approval"), since) if part)


def _line(say: Tongue, line: Line) -> str:
    why = {
        Urge.OVERDUE: say.n("{n} working day late", "{n} working days late", -(line.days or 0)),
        Urge.DUE: _due(say, line.days or 0),
        Urge.DISCOUNT: "",
        Urge.OLD: say("waits for an answer"),
    }[line.urge]
    mark = ":red_circle: " if line.urge is Urge.OVERDUE else "• "
    return mark + " · ".join(part for part in (name_of(say, line.bill), why, _discount(say, line)) if part)


def _discount(say: Tongue, line: Line) -> str:
    if line.discount is not None:
        day, percent = line.discount
        return say("cash discount {percent} % only until {day}", percent=percent, day=day)
    return say("the cash discount is about to lapse") if line.urge is Urge.DISCOUNT else ""


def _due(say: Tongue, days: int) -> str:
    return say.n("due in {n} working day", "due in {n} working days", days) if days else say("the last day to act")


def _total(say: Tongue, lines: Sequence[Line], claims: Sequence[ClaimLine]) -> str:
    sums: dict[str, Decimal] = {HOME: sum((line.amount for line in claims), Decimal(0))} if claims else {}
    for line in lines:
        sums[line.bill.currency] = sums.get(line.bill.currency, Decimal(0)) + line.bill.gross
    return " + ".join(say.money(amount, currency) for currency, amount in sorted(sums.items()))


def reminded(say: Tongue, user: str, bills: int, claims: int = 0) -> Picture:
    """To the one who had somebody reminded."""
    person = mention(user)
    if bills and claims:
        return plain(say("{person} hears now of {bills} and {claims}.", person=person, **_both(say, bills, claims)))
    if claims:
        return plain(
            say.n("{person} hears now of {n} claim.", "{person} hears now of {n} claims.", claims, person=person)
        )
    return plain(say.n("{person} hears now of {n} bill.", "{person} hears now of {n} bills.", bills, person=person))


def not_reminded(say: Tongue, user: str, why: Unheard, stands: str = "") -> Picture:
    """Why somebody is not reminded now."""
    person = mention(user)
    sentence = {
        Unheard.NOTHING: say("Nothing waits for {person}.", person=person),
        Unheard.AWAY: say("{person} is away. {other} stands in.", person=person, other=mention(stands) or "–"),
        Unheard.LATER: say(
            "{person} is not spoken to at this hour. The next morning’s digest tells what waits.", person=person
        ),
        Unheard.ALREADY: say("{person} has already been reminded today.", person=person),
    }
    return plain(sentence[why])


def whom(say: Tongue) -> Picture:
    return plain(say("Whom? For example `/procountor remind @maria`."))
