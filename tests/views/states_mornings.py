"""Finance's morning message, and the board on the Home tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from views_drawn import Drawn

from finance.ages import Age
from finance.calendar import VatReturn
from finance.vat import changes
from handlers.chat import Picture
from handlers.views import board
from handlers.views import mornings as views
from handlers.views.bill_lines import Sum
from handlers.views.board import Board, Claims
from handlers.views.mornings import Closing
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]
NOTHING, SEVEN, TWO = Sum(), Sum(7, (("EUR", Decimal(18240)), ("SEK", Decimal(900)))), Sum(2, (("EUR", Decimal(1240)),))
ONE = Sum(1, (("EUR", Decimal(99)),))
DUE, MAY, JUNE = date(2026, 7, 13), date(2026, 5, 1), date(2026, 6, 1)
RATES = changes()[-1]
AGES = tuple(zip(Age, (1, 12, 40, 1310, 655, 0, 7), strict=True))


def states() -> dict[str, Draw]:
    return {
        "morning, all that can be": lambda say: [
            views.picture(
                say,
                [
                    *views.bills(say, SEVEN, TWO, ONE),
                    *views.uncertain(say, 2, 1),
                    views.connection(say, paused=False, since=None),
                    *[views.vat_return(say, VatReturn(MAY, MAY, DUE), DUE, left) for left in (5, 1, 0)],
                    *views.month_end(say, Closing(JUNE, date(2026, 6, 30), 3, 1, SEVEN, 2)),
                    *views.vat_rates(say, RATES, (Decimal("13.5"),), date(2025, 11, 3)),
                ],
            )
        ],
        "morning, little": lambda say: [
            views.picture(
                say,
                [
                    *views.bills(say, NOTHING, NOTHING, TWO),
                    *views.claims(say, Claims(1, 3, 1)),
                    *views.uncertain(say, 1, 2),
                    views.vat_return(say, VatReturn(date(2026, 1, 1), date(2026, 3, 1), DUE), DUE, 2),
                    views.vat_return(say, VatReturn(date(2025, 1, 1), date(2025, 12, 1), DUE), DUE, 2),
                    views.connection(say, paused=False, since=datetime(2026, 6, 8, 22, 0, tzinfo=UTC)),
                    *views.month_end(say, Closing(JUNE, None, 0, 0, NOTHING, 0)),
                    *views.vat_rates(say, RATES, (), date(2026, 1, 2)),
                ],
                late=True,
            ),
            views.picture(
                say,
                [
                    *views.bills(say, ONE, NOTHING, NOTHING),
                    *views.claims(say, Claims(waiting=2)),
                    views.connection(say, paused=True, since=None),
                ],
            ),
            views.picture(say, views.month_end(say, Closing(JUNE, None, 1, 2, ONE, 1))),
        ],
        "board": lambda say: [
            Picture("Kierto", tuple(board.section(say, found)))
            for found in (
                Board(12, 1, 2, ONE, Claims(2), AGES, [(("U1ANNA", "U1AINO")[n % 2], 40 - n) for n in range(8)], 3),
                Board(0, 0, 0, NOTHING, Claims(), [(age, 0) for age in Age], [], 0),
                Board(1, 2, 1, TWO, Claims(1, 1, 1), [(age, int(age is Age.NEVER)) for age in Age], [("U1ANNA", 1)], 1),
            )
        ],
    }


def hostile(text: str) -> dict[str, Draw]:
    """Nothing foreign is said in the morning: amounts and counts only."""
    return {}
