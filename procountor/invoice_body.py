"""The invoice in Procountor's words: our document and its posting become the JSON of POST and PUT /invoices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import zip_longest
from typing import Any, TypeVar

from finance.invoice import Address, Channel, EInvoiceAddress, Invoice, Kind, Line, Party, Payment
from finance.posting import Posting, Row
from procountor import codes
from procountor.errors import Problem, Unsendable
from procountor.notes import with_marker

K = TypeVar("K")


def body(invoice: Invoice, posting: Posting, marker: str) -> dict[str, Any]:
    """The JSON Procountor will get, Decimals still Decimals, empty members left out.

    Of a bill or a claim nothing is said of accounting, and of no product of the register but a trip's allowances (R03):
    that is decided in Procountor.

    Raises Unsendable naming the field when a country, unit, language, currency or channel has no word in Procountor.
    """
    sales = invoice.kind is Kind.SALES_INVOICE
    said: dict[str, Any] = {
        "type": codes.kind(invoice),
        "status": "UNFINISHED",
        "partnerId": posting.partner_id,
        "date": invoice.issued.isoformat(),
        "counterParty": _counterparty(invoice),
        "billingAddress": _address(invoice.billing_address, "billingAddress"),
        "deliveryAddress": _address(invoice.delivery_address, "deliveryAddress"),
        "paymentInfo": _payment(invoice, posting),
        "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": invoice.prices_include_vat},
        "discountPercent": invoice.discount_percent,
        "invoiceRows": _rows(invoice, posting),
        "vatStatus": posting.vat_status or None,
        "invoiceChannel": _channel(invoice),
        "language": _word(codes.LANGUAGES.__getitem__, invoice.language, "language") if sales else None,
        "originalInvoiceNumber": invoice.number,
        "notes": with_marker(invoice.internal_note, marker),
        "travelInformationItems": _trip(invoice),
        **_references(invoice),
    }
    return _without_empty(said)


def _references(invoice: Invoice) -> dict[str, Any]:
    return {
        "orderReference": invoice.order_reference,
        "buyerReferenceIdentifier": invoice.buyer_reference,
        "sellerReferenceIdentifier": invoice.seller_reference,
        "agreementNumber": invoice.agreement,
        "deliveryStartDate": invoice.delivery_start and invoice.delivery_start.isoformat(),
        "deliveryEndDate": invoice.delivery_end and invoice.delivery_end.isoformat(),
        "penaltyPercent": invoice.payment.penalty_percent,
        "additionalInformation": invoice.note,
    }


def _trip(invoice: Invoice) -> list[dict[str, Any]] | None:
    """The journey of a travel claim: free texts, cut to their places' lengths (Procountor API 26.04)."""
    trip = invoice.claim.trip if invoice.claim else None
    if trip is None or codes.kind(invoice) != codes.TRAVEL:
        return None
    stops = [stop.strip() for stop in re.split(r"\s+[-–—>→]+\s+|→", trip.route) if stop.strip()]
    told = {
        "departure": stops[0][:40] if stops else "",
        "arrival": stops[-1][:40] if len(stops) > 1 else "",
        "places": trip.route[:255],
        "purpose": trip.purpose[:255],
    }
    return [_without_empty(told)] if any(told.values()) else None


def _channel(invoice: Invoice) -> str:
    """Bills and claims are never sent on; a sales invoice without a channel has not been decided about."""
    if invoice.kind is not Kind.SALES_INVOICE:
        return codes.CHANNELS[Channel.NONE]
    if invoice.channel is None:
        raise Unsendable([Problem("CHANNEL_MISSING", "invoiceChannel")])
    return codes.CHANNELS[invoice.channel]


def _counterparty(invoice: Invoice) -> dict[str, Any]:
    party, sales = invoice.counterparty, invoice.kind is Kind.SALES_INVOICE
    by_net = sales and invoice.channel is Channel.E_INVOICE
    where = "counterParty.counterPartyAddress"
    return _without_empty(
        {
            "contactPersonName": party.contact_person,
            "identifier": party.business_id,
            "taxCode": party.vat_number,
            "customerNumber": party.customer_number if invoice.claim is None else "",
            "email": party.email if sales else "",
            "counterPartyAddress": {"name": _name(party), **(_address(party.address, where, named=False) or {})},
            "einvoiceAddress": _einvoice(party.e_invoice) if by_net else None,
        }
    )


def _name(party: Party) -> str:
    return party.name or party.address.name


