"""Reads files and keeps what is in them, each invoice, bill and claim once; attachments find theirs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from finance.authority import Right
from finance.canonical import dump
from finance.changes import differences
from finance.claim import Claim
from finance.faults import Fault, Repair
from finance.invoice import Attachment, Invoice, Kind
from finance.lists import BRINGS, ListKind
from handlers import claiming, registering
from handlers.desk import Desk
from handlers.views.columns import Unmapped
from handlers.views.imports import Changed, Imported
from handlers.views.lists import Brought, Refused
from intake.attachments import kind_of, matches
from intake.reading import Listed, Owner, Reading, read
from intake.sentences import EXPLANATIONS
from storage import audit, companies, documents, references, rights
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
    lists: list[Brought] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    known_claims: int = 0


@dataclass(frozen=True, slots=True)
class _Bringer:
    """Who brings files to which company, and what he may bring."""

    desk: Desk
    company: Company
    sender: str
    able: frozenset[Right]
    tally: _Tally

    def may(self, name: str, kind: ListKind | None) -> bool:
        """Whether he may bring a list (or, for None, invoices); if not, it is told with those who may."""
        wanted = BRINGS[kind] if kind is not None else (Right.FINANCE,)
        if self.able & set(wanted):
            return True
        with self.desk.store.read() as tx:
            others = rights.with_right(tx, self.company.id, wanted[0])
        self.tally.refused.append(Refused(name, kind, wanted[0], others))
        return False


def take_in(
    desk: Desk, company_id: str, files: Iterable[tuple[str, bytes]], sender: str, direction: Kind | None = None
) -> Imported:
    """Reads and keeps files (name, content); attachments find their document by name, also among earlier ones.

    ``direction`` is the user's own word when the file names neither party as the company. What the sender has no right
    to bring is not kept and is told as refused.
    """
    with desk.store.read() as tx:
        company = companies.get(tx, company_id)
    given = list(files)
    tally, attachments = _Tally(), []
    bringer = _Bringer(desk, company, sender, registering.able(desk, company, sender), tally)
    for name, content in given:
        if kind_of(content) in DOCUMENTS and not name.casefold().endswith(".txt"):
            _take_document(bringer, name, content, direction)
        else:
            attachments.append((name, content))
    for name, content in _take_attachments(bringer, attachments):
        _take_document(bringer, name, content, direction)  # says what kind of file it is
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
        registering.with_orphans(desk, company.id, tally.lists),
        tuple(tally.refused),
        claims=tuple(tally.claims),
        known_claims=tally.known_claims,
    )


def _take_document(by: _Bringer, name: str, content: bytes, direction: Kind | None) -> None:
    choices, company = by.company.choices, by.company
    owner = Owner(company.name, company.business_id)
    found: Reading = read(
        name,
        content,
        owner,
        columns=choices.columns,
        units=choices.units,
        direction=direction,
        operators=choices.operators,
    )
    lists = [one for one in found.lists if by.may(name, one.kind)]
    if found.lists and not (found.documents or found.claims):
        if lists:
            _take_lists(by, name, content, found, lists)
        return
    if not by.may(name, None):
        return
    _take_lists(by, name, content, found, lists)
    by.tally.faults += found.faults
    now = by.desk.clock()
    with by.desk.store.write() as tx:
        file = None if found.private else documents.keep_file(tx, company.id, name, content, by.sender, now)[0]
        _remember(tx, by, file, found.faults)
        for invoice in found.documents:
            _keep(by.desk, tx, company, invoice, file, by.tally)
        for claim in found.claims:
            _keep_claim(by.desk, tx, company, claim, file, by.tally)
        details = {"name": name, "invoices": len(found.documents), "faults": len(found.faults)}
        details |= {"claims": len(found.claims)} if found.claims else {}
        audit.note(tx, company.id, by.sender, "file.read", f"file:{file or '–'}", now, **details)


def _take_lists(by: _Bringer, name: str, content: bytes, found: Reading, lists: Sequence[Listed]) -> None:
    """The file itself is kept only while somebody has to say which column is which, and never with identity codes."""
    desk, company = by.desk, by.company.id
    with desk.store.write() as tx:
        for listed in lists:
            if listed.rows:
                brought, faults = registering.take(desk, tx, company, name, listed, by.sender)
                by.tally.lists.append(brought)
                by.tally.faults += faults
        if found.lists and not (found.documents or found.claims):  # else they are told of with those
            by.tally.faults += found.faults
            if _unmapped(found.faults) and not found.private:
                file, _ = documents.keep_file(tx, company, name, content, by.sender, desk.clock())
                _remember(tx, by, file, found.faults)


def _remember(tx: Tx, by: _Bringer, file: str | None, faults: Sequence[Fault]) -> None:
    """What a person may still say of a kept file."""
    if file is None:
        return
    if any(fault.repair is Repair.COMPANY for fault in faults):
        by.tally.unowned.append(file)
    if wanted := _unmapped(faults):
        references.mark(tx, by.company.id, f"{UNMAPPED}{file}", dump(wanted))
        by.tally.unmapped.append(file)


def _unmapped(faults: Sequence[Fault]) -> Unmapped | None:
    """The columns a person may point out, when the file could not be read for want of them."""
    facts = next((f.facts for f in faults if f.facts.get("headers") and f.facts.get("fields")), None)
    if facts is None:
        return None
    return Unmapped(tuple(str(facts["fields"]).split(",")), tuple(str(facts["headers"]).split("\n")))


def _keep(desk: Desk, tx: Tx, company: Company, invoice: Invoice, file: str | None, tally: _Tally) -> None:
    kept = documents.keep(tx, company.id, invoice, documents.PSA, file, desk.clock())
    if kept.what == "new":
        (tally.bills if invoice.kind is Kind.BILL else tally.new).append(invoice)
    elif kept.what == "same":
        tally.same.append(invoice)
    else:
        assert kept.before is not None
        changes = tuple(differences(kept.before.source, invoice))
        tally.changed.append(Changed(invoice.number, changes, kept.document.state == "changed", invoice.kind))


def _keep_claim(desk: Desk, tx: Tx, company: Company, claim: Claim, file: str | None, tally: _Tally) -> None:
    what, changes = claiming.bring(tx, company, claim, documents.PSA, file, desk.clock())
    if what == "new":
        tally.claims.append(claim)
    elif what == "same":
        tally.known_claims += 1
    tally.changed += changes


def _take_attachments(by: _Bringer, files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Gives each file to the waiting invoice it names; what fits none and is no attachment either comes back.

    An unsuitable file that names an invoice goes with it too: the check tells that Procountor will not take it.
    """
    files = [(name, content) for name, content in files if by.may(name, None)]
    if not files:
        return []
    strange, desk, company = [], by.desk, by.company
    with desk.store.write() as tx:
        waiting = {doc.source: doc for kind in Kind for doc in documents.open_ones(tx, company.id, kind)}
        for name, content in files:
            invoice = matches(name, list(waiting))
            if invoice is not None:
                documents.keep_file(tx, company.id, name, content, by.sender, desk.clock())
                digest = hashlib.sha256(content).hexdigest()
                waiting[invoice] = documents.attach(tx, waiting[invoice], Attachment(name, len(content), digest))
                by.tally.attached.append((name, invoice.claim.number if invoice.claim else invoice.number))
            elif kind_of(content) in ATTACHABLE:
                by.tally.loose.append(name)
            else:
                strange.append((name, content))
    return strange
