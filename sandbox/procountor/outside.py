"""What happens in Procountor without the API: the bank pays, people work in the web pages."""

from __future__ import annotations

import base64
import mimetypes
from copy import deepcopy
from datetime import date
from decimal import Decimal

from sandbox.procountor import payments, totals
from sandbox.procountor.accounting import renew_receipt
from sandbox.procountor.history import note
from sandbox.procountor.wire import Doc, not_found, refuse
from sandbox.procountor.world import Company, World

_PAYABLE = {
    "SALES_INVOICE": {"SENT", "PARTLY_PAID"},
    "PURCHASE_INVOICE": {"APPROVED", "PAYMENT_QUEUED", "PAYMENT_SENT_TO_BANK", "PARTLY_PAID"},
    "TRAVEL_INVOICE": {"APPROVED", "PAYMENT_QUEUED", "PAYMENT_SENT_TO_BANK", "PARTLY_PAID"},
    "BILL_OF_CHARGES": {"APPROVED", "PAYMENT_QUEUED", "PAYMENT_SENT_TO_BANK", "PARTLY_PAID"},
}


def bank_run(
    world: World,
    company: Company,
    *,
    invoices: list[int] | None = None,
    amount: Decimal | None = None,
    bump_version: bool = True,
    day: date | None = None,
) -> list[Doc]:
    """The bank's material comes in: payment events of status PAID, invoices become PARTLY_PAID or PAID.

    Without `amount` each invoice is paid what is still open. With `bump_version` false the version of the
    invoice stands still, as it may in the real system. Raises Refused (404, 400) for ids that cannot be paid.
    """
    chosen = _payable(company, invoices)
    events = []
    for doc in chosen:
        open_sum = payments.total_of(world, doc) - payments.paid_of(company, doc)
        kind = "REFERENCEPAYMENT" if doc["type"] == "SALES_INVOICE" else "BANKSTATEMENT_TO_INVOICE"
        paid = totals.cents(amount) if amount is not None else open_sum
        paid_on = (day or world.clock().date()).isoformat()
        event = payments.add_event(world, company, doc, kind=kind, status="PAID", amount=paid, day=paid_on)
        note(doc, world.now(), None, "ALLOCATE_INVOICE_TO_REFERENCE_PAYMENT", str(paid))
        if bump_version:
            doc["version"] = world.now()
        company.registers["ledgerreceipts"][doc["ledgerReceiptId"]]["status"] = doc["status"]
        events.append(event)
    return events


def _payable(company: Company, wanted: list[int] | None) -> list[Doc]:
    register = company.registers["invoices"]
    if wanted is None:
        return [d for d in register.values() if d["status"] in _PAYABLE.get(d["type"], set()) and d["status"] != "PAID"]
    missing = [ident for ident in wanted if ident not in register]
    if missing:
        raise not_found(f"Invoice {missing[0]}")
    for ident in wanted:
        if register[ident]["status"] not in _PAYABLE.get(register[ident]["type"], set()):
            raise refuse(f"Invoice {ident} cannot be paid when its status is {register[ident]['status']}.")
    return [register[ident] for ident in wanted]


def edit(world: World, company: Company, invoice: int, changes: Doc, *, bump_version: bool = True) -> Doc:
    """A person edits an invoice in the web pages: `changes` is merged, lists are replaced, any status goes.

    `attachments` names the files it has afterwards: new ones are added, those not named are removed.
    """
    old = company.registers["invoices"].get(invoice)
    if old is None:
        raise not_found("Invoice")
    new = deepcopy(old)
    merge(new, {name: value for name, value in changes.items() if name != "attachments"})
    if "attachments" in changes:
        _attach(world, company, invoice, changes["attachments"])
    for row in new["invoiceRows"]:
        row.setdefault("id", company.next_id("invoicerows"))
    if bump_version:
        new["version"] = world.now()
    company.put("invoices", new)
    renew_receipt(world, company, old, new)
    receipt = company.registers["ledgerreceipts"][new["ledgerReceiptId"]]
    receipt["status"] = new["status"]
    return new


def _attach(world: World, company: Company, invoice: int, names: list[str]) -> None:
    register = company.registers["attachments"]
    there = {doc["name"]: doc for doc in register.values() if doc["referenceId"] == invoice}
    for name in there.keys() - set(names):
        del register[there[name]["id"]]
    for name in names:
        if name not in there:
            text = f"{name} of {invoice}".encode()
            doc = {
                "name": name,
                "referenceType": "INVOICE",
                "referenceId": invoice,
                "mimeType": mimetypes.guess_type(name)[0] or "application/octet-stream",
                "sendWithInvoice": False,
                "_attached": world.now(),
                "_user": "web",
                "_content": base64.b64encode(text).decode(),
            }
            company.put("attachments", doc)


def merge(doc: Doc, changes: Doc) -> None:
    """Changes single members in place; lists are replaced."""
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(doc.get(name), dict):
            merge(doc[name], value)
        else:
            doc[name] = value


def bounce(world: World, company: Company, invoice: int, words: str) -> Doc:
    """A sent e-invoice comes back from the operator (api.md 12.7): NOT_SENT again, and the history says why."""
    doc = company.registers["invoices"].get(invoice)
    if doc is None:
        raise not_found("Invoice")
    if doc["status"] != "SENT":
        raise refuse(f"Invoice {invoice} cannot come back when its status is {doc['status']}.")
    for action, details in (("SENDING_ERROR_RECEIVED", words), ("SENDING_ERROR_REVERTED_TO_NOT_SENT", "")):
        note(doc, world.now(), None, action, details)
    doc["status"] = "NOT_SENT"
    company.registers["ledgerreceipts"][doc["ledgerReceiptId"]]["status"] = doc["status"]
    return doc


def remove_payment(world: World, company: Company, event: int) -> None:
    """A confirmed removal of a manual payment event."""
    gone = company.registers["paymentevents"].pop(event, None)
    if gone is None:
        return
    doc = company.registers["invoices"][gone["invoiceId"]]
    payments.settle(world, company, doc, "MARKED_PAID")
    note(doc, world.now(), None, "DELETED_PAID_ELSEWHERE_PAYMENT_TRANSACTION", str(gone["paidAmount"]))
    doc["version"] = world.now()
