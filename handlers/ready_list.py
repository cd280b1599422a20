"""The list of what a batch will send, as its buttons and forms share it: what a handle stands for, and the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from finance.invoice import Invoice, Kind
from finance.reference import Reference
from finance.registers import index
from finance.resolve import resolve
from handlers import gather, papers
from handlers.chat import Modal
from handlers.desk import Here
from handlers.views import ready
from handlers.views.batch import Batch, Entry
from handlers.views.ready import Booked, Page
from storage import documents, handles
from storage.companies import Company

T = TypeVar("T")

PAGE = 40  # invoices on a page, counted against the hundred blocks of a form


@dataclass(frozen=True, slots=True)
class Spot:
    """An invoice of a batch and the page of the list it stands on; ``document`` is 0 for the page itself."""

    run: int
    page: int = 0
    document: int = 0
    field: str = ""

    @property
    def subject(self) -> str:
        return f"{self.run}|{self.page}|{self.document}|{self.field}"

    @classmethod
    def of(cls, subject: str) -> Spot:
        run, page, document, field = subject.split("|", 3)
        return cls(int(run), int(page), int(document), field)


def drawn(here: Here, spot: Spot, done: str = "") -> Modal:
    """The page as it now is; ``done`` tells what has just been changed."""
    _, batch = gather.batch(here.desk, here.company.id, spot.run)
    entries = ready.listed(batch)
    of = max(1, -(-len(entries) // PAGE))
    number = min(spot.page, of - 1)
    shown = entries[number * PAGE : (number + 1) * PAGE]
    turns = {p: Spot(spot.run, p).subject for p in (number - 1, number + 1) if 0 <= p < of}
    items = {e.document: Spot(spot.run, number, e.document).subject for e in shown}
    with here.desk.store.write() as tx:

        def issued(purpose: str, subject: str) -> str:
            return handles.issue(tx, here.company.id, here.said.team, purpose, subject, here.desk.clock())

        pages = {p: issued("ready.page", subject) for p, subject in turns.items()}
        tokens = {d: issued("ready.item", subject) for d, subject in items.items()} if _open(batch) else {}
    page = Page(booked(here, shown), number, of, pages.__getitem__, tokens.__getitem__)
    return ready.draw(here.say.about(batch.kind), batch, page, done)


def _open(batch: Batch) -> bool:
    return batch.state == "preview"


def booked(here: Here, entries: tuple[Entry, ...]) -> tuple[Booked, ...]:
    """With the accounts and cost centres they would be booked on by the kept registers; of bills neither."""
    reference = papers.kept_reference(here.desk, here.company)
    with here.desk.store.read() as tx:
        docs = documents.many(tx, here.company.id, [entry.document for entry in entries])
    return tuple(_booked(entry, docs[entry.document].invoice, reference, here.company) for entry in entries)


def _booked(entry: Entry, invoice: Invoice, reference: Reference, company: Company) -> Booked:
    if invoice.kind is not Kind.SALES_INVOICE:
        return Booked(entry)
    dimension = index(reference, company.choices).cost_centres
    posting, _ = resolve(invoice, reference, company.choices)
    if posting is None:
        return Booked(entry, (), () if dimension else None)
    own = {p.id: p.account for p in reference.products}
    accounts = []
    for line, row in zip(invoice.lines, posting.rows, strict=True):
        given = line.account or invoice.account or row.product_id is None
        product = "" if given or own.get(row.product_id or 0) != row.account else row.product_code
        accounts += [(row.account, product)] if row.account else []
    targets = [t.code for row in posting.rows for t in row.targets if dimension and t.dimension == dimension.id]
    return Booked(entry, _once(accounts), _once(targets) if dimension else None)


def _once(found: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(found))
