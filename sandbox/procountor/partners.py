"""Business partners: customers, suppliers and persons; searched by headers, changed with a version."""

from __future__ import annotations

from sandbox.procountor import checks, paging
from sandbox.procountor.call import Call, Routes, check_version, invalid, stop_if
from sandbox.procountor.persons import as_partner
from sandbox.procountor.rights import ALL, VIEW, need_partner
from sandbox.procountor.shapes import blank
from sandbox.procountor.wire import Answer, Doc, Violation, not_found, ok, public, refuse

KINDS = ("CUSTOMER", "SUPPLIER", "PERSON")
_PATCHED = ("name", "address", "invoicingInfo", "paymentInfo")


def everybody(call: Call) -> dict[int, Doc]:
    """All partners of the company, persons included: `partnerId` of an invoice points here."""
    persons = {ident: as_partner(doc) for ident, doc in call.register("persons").items()}
    return {**call.register("businesspartners"), **persons}


def search(call: Call) -> Answer:
    """`name` and `identifier` are request headers: they are too sensitive for an address line."""
    kind = call.one("type")
    if kind is not None and kind not in KINDS:
        raise invalid("type")
    if kind is not None:
        need_partner(call, kind, VIEW)
    found = [doc for doc in everybody(call).values() if kind in {None, doc["type"]} and _fits(call, doc)]
    return paging.page(call, found, _basic)


def _fits(call: Call, doc: Doc) -> bool:
    info = doc.get("invoicingInfo", {})
    wanted = {
        "customerNumber": call.one("customerNumber"),
        "identifierType": call.one("identifierType"),
        "identifier": call.headers.get("identifier"),
    }
    if any(value is not None and info.get(name) != value for name, value in wanted.items()):
        return False
    name = call.headers.get("name", "").encode("latin-1", "replace").decode("utf-8", "replace").lower()
    active = call.boolean("active")
    start, end = call.moment("versionStartDate"), call.moment("versionEndDate")
    return (
        name in doc["name"].lower()
        and doc.get("registryInfo", {}).get("active", True) is (True if active is None else active)
        and paging.between(doc["version"], start, end)
    )


def _basic(doc: Doc) -> Doc:
    info = doc.get("invoicingInfo", {})
    known = {n: info[n] for n in ("customerNumber", "identifier", "identifierType") if n in info}
    shown = {name: doc[name] for name in ("id", "name", "type", "version")}
    if "billingAddress" in doc:
        shown["billingAddress"] = doc["billingAddress"]
    active = doc.get("registryInfo", {}).get("active", True)
    return {**shown, "invoicingInfo": known, "registryInfo": {"active": active}}


def read(call: Call) -> Answer:
    return paging.batch(call, "id", everybody(call), public, "Business partner")


def create(call: Call) -> Answer:
    doc, violations = call.model("BusinessPartner")
    if doc.get("type") == "PERSON":
        raise refuse("Persons are created with POST /persons.", path="type")
    if doc.get("type") in KINDS:
        need_partner(call, doc["type"], ALL)
    stop_if(violations + _wrong(call, doc, None))
    doc = {**doc, "id": call.company.next_id("businesspartners"), "version": call.now}
    doc["registryInfo"] = {"active": True, **doc.get("registryInfo", {})}
    call.company.put("businesspartners", doc)
    call.changed(doc["id"], f"{doc['type'].lower()} {doc['name']}")
    return ok(public(doc))


def update(call: Call) -> Answer:
    stored = _changeable(call)
    doc, violations = call.model("BusinessPartner")
    stop_if(violations + _wrong(call, doc, stored["id"]))
    if doc.get("version") is not None:
        check_version(call, doc["version"], stored)
    return _store(call, stored, {**doc, "type": stored["type"]})


def patch(call: Call) -> Answer:
    """Changes only name, address, invoicing and payment info; the version may come in the query."""
    stored = _changeable(call)
    sent, violations = call.model("BusinessPartner", partial=True)
    new = {**stored, **{name: value for name, value in sent.items() if name in _PATCHED}}
    stop_if(violations + _wrong(call, new, stored["id"]))
    check_version(call, sent.get("version") or call.one("version"), stored)
    return _store(call, stored, new)


def _changeable(call: Call) -> Doc:
    stored = paging.stored(call.register("businesspartners"), call.id("id"), "Business partner")
    need_partner(call, stored["type"], ALL)
    return stored


def _store(call: Call, stored: Doc, doc: Doc) -> Answer:
    doc = {**doc, "id": stored["id"], "version": call.now}
    call.company.put("businesspartners", doc)
    call.changed(doc["id"], f"{doc['type'].lower()} {doc['name']}")
    return ok(public(doc))


def _wrong(call: Call, doc: Doc, ident: int | None) -> list[Violation]:
    """Rules R21, R48 and R49."""
    found = []
    if doc.get("type") == "CUSTOMER" and not doc.get("address"):
        found.append(blank("address"))
    info = doc.get("invoicingInfo") or {}
    number, identifier = info.get("customerNumber"), info.get("identifier")
    country = (doc.get("address") or {}).get("country")
    if identifier and not checks.is_identifier(identifier, country):
        found.append(Violation("invoicingInfo.identifier", "ERROR_BRN_CODE"))
    for other in call.register("businesspartners").values():
        same = number and other["id"] != ident and other["type"] == doc.get("type")
        theirs = other.get("invoicingInfo", {})
        if same and theirs.get("customerNumber") == number and theirs.get("identifier") != identifier:
            text = "Another business partner has the same number and another identifier."
            found.append(Violation("invoicingInfo.customerNumber", text))
    return found


def personal_details(call: Call) -> Answer:
    """The person behind the token's user: the way to find one's own person id."""
    person = call.register("persons").get(call.user.get("partnerId") or 0)
    if person is None:
        raise not_found("Person")
    payment = person["paymentInfo"]
    return ok(
        {
            "partnerId": person["id"],
            "firstName": person.get("firstName", ""),
            "lastName": person["lastName"],
            "language": person["invoicingInfo"]["language"],
            "address": person.get("deliveryAddress", {}),
            "paymentInfo": {
                "paymentMethod": payment["paymentMethod"],
                "currency": call.company.currency,
                "bankAccount": {"accountNumber": payment.get("accountNumber", "")},
                "paymentTermDays": payment["paymentTermDays"],
            },
            "invoicingInfo": {"customerNumber": person["invoicingInfo"].get("personNumber", "")},
        }
    )


def default_accounts(call: Call) -> Answer:
    doc = paging.stored(everybody(call), call.id("id"), "Business partner")
    return ok(doc.get("_accounts", {}))


def default_lists(call: Call) -> Answer:
    paging.stored(everybody(call), call.id("id"), "Business partner")
    return ok([])


ROUTES: Routes = (
    ("GET", "/businesspartners", search),
    ("POST", "/businesspartners", create),
    ("GET", "/businesspartners/personaldetails", personal_details),
    ("GET", "/businesspartners/{id}", read),
    ("PUT", "/businesspartners/{id}", update),
    ("PATCH", "/businesspartners/{id}", patch),
    ("GET", "/businesspartners/{id}/defaults/accounts", default_accounts),
    ("GET", "/businesspartners/{id}/defaults/dimensions", default_lists),
    ("GET", "/businesspartners/{id}/defaults/products", default_lists),
)
