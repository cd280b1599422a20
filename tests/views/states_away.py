"""Being away, and the digest: what is noted, what the substitute, the returned one and the reminded one read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from states_bills import BILL
from views_drawn import Drawn
from views_facts import AT

from finance.absence import Odd, Wanted
from finance.circulation import Act
from finance.claim import ClaimKind
from finance.reminding import Unheard, Urge
from handlers.views import away as views
from handlers.views import bill_passing, digest
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
WANTED = Wanted(date(2026, 7, 6), date(2026, 7, 31), "U1AINO")


@dataclass(frozen=True, slots=True)
class There:
    user: str
    first: date
    last: date
    substitute: str


ABSENCE = There("U1ANNA", WANTED.first, WANTED.last, "U1AINO")
LINES = tuple(views.Line(act, BILL, AT) for act in Act)

CLAIM = digest.ClaimLine("K-12", "U1AINO", ClaimKind.TRAVEL, Decimal("129.78"), 3)


def states() -> dict[str, Draw]:
    return {
        "away, form": lambda say: [views.form(say, None), views.form(say, ABSENCE)],
        "away, noted": lambda say: [views.noted(say, WANTED), views.ended(say), views.none(say)],
        "away, odd": lambda say: [views.odd(say, why) for why in Odd],
        "away, begins": lambda say: [
            views.begins(say, ABSENCE, *count) for count in ((0,), (1,), (7,), (0, 1), (7, 2))
        ],
        "digest": lambda say: [
            digest.digest(say, [digest.Line(BILL, urge, -2 if urge is Urge.OVERDUE else 1) for urge in Urge] * 4),
            digest.digest(say, [digest.Line(BILL, Urge.OLD, None)], late=True),
            digest.digest(
                say, [digest.Line(BILL, u, 2, (WANTED.first, Decimal("2.5"))) for u in (Urge.DUE, Urge.DISCOUNT)]
            ),
        ],
        "digest, with claims": lambda say: [
            digest.digest(say, [digest.Line(BILL, Urge.DUE, 1)], [CLAIM, replace(CLAIM, days=1)]),
            digest.digest(say, [], [replace(CLAIM, kind=ClaimKind.EXPENSE, days=5)]),
            digest.reminded(say, "U1AINO", 2, 1),
            digest.reminded(say, "U1AINO", 0, 1),
            digest.reminded(say, "U1AINO", 0, 3),
        ],
        "digest, asked for": lambda say: [
            digest.digest(say, [digest.Line(BILL, Urge.OLD, None)], by="U1ANNA"),
            *[digest.reminded(say, "U1AINO", many) for many in (1, 3)],
            *[digest.not_reminded(say, "U1AINO", why, "U1ANNA") for why in Unheard],
            digest.whom(say),
            bill_passing.how_long(say),
            bill_passing.too_long(say, 30),
            bill_passing.not_on_desk(say, "30117"),
            bill_passing.put_off(say, BILL, AT),
        ],
        "away, over": lambda say: [
            views.over(say, "U1ANNA"),
            views.summary(say, "U1AINO", LINES, 1),
            views.summary(say, "U1AINO", LINES * 12, 7),
            views.summary(say, "U1AINO", (), 0),
            views.summary(
                say, "U1AINO", (), 0, [views.Settled("K-7", "U1ANNA", settled, AT) for settled in (True, False)]
            ),
        ],
    }


def hostile(text: str) -> dict[str, Draw]:
    bill = replace(BILL, supplier=text, original_number=text)
    line = views.Line(Act.APPROVE, bill, AT)
    return {
        "summary": lambda say: [views.summary(say, "U1AINO", (line,), 1)],
        "digest": lambda say: [digest.digest(say, [digest.Line(bill, Urge.OLD, None)])],
        "snooze": lambda say: [bill_passing.not_on_desk(say, text)],
    }
