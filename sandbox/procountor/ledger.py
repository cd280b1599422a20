"""Ledger receipts, the accounting page of an invoice: accounts and dimensions per transaction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sandbox.procountor import paging, periods
from sandbox.procountor.call import Call, Routes, check_version, invalid, stop_if
from sandbox.procountor.invoice_rules import percent_in_use
from sandbox.procountor.rights import need, need_to_make, sees
from sandbox.procountor.shapes import document
from sandbox.procountor.totals import cents, number
from sandbox.procountor.wire import Answer, Doc, Violation, no_rights, not_found, ok, public

_EDITABLE = frozenset({"SALES_INVOICE", "PURCHASE_INVOICE", "TRAVEL_INVOICE", "BILL_OF_CHARGES"})
_DIMENSION = "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE"
_ENTRY = ("id", "type", "status", "name", "receiptDate", "receiptNumber", "invoiceNumber", "version")
_KEPT = ("id", "type", "status", "invoiceId", "receiptNumber", "invoiceNumber", "attachments")


def _visible(call: Call) -> dict[int, Doc]:
    invoices = call.register("invoices")
    return {i: d for i, d in call.register("ledgerreceipts").items() if sees(call.user, invoices[d["invoiceId"]])}


def _shown(doc: Doc) -> Doc:
    return public(doc)


def search(call: Call) -> Answer:
    kinds, status = set(call.many("types")), call.one("status")
    known = document()["components"]["schemas"]["LedgerReceiptBasicInfo"]["properties"]
    if not kinds <= set(known["type"]["enum"]):
        raise invalid("types")
    if status is not None and status not in known["status"]["enum"]:
        raise invalid("status")
    found = [
        doc
        for doc in _visible(call).values()
        if (not kinds or doc["type"] in kinds) and status in {None, doc["status"]} and _in_ranges(call, doc)
    ]
    orders: dict[str, paging.Key] = {
        "orderByDate": lambda doc: doc["receiptDate"],
        "orderByCreated": lambda doc: doc["_created"],
        "orderByVersion": lambda doc: doc["version"],
    }
    entry = {"created": "_created", **{name: name for name in _ENTRY}}
    return paging.page(call, found, lambda doc: {n: doc[m] for n, m in entry.items()}, orders=orders)


def _in_ranges(call: Call, doc: Doc) -> bool:
    if not paging.between(doc["receiptDate"], call.date("startDate"), call.date("endDate")):
        return False
    for prefix, member in (("created", "_created"), ("version", "version")):
        start, end = call.moment(f"{prefix}StartDate"), call.moment(f"{prefix}EndDate")
        if not paging.between(doc[member], start, end):
            return False
    return True


def read(call: Call) -> Answer:
    return paging.batch(call, "receiptId", _visible(call), _shown, "Ledger receipt")


def _changeable(call: Call) -> Doc:
    doc = _visible(call).get(call.id("receiptId"))
    if doc is None or doc["type"] not in _EDITABLE:
        raise not_found("Ledger receipt")
    need_to_make(call, doc["type"])
    need(call, "accounting.journalReceipts")
    if call.user["_rights"]["accounting"].get("preventEditingAccountingPage"):
        raise no_rights()
    return doc


def replace(call: Call) -> Answer:
    """The whole receipt with its version; `createReconciliation` adds what is missing to zero."""
    stored = _changeable(call)
    sent, violations = call.model("LedgerReceipt")
    missing = any("cannot be blank" in violation.message for violation in violations)
    stop_if(violations + ([] if missing else list(_wrong(call, sent))))
    check_version(call, sent.get("version"), stored)
    doc = {name: value for name, value in sent.items() if value is not None}
    doc |= {name: stored[name] for name in stored if name in _KEPT or name.startswith("_")}
    doc["version"] = call.now
    known = {transaction["id"] for transaction in stored["transactions"]}
    for transaction in doc["transactions"]:
        transaction["accountingValue"] = cents(number(transaction["accountingValue"]))
        if transaction.get("id") not in known:
            transaction["id"] = call.company.next_id("transactions")
    if call.boolean("createReconciliation"):
        _reconcile(call, doc)
    call.company.put("ledgerreceipts", doc)
    call.changed(doc["id"], f"accounting of invoice {doc['invoiceId']}")
    return ok(_shown(doc))


def _reconcile(call: Call, doc: Doc) -> None:
    total = sum((_gross(t) for t in doc["transactions"]), Decimal(0))
    if cents(total) != 0:
        entry = {
            "id": call.company.next_id("transactions"),
            "transactionType": "RECONCILIATION_ENTRY",
            "account": call.company.settings["defaults"]["rounding"],
            "accountingValue": -cents(total),
            "vatPercent": 0,
        }
        doc["transactions"].append(entry)


def _gross(transaction: Doc) -> Decimal:
    net = number(transaction["accountingValue"])
    return net + cents(net * number(transaction["vatPercent"]) / 100)


def _wrong(call: Call, sent: Doc) -> Iterator[Violation]:
    if not periods.is_open(call.company, sent["receiptDate"]):
        yield Violation("receiptDate", periods.CLOSED)
    start, end = sent.get("periodStartDate"), sent.get("periodEndDate")
    if start and end and end <= start:
        yield Violation("periodEndDate", "Period end date must be after the start date.")
    kinds = [t["transactionType"] for t in sent["transactions"]]
    for only_one in ("REVERSING_ENTRY", "RECONCILIATION_ENTRY"):
        if kinds.count(only_one) > 1:
            yield Violation("transactions", f"Only one transaction of type {only_one} is allowed.")
    for index, transaction in enumerate(sent["transactions"]):
        yield from _transaction(call, sent, transaction, f"transactions[{index}]")


def _transaction(call: Call, sent: Doc, transaction: Doc, at: str) -> Iterator[Violation]:
    percent = transaction["vatPercent"]
    entry = transaction["transactionType"] == "ENTRY"
    if not entry and (number(percent) != 0 or transaction.get("vatStatus") is not None):
        yield Violation(f"{at}.vatPercent", f"VAT is not allowed for type {transaction['transactionType']}.")
    if entry and not percent_in_use(call, percent, transaction.get("vatType") or sent["vatType"]):
        yield Violation(f"{at}.vatPercent", f"VAT percentage {number(percent):f} is not in use.")
    if not account_allows(call, transaction["account"], percent):
        yield Violation(f"{at}.account", "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION")
    values = transaction.get("dimensionItemValues") or []
    yield from _dimensions(call, values, number(transaction["accountingValue"]), f"{at}.dimensionItemValues")


def account_allows(call: Call, code: str, percent: Decimal | int) -> bool:
    """The account is in the chart, active, and goes with the percentage (rule R46)."""
    for account in call.company.settings["coa"]:
        if account["ledgerAccountCode"] == code:
            allowed = account.get("_vats")
            return account["active"] and (allowed is None or number(percent) in {number(v) for v in allowed})
    return False


def _dimensions(call: Call, values: list[Doc], total: Decimal, at: str) -> Iterator[Violation]:
    """Known open items, each once, and per dimension exactly the value of the row (rule R47)."""
    pairs, sums = set(), dict[int, Decimal]()
    for value in values:
        dimension = call.register("dimensions").get(value["dimensionId"], {})
        items = {item["id"] for item in dimension.get("items", []) if item.get("status") != "P"}
        pair = (value["dimensionId"], value["itemId"])
        if value["itemId"] not in items or pair in pairs:
            yield Violation(at, _DIMENSION)
            return
        pairs.add(pair)
        sums[pair[0]] = sums.get(pair[0], Decimal(0)) + number(value["value"])
        if cents(number(value["value"])) != number(value["value"]):
            yield Violation(at, "Dimension item value can have at most two decimals.")
    if any(found != cents(total) for found in sums.values()):
        yield Violation(at, "The sum of dimension item values must equal the accounting value of the transaction.")


def set_dimensions(call: Call) -> Answer:
    """Replaces the dimensions of one transaction; an empty list removes them."""
    doc = _changeable(call)
    found = [t for t in doc["transactions"] if t["id"] == call.id("transactionId")]
    if not found:
        raise not_found("Ledger receipt transaction")
    sent, violations = call.model("DimensionItemValueList")
    stop_if(violations)
    values = sent["dimensionItemValues"]
    stop_if(list(_dimensions(call, values, number(found[0]["accountingValue"]), "dimensionItemValues")))
    found[0]["dimensionItemValues"] = values
    doc["version"] = call.now
    call.changed(doc["id"], f"dimensions of invoice {doc['invoiceId']}")
    return ok(_shown(doc))


ROUTES: Routes = (
    ("GET", "/ledgerreceipts", search),
    ("GET", "/ledgerreceipts/{receiptId}", read),
    ("PUT", "/ledgerreceipts/{receiptId}", replace),
    ("PUT", "/ledgerreceipts/{receiptId}/transactions/{transactionId}/dimensions", set_dimensions),
)
