"""Procountor's field paths in our own terms, so that a refusal leads to the field a person can mend."""

from __future__ import annotations

import re
from dataclasses import dataclass

from finance.faults import Repair
from finance.invoice import Kind

_INDEXED = re.compile(r"(?:invoice)?rows?\[(\d+)\](?:\.(.*))?", re.IGNORECASE)

_ADDRESS = {
    "name": "name",
    "specifier": "specifier",
    "street": "street",
    "zip": "post_code",
    "city": "city",
    "country": "country",
    "subdivision": "subdivision",
}
_ROW = {
    "product": "name",
    "headerText": "name",
    "productCode": "product_code",
    "productId": "product_code",
    "quantity": "quantity",
    "unit": "unit_code",
    "unitPrice": "unit_price",
    "discountPercent": "discount_percent",
    "vatPercent": "vat_percent",
    "vatStatus": "vat_status",
    "comment": "descriptions",
    "explanationText": "descriptions",
    "startDate": "start",
    "endDate": "end",
    "account": "account",
    "dimensionItemValues": "cost_centre",
}
_INVOICE = {
    "date": "issued",
    "dueDate": "payment.due",
    "paymentInfo.dueDate": "payment.due",
    "paymentInfo.currency": "payment.currency",
    "paymentInfo.currencyRate": "payment.rate",
    "paymentInfo.bankAccount.accountNumber": "payment.iban",
    "paymentInfo.bankAccount.bic": "payment.bic",
    "paymentInfo.bankReferenceCode": "payment.reference",
    "paymentInfo.bankReferenceCodeType": "payment.reference",
    "paymentInfo.cashDiscount": "payment.discounts",
    "penaltyPercent": "payment.penalty_percent",
    "partnerId": "buyer.customer_number",
    "counterParty.contactPersonName": "buyer.contact_person",
    "counterParty.identifier": "buyer.business_id",
    "invoicingInfo.identifier": "buyer.business_id",
    "counterParty.taxCode": "buyer.vat_number",
    "counterParty.customerNumber": "buyer.customer_number",
    "counterParty.email": "buyer.email",
    "counterParty.bccAddresses": "buyer.bcc",
    "counterParty.einvoiceAddress.operator": "buyer.e_invoice.operator",
    "counterParty.einvoiceAddress.address": "buyer.e_invoice.address",
    "counterParty.einvoiceAddress.ediId": "buyer.e_invoice.ovt",
    "discountPercent": "discount_percent",
    "vatStatus": "vat_status",
    "language": "language",
    "invoiceChannel": "channel",
    "originalInvoiceNumber": "number",
    "orderReference": "order_reference",
    "deliveryStartDate": "delivery_start",
    "deliveryEndDate": "delivery_end",
    "additionalInformation": "note",
    "notes": "internal_note",
    "agreementNumber": "agreement",
    "buyerReferenceIdentifier": "buyer_reference",
    "sellerReferenceIdentifier": "seller_reference",
}
_PLACES = {
    "counterParty.counterPartyAddress": "buyer.address",
    "billingAddress": "billing_address",
    "deliveryAddress": "delivery_address",
}
_REGISTERS = {
    "operator": "operator",
    "country": "country",
    "language": "language",
    "vat_percent": "vat",
    "vat_status": "vat_status",
    "account": "account",
    "cost_centre": "cost_centre",
    "project": "project",
    "unit_code": "unit",
    "product_code": "product",
    "iban": "bank_account",
}
_NOT_OF_BILLS = ("account", "cost_centre", "project", "product_code", "language", "channel")
_DATES = ("issued", "due", "start", "end", "delivery_start", "delivery_end")


@dataclass(frozen=True, slots=True)
class Place:
    """A field of an invoice: ``path`` as in ``finance.fixes`` ("" when not one of ours), ``row`` counted from zero."""

    path: str = ""
    row: int | None = None
    repair: Repair = Repair.NONE
    register: str = ""


def place(field: str) -> Place:
    """Where in our invoice Procountor's ``field`` is ("invoiceRows[3].vatStatus" → "lines[3].vat_status")."""
    bare = field.strip().removeprefix("invoice.")
    row = _INDEXED.fullmatch(bare)
    if row:
        name = _ROW.get(row[2] or "", "")
        return at(f"lines[{row[1]}].{name}" if name else "", int(row[1]))
    without_index = re.sub(r"\[\d+\]", "", bare)
    return at(_INVOICE.get(without_index) or _of_address(without_index) or _by_prefix(without_index))


def at(path: str, row: int | None = None) -> Place:
    """The place of one of our own paths, with the form it is mended with."""
    name = path.rpartition(".")[2]
    register = _REGISTERS.get(name, "")
    if not path:
        return Place("", row)
    if register:
        return Place(path, row, Repair.CHOOSE, register)
    return Place(path, row, Repair.DATE if name in _DATES else Repair.TEXT)


def of_kind(found: Place, kind: Kind) -> Place:
    """The place in a document of this kind: a bill's other side is its seller, and what it is booked on is not ours."""
    if kind is Kind.SALES_INVOICE or not found.path:
        return found
    if found.path.rpartition(".")[2] in _NOT_OF_BILLS:
        return Place("", found.row)
    if found.path == "payment.iban":
        return Place(found.path, found.row, Repair.TEXT)
    return at(re.sub(r"^buyer\.", "seller.", found.path), found.row)


def _of_address(field: str) -> str:
    prefix, _, name = field.rpartition(".")
    known = _PLACES.get(prefix)
    return f"{known}.{_ADDRESS[name]}" if known and name in _ADDRESS else ""


def _by_prefix(field: str) -> str:
    """A member of a part that is mended as a whole, such as one of the cash discounts."""
    return next((ours for theirs, ours in _INVOICE.items() if field.startswith(theirs + ".")), "")
