"""One company's conversation with the simulated Procountor: `procountor.api.Api` without the network under it.

Paths and parameters are the product's own; an answer, a refusal or silence comes as `Api` would give it. Time passes
with every request, and every request is a point before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from finance.bill import print_of
from procountor.bills import bill
from procountor.errors import Busy, Forbidden, NotFound, NotSent, Problem, Refused, Unauthorized, Unsure
from procountor.rights import ALL, FORBIDDING, NEEDED
from tests.simulator.books import ROUTE, no
from tests.simulator.points import When
from tests.simulator.weather import TIMEOUT

if TYPE_CHECKING:
    from procountor.api import File
    from tests.simulator.world import World

TRIP = 0.2  # seconds of an ordinary request
CIRCULATION = {"useForPurchaseInvoices": True, "useDeterminedOrder": False}


class Line:
    """Stands where `Api` stands."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._books = world.books

    # reads

    def get(self, path: str, **params: Any) -> Any:
        return self._read(_named(path), lambda: self._one(path))

    def batch(self, path: str, ids: Any) -> list[Any]:
        wanted = sorted(set(ids))
        there = self._books.docs
        return self._read("GET invoices/{ids}", lambda: [dict(there[id]) for id in wanted if id in there])

    def pages(self, path: str, **params: Any) -> Iterator[Any]:
        if path != "invoices":
            id = int(path.split("/")[1])
            yield from self._read("GET invoices/{id}/paymentevents", lambda: list(self._books.payments[id]))
            return
        number, created = params.get("originalInvoiceNumber"), params.get("createdEndDate")
        name = "number" if number is not None else "created" if created is not None else "list"
        yield from self._read(f"GET invoices?{name}", lambda: self._found(params))

    def _found(self, params: Mapping[str, Any]) -> list[Any]:
        if self._world.sight == "blind":
            return []
        if self._world.sight == "forbidden":
            raise no("NO_RIGHT", Forbidden)
        return [dict(doc) for doc in self._books.search(dict(params))]

    def _one(self, path: str) -> Any:
        parts = path.split("/")
        if path == "users/rights":
            return _rights(blind=self._world.sight != "")
        if path == "company/invoicecirculation/settings":
            return CIRCULATION
        if parts[0] == "ledgerreceipts":
            if int(parts[1]) not in self._books.receipts:
                raise no("NOT_THERE", NotFound)
            receipt = self._books.receipts[int(parts[1])]
            return {**receipt, "transactions": [dict(entry) for entry in receipt["transactions"]]}
        if parts[-1] == "transactions":
            return {"transactions": list(self._books.history[int(parts[1])])}
        return dict(self._books.doc(int(parts[1])))

    # writes

    def post(self, path: str, body: Any, *, leave_within: float | None = None, **params: Any) -> Any:
        return self._write("POST invoices", lambda: dict(self._books.create(body)), leave_within)

    def put(self, path: str, body: Any = None, *, leave_within: float | None = None, **params: Any) -> Any:
        parts, books = path.split("/"), self._books
        id = int(parts[1])
        told = str((body or {}).get("comment", ""))
        acts: dict[str, Callable[[], Any]] = {
            "invalidate": lambda: books.invalidate(id),
            "verify": lambda: books.take_out(id, "VERIFIED"),
            "sendToCirculation": lambda: books.take_out(id, "RECEIVED"),
            "approve": lambda: self._approve(id, told),
            "reject": lambda: books.reject(id, told),
            "unfinished": lambda: books.undo(id),
            "markpaid": lambda: books.mark_paid(id, body["paymentDate"], body["amount"]),
        }
        if parts[0] == "ledgerreceipts":
            return self._write("PUT ledgerreceipts/{id}", lambda: books.book(id, body), leave_within)
        name = f"PUT invoices/{{id}}/{parts[-1]}" if parts[-1] in acts else "PUT invoices/{id}"
        return self._write(name, acts.get(parts[-1], lambda: dict(books.replace(id, body))), leave_within)

    def _approve(self, id: int, told: str) -> None:
        self._books.approve(id, told)
        found = bill(self._books.docs[id])
        self._world.prints[self._world.now, told] = (print_of(found), found.iban == self._world.seen)

    def upload(
        self, path: str, meta: Mapping[str, Any], name: str, file: File, *, leave_within: float | None = None
    ) -> Any:
        return self._write("POST attachments", lambda: self._books.attach(int(meta["referenceId"]), name), leave_within)

    # the wire

    def _read(self, name: str, answer: Callable[[], Any]) -> Any:
        w = self._world
        w.watch.hit(name, When.BEFORE)
        w.elapse(TRIP)
        if w.sight == "revoked":
            raise Unauthorized([Problem("HTTP_401", status=401)])
        fault = w.weather.read(name)
        if fault == "silence":
            w.elapse(TIMEOUT)
        if fault in ("5xx", "silence"):
            raise Unsure(fault)
        if fault:
            raise NotSent(fault) if fault == "not_sent" else Busy([Problem("HTTP_429", status=429)])
        found = answer()
        w.watch.hit(name, When.AFTER)
        return found

    def _write(self, name: str, effect: Callable[[], Any], leave_within: float | None = None) -> Any:
        """The time to leave is looked at after whatever froze the process, as it is directly before the first byte."""
        w = self._world
        leave_by = None if leave_within is None else w.now + leave_within
        w.watch.hit(name, When.BEFORE)
        if leave_by is not None and w.now > leave_by:
            raise NotSent("its time to leave had passed")
        if w.sight == "revoked":
            raise Unauthorized([Problem("HTTP_401", status=401)])
        fault = w.weather.write(name)
        if fault == "not_sent":
            raise NotSent(fault)
        if fault == "refused":
            w.elapse(TRIP)
            raise no("DUE_DATE_BEFORE_BILL_DATE")
        if not w.intended(name):
            w.broken.append(f"{name} without a committed intent")
        w.elapse(TRIP)
        if fault in ("", "lost_after", "5xx_after"):
            made = effect()
            w.watch.hit(name, When.AFTER)
            if not fault:
                return made
        w.elapse(TIMEOUT if fault in ("lost_before", "lost_after", "zombie") else TRIP)
        if fault == "zombie":
            w.later(w.weather.zombie(), _undead(effect))
        raise Unsure(fault)


def _undead(effect: Callable[[], Any]) -> Callable[[], None]:
    def happen() -> None:
        try:
            effect()
        except Refused:
            return  # Procountor said no, and nobody heard it

    return happen


def _named(path: str) -> str:
    if path.startswith("company/invoicecirculation"):
        return "GET circulation"
    return "GET " + ROUTE.sub("{id}", path)


def _rights(*, blind: bool) -> dict[str, Any]:
    level = "NO_ACCESS" if blind else ALL
    told: dict[str, dict[str, Any]] = {}
    for path, _ in (need for needs in NEEDED.values() for need in needs):
        area, name = path.split(".")
        told.setdefault(area, {})[name] = level
    for path in (path for paths in FORBIDDING.values() for path in paths):
        area, name = path.split(".")
        told.setdefault(area, {})[name] = False
    return {"role": "SIMULATED", "rights": told}
