"""How an invoice will stand in Procountor: every register id and account decided, nothing left to chance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """An item of a dimension (a cost centre, a project) by Procountor's ids."""

    dimension: int
    item: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as Procountor will have it.

    ``unit_code`` is UN/ECE Recommendation 20 or empty (no unit). ``unit_price`` is in the invoice's currency,
    net or gross as the invoice says. ``comment`` is at most 512 characters.
    """

    product: str
    quantity: Decimal
    unit_code: str
    unit_price: Decimal
    discount_percent: Decimal
    vat_percent: Decimal
    vat_status: int
    comment: str = ""
    product_id: int | None = None
    product_code: str = ""
    account: str = ""
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """The whole invoice resolved against one fetch of reference data."""

    vat_status: int
    rows: tuple[Row, ...]
    partner_id: int | None = None
    iban: str = ""
