"""The Procountor of the simulator: documents as JSON, what a request does to them, and a ledger of every change.

It promises as little as Procountor does: no key, no idempotency, a second POST is a second document, a second mark a
second payment, a second approval the second signature. What is judged is what stands here, never the bot's own rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from procountor import moments
from procountor.errors import Forbidden, NotFound, Problem, Refused
from procountor.notes import marker_in

START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)  # a Monday morning in winter time: no hour comes twice
US, SOMEBODY = 501, 777  # Procountor's user of our key, and a person at Procountor's own screen
MORNING = START.astimezone(ZoneInfo("Europe/Helsinki")).replace(tzinfo=None)
OPEN = ("UNFINISHED", "RECEIVED", "VERIFIED")

Doc = dict[str, Any]


def local(at: float) -> str:
    """A moment of the simulator's as Procountor writes it: local, to the second."""
    return (MORNING + timedelta(seconds=at)).isoformat(timespec="seconds")


def _own(value: Any) -> Any:
    """A copy of a body as JSON has them: dicts and lists made anew, what cannot change as it is."""
    if isinstance(value, dict):
        return {name: _own(member) for name, member in value.items()}
    return [_own(item) for item in value] if isinstance(value, list) else value


def no(code: str, kind: type[Refused] = Refused) -> Refused:
    return kind([Problem(code, status=403 if kind is Forbidden else 400)])


@dataclass(frozen=True, slots=True)
class Change:
    """One accepted change: when, what, of which document, by whom; ``told`` is the comment it came with."""

    at: float
    what: str
    id: int
    by: int
    told: str = ""


