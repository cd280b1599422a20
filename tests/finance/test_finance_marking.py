"""A day of payment is marked once: what is there already, what may still come, and what a person has to do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from finance.marking import Then, Verdict, Wanted, decide
from finance.transfer import Timing

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
DAY, OTHER = date(2026, 10, 28), date(2026, 10, 29)
TEN, TOTAL = Decimal(10), Decimal(30)
TIMING = Timing(settle=600.0)
DONE, READY, WAIT = Verdict(Then.DONE), Verdict(Then.READY), Verdict(Then.WAIT)
OTHERWISE = Verdict(Then.PERSON, "paid_otherwise")

Events = list[tuple[date | None, Decimal]]

CASES: list[tuple[str, str, Events, float | None, Verdict]] = [
    ("nothing there", "RECEIVED", [], None, READY),
    ("marked", "RECEIVED", [(DAY, TEN)], None, DONE),
    ("marked, and just noted", "RECEIVED", [(DAY, TEN)], 1.0, DONE),
    ("another day", "RECEIVED", [(OTHER, TEN)], None, READY),
    ("another amount that leaves room", "RECEIVED", [(DAY, Decimal(20))], None, READY),
    ("another amount that leaves none", "RECEIVED", [(DAY, Decimal("20.01"))], None, OTHERWISE),
    ("two others that leave none", "RECEIVED", [(OTHER, Decimal(11)), (OTHER, Decimal(11))], None,
     OTHERWISE),
    ("paid whole", "PAID", [], None, DONE),
    ("marked whole by hand", "MARKED_PAID", [], 1.0, DONE),
    ("cancelled", "INVALIDATED", [], None, Verdict(Then.PERSON, "invalidated")),
    ("denied, though just noted", "PAYMENT_DENIED", [], 1.0, Verdict(Then.PERSON, "payment_denied")),
    ("noted just now", "RECEIVED", [], 0.0, WAIT),
    ("noted a second before the settle time", "RECEIVED", [], 599.0, WAIT),
    ("noted at the settle time", "RECEIVED", [], 600.0, READY),
    ("noted, and another's events leave no room", "RECEIVED", [(OTHER, TOTAL)], 599.0, WAIT),
]  # fmt: skip


@pytest.mark.parametrize(("what", "status", "events", "noted", "then"), CASES, ids=[case[0] for case in CASES])
def test_what_follows(what: str, status: str, events: Events, noted: float | None, then: Verdict) -> None:
    at = None if noted is None else NOW - timedelta(seconds=noted)
    assert decide(Wanted(DAY, TEN, at), status, events, TOTAL, NOW, TIMING) == then


def test_a_credit_is_marked_within_its_own_sum() -> None:
    wanted = Wanted(DAY, -TEN)
    assert decide(wanted, "RECEIVED", [], -TEN, NOW, TIMING) == READY
    assert decide(wanted, "RECEIVED", [(OTHER, -TEN)], -TEN, NOW, TIMING) == OTHERWISE
