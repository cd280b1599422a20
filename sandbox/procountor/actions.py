"""What people do with an invoice: the status machine. A wrong status and a missing right are both 403."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.procountor import periods
from sandbox.procountor.call import Call, Routes
from sandbox.procountor.circulation import take_place
from sandbox.procountor.history import note, touch, visible
from sandbox.procountor.rights import CIRCULATED, CIRCULATION_OF, need, need_to_make
from sandbox.procountor.wire import Answer, Doc, info, refuse, wrong_status

Moves = Mapping[str, frozenset[str]]


def _table(sales: str, circulated: str) -> Moves:
    kinds = {"SALES_INVOICE": frozenset(sales.split())}
    return MappingProxyType({**kinds, **dict.fromkeys(CIRCULATED, frozenset(circulated.split()))})


_VERIFY = _table("", "RECEIVED UNFINISHED VERIFIED")
_APPROVE = _table("UNFINISHED", "RECEIVED UNFINISHED VERIFIED")
_REJECT = _table("NOT_SENT APPROVED SENT PARTLY_PAID", "RECEIVED UNFINISHED VERIFIED APPROVED PAYMENT_QUEUED")
_UNFINISH = _table("NOT_SENT APPROVED PAYMENT_DENIED", "RECEIVED VERIFIED APPROVED PAYMENT_DENIED")
_INVALIDATE = _table("UNFINISHED", "UNFINISHED RECEIVED VERIFIED APPROVED PAYMENT_DENIED")
_SEND = _table("NOT_SENT SENT", "")


def _from(call: Call, action: str, moves: Moves) -> Doc:
    """The invoice, when its status allows the action. Raises Refused (403, 404)."""
    doc = visible(call)
    if doc["status"] not in moves.get(doc["type"], frozenset()):
        raise wrong_status(action, doc["status"])
    return doc


def _comment(call: Call) -> str:
    """The optional comment of at most 100 characters; the body has to be there (rule R35)."""
    return str(call.valid("CheckingEvent").get("comment") or "")


def verify(call: Call) -> Answer:
    comment = _comment(call)
    need(call, "invoiceCirculation.verification")
    doc = _from(call, "verify", _VERIFY)
    take_place(call, doc, "verifiers")
    doc["status"] = "VERIFIED"
    return _done(call, doc, "VERIFICATION", "Invoice verified.", comment)


def approve(call: Call) -> Answer:
    """A bill is APPROVED when the last place is filled; a sales invoice waits for sending, if it has a channel."""
    comment = _comment(call)
    if visible(call)["type"] == "SALES_INVOICE":
        return _approve_sales(call)
    need(call, "invoiceCirculation.approval")
    doc = _from(call, "approve", _APPROVE)
    periods.need_open(call.company, doc)
    if take_place(call, doc, "acceptors"):
        doc["status"] = "APPROVED"
    return _done(call, doc, "APPROVAL", "Invoice approved.", comment)


def _approve_sales(call: Call) -> Answer:
    doc = _from(call, "approve", _APPROVE)
    need_to_make(call, doc["type"])
    periods.need_open(call.company, doc)
    doc["status"] = "APPROVED" if doc["invoiceChannel"] == "NO_SENDING" else "NOT_SENT"
    return _done(call, doc, "APPROVAL", "Invoice approved.")


def reject(call: Call) -> Answer:
    comment = _comment(call)
    doc = _from(call, "reject", _REJECT)
    if doc["type"] == "SALES_INVOICE":
        need_to_make(call, doc["type"])
    else:
        need(call, "invoiceCirculation.approval")
    periods.need_open(call.company, doc)
    doc["status"] = "PAYMENT_DENIED"
    return _done(call, doc, "DENY_PAYMENT", "Invoice payment denied.", comment)


def unfinished(call: Call) -> Answer:
    """Back to a draft; who has verified and approved is forgotten."""
    doc = _from(call, "unfinished", _UNFINISH)
    need_to_make(call, doc["type"])
    periods.need_open(call.company, doc)
    doc["status"] = "UNFINISHED"
    doc.pop("_circulating", None)
    for group in doc.get("invoiceApprovalInformation", {}).values():
        for person in group:
            person.pop("eventPerformed", None)
    return _done(call, doc, "UNFINISHED", "Invoice marked as unfinished.")


def invalidate(call: Call) -> Answer:
    doc = _from(call, "invalidate", _INVALIDATE)
    need_to_make(call, doc["type"])
    periods.need_open(call.company, doc)
    doc["status"] = "INVALIDATED"
    return _done(call, doc, None, "Invoice invalidated.")


def send(call: Call) -> Answer:
    """Sends again when it has been sent already: the customer gets it twice."""
    doc = _from(call, "send", _SEND)
    need_to_make(call, doc["type"])
    doc["status"] = "SENT"
    return _done(call, doc, "SEND", "Invoice send request processed.")


def send_to_circulation(call: Call) -> Answer:
    """Starts the round; a claim becomes RECEIVED, a bill keeps its status."""
    doc = visible(call)
    if doc["type"] not in CIRCULATED:
        raise wrong_status("sendToCirculation", doc["status"])
    need_to_make(call, doc["type"])
    bill = doc["type"] == "PURCHASE_INVOICE"
    allowed = {"UNFINISHED", "RECEIVED"} if bill else {"UNFINISHED"}
    if doc["status"] not in allowed or doc.get("_circulating"):
        raise wrong_status("sendToCirculation", doc["status"])
    settings = call.company.settings["circulation"]
    if not settings[CIRCULATION_OF[doc["type"]]]:
        raise refuse("Invoice circulation is not in use.", status=403)
    if not doc["invoiceApprovalInformation"]["acceptors"]:
        raise refuse("List of approvers is empty.", status=403)
    doc["_circulating"] = True
    if not bill:
        doc["status"] = "RECEIVED"
    return _done(call, doc, "SEND_TO_CIRCULATION", "Invoice sent to circulation.")


def _done(call: Call, doc: Doc, action: str | None, message: str, comment: str = "") -> Answer:
    if action is not None:
        note(doc, call.now, call.user, action, comment)
    touch(call, doc)
    said = f" “{comment}”" if comment else ""
    call.changed(doc["id"], f"{call.route.rsplit('/', 1)[-1]} -> {doc['status']}{said}")
    return info(message)


ROUTES: Routes = (
    ("PUT", "/invoices/{invoiceId}/verify", verify),
    ("PUT", "/invoices/{invoiceId}/approve", approve),
    ("PUT", "/invoices/{invoiceId}/reject", reject),
    ("PUT", "/invoices/{invoiceId}/unfinished", unfinished),
    ("PUT", "/invoices/{invoiceId}/invalidate", invalidate),
    ("PUT", "/invoices/{invoiceId}/send", send),
    ("PUT", "/invoices/{invoiceId}/sendToCirculation", send_to_circulation),
)