@dataclass
class Books:
    """One company's documents. ``visible`` is when each is first found by a search."""

    clock: Callable[[], float]
    lag: Callable[[], float]
    docs: dict[int, Doc] = field(default_factory=dict)
    receipts: dict[int, Doc] = field(default_factory=dict)
    payments: dict[int, list[Doc]] = field(default_factory=dict)
    history: dict[int, list[Doc]] = field(default_factory=dict)
    made_at: dict[int, float] = field(default_factory=dict)
    visible: dict[int, float] = field(default_factory=dict)
    ledger: list[Change] = field(default_factory=list)
    needs: dict[int, int] = field(default_factory=dict)  # approvals a bill needs
    next: int = 5000

    # what a request does

    def create(self, body: Doc, by: int = US) -> Doc:
        """A draft, always a new one."""
        self.next += 1
        id, now = self.next, self.clock()
        rows = body.get("invoiceRows") or []
        net = sum((Decimal(r.get("quantity", 1)) * Decimal(r.get("unitPrice", 0)) for r in rows), Decimal(0))
        vat = sum(_vat(r) for r in rows)
        sums = [{"currency": "EUR", "excludingVatTotal": net, "vatSumTotal": vat, "invoiceSumTotal": net + vat}]
        if body.get("extraInfo", {}).get("unitPricesIncludeVat"):
            sums[0] |= {"excludingVatTotal": net - vat, "invoiceSumTotal": net}
        self.docs[id] = _own(body) | {
            "id": id, "status": "UNFINISHED", "version": local(now), "created": local(now), "creatorId": by,
            "invoiceNumber": id, "ledgerReceiptId": id + 50_000, "attachments": [], "invoiceSumInfo": sums,
        }  # fmt: skip
        entries = [
            {"id": n, "transactionType": "ENTRY", "account": "3000", "accountingValue": -_net(row),
             "vatPercent": row.get("vatPercent"), "dimensionItemValues": []}
            for n, row in enumerate(rows)
        ]  # fmt: skip
        self.receipts[id + 50_000] = {"id": id + 50_000, "version": local(now), "transactions": entries}
        self.payments[id], self.history[id] = [], []
        self.made_at[id], self.visible[id] = now, now + self.lag()
        self._note("create", id, by)
        return self.docs[id]

    def replace(self, id: int, body: Doc, by: int = US) -> Doc:
        doc = self.doc(id)
        if body.get("version") != doc["version"]:
            raise no("VERSION_MISMATCH")
        if doc["status"] != "UNFINISHED":
            raise no("WRONG_STATUS", Forbidden)
        kept = {name: doc[name] for name in ("id", "status", "created", "creatorId", "invoiceNumber", "attachments",
                                             "ledgerReceiptId", "invoiceSumInfo")}  # fmt: skip
        self.docs[id] = _own(body) | kept | {"version": local(self.clock())}
        self._note("replace", id, by)
        return self.docs[id]

    def book(self, id: int, receipt: Doc) -> None:
        self.receipts[id] = _own(receipt)

    def attach(self, id: int, name: str, by: int = US) -> Doc:
        """One more file, also of a name that is there already."""
        self.next += 1
        made = {"id": self.next, "name": name, "size": 9}
        self.doc(id)["attachments"] = [*self.doc(id)["attachments"], made]
        self._note("attach", id, by, name)
        return made

    def invalidate(self, id: int, by: int = US) -> None:
        if self.doc(id)["status"] != "UNFINISHED":
            raise no("WRONG_STATUS", Forbidden)
        self._status(id, "INVALIDATED", "invalidate", by)

    def take_out(self, id: int, status: str) -> None:
        """Out of the drafts: into circulation, or verified."""
        if self.doc(id)["status"] not in OPEN:
            raise no("WRONG_STATUS", Forbidden)
        self._status(id, status, "take_out", US)

    def mark_paid(self, id: int, day: str, amount: Decimal, by: int = US) -> None:
        doc = self.doc(id)
        if doc["status"] not in ("RECEIVED", "VERIFIED", "APPROVED", "PARTLY_PAID", "MARKED_PAID"):
            raise no("WRONG_STATUS", Forbidden)
        self.next += 1
        self.payments[id].append({"id": self.next, "paymentDate": day, "status": "MARKED_PAID", "amount": amount})
        paid = sum(event["amount"] for event in self.payments[id])
        whole = doc["invoiceSumInfo"][0]["invoiceSumTotal"]
        self._status(id, "MARKED_PAID" if paid >= whole else "PARTLY_PAID", "mark", by, day)

    def approve(self, id: int, comment: str, by: int = US) -> None:
        """Fills the next place; the bill is approved when all are filled."""
        doc = self.doc(id)
        if doc["status"] not in OPEN:
            raise no("WRONG_STATUS", Forbidden)
        self.history[id].append(self._event("APPROVAL", comment))
        free = next((place for place in self._places(id) if "eventPerformed" not in place), None)
        if free is not None:
            free["eventPerformed"] = local(self.clock())[:10]
        count = self.approvals(id)
        self._status(id, "APPROVED" if count >= self.needs.get(id, 1) else doc["status"], "approve", by, comment)

    def reject(self, id: int, comment: str, by: int = US) -> None:
        if self.doc(id)["status"] not in OPEN:
            raise no("WRONG_STATUS", Forbidden)
        self.history[id].append(self._event("DENY_PAYMENT", comment))
        self._status(id, "PAYMENT_DENIED", "reject", by, comment)

    def undo(self, id: int, by: int = US) -> None:
        doc = self.doc(id)
        if doc["status"] not in ("APPROVED", "VERIFIED", "RECEIVED", "PAYMENT_DENIED"):
            raise no("WRONG_STATUS", Forbidden)
        for place in self._places(id):
            place.pop("eventPerformed", None)
        self.history[id].append(self._event("UNFINISHED", ""))
        self._status(id, "UNFINISHED", "undo", by)

    # what a person does at Procountor's own screen

    def edit(self, id: int) -> None:
        """Another price in the first row."""
        doc = self._anew(id, "invoiceRows", "paymentInfo")
        doc["invoiceRows"][0]["unitPrice"] = Decimal(doc["invoiceRows"][0].get("unitPrice", 0)) + 1
        if doc.get("paymentInfo", {}).get("bankReferenceCode"):
            doc["paymentInfo"]["bankReferenceCode"] += "1"
        doc["version"] = local(self.clock())
        self._note("edit", id, SOMEBODY)

    def annotate(self, id: int) -> None:
        """The notes are written anew, and our marker is gone."""
        doc = self.doc(id)
        doc |= {"_marker": self._marked(id, doc), "notes": "Katsottu"}
        self._note("annotate", id, SOMEBODY)

    def renumber(self, id: int) -> None:
        """Another number; the marker stays."""
        self.doc(id)["originalInvoiceNumber"] += "-B"
        self._note("renumber", id, SOMEBODY)

    def iban(self, id: int) -> None:
        """Money is to go to another account."""
        doc = self._anew(id, "paymentInfo")
        doc["paymentInfo"]["bankAccount"]["accountNumber"] = "FI4250001510000023"
        doc["version"] = local(self.clock())
        self._note("edit", id, SOMEBODY)

    def copy(self, id: int) -> Doc:
        """A copy takes the notes along, and the number."""
        body = {k: v for k, v in self.doc(id).items() if k not in ("id", "status", "creatorId", "attachments")}
        return self.create(body, SOMEBODY)

    def _anew(self, id: int, *names: str) -> Doc:
        """The document, with these members made anew: an answer given before still says what it said."""
        doc = self.doc(id)
        doc |= {name: _own(doc[name]) for name in names if name in doc}
        return doc

    def _places(self, id: int) -> list[Doc]:
        info = self._anew(id, "invoiceApprovalInformation").get("invoiceApprovalInformation") or {}
        places: list[Doc] = info.get("acceptors") or []
        return places

    # what a request reads

    def doc(self, id: int) -> Doc:
        if id not in self.docs:
            raise no("NOT_THERE", NotFound)
        return self.docs[id]

    def search(self, wanted: Doc) -> Iterator[Doc]:
        """What fits, by rising id, and can be seen by now."""
        number, types = wanted.get("originalInvoiceNumber"), wanted.get("types")
        begin, end = _moment(wanted.get("createdStartDate")), _moment(wanted.get("createdEndDate"))
        for id, doc in sorted(self.docs.items()):
            at = self.made_at[id]
            fits = (number is None or doc.get("originalInvoiceNumber") == number) and (
                not types or doc["type"] in types
            )
            fits = fits and (begin is None or at >= begin - 1) and (end is None or at <= end + 1)
            if fits and self.visible[id] <= self.clock():
                yield doc

    # what is judged

    def made(self, marker: str, *, alive: bool = True) -> list[int]:
        """Documents our key has made that carry the marker (or did, before a person wrote over it)."""
        mine = [id for id, doc in self.docs.items() if doc["creatorId"] == US and self._marked(id, doc) == marker]
        return [id for id in mine if not alive or self.docs[id]["status"] != "INVALIDATED"]

    def _marked(self, id: int, doc: Doc) -> str:
        return marker_in(doc.get("notes", "")) or doc.get("_marker", "")

    def approvals(self, id: int) -> int:
        """Since it was last made unfinished."""
        count = 0
        for event in self.history[id]:
            count = 0 if event["action"] == "UNFINISHED" else count + (event["action"] == "APPROVAL")
        return count

    def changes(self, what: str, ids: Iterable[int] | None = None) -> list[Change]:
        return [c for c in self.ledger if c.what == what and (ids is None or c.id in ids)]

    def _event(self, action: str, comment: str) -> Doc:
        details = f"“{comment}”" if comment else ""
        return {"action": action, "name": "Kierto", "date": local(self.clock()), "details": details}

    def _status(self, id: int, status: str, what: str, by: int, told: str = "") -> None:
        self.docs[id] |= {"status": status, "version": local(self.clock())}
        self._note(what, id, by, told)

    def _note(self, what: str, id: int, by: int, told: str = "") -> None:
        self.ledger.append(Change(self.clock(), what, id, by, told))


def _net(row: Doc) -> Decimal:
    return Decimal(row.get("quantity", 1)) * Decimal(row.get("unitPrice", 0))


def _vat(row: Doc) -> Decimal:
    return (_net(row) * Decimal(row.get("vatPercent") or 0) / 100).quantize(Decimal("0.01"))


def _moment(text: str | None) -> float | None:
    if text is None:
        return None
    return (moments.read(text) - START).total_seconds()


ROUTE = re.compile(r"(?<=/)\d[\d,]*")
