"""What should make somebody look twice at a bill: the account it is to be paid to, a double, a sum that is wrong.

A changed supplier account is how most invoice fraud begins: a bill with one is held for a second person (T3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from finance import identifiers
from finance.bill import INVALIDATED, Bill

REMEMBERED = 5  # paid bills of a supplier whose accounts count
DOUBLES = 3  # told of one bill, those with the same number first
CENT = Decimal("0.01")


class Doubt(StrEnum):
    """Why to look twice. The first three hold the bill for a second approver who types the end of the account."""

    ACCOUNT_FIRST = "account_first"  # nothing has been paid to this supplier yet
    ACCOUNT_CHANGED = "account_changed"  # another account than the last paid bills'
    REGISTER_CHANGED = "register_changed"  # the register was changed to it lately
    SAME_NUMBER = "same_number"  # another bill of the supplier has the number
    SAME_AMOUNT = "same_amount"  # another bill of the supplier has the amount and the date
    SUM = "sum"  # the rows do not come to the total


HOLDING = frozenset({Doubt.ACCOUNT_FIRST, Doubt.ACCOUNT_CHANGED, Doubt.REGISTER_CHANGED})


@dataclass(frozen=True, slots=True)
class Doubtful:
    """``found`` and ``expected`` are masked accounts, numbers or amounts, ready to be shown; ``bill`` another bill."""

    doubt: Doubt
    found: str = ""
    expected: str = ""
    bill: int | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another bill of the same supplier; ``number`` is the supplier's."""

    id: int
    status: str
    number: str
    issued: date
    gross: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Supplier:
    """What is known of a supplier. ``paid_to`` are the accounts of the last paid bills, the newest first.

    ``registered`` is the account in Procountor's register, ``lately`` whether it was seen to change within a month.
    """

    paid_to: tuple[str, ...] = ()
    registered: str = ""
    lately: bool = False
    others: tuple[Earlier, ...] = ()


def doubts(bill: Bill, supplier: Supplier) -> tuple[Doubtful, ...]:
    """Everything that should make somebody look twice, what holds the bill first."""
    return (*_account(bill, supplier), *_doubles(bill, supplier.others), *_sum(bill))


def holds(found: Iterable[Doubtful]) -> bool:
    """Whether one person alone may not approve it."""
    return any(doubtful.doubt in HOLDING for doubtful in found)


def _account(bill: Bill, supplier: Supplier) -> tuple[Doubtful, ...]:
    """Written differently is not changed: blanks and case make no difference."""
    iban = identifiers.iban(bill.iban)
    if not iban:
        return ()
    known = [identifiers.iban(paid) for paid in supplier.paid_to[:REMEMBERED]]
    shown, last = identifiers.masked(iban), identifiers.masked(known[0]) if known else ""
    registered = identifiers.iban(supplier.registered)
    if iban in known:
        moved = supplier.lately and registered != iban
        was = identifiers.masked(registered)
        return (Doubtful(Doubt.REGISTER_CHANGED, shown, was),) if moved else ()
    if supplier.lately and registered == iban:
        return (Doubtful(Doubt.REGISTER_CHANGED, shown, last),)
    return (Doubtful(Doubt.ACCOUNT_CHANGED if known else Doubt.ACCOUNT_FIRST, shown, last),)


def _doubles(bill: Bill, others: Sequence[Earlier]) -> tuple[Doubtful, ...]:
    found = []
    for other in others:
        if other.id == bill.id or other.status == INVALIDATED:
            continue
        if number_key(bill.original_number) and number_key(other.number) == number_key(bill.original_number):
            found.append(Doubtful(Doubt.SAME_NUMBER, bill.original_number, other.number, other.id))
        elif (other.gross, other.currency, other.issued) == (bill.gross, bill.currency, bill.issued):
            found.append(Doubtful(Doubt.SAME_AMOUNT, other.number, f"{other.gross}", other.id))
    return tuple(sorted(found, key=lambda doubtful: doubtful.doubt is Doubt.SAME_AMOUNT)[:DOUBLES])


def number_key(number: str) -> str:
    """How suppliers' numbers are compared: signs, case and zeros in front make no difference."""
    return re.sub(r"[\W_]", "", number).casefold().lstrip("0")


def _sum(bill: Bill) -> tuple[Doubtful, ...]:
    """A cent for each row may come from rounding; more does not."""
    if not bill.rows:
        return ()
    rows = sum((_row_gross(bill, place) for place in range(len(bill.rows))), Decimal(0))
    total = (rows * (1 - bill.discount_percent / 100)).quantize(CENT, ROUND_HALF_UP)
    if abs(total - bill.gross) <= CENT * len(bill.rows):
        return ()
    return (Doubtful(Doubt.SUM, f"{bill.gross:.2f}", f"{total:.2f}"),)


def _row_gross(bill: Bill, place: int) -> Decimal:
    row = bill.rows[place]
    net = row.quantity * row.unit_price * (1 - row.discount_percent / 100)
    return net if bill.prices_include_vat else net * (1 + row.vat_percent / 100)
