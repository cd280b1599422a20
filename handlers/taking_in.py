"""Reads files and keeps what is in them, each invoice and bill once; attachments find theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from finance.canonical import dump
from finance.changes import differences
from finance.faults import Fault, Repair
from finance.invoice import Attachment, Invoice, Kind
from handlers.desk import Desk
from handlers.views.columns import Unmapped
from handlers.views.imports import Changed, Imported
from intake.attachments import kind_of, matches
from intake.reading import Owner, Reading, read
from intake.sentences import EXPLANATIONS
from storage import audit, companies, documents, references
from storage.companies import Company
from storage.database import Tx

LARGEST = 20_000_000
UNMAPPED = "columns:"  # and the file's id: where its headers are remembered
ATTACHABLE = frozenset({"pdf", "jpg", "gif", "png"})
DOCUMENTS = frozenset({"xml", "xlsx", "txt"})


@dataclass(slots=True)
class _Tally:
    new: list[Invoice] = field(default_factory=list)
    same: list[Invoice] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    attached: list[tuple[str, str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    bills: list[Invoice] = field(default_factory=list)
    unowned: list[str] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)


def take_in(
    desk: Desk, company_id: str, files: Iterable[tuple[str, bytes]], sender: str, direction: Kind | None = None
) -> Imported:
    """Reads and keeps files (name, content); attachments find their document by name, also among earlier ones.

    ``direction`` is the user's own word when the file names neither party as the company.
    """
    with desk.store.read() as tx:
        company = companies.get(tx, company_id)
    given = list(files)
    tally, attachments = _Tally(), []
    for name, content in given:
        if kind_of(content) in DOCUMENTS and not name.casefold().endswith(".txt"):
            _take_document(desk, company, name, content, sender, direction, tally)
        else:
            attachments.append((name, content))
    for name, content in _take_attachments(desk, company, attachments, sender, tally):
        _take_document(desk, company, name, content, sender, direction, tally)  # says what kind of file it is
    return Imported(
        tuple(name for name, _ in given),
        tuple(tally.new),
        tuple(tally.same),
        tuple(tally.changed),
        tuple(tally.faults),
        tuple(tally.attached),
        tuple(tally.loose),
        tuple(tally.bills),
        tuple(row for row in EXPLANATIONS if row.code in {fault.code for fault in tally.faults}),
        tuple(dict.fromkeys(tally.unowned)),
        tuple(dict.fromkeys(tally.unmapped)),
    )


def _take_document(
    desk: Desk, company: Company, name: str, content: bytes, sender: str, direction: Kind | None, tally: _Tally
) -> None:
    choices = company.choices
    owner = Owner(company.name, company.business_id)
    found: Reading = read(name, content, owner, columns=choices.columns, units=choices.units, direction=direction)
    tally.faults += found.faults
    now = desk.clock()
    with desk.store.write() as tx:
        file, _ = documents.keep_file(tx, company.id, name, content, sender, now)
        if any(fault.repair is Repair.COMPANY for fault in found.faults):
            tally.unowned.append(file)
        if wanted := _unmapped(found.faults):
            references.mark(tx, company.id, f"{UNMAPPED}{file}", dump(wanted))
            tally.unmapped.append(file)
        for invoice in found.documents:
            _keep(desk, tx, company, invoice, file, tally)
        details = {"name": name, "invoices": len(found.documents), "faults": len(found.faults)}
        audit.note(tx, company.id, sender, "file.read", f"file:{file}", now, **details)


def _unmapped(faults: Sequence[Fault]) -> Unmapped | None:
    """The columns a person may point out, when the file could not be read for want of them."""
    facts = next((f.facts for f in faults if f.facts.get("headers") and f.facts.get("fields")), None)
    if facts is None:
        return None
    return Unmapped(tuple(str(facts["fields"]).split(",")), tuple(str(facts["headers"]).split("\n")))


def _keep(desk: Desk, tx: Tx, company: Company, invoice: Invoice, file: str, tally: _Tally) -> None:
    kept = documents.keep(tx, company.id, invoice, documents.PSA, file, desk.clock())
    if kept.what == "new":
        (tally.bills if invoice.kind is Kind.BILL else tally.new).append(invoice)
    elif kept.what == "same":
        tally.same.append(invoice)
    else:
        assert kept.before is not None
        changes = tuple(differences(kept.before.source, invoice))
        tally.changed.append(Changed(invoice.number, changes, kept.document.state == "changed", invoice.kind))


def _take_attachments(
    desk: Desk, company: Company, files: Sequence[tuple[str, bytes]], sender: str, tally: _Tally
) -> list[tuple[str, bytes]]:
    """Gives each file to the waiting document it names; what fits none and is no attachment either comes back.

    An unsuitable file that names an invoice goes with it too: the check tells that Procountor will not take it.
    """
    if not files:
        return []
    strange, now = [], desk.clock()
    with desk.store.write() as tx:
        waiting = {doc.source: doc for kind in Kind for doc in documents.open_ones(tx, company.id, kind)}
        for name, content in files:
            invoice = matches(name, list(waiting))
            if invoice is not None:
                documents.keep_file(tx, company.id, name, content, sender, now)
                digest = hashlib.sha256(content).hexdigest()
                waiting[invoice] = documents.attach(tx, waiting[invoice], Attachment(name, len(content), digest))
                tally.attached.append((name, invoice.number))
            elif kind_of(content) in ATTACHABLE:
                tally.loose.append(name)
            else:
                strange.append((name, content))
    return strange
