"""Payment events: marked as paid by hand, removed with a second factor, read for one invoice or many."""

from __future__ import annotations

import secrets
from decimal import Decimal

from sandbox.procountor import paging, periods, totals
from sandbox.procountor.call import Call, Routes, stop_if
from sandbox.procountor.history import note, touch, visible
from sandbox.procountor.rights import CIRCULATED, need, sees
from sandbox.procountor.shapes import blank
from sandbox.procountor.wire import (
    Answer,
    Doc,
    Refused,
    Violation,
    dumps,
    not_found,
    ok,
    public,
    refuse,
    wrong_status,
)
from sandbox.procountor.world import Company, World

_MANUAL = "MARKED_PAID"
_TYPES = {
    "ADJUSTMENT": "ADJUSTMENT",
    "CASH": "CASH",
    "CHARGE_CARD": "CHARGECARD",
    "CORRECTION": "CORRECTION",
    "CREDIT_LOSS": "CREDITLOSS",
    "CREDIT_NOTE": "COMPENSATIONINVOICE",
    "SET_OFF": "SETOFF",
}
_NOT_PAYABLE = frozenset({"UNFINISHED", "INVALIDATED", "PAID", "MARKED_PAID"})


def total_of(world: World, doc: Doc) -> Decimal:
    """The invoice's total in its own currency."""
    return totals.sums(doc, world.options.rounding).total


def paid_of(company: Company, doc: Doc) -> Decimal:
    """What the events have paid of it, in its own currency."""
    events = company.registers["paymentevents"].values()
    mine = [totals.number(e["paidAmount"]) for e in events if e["invoiceId"] == doc["id"]]
    return sum(mine, Decimal("0.00"))


def add_event(world: World, company: Company, doc: Doc, *, kind: str, status: str, amount: Decimal, day: str) -> Doc:
    """Stores an event and settles the invoice's status: exactly the total is paid, anything else partly."""
    rate = totals.number(doc["paymentInfo"]["currencyRate"]) or Decimal(1)
    event = company.put(
        "paymentevents",
        {
            "id": company.next_id("paymentevents"),
            "invoiceId": doc["id"],
            "type": kind,
            "paymentDate": day,
            "status": status,
            "amount": totals.cents(amount / rate),
            "currency": company.currency,
            "paidAmount": amount,
            "paidCurrency": doc["paymentInfo"]["currency"],
        },
    )
    doc["paymentDate"] = day
    settle(world, company, doc, status)
    return event


def settle(world: World, company: Company, doc: Doc, settled: str) -> None:
    """The status that the sum of the events gives: partly paid also when too much was paid."""
    paid = paid_of(company, doc)
    if paid == 0:
        doc["status"] = "SENT" if doc["type"] == "SALES_INVOICE" else "APPROVED"
    else:
        doc["status"] = settled if paid == total_of(world, doc) else "PARTLY_PAID"


def mark_paid(call: Call) -> Answer:
    doc = visible(call)
    need(call, "payments.markAsPaid")
    sent, violations = call.model("MarkInvoiceAsPaid")
    if doc["type"] not in {"SALES_INVOICE", *CIRCULATED} or doc["status"] in _NOT_PAYABLE:
        raise wrong_status("markpaid", doc["status"])
    if sent.get("currency") not in {None, doc["paymentInfo"]["currency"]}:
        violations.append(Violation("currency", "Currency must be the currency of the invoice."))
    if sent.get("paymentDate") and not periods.is_open(call.company, sent["paymentDate"]):
        violations.append(Violation("paymentDate", periods.CLOSED))
    stop_if(violations)
    kind = _TYPES.get(sent.get("paymentMethodType") or "", "BANKTRANSFERELSEWHERE")
    amount = totals.cents(totals.number(sent["amount"]))
    event = add_event(call.world, call.company, doc, kind=kind, status=_MANUAL, amount=amount, day=sent["paymentDate"])
    if sent.get("description") and doc["type"] == "SALES_INVOICE":
        event["description"] = sent["description"]
    note(doc, call.now, call.user, "MARKED_PAID", str(amount))
    touch(call, doc)
    call.changed(doc["id"], f"markpaid {amount} -> {doc['status']}")
    return ok(public(event))


def events_of_invoice(call: Call) -> Answer:
    doc = visible(call)
    events = [e for e in call.register("paymentevents").values() if e["invoiceId"] == doc["id"]]
    return paging.page(call, events, public)


def one_event(call: Call) -> Answer:
    return ok(public(_event(call)))


def _event(call: Call) -> Doc:
    doc = visible(call)
    event = call.register("paymentevents").get(call.id("paymentEventId"))
    if event is None or event["invoiceId"] != doc["id"]:
        raise not_found("Payment event")
    return event


def remove_event(call: Call) -> Answer:
    """202: waits for the person of the token to confirm in Procountor Key; only manual events."""
    need(call, "payments.markAsPaid")
    event = _event(call)
    if event["status"] != _MANUAL:
        raise refuse("Only payment events marked by hand can be removed.", status=403)
    ident = secrets.token_hex(16)
    call.company.put("confirmations", {"event": event["id"], "identifier": ident, "state": "waiting"})
    call.changed(event["id"], "removal of a payment event waits for confirmation")
    answer = {"transactionIdentifier": ident, "confirmationApp": "PROCOUNTOR_KEY"}
    return Answer(202, dumps(answer))


def confirmation_result(call: Call) -> Answer:
    """What became of a second-factor operation: 200, 202 waiting, 406 rejected."""
    for entry in call.register("confirmations").values():
        if entry["identifier"] == call.params["transactionIdentifier"]:
            if entry["state"] == "rejected":
                raise refuse("Transaction was rejected.", status=406)
            if entry["state"] == "waiting":
                return Answer(202, b'{"message":"Waiting for confirmation."}')
            return ok({"info": {"message": "Payment event removed."}})
    raise not_found("Transaction")


def events_of_many(call: Call) -> Answer:
    wanted = call.integers("invoiceId")
    if not wanted:
        raise Refused(400, [blank("invoiceId")])
    invoices = call.register("invoices")
    seen = {ident for ident in wanted if ident in invoices and sees(call.user, invoices[ident])}
    events = [event for event in call.register("paymentevents").values() if event["invoiceId"] in seen]
    names = {ident: invoices[ident]["counterParty"]["counterPartyAddress"]["name"] for ident in seen}
    kept = ("id", "invoiceId", "paymentDate", "amount", "status", "paidAmount", "paidCurrency")

    def shown(event: Doc) -> Doc:
        return {**{name: event[name] for name in kept}, "receiverName": names[event["invoiceId"]]}

    return paging.page(call, events, shown)


ROUTES: Routes = (
    ("GET", "/invoices/{invoiceId}/paymentevents", events_of_invoice),
    ("PUT", "/invoices/{invoiceId}/paymentevents/markpaid", mark_paid),
    ("GET", "/invoices/{invoiceId}/paymentevents/{paymentEventId}", one_event),
    ("DELETE", "/invoices/{invoiceId}/paymentevents/{paymentEventId}", remove_event),
    ("GET", "/payments/paymentevents", events_of_many),
    ("GET", "/mfatransactionresult/{transactionIdentifier}", confirmation_result),
)