def _address(address: Address | None, where: str, *, named: bool = True) -> dict[str, str] | None:
    """None leaves it to Procountor (a copy of the counterparty's); an empty address means that there is none."""
    if address is None:
        return None
    return _without_empty(
        {
            "name": address.name if named else "",
            "specifier": address.specifier,
            "street": address.street,
            "zip": address.post_code,
            "city": address.city,
            "country": _word(codes.country, address.country, f"{where}.country") if address.country else "",
            "subdivision": address.subdivision,
        }
    )


def _einvoice(address: EInvoiceAddress) -> dict[str, str] | None:
    return _without_empty({"operator": address.operator, "address": address.address, "ediId": address.ovt}) or None


def _payment(invoice: Invoice, posting: Posting) -> dict[str, Any]:
    payment, sales = invoice.payment, invoice.kind is Kind.SALES_INVOICE
    if payment.currency not in codes.currencies():
        raise Unsendable([Problem("CURRENCY_NOT_MAPPED", "paymentInfo.currency", 0, payment.currency)])
    iban = (posting.iban or payment.iban).replace(" ", "").upper()
    return _without_empty(
        {
            "paymentMethod": "CASH" if invoice.kind is Kind.COMPANY_COST else "BANK_TRANSFER",
            "currency": payment.currency,
            "bankAccount": _without_empty({"accountNumber": iban, "bic": "" if sales else payment.bic}) or None,
            "dueDate": (payment.due or invoice.issued).isoformat(),
            "currencyRate": payment.rate,
            "cashDiscount": _cash_discount(payment),
        }
    ) | _reference(payment, sales=sales)


def _cash_discount(payment: Payment) -> dict[str, Any] | None:
    """Procountor keeps three options (Procountor API 26.04, paymentInfo)."""
    options = sorted(payment.discounts, key=lambda option: option.days)
    if not options:
        return None
    return {
        "optionList": [{"numberOfDays": o.days, "discountPercentage": o.percent} for o in options],
        "cashDiscountsTermType": "FROM_INV_DATE",
    }


def _reference(payment: Payment, *, sales: bool) -> dict[str, str]:
    """A sales invoice without a reference gets Procountor's own (an empty code asks for it); a bill then has none."""
    reference = re.sub(r"\s", "", payment.reference).upper()
    if not reference:
        return {"bankReferenceCode": ""} if sales else {}
    return {
        "bankReferenceCode": reference,
        "bankReferenceCodeType": "RF" if reference.startswith("RF") else "FI",
    }


def _rows(invoice: Invoice, posting: Posting) -> list[dict[str, Any]]:
    """One per posting row; delivery dates come from the lines when rows and lines go together."""
    dated = invoice.lines if len(invoice.lines) == len(posting.rows) else ()
    pairs = zip_longest(posting.rows, dated)
    rows = [_row(row, line, posting.vat_status, f"invoiceRows[{n}]") for n, (row, line) in enumerate(pairs)]
    if invoice.kind is not Kind.SALES_INVOICE and codes.kind(invoice) != codes.TRAVEL:
        for row in rows:
            row.pop("productId", None)
    return rows


def _row(row: Row, line: Line | None, header_status: int, where: str) -> dict[str, Any]:
    return _without_empty(
        {
            "productId": row.product_id,
            "product": row.product,
            "productCode": row.product_code,
            "quantity": row.quantity,
            "unit": _word(codes.unit, row.unit_code, f"{where}.unit"),
            "unitPrice": row.unit_price,
            "discountPercent": row.discount_percent,
            "vatPercent": row.vat_percent,
            "vatStatus": row.vat_status if row.vat_status != header_status else None,
            "comment": comment(row.comment),
            "startDate": line and line.start and line.start.isoformat(),
            "endDate": line and line.end and line.end.isoformat(),
        }
    )


def comment(text: str) -> str:
    """A row's comment: Procountor breaks its lines at backslashes, so those of the text itself become slashes."""
    return re.sub(r"\r\n|\r|\n", lambda _: "\\", text.strip().replace("\\", "/"))


def _word(of: Callable[[K], str], key: K, where: str) -> str:
    try:
        return of(key)
    except KeyError as unknown:
        kind = where.rsplit(".", 1)[-1].upper()
        raise Unsendable([Problem(f"{kind}_NOT_MAPPED", where, 0, str(key))]) from unknown


def _without_empty(members: Mapping[str, Any]) -> dict[str, Any]:
    """Empty text and None are left out; zeros, empty lists and empty objects say something and stay."""
    return {name: value for name, value in members.items() if value is not None and value != ""}


def is_zero(row: Row) -> bool:
    """Whether the row comes to nothing, as a heading does (R34)."""
    return not row.quantity or not row.unit_price or row.discount_percent >= Decimal(100)
