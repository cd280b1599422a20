"""Does an invoice in Procountor still say what we sent? Equal fingerprints mean that it does."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from procountor.wire.invoice import Content, PaymentInfo, Row


def of(content: Content, *, with_reference: bool) -> str:
    """SHA-256 (hex) over what must not change: dates, counterparty, account, currency, number and every row.

    Sums are left out (they follow), and so is what Procountor fills in by itself: the bank reference counts only
    ``with_reference``, when it was ours. Trailing zeros, missing zeros and outer spaces make no difference.
    """
    payment = content.payment_info or PaymentInfo()
    party = content.counter_party
    address = party.counter_party_address if party else None
    said = [
        content.date.isoformat(),
        payment.due_date.isoformat() if payment.due_date else "",
        address.name.strip() if address else "",
        party.identifier.strip() if party else "",
        _compact(payment.bank_account.account_number) if payment.bank_account else "",
        _compact(payment.bank_reference_code).lstrip("0") if with_reference else "",
        payment.currency,
        content.original_invoice_number.strip(),
        _number(content.discount_percent),
        "gross" if content.extra_info and content.extra_info.unit_prices_include_vat else "net",
        [_row(row) for row in content.invoice_rows or []],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def _row(row: Row) -> list[str]:
    return [
        row.product.strip(),
        _number(row.quantity),
        row.unit or "NO_UNIT",
        _number(row.unit_price),
        _number(row.discount_percent),
        _number(row.vat_percent),
        row.comment.strip(),
    ]


def _compact(text: str) -> str:
    return "".join(text.split()).upper()


def _number(value: Decimal) -> str:
    """One text for equal numbers: 10, 10.00 and 1E+1."""
    return format(value.normalize(), "f") if value else "0"
