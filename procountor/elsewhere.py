"""Paid elsewhere: what has been paid of a voucher already, and marking it paid by hand; and the state that needs.

A payment event carries no mark of ours (its description is for sales only): it is known by its day and its amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procountor import invoices
from procountor.api import Api
from procountor.stored import Stored
from procountor.wire import base
from procountor.wire import marked as wire

SETTLED = frozenset({"PAID", "MARKED_PAID"})
UNPAYABLE = frozenset({"INVALIDATED", "PAYMENT_DENIED"})
DRAFT = "UNFINISHED"


@dataclass(frozen=True, slots=True)
class Paid:
    """One event; ``amount`` is in the voucher's currency."""

    day: date | None
    amount: Decimal
    by_hand: bool


def events(api: Api, id: int) -> tuple[Paid, ...]:
    """What has been paid of a voucher. Raises as any read."""
    pages = api.pages(f"invoices/{id}/paymentevents")
    told = base.read_all(wire.Marked, pages)
    return tuple(
        Paid(e.payment_date, e.amount if e.paid_amount is None else e.paid_amount, e.status == "MARKED_PAID")
        for e in told
    )


def mark(api: Api, id: int, day: date, amount: Decimal, currency: str, *, leave_within: float | None = None) -> None:
    """Marks it paid on ``day``. Never repeated: a second call would be a second payment. Raises as any write."""
    body = {"paymentDate": day.isoformat(), "amount": amount, "currency": currency}
    api.put(f"invoices/{id}/paymentevents/markpaid", body, leave_within=leave_within)


def circulate(api: Api, id: int) -> None:
    """Sends it to circulation: a claim is then received and no draft any more. Raises as any write."""
    api.put(f"invoices/{id}/sendToCirculation")


def verify(api: Api, id: int) -> None:
    """Marks it verified: what takes a purchase invoice out of the drafts. Raises as any write."""
    api.put(f"invoices/{id}/verify", {})


def stand(api: Api, ids: Iterable[int]) -> dict[int, Stored]:
    """How vouchers stand now, by id; those not there are left out."""
    return {found.id: found for found in invoices.get_many(api, sorted(ids))}
