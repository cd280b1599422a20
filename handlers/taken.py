"""What is taken already: numbers in our own log and in Procountor; and of suppliers, which accounts are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from finance.invoice import CLAIMS, Invoice, Kind
from finance.preflight import Taken
from finance.reference import Reference
from finance.registers import Registers, index, key
from finance.suppliers import Named, doubles, named
from handlers import claimants
from handlers.desk import Desk
from procountor import codes, invoices, partners
from procountor.stored import Found, Stored
from storage import documents, references, suppliers, transfers
from storage.companies import Company
from storage.database import Tx

ELSEWHERE = {  # the bookmarks of look_elsewhere
    Kind.SALES_INVOICE: "numbers elsewhere",
    Kind.BILL: "bills elsewhere",
    Kind.CLAIM: "claims elsewhere",
    Kind.COMPANY_COST: "company costs elsewhere",
}
AROUND = timedelta(days=31)


def taken(desk: Desk, company: Company, kind: Kind, reference: Reference) -> Taken:
    """What our own rows tell of the numbers of a kind, and of bills' suppliers."""
    with desk.store.read() as tx:
        done = transfers.done_numbers(tx, company.id, kind.value)
        elsewhere = json.loads(references.marked(tx, company.id, ELSEWHERE[kind]) or "{}")
    numbers = {number: str(theirs) for number, (theirs, _) in done.items()}
    if kind is not Kind.BILL:
        return Taken(numbers, elsewhere)
    registers = index(reference, company.choices, kind)
    with desk.store.read() as tx:
        waiting = [doc.invoice for doc in documents.open_ones(tx, company.id, kind)]
        asked = {one.partner for one in (named(bill, registers) for bill in waiting)} - {None}
        found = {id: suppliers.get(tx, company.id, id) for id in asked if id is not None}
    accounts = {id: (known.registered, *known.paid_to) for id, known in found.items() if known}
    told = {id: tuple(iban for iban in ibans if iban) for id, ibans in accounts.items()}
    return Taken(numbers, elsewhere, doubles(waiting, registers), told)


def look_elsewhere(desk: Desk, company: Company, kind: Kind, batch: Sequence[Invoice], reference: Reference) -> None:
    """Notes which of the batch's numbers stand in Procountor without our mark. Raises ProcountorError.

    A number is a supplier's own: another supplier's bill with it is another bill. Of a bill's supplier the account in
    the register is looked up too.
    """
    if not batch:
        return
    registers = index(reference, company.choices, kind)
    found = _unmarked(desk, company, kind, batch, registers)
    with desk.store.write() as tx:
        before = json.loads(references.marked(tx, company.id, ELSEWHERE[kind]) or "{}")
        asked = {invoice.source_id for invoice in batch}
        kept = {number: theirs for number, theirs in before.items() if number not in asked}
        references.mark(tx, company.id, ELSEWHERE[kind], json.dumps(kept | found))
    if kind in CLAIMS:
        claimants.learn_accounts(desk, company.id, batch)
    if kind is Kind.BILL:
        _learn_accounts(desk, company, [named(bill, registers) for bill in batch])


def arrived(tx: Tx, company: str) -> dict[str, int]:
    """Bills that are not sent because they came to Procountor by themselves: their number → Procountor's."""
    noted = json.loads(references.marked(tx, company, ELSEWHERE[Kind.BILL]) or "{}")
    there = documents.found_elsewhere(tx, company, Kind.BILL)
    found = {doc.source.number: str(noted.get(doc.source.source_id, "")) for doc in there}
    return {number: int(theirs) for number, theirs in found.items() if theirs.isascii() and theirs.isdigit()}


def _unmarked(
    desk: Desk, company: Company, kind: Kind, batch: Sequence[Invoice], registers: Registers
) -> dict[str, str]:
    """By ``source_id`` the number in Procountor of what stands there and is not ours."""
    by_number: dict[str, list[Invoice]] = {}
    for invoice in batch:
        if invoice.number.strip():
            by_number.setdefault(key(invoice.number), []).append(invoice)
    days = [invoice.issued for invoice in batch]
    api, window = desk.books(company.id), (min(days) - AROUND, max(days) + AROUND)
    listed = invoices.search(api, types=codes.KINDS[kind], dated_from=window[0], dated_to=window[1])
    same = [f.id for f in listed if key(f.original_number) in by_number and f.status != "INVALIDATED"]
    stored = [s for s in (invoices.get_many(api, sorted(same)) if same else []) if not s.marker]
    return {
        invoice.source_id: str(s.number or "–")
        for s in stored
        for invoice in by_number[key(s.original_number)]
        if is_it(invoice, s, registers)
    }


def is_it(invoice: Invoice, other: Stored | Found, registers: Registers) -> bool:
    """Whether what stands in Procountor under our document's number may be that document."""
    if invoice.claim is not None:
        return key(other.partner) == key(invoice.seller.name) or other.partner_id == invoice.claim.person
    if invoice.kind is not Kind.BILL:
        return True
    return named(invoice, registers).same(Named(other.partner_id, (other.identifier,), other.partner))


def _learn_accounts(desk: Desk, company: Company, suppliers_of: Sequence[Named]) -> None:
    """What the register says of these suppliers' accounts, kept beside the accounts that were paid to."""
    ids = sorted({one.partner for one in suppliers_of if one.partner is not None})
    if not ids:
        return
    found = partners.accounts(desk.books(company.id), ids)
    with desk.store.write() as tx:
        for id, account in found.items():
            before = suppliers.get(tx, company.id, id)
            suppliers.keep(tx, company.id, id, account, before.paid_to if before else (), desk.clock())
