"""What several journeys read before they decide: reference data that is fresh enough, and a document's files."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from finance.customers import Client, Clients
from finance.invoice import CLAIMS, Invoice, Kind
from finance.lists import ListKind
from finance.preflight import AttachmentFile
from finance.reference import Reference
from handlers.desk import Desk
from procountor import reference
from storage import companies, documents, references, registers
from storage.companies import Company

HEAD = 1024  # of a file: enough to know its kind


def fresh_reference(desk: Desk, company: Company, kind: Kind = Kind.SALES_INVOICE) -> Reference:
    """The company's reference data, fetched from Procountor first when older than the company's limit.

    For bills also when the suppliers were out of sight the last time, for claims the allowances: the right to see them
    may have been given.
    """
    with desk.store.read() as tx:
        fetched = references.fetched_at(tx, company.id)
    limit = timedelta(hours=company.choices.reference_hours)
    if fetched is None or desk.clock() - fetched > limit:
        return fetch_reference(desk, company)
    kept = kept_reference(desk, company)
    if kind is Kind.BILL and kept.suppliers is None:
        return fetch_reference(desk, company)
    if kind in CLAIMS and kept.travel is None:
        return fetch_reference(desk, company)
    return kept


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


def company_of(desk: Desk, company_id: str) -> Company:
    """The company as it is now."""
    with desk.store.read() as tx:
        return companies.get(tx, company_id)


def today(desk: Desk) -> date:
    """The day in Finland, where the books are kept."""
    return day_of(desk.clock())


def day_of(moment: datetime) -> date:
    """The day it is, or was, in Finland."""
    return moment.astimezone(ZoneInfo("Europe/Helsinki")).date()


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
