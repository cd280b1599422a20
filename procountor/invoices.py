"""Invoices in Procountor: make one, read one or many, search, change its notes, cancel a draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from finance.invoice import Invoice
from finance.posting import Posting
from procountor import fingerprint as prints
from procountor import invoice_body, moments
from procountor.api import Api
from procountor.stored import Attached, Event, Found, Stored, Totals, instant, stored
from procountor.stored import found as _found
from procountor.wire import base
from procountor.wire import invoice as wire

__all__ = [
    "Attached", "Event", "Found", "Stored", "Totals", "body", "create", "fingerprint", "get", "get_many", "invalidate",
    "put", "search", "set_notes", "transactions",
]  # fmt: skip

MANUAL = (
    "invoiceTemplateId",
    "deliveryMethod",
    "deliveryTermsInfo",
    "deliveryInstructions",
    "factoringContractId",
    "factoringText",
    "orderNumber",
    "accountingCode",
    "deliverySite",
    "tenderReference",
    "vatCountry",
    "invoiceApprovalInformation",
)
"""What people may have set in Procountor and we say nothing about; PUT would empty it."""

body = invoice_body.body


def create(
    api: Api, invoice: Invoice, posting: Posting, *, marker: str, leave_within: float | None = None
) -> Stored:  # fmt: skip
    """Makes it as a draft (UNFINISHED). Never repeated; a second call makes a second invoice.

    ``leave_within`` (seconds): a request that could not leave in time is not sent at all (NotSent). Raises Refused,
    NotSent, or Unsure when nobody knows whether it was made.
    """
    answer = api.post("invoices", body(invoice, posting, marker), leave_within=leave_within)
    return stored(answer, after_write=True)


def put(api: Api, id: int, version: str, invoice: Invoice, posting: Posting, *, marker: str) -> Stored:
    """Replaces a draft's content if it is still of ``version`` (400 otherwise), keeping what people set beside it.

    Its ledger receipt may come back with a new id. Raises as ``create``.
    """
    now = api.get(f"invoices/{id}")
    kept = {name: now[name] for name in MANUAL if isinstance(now, dict) and now.get(name) is not None}
    return stored(
        api.put(f"invoices/{id}", kept | body(invoice, posting, marker) | {"id": id, "version": version}),
        after_write=True,
    )


def get(api: Api, id: int) -> Stored:
    """One invoice. Raises NotFound when it is not there or not visible to the key's user."""
    return stored(api.get(f"invoices/{id}"))


def get_many(api: Api, ids: Iterable[int]) -> list[Stored]:
    """These invoices by rising id; those not there are left out."""
    return [stored(entry) for entry in api.batch("invoices", ids)]


def search(
    api: Api,
    *,
    original_number: str | None = None,
    number: int | None = None,
    partner_id: int | None = None,
    text: str | None = None,
    types: Collection[str] = (),
    statuses: Collection[str] = (),
    dated_from: date | None = None,
    dated_to: date | None = None,
    created_from: datetime | None = None,
    created_to: datetime | None = None,
    version_from: datetime | None = None,
    version_to: datetime | None = None,
) -> Iterator[Found]:
    """Invoices by rising id that fit everything given. Instants are aware; the search is never narrower than they say.

    ``original_number`` gives exact matches only. ``types`` and ``statuses`` are Procountor's words.
    """
    listed = api.pages(
        "invoices",
        originalInvoiceNumber=original_number,
        invoiceNumber=number,
        businessPartnerId=partner_id,
        searchTerm=text,
        types=sorted(types) or None,
        status=sorted(statuses) or None,
        startDate=dated_from,
        endDate=dated_to,
        createdStartDate=created_from and moments.start(created_from),
        createdEndDate=created_to and moments.end(created_to),
        versionStartDate=version_from and moments.start(version_from),
        versionEndDate=version_to and moments.end(version_to),
    )
    entries = map(_found, listed)
    return (e for e in entries if original_number is None or e.original_number == original_number)


def set_notes(api: Api, id: int, text: str) -> None:
    """Replaces the notes, in any status. Raises as ``create``."""
    api.put(f"invoices/{id}/notes", {"notes": text})


def invalidate(api: Api, id: int) -> None:
    """Cancels a draft. Raises as ``create``; Forbidden also when its status does not allow it."""
    api.put(f"invoices/{id}/invalidate")


def transactions(api: Api, id: int) -> tuple[Event, ...]:
    """The invoice's history in Procountor's order. Raises as ``get``."""
    told = base.read(wire.Events, api.get(f"invoices/{id}/transactions"))
    return tuple(Event(e.action, e.name, instant(e.date), e.details) for e in told.transactions or [])


def fingerprint(invoice: Invoice, posting: Posting) -> str:
    """What ``Stored.says`` compares with. The bank reference counts when we give one. Raises as ``body``."""
    sent = base.read(wire.Content, body(invoice, posting, "-"))
    ours = bool(sent.payment_info and sent.payment_info.bank_reference_code)
    return prints.of(sent, with_reference=ours)
