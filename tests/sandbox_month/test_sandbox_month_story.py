"""The month's files, read and checked as the bot reads and checks them, against what is expected of each invoice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

import pytest

from finance import preflight
from finance.case import completed
from finance.customers import NO_CLIENTS, Client, Clients, filled
from finance.faults import Fault
from finance.fixes import Fix, apply, options
from finance.invoice import Attachment, Invoice, Kind
from finance.lists import ListKind
from finance.preflight import AttachmentFile
from finance.reference import Reference
from finance.resolve import resolve
from finance.totals import totals
from intake.attachments import kind_of, matches
from intake.reading import Owner, read
from procountor import invoices, ledger, reference
from procountor.api import Api
from procountor.connection import Client as Connection
from procountor.connection import connect
from procountor.errors import Refused
from procountor.limiter import Unpaced
from sandbox.month.choices import choices
from sandbox.month.expected import Expected, expected
from sandbox.month.files import files
from sandbox.month.story import Outcome
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor

OWNER = Owner("Pohjantuuli Konsultointi Oy", "2077474-0")
ORDINARY = date(2026, 11, 22)
DAYS = (
    ORDINARY,
    date(2026, 1, 1),  # the first day, invoicing December of the year before
    date(2026, 1, 31),
    date(2026, 3, 1),
    date(2026, 12, 31),
    date(2027, 1, 5),
    date(2028, 2, 29),
)
COMPANY = choices()


@dataclass(frozen=True)
class Taken:
    """What the bot has after taking in the files of a day."""

    documents: dict[str, Invoice]
    faults: tuple[Fault, ...]
    papers: tuple[AttachmentFile, ...]
    clients: Clients


@lru_cache(maxsize=len(DAYS))
def taken(today: date) -> Taken:
    documents, faults, papers, clients = dict[str, Invoice](), list[Fault](), [], NO_CLIENTS
    for file in files(today):
        if kind_of(file.content) in {"pdf", "docx"}:
            papers.append(AttachmentFile(file.name, len(file.content), file.content[:1024]))
            continue
        reading = read(file.name, file.content, OWNER, units=COMPANY.units)
        documents |= {document.number: document for document in reading.documents}
        faults += reading.faults
        for listed in reading.lists:
            if listed.kind is ListKind.CUSTOMERS:
                clients = Clients.of(entry for entry in listed.entries if isinstance(entry, Client))
    for paper in papers:
        invoice = matches(paper.name, list(documents.values()))
        assert invoice is not None, paper.name
        others = tuple(a for a in invoice.attachments if a.name != paper.name)
        arrived = Attachment(paper.name, paper.size)
        documents[invoice.number] = replace(invoice, attachments=(*others, arrived))
    return Taken(documents, tuple(faults), tuple(papers), clients)


@contextmanager
def practice(today: date) -> Iterator[Api]:
    with PracticeProcountor(seed.month(today), rate=100_000) as server:
        client = Connection(server.url, seed.CLIENT_ID, seed.CLIENT_SECRET, seed.REDIRECT_URI)
        with connect(client, Unpaced()) as procountor:
            yield procountor.company(seed.API_KEY)


@lru_cache(maxsize=len(DAYS))
def known(today: date) -> Reference:
    with practice(today) as api:
        return reference.fetch(api, datetime(today.year, today.month, today.day, 9, tzinfo=UTC))


def found(today: date, entry: Expected) -> Expected:
    """What really becomes of the invoice up to the moment it would be sent."""
    documents = taken(today).documents
    if entry.number not in documents:
        about = [fault for fault in taken(today).faults if fault.facts.get("number") == entry.number]
        return Expected(entry.number, "unreadable", frozenset(fault.code for fault in about))
    invoice = documents[entry.number]
    if invoice.kind is Kind.BILL:
        return found_bill(today, invoice)
    files, clients = taken(today).papers, taken(today).clients
    faults = preflight.check(invoice, known(today), COMPANY, today=today, files=files, clients=clients)
    outcome: Outcome = "ready" if preflight.clean(faults) else "faulty"
    return Expected(entry.number, outcome, frozenset(fault.code for fault in faults))


def found_bill(today: date, bill: Invoice) -> Expected:
    """The same of a bill, beside what has come to Procountor by itself."""
    there = {bill.source_id: "30117"} if (bill.number, bill.seller.name) in waiting(today) else {}
    around = preflight.Taken(elsewhere=there)
    faults = preflight.check(bill, known(today), COMPANY, today=today, taken=around, files=taken(today).papers)
    outcome: Outcome = "arrived" if there else "bill" if preflight.clean(faults) else "faulty bill"
    return Expected(bill.number, outcome, frozenset(fault.code for fault in faults))


@lru_cache(maxsize=len(DAYS))
def waiting(today: date) -> frozenset[tuple[str, str]]:
    """The bills that wait in Procountor: their supplier's number and name."""
    with practice(today) as api:
        listed = invoices.search(api, types=["PURCHASE_INVOICE"], statuses=["RECEIVED"])
        return frozenset((one.original_number, one.partner) for one in listed)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_invoice_is_found_as_expected(today: date) -> None:
    wanted = [replace(e, outcome="ready") if e.outcome == "refused" else e for e in expected(today)]
    assert [found(today, entry) for entry in wanted] == wanted


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_is_read_that_is_not_expected(today: date) -> None:
    assert taken(today).documents.keys() == {e.number for e in expected(today) if e.outcome != "unreadable"}
    assert [fault.code for fault in taken(today).faults] == ["intake.cell.number"]


