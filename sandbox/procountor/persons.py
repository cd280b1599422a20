"""Persons: the people who make claims; a person's id is also its partner id."""

from __future__ import annotations

from sandbox.procountor import checks, paging
from sandbox.procountor.call import Call, Routes, check_version, stop_if
from sandbox.procountor.rights import VIEW, need
from sandbox.procountor.wire import Answer, Doc, Violation, ok, public

_RIGHT = "salaries.personRegister"


def as_partner(person: Doc) -> Doc:
    """How the partner register shows a person."""
    info, payment = person["invoicingInfo"], person["paymentInfo"]
    shown = {
        "customerNumber": info.get("personNumber"),
        "identifier": info.get("identifier"),
        "identifierType": info.get("identifierType"),
        "language": info["language"],
    }
    return {
        "id": person["id"],
        "name": f"{person['lastName']} {person.get('firstName', '')}".strip(),
        "type": "PERSON",
        "address": person.get("deliveryAddress", {}),
        "invoicingInfo": {name: value for name, value in shown.items() if value is not None},
        "paymentInfo": {"paymentMethod": payment["paymentMethod"], "bankAccount": payment.get("accountNumber", "")},
        "registryInfo": {"active": person["registryInfo"]["active"]},
        "version": person["version"],
    }


def search(call: Call) -> Answer:
    """By part of the person number only: there is no search by name or e-mail."""
    need(call, _RIGHT, VIEW)
    number, inactive = call.one("personNumber") or "", call.boolean("includeInactive") or False
    found = [
        doc
        for doc in call.register("persons").values()
        if number in doc["invoicingInfo"].get("personNumber", "") and (inactive or doc["registryInfo"]["active"])
    ]
    return paging.page(call, found, _basic)


def _basic(doc: Doc) -> Doc:
    info = doc["invoicingInfo"]
    address = doc.get("deliveryAddress", {})
    return {
        "id": doc["id"],
        "lastName": doc["lastName"],
        "firstName": doc.get("firstName", ""),
        "deliveryAddress": {n: v for n, v in address.items() if n in {"street", "zip", "city", "country"}},
        "invoicingInfo": {n: info[n] for n in ("personNumber", "identifier", "identifierType") if n in info},
        "registryInfo": {"active": doc["registryInfo"]["active"]},
    }


def read(call: Call) -> Answer:
    need(call, _RIGHT, VIEW)
    return ok(public(paging.stored(call.register("persons"), call.id("id"), "Person")))


def create(call: Call) -> Answer:
    need(call, _RIGHT)
    doc, violations = call.model("Person")
    if doc.get("version") is not None:
        violations.append(Violation("version", "Version is not allowed."))
    stop_if(violations + _wrong(doc))
    doc = {**doc, "id": call.company.next_id("businesspartners"), "version": call.now}
    call.company.put("persons", doc)
    call.changed(doc["id"], f"person {doc['id']}")
    return ok(public(doc))


def update(call: Call) -> Answer:
    need(call, _RIGHT)
    stored = paging.stored(call.register("persons"), call.id("id"), "Person")
    doc, violations = call.model("Person")
    stop_if(violations + _wrong(doc))
    check_version(call, doc.get("version"), stored)
    doc = {**doc, "id": stored["id"], "version": call.now}
    call.company.put("persons", doc)
    call.changed(doc["id"], f"person {doc['id']}")
    return ok(public(doc))


def _wrong(doc: Doc) -> list[Violation]:
    account = (doc.get("paymentInfo") or {}).get("accountNumber")
    if account and not checks.is_iban(account):
        return [Violation("paymentInfo.accountNumber", "Invalid bank account number.")]
    return []


ROUTES: Routes = (
    ("GET", "/persons", search),
    ("POST", "/persons", create),
    ("GET", "/persons/{id}", read),
    ("PUT", "/persons/{id}", update),
)
