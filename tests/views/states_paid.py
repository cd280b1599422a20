"""Paid invoices: what is told where, the rules and their forms, the other system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from views_drawn import Drawn

from finance.company import Choices
from finance.paid import News, What
from finance.paid_rules import PaidRule
from handlers.views import finding, hook, paid
from handlers.views import paid_rules as rules
from handlers.views.paid import Line
from handlers.views.tongue import Tongue
from tests.support.invoices import invoice

Draw = Callable[[Tongue], list[Drawn]]
DUE = date(2026, 11, 20)


def news(what: What, paid_: str | None = None, day: int | None = 17, **more: object) -> News:
    """Of an invoice of 1,506 euros due on 20 November."""
    gross = Decimal("1506")
    sum_ = None if paid_ is None else Decimal(paid_)
    left = None if sum_ is None else gross - sum_
    told = News(what, "k", gross, "EUR", sum_, left, date(2026, 11, day) if day else None, DUE)
    return replace(told, **more)  # type: ignore[arg-type]


PAID = Line("1042", 30117, "Asiakas Oy", news(What.PAID, "1506"))
PARTLY = Line("1043", 30118, "Silta Oy", news(What.PARTLY, "500"))
OVER = Line("1044", 30119, "Silta Oy", news(What.OVER, "1600"))
UNPAID = Line("1045", 30120, "Asiakas Oy", news(What.UNPAID, "0", None))
LATE = Line("1046", 30121, "Asiakas Oy", news(What.OVERDUE, None, None), days=2)
LATE_PART = Line("1047", 30122, "Silta Oy", news(What.OVERDUE, "500", None), days=1)
BACK = Line("1048", 30123, "Asiakas Oy", news(What.BOUNCED, None, None, detail="Vastaanottajaa ei löydy"))
RULES = (
    PaidRule("C1FINANCE", projects=("P-1001", "P-7")),
    PaidRule("C1FINANCE", customers=("1572860-0",), amounts=False),
)
CHOICES = Choices(paid_rules=RULES, paid_channel="C1FINANCE", paid_amounts=False)


def on(day: int | None, **more: object) -> Line:
    return replace(PAID, news=news(What.PAID, "1506", day, **more))


def handle(rule: PaidRule) -> str:
    return "handle"


def states() -> dict[str, Draw]:
    return {
        "paid": lambda say: [
            *paid.pictures(say, [PAID]),
            *paid.pictures(say, [on(20)]),
            *paid.pictures(say, [on(21)]),
            *paid.pictures(say, [on(None, marked=True)]),
            *paid.pictures(say, [replace(PAID, amounts=False)]),
        ],
        "paid in part, too much, taken back": lambda say: [
            *paid.pictures(say, [PARTLY]),
            *paid.pictures(say, [replace(PARTLY, amounts=False)]),
            *paid.pictures(say, [replace(PARTLY, news=news(What.PARTLY))]),
            *paid.pictures(say, [OVER]),
            *paid.pictures(say, [replace(OVER, amounts=False)]),
            *paid.pictures(say, [UNPAID]),
        ],
        "overdue and bounced": lambda say: [
            *paid.pictures(say, [LATE]),
            *paid.pictures(say, [LATE, LATE_PART, BACK]),
        ],
        "paid, several at once": lambda say: [*paid.pictures(say, [PARTLY, PAID, on(20), OVER, UNPAID])],
        "paid, large": lambda say: [*paid.pictures(say, [replace(PAID, number=str(n)) for n in range(1, 99)])],
        "paid, a channel that takes nothing": lambda say: [paid.not_posted(say, "C1FINANCE")],
        "paid, rules": lambda say: [
            rules.listed(say, Choices(), "", handle, "press"),
            rules.listed(say, Choices(paid_finance=False), "", handle, "press"),
            rules.listed(say, CHOICES, "https://psa.example.fi/kierto", handle, "press", say("Saved.")),
        ],
        "paid, rules, forms": lambda say: [rules.company(say, CHOICES, "meta"), rules.rule_form(say, "meta")],
        "paid, other system": lambda say: [
            rules.hook_form(say, "", "meta"),
            rules.secret(say, "https://psa.example.fi/kierto", "whsec_QUJD"),
            hook.given_up(say, "503"),
            hook.given_up(say, "private"),
            hook.given_up(say, "TimeoutError"),
        ],
        "paid, find": lambda say: [
            finding.picture(say, "1042", [found("PAID", DUE), found("SENT"), found("UNFINISHED"), found("")])
        ],
    }


def found(stands: str, paid_on: date | None = None) -> finding.Hit:
    return finding.Hit(invoice("1042", date(2026, 11, 6)), "done", 30117, 3, stands=stands, paid_on=paid_on)


def hostile(text: str) -> dict[str, Draw]:
    line = Line(text, 1, text, news(What.BOUNCED, None, None, detail=text))
    choices = Choices(paid_rules=(PaidRule("C1FINANCE", (text,)), PaidRule("C1FINANCE", customers=(text,))))
    return {
        "paid": lambda say: paid.pictures(say, [replace(line, news=news(what, "500")) for what in What]),
        "bounced": lambda say: [*paid.pictures(say, [line])],
        "paid, rules": lambda say: [rules.listed(say, choices, text, handle, "press")],
        "paid, other system": lambda say: [rules.hook_form(say, text, "meta"), rules.secret(say, text, "whsec_QUJD")],
        "given up": lambda say: [hook.given_up(say, text)],
    }