@pytest.mark.parametrize("today", [ORDINARY, date(2026, 1, 1)], ids=str)
def test_the_practice_procountor_takes_the_ready_ones_and_refuses_the_refused(today: date) -> None:
    with practice(today) as api:
        for entry in expected(today):
            if entry.outcome not in {"ready", "refused", "bill"}:
                continue
            whole = completed(taken(today).documents[entry.number], COMPANY)
            invoice, _ = filled(whole, taken(today).clients)
            posting, _ = resolve(invoice, known(today), COMPANY)
            assert posting is not None, entry
            made = invoices.create(api, invoice, posting, marker=f"M{entry.number}")
            sums = totals(invoice)
            assert (made.original_number, made.totals.net, made.totals.gross) == (entry.number, sums.net, sums.gross)
            assert made.ledger_receipt_id is not None
            if entry.outcome == "bill":
                assert (made.type, made.partner_id) == ("PURCHASE_INVOICE", posting.partner_id)
                assert made.partner_id is not None
                continue
            if entry.outcome == "ready":
                assert ledger.assign(api, made.ledger_receipt_id, posting) in {True, False}
                continue
            with pytest.raises(Refused) as refused:
                ledger.assign(api, made.ledger_receipt_id, posting)
            assert {p.code for p in refused.value.problems} == {"ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION"}


def test_a_pair_once_refused_is_found_before_sending() -> None:
    learnt = replace(COMPANY, refused_pairs=(("3500", Decimal("25.5")), ("7800", Decimal("25.5"))))
    for entry in expected(ORDINARY):
        if entry.outcome == "refused":
            invoice = taken(ORDINARY).documents[entry.number]
            faults = preflight.check(invoice, known(ORDINARY), learnt, today=ORDINARY)
            assert {fault.code for fault in faults} == {"account.vat_refused"}


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("number", ["1048", "1050", "1068", "1079", "1092"])
def test_accepting_what_is_proposed_mends_in_one_round(today: date, number: str) -> None:
    invoice = taken(today).documents[number]
    faults = preflight.check(invoice, known(today), COMPANY, today=today)
    assert faults
    assert all(fault.proposal for fault in faults)
    mended = apply(invoice, [Fix(fault.where, fault.proposal) for fault in faults])
    assert preflight.check(mended, known(today), COMPANY, today=today) == ()


def test_an_unknown_work_type_is_mapped_for_both_of_its_invoices() -> None:
    documents, reference = taken(ORDINARY).documents, known(ORDINARY)
    first, second = (
        preflight.check(documents[number], reference, COMPANY, today=ORDINARY) for number in ("1067", "1084")
    )
    asked, _ = first[0], second[0]
    offered = options(asked, documents["1067"], reference, COMPANY)
    assert offered[0].value in COMPANY.work_types.values()
    mapped = replace(COMPANY, work_types={**COMPANY.work_types, asked.found: offered[0].value})
    assert preflight.check(documents["1067"], reference, mapped, today=ORDINARY) == ()
    (left,) = preflight.check(documents["1084"], reference, mapped, today=ORDINARY)
    assert left.code == "date.due_before_issued"
    last = apply(documents["1084"], [Fix(left.where, left.proposal)])
    assert preflight.check(last, reference, mapped, today=ORDINARY) == ()


def test_the_month_is_large_and_varied_enough() -> None:
    outcomes = [e.outcome for e in expected(ORDINARY)]
    counted = {o: outcomes.count(o) for o in ("ready", "refused", "faulty", "unreadable")}
    assert counted == {"ready": 38, "refused": 2, "faulty": 16, "unreadable": 1}
    assert {o: outcomes.count(o) for o in ("bill", "faulty bill", "arrived")} == {
        "bill": 2,
        "faulty bill": 1,
        "arrived": 1,
    }
    codes = frozenset[str]().union(*(e.codes for e in expected(ORDINARY)))
    assert codes >= {
        "operator.unknown",
        "operator.form",
        "vat.percent_not_on_date",
        "vat.domestic_zero",
        "cost_centre.closed",
        "account.unknown",
        "work_type.unmapped",
        "country.missing",
        "buyer.business_id",
        "payment.reference",
        "payment.account_not_ours",
        "payment.rate_missing",
        "text.characters",
        "text.comment_too_long",
        "sum.gross",
        "date.due_before_issued",
        "date.closed_period",
        "attachment.type",
        "intake.cell.number",
    }
    sales = [d for d in taken(ORDINARY).documents.values() if d.kind is Kind.SALES_INVOICE]
    assert {s.language for s in sales} == {"fi", "sv", "en"}
    assert {str(line.vat_percent) for s in sales for line in s.lines if line.vat_percent is not None} >= {
        "25.5",
        "13.5",
        "10",
        "0",
    }
