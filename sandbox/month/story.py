"""How the month's invoices are told: a document, what is to become of it, and the faults that were put into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from finance import bank_reference
from finance.invoice import ZERO, Invoice, Line, LineKind, Party, Payment
from sandbox.month import registers
from sandbox.month.choices import WORK_TYPES
from sandbox.month.days import Days

Outcome = Literal["ready", "refused", "faulty", "bill", "faulty bill", "arrived", "unreadable"]


@dataclass(frozen=True, slots=True)
class Told:
    """``codes`` are all that the checks are to find, warnings too; ``spoilt`` are cells that a person has mistyped.

    A spoilt cell is named by the place of its line and by our name of the field.
    """

    invoice: Invoice
    outcome: Outcome = "ready"
    codes: frozenset[str] = frozenset()
    spoilt: Mapping[tuple[int, str], str] = field(default_factory=dict)


def sale(
    days: Days,
    number: int,
    to: str | Party,
    *lines: Line,
    outcome: Outcome = "ready",
    codes: str = "",
    pay: Mapping[str, Any] | None = None,
    spoilt: Mapping[tuple[int, str], str] | None = None,
    **changes: Any,
) -> Told:
    """A sales invoice to a customer of the register (by the beginning of its name) or to a party; codes by blanks."""
    buyer = registers.customer(to) if isinstance(to, str) else to
    issued = changes.pop("issued", days.issued)
    payment = Payment(
        iban=registers.IBAN,
        bic=registers.BIC,
        reference=bank_reference.national(str(number)),
        terms="14 pv netto",
        due=issued + (days.due - days.issued),
        penalty_percent=Decimal("8.0"),
    )
    invoice = Invoice(
        number=str(number),
        issued=issued,
        seller=registers.US,
        buyer=buyer,
        lines=lines,
        payment=replace(payment, **(pay or {})),
        language=changes.pop("language", "") or (registers.language(to) if isinstance(to, str) else "en"),
        delivery_start=days.start,
        delivery_end=days.end,
    )
    return Told(replace(invoice, **changes), outcome, frozenset(codes.split()), spoilt or {})


def slip(days: Days, number: int, codes: str, to: str | Party, *lines: Line, **changes: Any) -> Told:
    """A sales invoice with something wrong that our checks find."""
    return sale(days, number, to, *lines, outcome="faulty", codes=codes, **changes)


def row(
    code: str,
    quantity: str,
    *descriptions: str,
    name: str = "",
    price: str = "",
    percent: str = "",
    day: date | None = None,
    work_type: str = "",
    **more: Any,
) -> Line:
    """A row of a product; name, price and VAT percentage are the product's where nothing else is said."""
    article = registers.articles()[code]
    return Line(
        name=name or article.name,
        quantity=Decimal(quantity),
        unit=article.unit,
        unit_code=article.unit_code,
        unit_price=Decimal(price) if price else article.price,
        vat_percent=Decimal(percent) if percent else article.percent,
        product_code="" if work_type else code,
        work_type=work_type,
        descriptions=descriptions,
        start=day,
        end=day,
        **more,
    )


def work(kind: str, quantity: str, *descriptions: str, **more: Any) -> Line:
    """Hours (or days, or pieces) of a work type, which leads to a product; of an unknown one at the usual price."""
    return row(WORK_TYPES.get(kind, "KONS-K"), quantity, *descriptions, work_type=kind, **{"name": kind, **more})


def plain(
    name: str, quantity: str, price: str, percent: str, *descriptions: str, unit: str = "kpl", **more: Any
) -> Line:
    """A row that names no product."""
    return Line(
        name=name,
        quantity=Decimal(quantity),
        unit=unit,
        unit_code={"kpl": "C62", "h": "HUR", "st": "C62"}.get(unit, ""),
        unit_price=Decimal(price),
        vat_percent=Decimal(percent),
        descriptions=descriptions,
        **more,
    )


def heading(name: str, *descriptions: str) -> Line:
    """A heading between rows: no amounts."""
    return Line(name=name, kind=LineKind.HEADER, quantity=ZERO, descriptions=descriptions)
