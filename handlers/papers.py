"""What several journeys read before they decide: reference data that is fresh enough, and what is taken already."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from finance.customers import Client, Clients
from finance.invoice import Invoice
from finance.lists import ListKind
from finance.preflight import AttachmentFile, Taken
from finance.reference import Reference
from handlers.desk import Desk
from procountor import invoices, reference
from storage import companies, documents, references, registers, transfers
from storage.companies import Company

ELSEWHERE = "numbers elsewhere"  # the bookmark of look_elsewhere
AROUND = timedelta(days=31)
HEAD = 1024  # of a file: enough to know its kind


def fresh_reference(desk: Desk, company: Company) -> Reference:
    """The company's reference data, fetched from Procountor first when older than the company's limit."""
    with desk.store.read() as tx:
        fetched = references.fetched_at(tx, company.id)
    limit = timedelta(hours=company.choices.reference_hours)
    if fetched is None or desk.clock() - fetched > limit:
        return fetch_reference(desk, company)
    return kept_reference(desk, company)


def fetch_reference(desk: Desk, company: Company) -> Reference:
    """Fetches the reference data now and keeps it. Raises ProcountorError."""
    found = reference.fetch(desk.books(company.id), desk.clock())
    with desk.store.write() as tx:
        references.keep(tx, company.id, found)
    return found


def kept_reference(desk: Desk, company: Company) -> Reference:
    """The newest kept fetch; nothing is asked of Procountor. Raises LookupError before the first fetch."""
    with desk.store.read() as tx:
        fetched = references.fetched_at(tx, company.id)

    def read() -> Reference:
        with desk.store.read() as tx:
            found = references.get(tx, company.id)
        if found is None:
            raise LookupError("nothing has been fetched from Procountor yet")
        return found

    return desk.memo.get(("reference", company.id, fetched), 3600.0, read)


def clients(desk: Desk, company_id: str) -> Clients:
    """The customers of the PSA's list, by number and identity."""
    with desk.store.read() as tx:
        stamp = registers.stamp(tx, company_id, ListKind.CUSTOMERS)

    def read() -> Clients:
        with desk.store.read() as tx:
            return Clients.of(registers.all(tx, company_id, ListKind.CUSTOMERS, Client).values())

    return desk.memo.get(("clients", company_id, stamp), 3600.0, read)


def taken(desk: Desk, company_id: str) -> Taken:
    """The invoice numbers that are in Procountor already by our own log."""
    with desk.store.read() as tx:
        done = transfers.done_numbers(tx, company_id, "sales_invoice")
        elsewhere = json.loads(references.marked(tx, company_id, ELSEWHERE) or "{}")
    return Taken({number: str(theirs) for number, (theirs, _) in done.items()}, elsewhere)


def look_elsewhere(desk: Desk, company: Company, batch: Sequence[Invoice]) -> None:
    """Notes which of the batch's numbers stand in Procountor without our mark. Raises ProcountorError."""
    if not batch:
        return
    numbers = {invoice.number for invoice in batch}
    days = [invoice.issued for invoice in batch]
    api = desk.books(company.id)
    listed = invoices.search(api, types=("SALES_INVOICE",), dated_from=min(days) - AROUND, dated_to=max(days) + AROUND)
    same = [f.id for f in listed if f.original_number in numbers and f.status != "INVALIDATED"]
    others = [s for s in (invoices.get_many(api, sorted(same)) if same else []) if not s.marker]
    with desk.store.write() as tx:
        before = json.loads(references.marked(tx, company.id, ELSEWHERE) or "{}")
        kept = {number: theirs for number, theirs in before.items() if number not in numbers}
        found = kept | {s.original_number: str(s.number or "–") for s in others}
        references.mark(tx, company.id, ELSEWHERE, json.dumps(found))


def company_of(desk: Desk, company_id: str) -> Company:
    """The company as it is now."""
    with desk.store.read() as tx:
        return companies.get(tx, company_id)


def today(desk: Desk) -> date:
    """The day in Finland, where the books are kept."""
    return desk.clock().astimezone(ZoneInfo("Europe/Helsinki")).date()


def attachment_files(desk: Desk, company: Company, invoice: Invoice) -> tuple[AttachmentFile, ...]:
    """The invoice's attachments that have arrived, with their content."""
    found = []
    for wanted in invoice.attachments:
        if not wanted.sha256:
            continue
        with desk.store.read() as tx:
            content = documents.bytes_of(tx, company.id, wanted.sha256)
        if content is not None:
            found.append(AttachmentFile(wanted.name, len(content), content[:HEAD], wanted.sha256))
    return tuple(found)
