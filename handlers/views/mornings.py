"""Finance's morning message: a line or two for each part, in one post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from finance.calendar import VatReturn
from finance.vat import Change
from handlers.chat import Picture
from handlers.views import blocks as b
from handlers.views import board
from handlers.views.bill_lines import Sum, counted, money
from handlers.views.board import Claims
from handlers.views.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands between a month and its closing. ``last`` is its last working day, None when the month is over.

    ``unsent`` documents of the project system, ``begun`` batches not finished, ``bills`` of the month nobody approved.
    """

    month: date
    last: date | None
    unsent: int
    begun: int
    bills: Sum
    doubts: int


def picture(say: Tongue, lines: Sequence[str], *, late: bool = False) -> Picture:
    """One message; its first line is what a notification shows."""
    told = list(lines)
    if late:
        told.append(f"_{say('This comes late: Kierto was not running at its hour.')}_")
    return Picture(say("Finance this morning"), (b.header(say("Finance this morning")), *b.paragraphs(told)))


def bills(say: Tongue, waiting: Sum, overdue: Sum, to_pay: Sum) -> list[str]:
    """7 bills wait, 2 overdue, 3 to pay."""
    if not waiting.n:
        told = [say(":sparkles: No bills are open.")]
    else:
        head = say.n("*{n}* bill waits ({sum})", "*{n}* bills wait ({sum})", waiting.n, sum=money(say, waiting))
        late = say.n("{n} overdue", "{n} overdue", overdue.n)
        told = [f":inbox_tray: {head}" + (f", *{late}* ({money(say, overdue)})" if overdue.n else "")]
    if to_pay.n:
        told.append(":bank: " + say("To pay: {sum}", sum=counted(say, to_pay)))
    return told


def claims(say: Tongue, found: Claims) -> list[str]:
    """2 claims wait for an approval, 3 claims to be paid: where they are listed."""
    words = ", ".join(board.claims(say, found))
    more = f" {say('The list: `/procountor expenses`.')}" if found.owed or found.todo else ""
    return [f":purse: {words}.{more}"]


def uncertain(say: Tongue, transfers: int, decisions: int) -> list[str]:
    """What a person may have to look at, and where."""
    told = []
    if transfers:
        told.append(
            say.n(
                "{n} document may or may not be in Procountor: look at it in `/procountor runs`",
                "{n} documents may or may not be in Procountor: look at them in `/procountor runs`",
                transfers,
            )
        )
    if decisions:
        told.append(
            say.n(
                "{n} decision on a bill is not confirmed by Procountor yet: its card says so when it is",
                "{n} decisions on bills are not confirmed by Procountor yet: their cards say so when they are",
                decisions,
            )
        )
    return [f":grey_question: {line}" for line in told]


def connection(say: Tongue, *, paused: bool, since: datetime | None) -> str:
    """``since`` is when Procountor last answered, None when it does."""
    if paused:
        return ":red_circle: " + say(
            "Procountor does not accept our key: nothing is sent or fetched. An admin types `/procountor setup`."
        )
    if since is not None:
        return ":red_circle: " + say("Procountor has not answered since {moment}.", moment=since)
    return ":large_green_circle: " + say("Connected to Procountor")


def vat_return(say: Tongue, given: VatReturn, due: date, left: int) -> str:
    """Of a month, a quarter or a year, counted down in working days to the day it is ``due``."""
    month, day = _period(given), say.shown(due)
    if not left:
        return ":calendar: " + say("*The VAT return of {month} is due today*, {day}.", month=month, day=day)
    return ":calendar: " + say.n(
        "The VAT return of {month} is due on {day}: in {n} working day.",
        "The VAT return of {month} is due on {day}: in {n} working days.",
        left,
        month=month,
        day=day,
    )


def month_end(say: Tongue, board: Closing) -> list[str]:
    """What is left to do, or that nothing is."""
    month = _month(board.month)
    head = (
        say("The month {month} ends: its last working day is {day}.", month=month, day=board.last)
        if board.last
        else say("Before {month} is closed:", month=month)
    )
    left = [line for line in _left(say, board) if line]
    return [f":checkered_flag: *{head}*", *(left or [say("Everything of the month is done.")])]


def _left(say: Tongue, board: Closing) -> list[str]:
    return [
        "• "
        + say.n(
            "{n} document of the project system is not sent",
            "{n} documents of the project system are not sent",
            board.unsent,
        )
        if board.unsent
        else "",
        "• " + say.n("{n} batch is not finished", "{n} batches are not finished", board.begun) if board.begun else "",
        "• " + say("Bills of the month without an approval: {sum}", sum=counted(say, board.bills))
        if board.bills.n
        else "",
        "• " + say.n("{n} thing is in doubt", "{n} things are in doubt", board.doubts) if board.doubts else "",
    ]


def vat_rates(say: Tongue, change: Change, missing: Sequence[Decimal], today: date) -> list[str]:
    """Which percentages come and go, and which Procountor lacks."""
    facts: dict[str, str] = {
        "day": say.shown(change.day),
        "old": _percents(say, change.go),
        "new": _percents(say, change.come),
    }
    if today < change.day:
        head = say("From {day} on VAT is {new} instead of {old}.", **facts)
    else:
        head = say("Since {day} VAT is {new} instead of {old}.", **facts)
    told = [f":satellite_antenna: *{head}* {say('The day of the delivery decides, not the date of the invoice.')}"]
    if missing:
        lacks = say(
            "Procountor does not have {percents} in use for this company yet.", percents=_percents(say, missing)
        )
        told.append(f":warning: {lacks}")
    return told


def _percents(say: Tongue, percents: Sequence[Decimal]) -> str:
    return " / ".join(f"{say.shown(percent)} %" for percent in percents)


def _period(given: VatReturn) -> str:
    """9/2026, 7–9/2026 or 2026."""
    if given.first == given.last:
        return _month(given.last)
    whole = given.first.month == 1 and given.last.month == 12
    return str(given.last.year) if whole else f"{given.first.month}–{_month(given.last)}"


def _month(day: date) -> str:
    """As the Tax Administration writes a period: 9/2026."""
    return f"{day.month}/{day.year}"
