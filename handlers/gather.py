"""Gathers a batch's facts for its messages, and judges documents for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from finance import preflight
from finance.claimants import Payees, with_payee
from finance.company import Choices
from finance.customers import Clients
from finance.invoice import CLAIMS, Invoice, Kind
from finance.reference import Reference
from finance.selection import Selection, number_key, parse
from finance.totals import totals
from finance.transfer import State
from handlers import claimants, papers, taken
from handlers.desk import Desk
from handlers.typed import whole
from handlers.views.batch import Batch, Entry, Stand
from storage import companies, documents, runs, transfers
from storage.companies import Company
from storage.database import Tx
from storage.documents import Document
from storage.runs import Item, Run, Summary

_STANDS = {
    State.NEW: Stand.WAITING,
    State.LOOKING: Stand.WAITING,
    State.CREATING: Stand.WAITING,
    State.CREATED: Stand.WAITING,
    State.DONE: Stand.SENT,
    State.REFUSED: Stand.REFUSED,
    State.PARKED: Stand.PARKED,
}


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges documents against one fetch of reference data, as of today."""

    desk: Desk
    company: Company
    reference: Reference
    taken: preflight.Taken
    clients: Clients
    payees: Payees = field(default_factory=dict)

    @classmethod
    def now(cls, desk: Desk, company: Company, reference: Reference, kind: Kind) -> Judge:
        """For documents of one kind."""
        found = taken.taken(desk, company, kind, reference)
        with desk.store.read() as tx:
            waiting = [doc.source for doc in documents.open_ones(tx, company.id, kind)] if kind in CLAIMS else []
            payees = claimants.payees(tx, company.id, waiting) if waiting else {}
        return cls(desk, company, reference, found, papers.clients(desk, company.id), payees)

    def item(self, doc: Document, position: int) -> Item:
        """The document's verdict: ready, or faulty with its faults."""
        invoice = with_payee(doc.invoice, self.payees)
        files = papers.attachment_files(self.desk, self.company, invoice)
        faults = preflight.check(
            invoice,
            self.reference,
            self.company.choices,
            today=papers.today(self.desk),
            taken=self.taken,
            files=files,
            clients=self.clients,
        )
        verdict = "ready" if all(fault.warning for fault in faults) else "faulty"
        return Item(doc.id, position, verdict, tuple(faults), summary(invoice, self.company.choices))


def rejudge(desk: Desk, company: Company, run: int, ids: Sequence[int]) -> list[Item]:
    """Judges some documents of a batch anew and keeps the verdicts."""
    with desk.store.read() as tx:
        kind = runs.get(tx, company.id, run).kind
    judge = Judge.now(desk, company, papers.kept_reference(desk, company), kind)
    with desk.store.read() as tx:
        docs = documents.many(tx, company.id, ids)
        places = {id: runs.place(tx, run, id) for id in ids}
    judged = [judge.item(docs[id], places[id]) for id in ids]
    with desk.store.write() as tx:
        for item in judged:
            runs.put_item(tx, run, item)
    return judged


def summary(invoice: Invoice, choices: Choices) -> Summary:
    """What lists show of an invoice."""
    sums = totals(invoice)
    drive = choices.google_drive and invoice.kind is Kind.SALES_INVOICE
    by_hand = tuple(a.name for a in invoice.attachments) if drive else ()
    currency = invoice.payment.currency
    return Summary(invoice.number, invoice.counterparty.name, currency, sums.net, sums.vat, sums.gross, by_hand)


def chosen(tx: Tx, company_id: str, kind: Kind, selection: Selection) -> list[Document]:
    """The waiting documents the selection picks, in the order they will be sent (by the PSA's number, R25)."""
    waiting = documents.open_ones(tx, company_id, kind)
    picked = [doc for doc in waiting if selection.picks(doc.invoice)]
    return sorted(picked, key=lambda doc: number_key(doc.source.number))


def numbered(desk: Desk, company_id: str, typed: str) -> Run | None:
    """The batch whose number was typed; None when the company has none with it."""
    with desk.store.read() as tx:
        try:
            return runs.get(tx, company_id, whole(typed) or 0)
        except LookupError:
            return None


def batch(desk: Desk, company_id: str, run_id: int) -> tuple[Run, Batch]:
    """The batch as it now is."""
    with desk.store.read() as tx:
        run = runs.get(tx, company_id, run_id)
        items = runs.items(tx, run_id)
        company = companies.get(tx, company_id)
        absent = _absent(tx, run, items)
        waiting = documents.counts(tx, company_id, run.kind).get("open", 0)
    begun = run.state in ("sending", "done")
    entries = tuple(_entry(item, begun) for item in items)
    paused = company.state == "paused"
    return run, Batch(run.id, run.state, company.name, run.dry, entries, absent, run.problem, paused, waiting, run.kind)


def _absent(tx: Tx, run: Run, items: Sequence[Item]) -> tuple[tuple[str, int | None], ...]:
    selection = parse(run.selection)
    asked = selection.named if isinstance(selection, Selection) else ()
    here = {item.summary.number.casefold() for item in items}
    if run.kind in CLAIMS:  # a claim may have documents of the other section only, told there
        here |= {n.casefold() for n in asked if _claimed(tx, run.company, n)}
    missing = [number for number in asked if number.casefold() not in here]
    if not missing:
        return ()
    log = transfers.done_as(tx, run.company, run.kind.value)
    if run.kind is Kind.BILL:
        log |= taken.arrived(tx, run.company)
    done = {number.casefold(): theirs for number, theirs in log.items()}
    return tuple((number, done.get(number.casefold())) for number in missing)


def _claimed(tx: Tx, company: str, number: str) -> bool:
    wanted = number.casefold()
    waiting = [doc.source.claim for kind in CLAIMS for doc in documents.open_ones(tx, company, kind)]
    return any(wanted in {n.casefold() for n in (part.number, *part.members)} for part in waiting if part is not None)


def _entry(item: Item, begun: bool) -> Entry:
    s = item.summary
    stand = _stand(item, begun)
    return Entry(
        item.document,
        s.number,
        s.buyer,
        s.currency,
        s.net,
        s.vat,
        s.gross,
        stand,
        item.remote_number,
        item.faults,
        item.problems if stand is Stand.REFUSED else (),
        item.note,
        s.by_hand,
        item.state is not None and stand is not Stand.HELD,
    )


def _stand(item: Item, begun: bool) -> Stand:
    """Before the batch begins, what was refused in an earlier one is ready or faulty as it is now."""
    if item.state is None or item.verdict == runs.HELD or (item.state == "refused" and not begun):
        return Stand(item.verdict)
    stand = _STANDS[State(item.state)]
    if stand is Stand.REFUSED and item.verdict == "faulty":
        return Stand.FAULTY
    if stand is Stand.WAITING and item.next_at is not None and item.create_at is not None:
        return Stand.CHECKING
    return stand
