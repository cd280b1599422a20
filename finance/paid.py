"""What is news about the money of a sent invoice: paid, paid in part, paid too much, a payment taken back.

Procountor tells nobody and does not always move the version (api.md 9, lifecycle.md 6): whoever polls compares what he
reads with what was last told. Statuses and payments are read one after the other, so that they may not agree; what does
not agree is no news yet, the next look finds them in step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

SETTLED = frozenset({"PAID", "MARKED_PAID"})
PARTLY = "PARTLY_PAID"
ON_THE_WAY = frozenset({"SENT", "NOT_SENT", "APPROVED"})
"""Approved in Procountor and not paid; a draft (UNFINISHED) cannot be paid."""
WAITS = frozenset({"SENT", "APPROVED", PARTLY})
"""The customer has it (or gets it by other ways: NO_SENDING) and owes something."""


MONEY = ("paid", "partly", "over", "unpaid")
"""What concerns the project; the rest is for finance."""


class What(StrEnum):
    """What has happened to an invoice."""

    PAID = "paid"
    PARTLY = "partly"
    OVER = "over"
    UNPAID = "unpaid"  # what had been paid was taken back
    OVERDUE = "overdue"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment event. ``amount`` is in the invoice's currency, None when Procountor tells it in another one only."""

    id: int
    amount: Decimal | None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """A sales invoice as just read. ``gross`` is in ``currency``; ``payments`` is None when they cannot be read."""

    id: int
    status: str
    version: str = ""
    number: int | None = None
    gross: Decimal = Decimal(0)
    currency: str = "EUR"
    due: date | None = None
    paid_on: date | None = None
    payments: tuple[Payment, ...] | None = ()
    buyer: str = ""

    @property
    def paid(self) -> Decimal | None:
        """The sum of the payments (lifecycle.md 6); None when it is not known."""
        if self.payments is None or any(payment.amount is None for payment in self.payments):
            return None
        return sum((payment.amount or Decimal(0) for payment in self.payments), Decimal(0))


@dataclass(frozen=True, slots=True)
class Told:
    """What was last told of an invoice: None is nothing yet. ``turn`` counts what has been told."""

    stage: What | None = None
    paid: Decimal | None = None
    payments: tuple[int, ...] = ()
    version: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell, once: ``key`` is its name within the invoice. Amounts are in ``currency``.

    ``paid`` and ``open`` are None when not known; ``open`` is negative when too much was paid. ``marked``: by hand, not
    by the bank. ``detail`` is what Procountor said of a bounce.
    """

    what: What
    key: str
    gross: Decimal = Decimal(0)
    currency: str = "EUR"
    paid: Decimal | None = None
    open: Decimal | None = None
    paid_on: date | None = None
    due: date | None = None
    marked: bool = False
    detail: str = ""


def news(before: Told, now: Sale) -> tuple[Told, News | None]:
    """What is to be told of ``now``, and what has been told then. The same sale again is no news."""
    if now.version and now.version < before.version:
        return before, None  # an older answer than what is known
    stage = _stage(before, now)
    if stage is before.stage and not _moved(before, now, stage):
        return replace(before, version=now.version, payments=_ids(now) or before.payments), None
    told = Told(stage, now.paid, _ids(now), now.version, before.turn + 1)
    return told, _of(stage or What.UNPAID, told, now)


def _stage(before: Told, now: Sale) -> What | None:
    """Where the money stands; as it was told while status and payments do not agree."""
    if now.status in SETTLED:
        return What.PAID
    if now.status == PARTLY:
        return _part(before, now)
    if before.stage is None or now.status not in ON_THE_WAY | {"UNFINISHED"}:
        return before.stage
    return None if _taken_back(before, now) else before.stage


def _part(before: Told, now: Sale) -> What | None:
    paid = now.paid
    if paid is None:
        known = before.stage is not None and not (before.stage is What.PAID and now.version > before.version)
        return before.stage if known else What.PARTLY
    if paid in (Decimal(0), now.gross):
        return before.stage
    return What.OVER if over(paid, now.gross) else What.PARTLY


def over(paid: Decimal, gross: Decimal) -> bool:
    """Whether too much was paid; of a credit note, whose total is negative, too much was paid back."""
    return paid > gross if gross >= 0 else paid < gross


def _taken_back(before: Told, now: Sale) -> bool:
    """A payment is gone when it is gone itself; a status alone may be an old answer."""
    if before.payments and now.payments is not None:
        return not set(before.payments) & set(_ids(now))
    return now.version > before.version


def _moved(before: Told, now: Sale, stage: What | None) -> bool:
    """Whether a part paid has become another part."""
    if stage not in (What.PARTLY, What.OVER):
        return False
    if now.paid is not None:
        return now.paid not in (before.paid, now.gross, Decimal(0))
    return now.payments is not None and set(_ids(now)) != set(before.payments)


def _ids(now: Sale) -> tuple[int, ...]:
    return tuple(sorted(payment.id for payment in now.payments or ()))


def _of(what: What, told: Told, now: Sale) -> News:
    days = [payment.paid_on for payment in now.payments or () if payment.paid_on]
    return News(
        what,
        f"pay:{told.turn}",
        gross=now.gross,
        currency=now.currency,
        paid=now.gross if what is What.PAID else now.paid,
        open=Decimal(0) if what is What.PAID else None if now.paid is None else now.gross - now.paid,
        paid_on=None if what is What.UNPAID else max(days, default=now.paid_on),
        due=now.due,
        marked=now.status == "MARKED_PAID",
    )


def settled(status: str) -> bool:
    """Whether nothing more is to be expected: paid, or cancelled."""
    return status in SETTLED or status == "INVALIDATED"


@dataclass(frozen=True, slots=True)
class Bounce:
    """An e-invoice that came back: ``sent`` is the how manyth sending it was, ``detail`` Procountor's words."""

    sent: int
    detail: str = ""


def bounce(actions: list[tuple[str, str]]) -> Bounce | None:
    """Whether the last sending of an invoice has bounced, by its history: (action, details), the oldest first.

    A bounce shows as SENDING_ERROR_…, in several steps (api.md 12.7).
    """
    sent, found = 0, None
    for action, details in actions:
        if action == "SEND":
            sent, found = sent + 1, None
        elif action.startswith("SENDING_ERROR"):
            found = Bounce(max(sent, 1), details or (found.detail if found else ""))
    return found


def bounced(found: Bounce, sale: Sale) -> News:
    """The news of a bounce: once for each sending."""
    return News(
        What.BOUNCED, f"bounced:{found.sent}", sale.gross, sale.currency, due=sale.due, detail=found.detail[:300]
    )


def overdue(sale: Sale) -> News | None:
    """The news that an invoice is late: once for each due date."""
    if sale.due is None or sale.status not in WAITS or sale.gross <= 0:
        return None
    left = None if sale.paid is None else sale.gross - sale.paid
    if left is not None and left <= 0:
        return None
    return News(
        What.OVERDUE, f"overdue:{sale.due.isoformat()}", sale.gross, sale.currency, sale.paid, left, due=sale.due
    )
