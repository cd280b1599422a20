"""The history of an invoice (`/transactions`): who did what and when."""

from __future__ import annotations

from sandbox.procountor.call import Call, Routes
from sandbox.procountor.rights import need_to_see, sees
from sandbox.procountor.wire import Answer, Doc, not_found, ok


def note(invoice: Doc, now: str, user: Doc | None, action: str, details: str = "") -> None:
    """Adds an action with the user's name; actions of the system carry none."""
    name = f"{user['firstName']} {user['lastName']}" if user else "Procountor"
    entry = {"action": action, "name": name, "date": now, "details": details}
    invoice.setdefault("_history", []).append(entry)


def of_one(call: Call) -> Answer:
    doc = visible(call)
    return ok({"transactions": doc.get("_history", [])})


def of_many(call: Call) -> Answer:
    """Up to 200 invoices; ids that are unknown or not visible are left out."""
    wanted = call.integers("invoiceIds")
    docs = [d for i in sorted(set(wanted)) if (d := call.register("invoices").get(i)) and sees(call.user, d)]
    if not docs:
        raise not_found("Invoice")
    return ok({"results": [{"invoiceId": d["id"], "transactions": d.get("_history", [])} for d in docs]})


def visible(call: Call) -> Doc:
    """The invoice of the path. Raises Refused (403, 404) for one that is unknown or not visible."""
    doc = call.register("invoices").get(call.id("invoiceId"))
    if doc is None:
        raise not_found("Invoice")
    need_to_see(call, doc)
    return doc


def touch(call: Call, doc: Doc) -> None:
    """Moves the version of an invoice, and the status of its ledger receipt with it."""
    doc["version"] = call.now
    call.register("ledgerreceipts")[doc["ledgerReceiptId"]]["status"] = doc["status"]


ROUTES: Routes = (
    ("GET", "/invoices/transactions", of_many),
    ("GET", "/invoices/{invoiceId}/transactions", of_one),
)
