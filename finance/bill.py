"""The bill as it stands in Procountor: what a person sees of it is what he approves, to the letter.

Statuses are Procountor's words (lifecycle.md 2 and 4); the enumeration has grown before, so they stay text.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal

from finance.canonical import content_hash

RECEIVED, UNFINISHED, VERIFIED = "RECEIVED", "UNFINISHED", "VERIFIED"
APPROVED, DENIED, INVALIDATED = "APPROVED", "PAYMENT_DENIED", "INVALIDATED"
PARTLY_PAID, PAID, MARKED_PAID = "PARTLY_PAID", "PAID", "MARKED_PAID"

OPEN = frozenset({RECEIVED, UNFINISHED, VERIFIED})
"""Somebody still has to decide: not a business transaction yet (domain.md 0(2))."""

CLEARED = frozenset({APPROVED, "PAYMENT_QUEUED", "PAYMENT_SENT_TO_BANK", PARTLY_PAID, PAID, MARKED_PAID})
"""Approved, whether paid already or not."""

SETTLED = frozenset({PAID, MARKED_PAID})


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the bill's circulation: a user of Procountor's, and the day he acted."""

    user: int
    acted: date | None = None


@dataclass(frozen=True, slots=True)
class BillRow:
    """One row; ``unit_price`` is net unless the bill says otherwise, amounts in the bill's currency."""

    name: str
    quantity: Decimal = Decimal(1)
    unit: str = ""
    unit_price: Decimal = Decimal(0)
    discount_percent: Decimal = Decimal(0)
    vat_percent: Decimal = Decimal(0)
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that belongs to the bill."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Bill:
    """A purchase invoice. Amounts are in ``currency``; ``home`` is the total in the company's own currency.

    ``original_number`` is the supplier's, ``number`` Procountor's running one. ``iban`` is the account money goes to,
    without spaces; the whole of it is for comparing only. ``due`` is the extended due date where there is one.
    ``marker`` is ours when the bill was born in the PSA. ``version`` is Procountor's text of the last change.
    """

    id: int
    status: str
    version: str
    supplier: str
    issued: date
    currency: str
    gross: Decimal
    net: Decimal = Decimal(0)
    vat: Decimal = Decimal(0)
    home: Decimal = Decimal(0)
    due: date | None = None
    number: int | None = None
    original_number: str = ""
    supplier_id: str = ""
    partner_id: int | None = None
    iban: str = ""
    bic: str = ""
    reference: str = ""
    order_reference: str = ""
    buyer_reference: str = ""
    additional: str = ""
    notes: str = ""
    discount_percent: Decimal = Decimal(0)
    cash_discounts: tuple[tuple[int, Decimal], ...] = ()  # days from the bill's date, percent
    prices_include_vat: bool = False
    rows: tuple[BillRow, ...] = ()
    papers: tuple[Paper, ...] = ()
    verifiers: tuple[Place, ...] = ()
    acceptors: tuple[Place, ...] = ()
    created: datetime | None = None
    creator: int | None = None
    receipt: int | None = None  # the ledger receipt's id, which changes when the bill is changed
    marker: str = ""

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


MOVING = frozenset(
    {"status", "version", "verifiers", "acceptors", "notes", "marker", "number", "created", "creator", "receipt"}
)
"""What may change without changing what was shown for approval: where it stands, not what it says."""


def print_of(bill: Bill) -> str:
    """SHA-256 over what a person sees and approves: supplier, numbers, dates, amounts, account, reference, rows, files.

    Equal prints mean that nothing of it has changed, also when two edits fall into one second of the version.
    """
    return content_hash(still(bill))


def still(bill: Bill) -> Bill:
    """The bill without what moves by itself."""
    neutral = {f.name: f.default for f in fields(Bill) if f.name in MOVING and f.name not in ("status", "version")}
    return replace(bill, status="", version="", **neutral)  # type: ignore[arg-type]  # the defaults fit their fields
