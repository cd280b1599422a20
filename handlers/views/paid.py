"""What channels and finance hear of sent invoices: paid, paid in part, late, come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from finance.paid import News, What
from handlers.chat import Block, Picture
from handlers.views import blocks as b
from handlers.views.tongue import Tongue

PAGE = 40  # lines of a message

_SIGNS = {
    What.PAID: ":white_check_mark:",
    What.PARTLY: ":hourglass_flowing_sand:",
    What.OVER: ":heavy_plus_sign:",
    What.UNPAID: ":leftwards_arrow_with_hook:",
    What.OVERDUE: ":alarm_clock:",
    What.BOUNCED: ":warning:",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One invoice: our number, Procountor's, whom it was sent to, and what happened. ``days`` are working days late.

    ``amounts``: whether the reader sees how much.
    """

    number: str
    theirs: int | None
    buyer: str
    news: News
    amounts: bool = True
    days: int = 0


def pictures(say: Tongue, lines: Sequence[Line]) -> list[Picture]:
    """Everything at once, what is alike together; after the late and the bounced what is to be done.

    The first is the message, the others go into its thread: no line is left out.
    """
    ordered = [line for what in What for line in lines if line.news.what is what]
    head = ", ".join(_count(say, what, n) for what in What if (n := _n(ordered, what)))
    told: list[Block] = [b.section(f"*{head}*")] if len(ordered) > 1 else []
    told += b.paragraphs([_line(say, line) for line in ordered[:PAGE]])
    if len(ordered) > PAGE:
        told.append(b.context(say("The others stand in the thread.")))
    told += [b.context(hint) for what in What if _n(ordered, what) and (hint := _do(say, what))]
    text = head if len(ordered) > 1 else f"{head}: {_named(ordered[0])}"
    rest = [ordered[start : start + PAGE] for start in range(PAGE, len(ordered), PAGE)]
    return [Picture(text, tuple(told)), *(Picture(head, tuple(b.paragraphs([_line(say, o) for o in p]))) for p in rest)]


def _named(line: Line) -> str:
    numbers = " → ".join(n for n in (b.safe(line.number, 40), str(line.theirs or "")) if n)
    return f"{numbers} · {b.safe(line.buyer, 60)}"


def _n(lines: Sequence[Line], what: What) -> int:
    return sum(line.news.what is what for line in lines)


def _count(say: Tongue, what: What, n: int) -> str:
    return {
        What.PAID: lambda: say.n("{n} invoice has been paid", "{n} invoices have been paid", n),
        What.PARTLY: lambda: say.n("{n} has been paid in part", "{n} have been paid in part", n),
        What.OVER: lambda: say.n("{n} has been paid too much", "{n} have been paid too much", n),
        What.UNPAID: lambda: say.n("the payment of {n} was taken back", "the payments of {n} were taken back", n),
        What.OVERDUE: lambda: say.n("{n} invoice is overdue", "{n} invoices are overdue", n),
        What.BOUNCED: lambda: say.n("{n} e-invoice came back", "{n} e-invoices came back", n),
    }[what]()


def _line(say: Tongue, line: Line) -> str:
    """The sign, both numbers, the customer, how much, what happened."""
    numbers = " → ".join(f"*{n}*" for n in (b.safe(line.number, 40), str(line.theirs or "")) if n)
    words: Callable[[Tongue, Line], list[str]] = {
        What.PAID: _paid, What.PARTLY: _partly, What.OVER: _over, What.UNPAID: _unpaid, What.OVERDUE: _overdue,
        What.BOUNCED: _bounced,
    }[line.news.what]  # fmt: skip
    parts = [f"{_SIGNS[line.news.what]} {numbers}", b.safe(line.buyer, 60), *words(say, line)]
    return " · ".join(part for part in parts if part)


def _paid(say: Tongue, line: Line) -> list[str]:
    news = line.news
    how = say("marked as paid by hand") if news.marked else say("paid")
    when = f"{how} {say.shown(news.paid_on)}" if news.paid_on else how
    return [say.money(news.gross, news.currency) if line.amounts else "", _joined(when, timing(say, news))]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def timing(say: Tongue, news: News) -> str:
    """Days from the due date to the payment, counted in calendar days as terms of payment are."""
    if news.due is None or news.paid_on is None:
        return ""
    days = (news.paid_on - news.due).days
    if days == 0:
        return say("on the due date")
    if days < 0:
        return say.n("{n} day before the due date", "{n} days before the due date", -days)
    return say.n("{n} day after the due date", "{n} days after the due date", days)


def _partly(say: Tongue, line: Line) -> list[str]:
    news = line.news
    if not line.amounts or news.paid is None or news.open is None:
        return [say("paid in part, not in full"), _due(say, news.due)]
    paid, gross, left = (say.money(sum_, news.currency) for sum_ in (news.paid, news.gross, news.open))
    return [
        say("paid in part: {paid} of {gross}, {left} is open", paid=paid, gross=gross, left=left),
        _due(say, news.due),
    ]


def _over(say: Tongue, line: Line) -> list[str]:
    news = line.news
    if not line.amounts or news.paid is None or news.open is None:
        return [say("paid too much")]
    paid, gross, more = (say.money(sum_, news.currency) for sum_ in (news.paid, news.gross, -news.open))
    return [say("paid too much: {paid} instead of {gross}, {more} over", paid=paid, gross=gross, more=more)]


def _unpaid(say: Tongue, line: Line) -> list[str]:
    money = say.money(line.news.gross, line.news.currency) if line.amounts else ""
    return [money, say("the payment was taken back in Procountor: it is open again"), _due(say, line.news.due)]


def _overdue(say: Tongue, line: Line) -> list[str]:
    news = line.news
    left = news.gross if news.open is None else news.open
    late = say.n("{n} working day late", "{n} working days late", line.days)
    return [say.money(left, news.currency), _due(say, news.due), late]


def _bounced(say: Tongue, line: Line) -> list[str]:
    news = line.news
    said = say("Procountor says: {words}", words=b.safe(news.detail, 200)) if news.detail else ""
    return [say.money(news.gross, news.currency), say("the e-invoice did not reach the customer"), said]


def _due(say: Tongue, day: date | None) -> str:
    return say("due {date}", date=day) if day else ""


def _do(say: Tongue, what: What) -> str:
    """What the reader can do; nothing is to be done about money that came."""
    return {
        What.OVER: say("Pay back what is over, or set it off in Procountor."),
        What.OVERDUE: say(
            "Remind the customer in Procountor. If the money has come another way, mark the invoice as paid there. "
            "Each is told once."
        ),
        What.BOUNCED: say(
            "Correct the e-invoice address in Procountor and send the invoice again, "
            "or send it by e-mail or as a letter. Until then the customer does not have it."
        ),
    }.get(what, "")


def not_posted(say: Tongue, channel: str) -> Picture:
    """To finance, when a channel does not take our messages."""
    text = say("I could not write to <#{channel}>. Invite me there with `/invite @Kierto`.", channel=channel)
    return Picture(text, (b.section(text),))
