"""Invoices: creating, reading, replacing, and the notes that may change at any time."""

from __future__ import annotations

from copy import deepcopy

from sandbox.procountor import checks, history, invoice_rules, paging, totals
from sandbox.procountor.accounting import create_receipt, renew_receipt
from sandbox.procountor.call import Call, Routes, check_version, stop_if
from sandbox.procountor.history import touch, visible
from sandbox.procountor.rights import CIRCULATED, CIRCULATION_OF, SALES_KINDS, need_to_make, sees
from sandbox.procountor.wire import Answer, Doc, Violation, info, ok, public, refuse, wrong_status

_SET_BY_SERVER = (
    "id",
    "invoiceNumber",
    "ledgerReceiptId",
    "paymentDate",
    "sum",
    "attachments",
    "invoiceSumInfo",
    "creatorId",
    "invoiceOperatorInfo",
    "status",
    "version",
)
_ALWAYS_SHOWN = ("partnerId", "factoringContractId")
_KEPT = ("id", "status", "creatorId", "invoiceNumber", "paymentDate", "invoiceOperatorInfo", "ledgerReceiptId")


def shown(call: Call, doc: Doc) -> Doc:
    """The wire form: references that are empty are null, totals and attachments as they are now."""
    answer = {**dict.fromkeys(_ALWAYS_SHOWN), **public(doc)}
    answer["attachments"] = [
        public(attachment)
        for attachment in call.register("attachments").values()
        if attachment["referenceId"] == doc["id"]
    ]
    answer["invoiceRows"] = [{"productId": None, **row} for row in doc["invoiceRows"]]
    answer["invoiceSumInfo"] = totals.sum_info(doc, call.company.currency, call.world.options.rounding)
    return answer


def create(call: Call) -> Answer:
    sent, violations = call.model("Invoice")
    if sent.get("type"):
        need_to_make(call, sent["type"])
    stop_if(violations + _rules_if_complete(call, sent, violations))
    doc = _prepared(call, sent)
    doc |= {
        "id": call.company.next_id("invoices"),
        "status": "UNFINISHED",
        "invoiceNumber": call.company.next_id("invoicenumbers"),
        "creatorId": call.user["id"],
        "version": call.now,
        "_created": call.now,
        "_history": [],
    }
    _number_rows(call, doc)
    _reference(doc)
    call.company.put("invoices", doc)
    create_receipt(call.world, call.company, doc)
    call.world.hide_from_search(call.company.id, doc["id"])
    call.changed(doc["id"], f"{doc['type']} {doc.get('originalInvoiceNumber', '')}".strip())
    return ok(shown(call, doc))


def _rules_if_complete(call: Call, sent: Doc, found: list[Violation]) -> list[Violation]:
    """The rules read members that the shape promises; a body that breaks the shape is not asked further."""
    missing = any("cannot be blank" in violation.message for violation in found)
    return [] if missing else invoice_rules.violations(call, sent)


def _prepared(call: Call, sent: Doc) -> Doc:
    """The document to store: without what only the server sets, with addresses and approvers filled in."""
    doc = {n: deepcopy(v) for n, v in sent.items() if n not in _SET_BY_SERVER and v is not None}
    party = doc["counterParty"]["counterPartyAddress"]
    for name in ("billingAddress", "deliveryAddress"):
        wanted = doc["type"] in SALES_KINDS or name == "deliveryAddress"
        if sent.get(name) is None and wanted:
            doc[name] = dict(party)
        elif sent.get(name) == {}:
            doc.pop(name, None)
    _order_discounts(doc)
    if doc["type"] in CIRCULATED:
        doc["invoiceApprovalInformation"] = _approvers(call, sent)
    return doc


def _order_discounts(doc: Doc) -> None:
    options = (doc["paymentInfo"].get("cashDiscount") or {}).get("optionList")
    if options:
        kept = sorted(options[:3], key=lambda option: int(option.get("numberOfDays") or 0))
        doc["paymentInfo"]["cashDiscount"]["optionList"] = kept


def _approvers(call: Call, sent: Doc) -> Doc:
    """Absent: the defaults of the environment; `{}`: nobody; lists: those, and nobody has acted yet."""
    settings = call.company.settings["circulation"]
    named = sent.get("invoiceApprovalInformation")
    if named is None:
        named = settings if settings[CIRCULATION_OF[sent["type"]]] else {}
    return {
        group: [{"userId": person["userId"]} for person in named.get(group) or []]
        for group in ("acceptors", "verifiers")
    }


def _number_rows(call: Call, doc: Doc, known: set[int] | None = None) -> None:
    for row in doc["invoiceRows"]:
        if row.get("id") not in (known or set()):
            row["id"] = call.company.next_id("invoicerows")


def _reference(doc: Doc) -> None:
    """An empty reference asks for one; without the member there is none."""
    payment = doc["paymentInfo"]
    if payment.get("bankReferenceCode") == "":
        payment["bankReferenceCode"] = checks.with_check_digit(f"{doc['invoiceNumber']:04d}")
        payment["bankReferenceCodeType"] = "FI"


def read(call: Call) -> Answer:
    if "," not in call.params["invoiceId"]:
        return ok(shown(call, visible(call)))
    docs = call.register("invoices")
    wanted = [i for i in paging.batch_ids(call, "invoiceId") if i in docs and sees(call.user, docs[i])]
    return paging.batch(call, "invoiceId", {i: docs[i] for i in wanted}, lambda doc: shown(call, doc), "Invoice")


def replace(call: Call) -> Answer:
    """PUT: the whole invoice, missing members are emptied; status and partner stay."""
    stored = visible(call)
    sent, violations = call.model("Invoice")
    need_to_make(call, stored["type"])
    editable = {"UNFINISHED"} if stored["type"] in SALES_KINDS else {"UNFINISHED", "RECEIVED"}
    if stored["status"] not in editable:
        raise wrong_status("update", stored["status"])
    if sent.get("type") not in {None, stored["type"]}:
        violations.append(Violation("type", "Invoice type cannot be changed."))
    if "partnerId" in sent and sent["partnerId"] != stored.get("partnerId"):
        violations.append(Violation("partnerId", "Business partner cannot be changed."))
    stop_if(violations + _rules_if_complete(call, sent, violations))
    check_version(call, sent.get("version"), stored)
    doc = _prepared(call, {**sent, "partnerId": stored.get("partnerId")})
    doc |= {name: stored[name] for name in stored if name in _KEPT or name.startswith("_")}
    doc["version"] = call.now
    _number_rows(call, doc, {row["id"] for row in stored["invoiceRows"]})
    _reference(doc)
    renew_receipt(call.world, call.company, stored, doc)
    call.company.put("invoices", doc)
    call.changed(doc["id"], f"{doc['type']} replaced")
    return ok(shown(call, doc))


def notes(call: Call) -> Answer:
    """In any status, but not for orders."""
    doc = visible(call)
    if doc["type"] not in {"SALES_INVOICE", *CIRCULATED}:
        raise refuse(f"Invoice type {doc['type']} is not supported.")
    need_to_make(call, doc["type"])
    doc["notes"] = call.valid("InvoiceNotes")["notes"]
    touch(call, doc)
    call.changed(doc["id"], "notes")
    return info("Invoice notes updated.")


ROUTES: Routes = (
    ("POST", "/invoices", create),
    ("GET", "/invoices/{invoiceId}", read),
    ("PUT", "/invoices/{invoiceId}", replace),
    ("PUT", "/invoices/{invoiceId}/notes", notes),
    *history.ROUTES,
)
