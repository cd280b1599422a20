"""Marking a voucher paid elsewhere exactly once, though an event carries no mark of ours: a pure decision.

Noted before, looked at after: an event of the day and the amount is ours, or somebody has done the same by hand, and
either way nothing more is to be done. Without one it is marked again only when a lost request can no longer take
effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from finance.transfer import Timing


class Then(StrEnum):
    """What follows."""

    DONE = "done"
    READY = "ready"  # take it out of the drafts, if it is one, then mark
    WAIT = "wait"  # a lost request may still take effect
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be marked: one day of payment; ``noted_at`` when a request may have left, None when none has."""

    day: date
    amount: Decimal
    noted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """``why`` is a key of sentences, when a person must do something."""

    then: Then
    why: str = ""


def decide(
    wanted: Wanted,
    status: str,
    events: Iterable[tuple[date | None, Decimal]],
    total: Decimal,
    now: datetime,
    timing: Timing,
) -> Verdict:
    """What to do with one day of payment of a voucher in ``status`` with these ``events`` (day, amount).

    Several wanted days of one voucher differ, so that an event answers to one of them only.
    """
    there = Counter(events)
    if there[wanted.day, wanted.amount] or status in ("PAID", "MARKED_PAID"):
        return Verdict(Then.DONE)
    if status in ("INVALIDATED", "PAYMENT_DENIED"):
        return Verdict(Then.PERSON, status.lower())
    if wanted.noted_at is not None and now < wanted.noted_at + timedelta(seconds=timing.settle):
        return Verdict(Then.WAIT)
    paid = sum((amount * count for (_, amount), count in there.items()), Decimal(0))
    if abs(paid + wanted.amount) > abs(total):
        return Verdict(Then.PERSON, "paid_otherwise")
    return Verdict(Then.READY)
