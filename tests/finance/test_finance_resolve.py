"""An invoice and the reference data become a posting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from finance_cases import NO_CATEGORY
from finance_samples import CHOICES, HEADER, IBAN, INVOICE, LINE, REFERENCE, ZERO_LINE, D, put

from finance.case import completed
from finance.invoice import Channel, Invoice
from finance.posting import Posting, Target
from finance.reference import Customer
from finance.resolve import resolve


def posting(invoice: Invoice, **changes: Any) -> Posting:
    found, faults = resolve(invoice, replace(REFERENCE, **changes), CHOICES)
    assert found is not None, faults
    return found


def test_a_plain_invoice() -> None:
    found = posting(INVOICE)
    (row,) = found.rows
    assert (found.vat_status, found.partner_id, found.iban) == (1, 9001, IBAN)
    assert (row.product, row.quantity, row.unit_code, row.unit_price) == (
        "Konsultointi lokakuu",
        D("7.5"),
        "HUR",
        D(120),
    )
    assert (row.vat_percent, row.vat_status, row.account, row.comment) == (D("25.5"), 1, "3000", "Määrittely")
    assert row.targets == (Target(1, 101, "10"),)


@pytest.mark.parametrize(
    ("changes", "account"),
    [
        ({"lines__0__account": "1700", "account": "3010"}, "1700"),
        ({"account": "3010", "lines__0__product_code": "KONS"}, "3010"),
        ({"lines__0__product_code": "KONS"}, "3010"),
        ({"lines__0__product_code": "KOUL"}, "3000"),
        ({"lines__0__work_type": "Suunnittelu"}, "3010"),
        ({"lines__0__vat_percent": D("25.50")}, "3000"),
        ({"lines__0__vat_percent": D(10)}, "3010"),
    ],
)
def test_the_account_is_the_rows_the_invoices_the_products_or_the_default(
    changes: dict[str, Any], account: str
) -> None:
    assert posting(put(INVOICE, **changes)).rows[0].account == account


@pytest.mark.parametrize(
    ("changes", "targets"),
    [
        ({}, [(1, 101)]),
        ({"cost_centre": "20"}, [(1, 102)]),
        ({"cost_centre": "20", "lines__0__cost_centre": "10 Konsultointi"}, [(1, 101)]),
        ({"project": "214"}, [(1, 101), (2, 201)]),
        ({"project": "100", "lines__0__project": "satama"}, [(1, 101), (2, 201)]),
    ],
)
def test_cost_centre_and_project(changes: dict[str, Any], targets: list[tuple[int, int]]) -> None:
    row = posting(put(INVOICE, **changes)).rows[0]
    assert [(t.dimension, t.item) for t in row.targets] == targets


def test_a_product_by_code_or_by_work_type_is_linked() -> None:
    for changes in ({"lines__0__product_code": "kons"}, {"lines__0__work_type": " suunnittelu "}):
        row = posting(put(INVOICE, **changes)).rows[0]
        assert (row.product_id, row.product_code, row.product) == (501, "KONS", "Konsultointi lokakuu")
    assert posting(put(INVOICE, lines__0__work_type="Ilmainen")).rows[0].product_id is None
    assert posting(put(INVOICE, lines__0__name="", lines__0__product_code="KONS")).rows[0].product == "Konsultointi"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 1),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "Z"}, 1),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "E"}, 12),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "O"}, 12),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "G"}, 3),
        ({"lines__0__vat_percent": D(0), "buyer__address__country": "NO"}, 3),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "AE", "buyer__address__country": "US"}, 3),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "K", **NO_CATEGORY}, 5),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "AE", **NO_CATEGORY}, 22),
        ({"lines__0__vat_percent": D(0), "lines__0__vat_category": "AE"}, 7),
        ({"lines__0__vat_percent": D(0), "vat_status": 12}, 12),
        ({"lines__0__vat_percent": D(0), "vat_status": 12, "lines__0__vat_status": 5}, 5),
        ({**NO_CATEGORY}, 1),
    ],
)
def test_the_vat_status(changes: dict[str, Any], status: int) -> None:
    found = posting(put(INVOICE, **changes))
    assert found.rows[0].vat_status == status
    assert found.vat_status == status


def test_two_statuses_on_one_invoice() -> None:
    rows = (LINE, LINE, replace(ZERO_LINE, vat_category="E"))
    found = posting(replace(INVOICE, lines=rows))
    assert found.vat_status == 1
    assert [row.vat_status for row in found.rows] == [1, 1, 12]


def test_the_vat_question_is_asked_once_when_all_rows_ask_it() -> None:
    _, faults = resolve(replace(INVOICE, lines=(ZERO_LINE, ZERO_LINE)), REFERENCE, CHOICES)
    assert [(f.code, f.where) for f in faults] == [("vat.domestic_zero", "vat_status")]
    _, faults = resolve(replace(INVOICE, lines=(LINE, ZERO_LINE)), REFERENCE, CHOICES)
    assert [(f.code, f.where) for f in faults] == [("vat.domestic_zero", "lines[1].vat_status")]
    assert {choice.value for choice in faults[0].choices} == {"1", "3", "5", "12", "22", "7"}


def test_without_a_country_nothing_is_guessed() -> None:
    invoice = put(INVOICE, lines__0__vat_percent=D(0), buyer__address__country="")
    found, faults = resolve(invoice, REFERENCE, CHOICES)
    assert found is None
    assert [fault.code for fault in faults] == ["vat.no_country"]


def test_header_rows_are_ordinary_rows_without_amounts() -> None:
    ten = replace(LINE, vat_percent=D(10), account="3010")
    lines = (replace(HEADER, descriptions=("Sopimus 5",)), ten, HEADER, LINE, HEADER)
    rows = posting(replace(INVOICE, lines=lines)).rows
    assert [(row.quantity, row.unit_price) for row in rows if row.product == HEADER.name] == [(D(0), D(0))] * 3
    assert [row.vat_percent for row in rows] == [D(10), D(10), D("25.5"), D("25.5"), D("25.5")]
    assert [row.account for row in rows] == ["3010", "3010", "3000", "3000", "3000"]
    assert rows[0].comment == "Sopimus 5"
    assert rows[0].targets == ()


def test_a_header_row_alone_has_no_vat() -> None:
    (row,) = posting(replace(INVOICE, lines=(HEADER,))).rows
    assert (row.vat_percent, row.account) == (D(0), "")


@pytest.mark.parametrize(
    ("descriptions", "comment"),
    [
        ((), ""),
        (("Yksi",), "Yksi"),
        (("Yksi", "", " Kaksi ", "Kolme"), "Yksi\nKaksi\nKolme"),
        (("a" * 512,), "a" * 512),
    ],
)
def test_descriptions_become_the_rows_comment(descriptions: tuple[str, ...], comment: str) -> None:
    assert posting(put(INVOICE, lines__0__descriptions=descriptions)).rows[0].comment == comment


def test_a_comment_too_long_is_not_cut_but_proposed() -> None:
    found, (fault,) = resolve(put(INVOICE, lines__0__descriptions=("sana " * 120,)), REFERENCE, CHOICES)
    assert found is None
    assert fault.code == "text.comment_too_long"
    assert len(fault.proposal) <= 512
    assert fault.proposal.endswith("sana…")


@pytest.mark.parametrize(
    ("unit", "code"),
    [("h", "HUR"), ("tuntia", "HUR"), ("Kpl.", "C62"), ("pv", "DAY"), ("styck", "C62"), ("istunto", "C62"), ("", "")],
)
def test_units(unit: str, code: str) -> None:
    assert posting(put(INVOICE, lines__0__unit=unit)).rows[0].unit_code == code
    assert posting(put(INVOICE, lines__0__unit="hujaus", lines__0__unit_code="KMT")).rows[0].unit_code == "KMT"


@pytest.mark.parametrize(
    ("business_id", "number", "partner"),
    [
        ("0201256-6", "", 9001),
        ("02012566", "", 9001),
        ("", "77", 9001),
        ("1572860-0", "", None),
        ("1572860-0", "79", 9003),
        ("1234567-1", "", None),
        ("", "", None),
    ],
)
def test_the_customer_is_found_by_business_id_or_number(business_id: str, number: str, partner: int | None) -> None:
    buyer = replace(INVOICE.buyer, business_id=business_id, vat_number="", customer_number=number)
    assert posting(replace(INVOICE, buyer=buyer)).partner_id == partner


def test_a_closed_customer_is_not_linked() -> None:
    assert posting(INVOICE, customers=(Customer(1, "Satama", "77", "0201256-6", active=False),)).partner_id is None


def test_the_default_account_is_used_when_the_file_has_none() -> None:
    assert posting(put(INVOICE, payment__iban="")).iban == IBAN


def test_completed_fills_what_the_company_has_decided() -> None:
    choices = replace(CHOICES, default_channel=Channel.EMAIL, default_language="sv", default_country="FI")
    invoice = put(INVOICE, buyer__address__country="", payment__iban="fi21 1234 5600 0007 85", credited_number="1007")
    found = completed(invoice, choices)
    assert (found.channel, found.language, found.buyer.address.country) == (Channel.EMAIL, "sv", "FI")
    assert (found.payment.iban, found.payment.reference) == (IBAN, "10427")
    assert found.note == "Krediterar faktura 1007."
    assert completed(found, choices) == found


def test_own_values_are_kept() -> None:
    invoice = put(INVOICE, channel=Channel.MAIL, language="en", buyer__address__country="SE", note="Hyvitys 1007")
    found = completed(put(invoice, credited_number="1007"), replace(CHOICES, default_country="FI"))
    assert (found.channel, found.language, found.buyer.address.country) == (Channel.MAIL, "en", "SE")
    assert found.note == "Hyvitys 1007"
