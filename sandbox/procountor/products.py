"""Products: sales, purchase, and the official travel allowances, which are valid per year."""

from __future__ import annotations

from sandbox.procountor import paging
from sandbox.procountor.call import Call, Routes, check_version, invalid, stop_if
from sandbox.procountor.rights import VIEW, need
from sandbox.procountor.wire import Answer, Doc, Violation, ok, public, refuse

_RIGHT = {
    "SALES": "sales.productRegister",
    "PURCHASE": "purchases.productRegister",
    "TRAVEL": "travelAndExpenses.travelAndExpenseInvoices",
}


def search(call: Call) -> Answer:
    """Without `type`, TRAVEL products are left out."""
    kind = call.one("type")
    if kind is not None and kind not in _RIGHT:
        raise invalid("type")
    kinds = {kind} if kind else {"SALES", "PURCHASE"}
    for wanted in kinds:
        need(call, _RIGHT[wanted], VIEW)
    groups, active = call.integers("group"), call.boolean("active")
    code, name = call.one("code"), (call.one("name") or "").lower()
    found = [
        doc
        for doc in call.register("products").values()
        if doc["type"] in kinds
        and (code is None or doc.get("code") == code)
        and name in doc["name"].lower()
        and (not groups or doc.get("productGroupId") in groups)
        and (active is None or doc["active"] is active)
        and _in_force(call, doc)
        and _changed_between(call, doc)
    ]
    orders: dict[str, paging.Key] = {"orderByVersion": lambda doc: doc["version"]}
    return paging.page(call, found, public, orders=orders)


def _in_force(call: Call, doc: Doc) -> bool:
    """TRAVEL products overlap the asked range; other products have no validity."""
    start, end = call.date("startDate"), call.date("endDate")
    if doc["type"] != "TRAVEL":
        return True
    return (end is None or doc["startDate"] <= end) and (start is None or doc["endDate"] >= start)


def _changed_between(call: Call, doc: Doc) -> bool:
    start, end = call.moment("versionStartDate"), call.moment("versionEndDate")
    return paging.between(doc["version"], start, end)


def read(call: Call) -> Answer:
    return paging.batch(call, "productId", call.register("products"), public, "Product")


def create(call: Call) -> Answer:
    doc, violations = call.model("Product")
    need(call, _RIGHT.get(doc.get("type", ""), "sales.productRegister"))
    stop_if(violations + list(_wrong(call, doc)))
    doc = {**doc, "id": call.company.next_id("products"), "version": call.now}
    call.company.put("products", doc)
    call.changed(doc["id"], f"product {doc['name']}")
    return ok(public(doc))


def update(call: Call) -> Answer:
    stored = paging.stored(call.register("products"), call.id("productId"), "Product")
    doc, violations = call.model("Product")
    need(call, _RIGHT[stored["type"]])
    stop_if(violations + list(_wrong(call, doc)))
    check_version(call, doc.get("version"), stored)
    doc = {**doc, "id": stored["id"], "version": call.now}
    call.company.put("products", doc)
    call.changed(doc["id"], f"product {doc['name']}")
    return ok(public(doc))


def remove(call: Call) -> Answer:
    doc = paging.stored(call.register("products"), call.id("productId"), "Product")
    need(call, _RIGHT[doc["type"]])
    if doc["type"] == "TRAVEL":
        raise refuse("Travel products cannot be removed.", status=403)
    del call.register("products")[doc["id"]]
    call.changed(doc["id"], f"product {doc['name']} removed")
    return Answer(204)


def groups(call: Call) -> Answer:
    kind = call.one("type")
    found = [public(d) for d in call.register("productgroups").values() if kind in {None, d["type"]}]
    return ok({"productGroups": found})


def _wrong(call: Call, doc: Doc) -> list[Violation]:
    found = []
    codes = {account["ledgerAccountCode"] for account in call.company.settings["coa"] if account["active"]}
    if doc.get("type") == "TRAVEL":
        found.append(Violation("type", "Travel products cannot be changed."))
    if doc.get("defaultAccount") is not None and doc["defaultAccount"] not in codes:
        found.append(Violation("defaultAccount", "Ledger account not found."))
    return found


ROUTES: Routes = (
    ("GET", "/products", search),
    ("POST", "/products", create),
    ("GET", "/products/groups", groups),
    ("GET", "/products/{productId}", read),
    ("PUT", "/products/{productId}", update),
    ("DELETE", "/products/{productId}", remove),
)
