"""What both sides say of accounts, VAT percentages and work types: compared as people would, not byte by byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.agreement import Differs, accounts, bic, percents, work_types
from finance.company import Choices
from finance.invoice import Invoice, Kind, Line, LineKind, Payment
from finance.reference import BankAccount, Product, Reference, VatRate
from finance.registers import Registers, index

OWN, OLD, FOREIGN = "FI2112345600000785", "FI5510093000123458", "FI1410093000123458"
PERCENTS = ("25.5", "14", "13.5", "10", "0")


def registers(work: dict[str, str] | None = None) -> Registers:
    reference = Reference(
        12001,
        "Oy",
        "2077474-0",
        datetime(2026, 11, 1, tzinfo=UTC),
        vat_rates=(
            VatRate(Decimal("25.5")),
            VatRate(Decimal("13.5"), purchase=False),
            VatRate(Decimal(10), sales=False),
        ),
        products=(
            Product(1, "KONS", "Konsultointi", vat_percent=Decimal("25.5")),
            Product(2, "VANHA", "Vanha", vat_percent=Decimal(24), active=False),
            Product(3, "KIRJA", "Kirja", vat_percent=Decimal(14)),
        ),
        bank_accounts=(
            BankAccount(OWN, "NDEAFIHH", default_for_invoice=True),
            BankAccount(OLD, "OKOYFIHH", active=False),
        ),
    )
    return index(reference, Choices(work_types=work or {}))


def invoice(iban: str = "", code: str = "", kind: Kind = Kind.SALES_INVOICE, *lines: Line) -> Invoice:
    return Invoice("1", date(2026, 11, 1), kind, lines=lines, payment=Payment(iban=iban, bic=code))


@pytest.mark.parametrize(
    ("iban", "code", "differs"),
    [
        (OWN, "", None),
        ("fi21 1234 5600 0007 85", "ndeafihh", None),
        (OWN, "NDEAFIHHXXX", None),
        (OWN, "OKOYFIHH", Differs.BIC),
        (OLD, "", Differs.CLOSED),
        (FOREIGN, "", Differs.UNKNOWN),
        (FOREIGN, "NDEAFIHH", Differs.UNKNOWN),
    ],
)
def test_an_account_is_the_companys_or_it_is_said_why_not(iban: str, code: str, differs: Differs | None) -> None:
    (found,) = accounts([invoice(iban, code)], registers())
    assert (found.differs, found.count) == (differs, 1)


def test_accounts_are_counted_the_differing_first_and_bills_do_not_count() -> None:
    bill = invoice(FOREIGN, "", Kind.BILL)
    found = accounts([invoice(OWN), invoice("FI21 12345600000785"), invoice(FOREIGN), invoice(), bill], registers())
    assert [(n.iban, n.count) for n in found] == [(FOREIGN, 1), (OWN, 2)]


@given(st.sampled_from(["NDEAFIHH", "OKOYFIHH", "HANDFIHH123"]))
def test_a_bic_with_the_head_offices_branch_is_the_same(code: str) -> None:
    assert bic(f"{code[:8]}XXX") == bic(code[:8].lower())
    assert (bic(code) == bic(code[:8])) == (len(code) == 8)


def rows(*percents: str) -> tuple[Line, ...]:
    return tuple(Line("Työ", vat_percent=Decimal(p)) for p in percents)


def test_percents_stand_side_by_side_for_sales() -> None:
    waiting = [
        invoice("", "", Kind.SALES_INVOICE, *rows("25.5", "25.5", "14")),
        invoice("", "", Kind.SALES_INVOICE, *rows("25.50"), Line("Otsikko", LineKind.HEADER)),
        invoice("", "", Kind.BILL, *rows("10")),
    ]
    found = percents(waiting, registers())
    assert [(str(p.percent.normalize()), p.documents, p.products, p.enabled, p.missing) for p in found] == [
        ("25.5", 2, 1, True, False),
        ("14", 1, 1, False, True),
        ("13.5", 0, 0, True, False),
    ]


def test_percents_of_bills_are_held_against_what_is_enabled_for_purchases() -> None:
    waiting = [invoice("", "", Kind.BILL, *rows("13.5", "10")), invoice("", "", Kind.SALES_INVOICE, *rows("14"))]
    found = percents(waiting, registers(), purchase=True)
    assert [(str(p.percent.normalize()), p.missing) for p in found] == [
        ("25.5", False),
        ("13.5", True),
        ("1E+1", False),
    ]


@given(
    st.lists(st.lists(st.sampled_from(PERCENTS), max_size=4), max_size=6),
    st.sets(st.sampled_from(PERCENTS)),
)
def test_a_percentage_is_missing_exactly_when_a_document_has_it_and_procountor_does_not(
    documents: list[list[str]], enabled: set[str]
) -> None:
    known = registers()
    rates = tuple(VatRate(Decimal(p)) for p in sorted(enabled))
    known = index(replace(known.reference, vat_rates=rates), known.choices)
    found = percents([invoice("", "", Kind.SALES_INVOICE, *rows(*d)) for d in documents], known)
    used = {p for d in documents for p in d}
    assert {p.percent for p in found if p.missing} == {Decimal(p) for p in used - enabled}


@pytest.mark.parametrize(
    ("mapped", "settled", "code"),
    [
        ({}, False, ""),
        ({"Konsultointi": "KONS"}, True, "KONS"),
        ({"KONSULTOINTI ": "kons"}, True, "kons"),
        ({"Konsultointi": "VANHA"}, False, "VANHA"),
        ({"Konsultointi": "EI-OLE"}, False, "EI-OLE"),
        ({"Konsultointi": ""}, True, ""),
    ],
)
def test_a_work_type_needs_a_product_that_is_in_use(mapped: dict[str, str], settled: bool, code: str) -> None:
    waiting = [invoice("", "", Kind.SALES_INVOICE, Line("a", work_type=" konsultointi "))] * 2
    (found,) = work_types(waiting, registers(mapped))
    assert (found.settled, found.code, found.documents) == (settled, code, 2)


def test_a_row_with_a_product_code_needs_no_work_type() -> None:
    line = Line("a", work_type="Konsultointi", product_code="KONS")
    assert work_types([invoice("", "", Kind.SALES_INVOICE, line)], registers()) == ()


def test_unsettled_work_types_come_first_the_most_used_before_others() -> None:
    waiting = [invoice("", "", Kind.SALES_INVOICE, Line("a", work_type=w)) for w in ("B", "A", "B", "Konsultointi")]
    found = work_types(waiting, registers({"Konsultointi": "KONS", "Z": "KONS"}))
    assert [(w.name, w.settled) for w in found] == [("B", False), ("A", False), ("Konsultointi", True), ("Z", True)]
