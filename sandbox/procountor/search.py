"""`GET /invoices`: all filters, the basic entries, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sandbox.procountor import paging, totals
from sandbox.procountor.call import Call, Routes, invalid
from sandbox.procountor.rights import need_to_search, sees
from sandbox.procountor.shapes import document
from sandbox.procountor.wire import Answer, Doc, refuse

Filter = Callable[[Doc], bool]
_ENTRY = (
    "id",
    "partnerId",
    "type",
    "status",
    "invoiceNumber",
    "originalInvoiceNumber",
    "invoiceChannel",
    "date",
    "version",
    "creatorId",
    "counterParty",
    "isOffer",
)
_RANGES = {
    "start": ("startDate", "endDate", lambda doc: doc["date"]),
    "due": ("dueStartDate", "dueEndDate", lambda doc: doc["paymentInfo"]["dueDate"]),
}
_MOMENTS = {
    "created": ("createdStartDate", "createdEndDate", "_created"),
    "version": ("versionStartDate", "versionEndDate", "version"),
}


def search(call: Call) -> Answer:
    """Only types the user may search; a new invoice may lag behind (option search_lag)."""
    filters = list(_filters(call))
    need_to_search(call, set(call.many("types")))
    found = [
        doc
        for doc in call.register("invoices").values()
        if sees(call.user, doc)
        and call.world.is_searchable(call.company.id, doc["id"])
        and all(fits(doc) for fits in filters)
    ]
    orders: dict[str, paging.Key] = {
        "orderByDate": lambda doc: doc["date"],
        "orderByCreated": lambda doc: doc["_created"],
        "orderByVersion": lambda doc: doc["version"],
    }
    return paging.page(call, found, lambda doc: entry(call, doc), orders=orders)


def entry(call: Call, doc: Doc) -> Doc:
    """InvoiceBasicInfo: no rows, no payment info, no approvers."""
    shown: Doc = {"partnerId": None, **{name: doc[name] for name in _ENTRY if name in doc}}
    payment = doc["paymentInfo"]
    shown["dueDate"] = payment["dueDate"]
    if payment.get("newDueDate"):
        shown["newDueDate"] = payment["newDueDate"]
    shown["created"] = doc["_created"]
    shown["invoiceSumInfo"] = totals.sum_info(doc, call.company.currency, call.world.options.rounding)
    return shown


def _filters(call: Call) -> Iterator[Filter]:
    yield from _member_filters(call)
    yield from _range_filters(call)
    if (partner := call.integer("businessPartnerId")) is not None:
        yield lambda doc: doc.get("partnerId") == partner
    if (contract := call.integer("factoringContractId")) is not None:
        yield lambda doc: doc.get("factoringContractId") == contract
    if (number := call.integer("invoiceNumber")) is not None:
        yield lambda doc: doc["invoiceNumber"] == number
    if (original := call.one("originalInvoiceNumber")) is not None:
        yield lambda doc: doc.get("originalInvoiceNumber") == original
    if products := set(call.integers("productId")):
        yield lambda doc: any(row.get("productId") in products for row in doc["invoiceRows"])
    if (offer := call.boolean("isOffer")) is not None:
        yield lambda doc: bool(doc.get("isOffer", False)) is offer
    if term := (call.one("searchTerm") or "").lower():
        yield lambda doc: _mentions(doc, term)


def _mentions(doc: Doc, term: str) -> bool:
    name = doc["counterParty"]["counterPartyAddress"]["name"]
    return (
        term in name.lower()
        or term == str(doc["invoiceNumber"])
        or term in (doc.get("additionalInformation") or "").lower()
    )


def _member_filters(call: Call) -> Iterator[Filter]:
    members = {"status": "status", "types": "type", "invoiceChannel": "invoiceChannel"}
    for parameter, member in members.items():
        wanted = set(call.many(parameter))
        known = document()["components"]["schemas"]["InvoiceBasicInfo"]["properties"][member]["enum"]
        if not wanted <= set(known):
            raise invalid(parameter)
        if wanted:
            yield _one_of(member, wanted)


def _one_of(member: str, wanted: set[str]) -> Filter:
    return lambda doc: doc[member] in wanted


def _range_filters(call: Call) -> Iterator[Filter]:
    for start_name, end_name, value in _RANGES.values():
        start, end = call.date(start_name), call.date(end_name)
        if start and end and end < start:
            raise refuse(f"'{end_name}' is before '{start_name}'.")
        if start or end:
            yield _inside(value, start, end)
    for start_name, end_name, member in _MOMENTS.values():
        first, last = call.moment(start_name), call.moment(end_name)
        if first or last:
            yield _inside(_member(member), first, last)


def _member(name: str) -> Callable[[Doc], str]:
    return lambda doc: str(doc[name])


def _inside(value: Callable[[Doc], str], start: str | None, end: str | None) -> Filter:
    return lambda doc: paging.between(value(doc), start, end)


ROUTES: Routes = (("GET", "/invoices", search),)
