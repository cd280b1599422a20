"""What should make somebody look twice at a bill, and which changes of a bill its print tells apart."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.bill import INVALIDATED, MOVING, RECEIVED, Bill, BillRow, Paper, Place, print_of, still
from finance.bill_doubts import (
    DOUBLES,
    REMEMBERED,
    Doubt,
    Doubtful,
    Earlier,
    Supplier,
    doubts,
    holds,
    number_key,
)
from finance.canonical import dump, load

D = Decimal
OLD, NEW, THIRD = "FI2112345600000785", "FI5810171000000122", "FI1410093000123458"
DAY = date(2026, 11, 1)
BILL = Bill(
    10, RECEIVED, "2026-11-02T08:00:00", "Pilvi Oy", DAY, "EUR", D("125.50"), D(100), D("25.50"), D("125.50"),
    due=date(2026, 11, 15), number=30_010, original_number="KU-0451", supplier_id="1572860-0", partner_id=7, iban=OLD,
    bic="NDEAFIHH", reference="20451 8", rows=(BillRow("Palvelu", unit_price=D(100), vat_percent=D("25.5")),),
    papers=(Paper(71, "lasku.pdf"),),
)  # fmt: skip
PAID = (OLD,) * REMEMBERED
TWIN = Earlier(9, RECEIVED, "KU-0451", date(2026, 10, 1), D("77.00"), "EUR")


def kinds(bill: Bill, supplier: Supplier) -> list[Doubt]:
    return [found.doubt for found in doubts(bill, supplier)]


ACCOUNTS = [
    ("the usual account", OLD, Supplier(PAID, OLD), []),
    ("the usual one, written with blanks", "FI21 1234 5600 0007 85", Supplier(PAID, OLD), []),
    ("the usual one in small letters", OLD.lower(), Supplier((OLD.lower(),), OLD), []),
    ("no account on the bill", "", Supplier(PAID, OLD), []),
    ("nothing paid yet", OLD, Supplier((), OLD), [Doubt.ACCOUNT_FIRST]),
    ("nothing known at all", OLD, Supplier(), [Doubt.ACCOUNT_FIRST]),
    ("another account", NEW, Supplier(PAID, OLD), [Doubt.ACCOUNT_CHANGED]),
    ("another account, also in the register", NEW, Supplier(PAID, NEW), [Doubt.ACCOUNT_CHANGED]),
    ("… which was changed lately", NEW, Supplier(PAID, NEW, lately=True), [Doubt.REGISTER_CHANGED]),
    ("the usual one, the register was changed lately", OLD, Supplier(PAID, NEW, lately=True), [Doubt.REGISTER_CHANGED]),
    ("the usual one, the register has another for long", OLD, Supplier(PAID, NEW), []),
    ("the second of two usual ones", NEW, Supplier((OLD, NEW, OLD), OLD), []),
    ("one not used for five bills", NEW, Supplier((*PAID, NEW), OLD), [Doubt.ACCOUNT_CHANGED]),
]


@pytest.mark.parametrize(("iban", "supplier", "found"), [row[1:] for row in ACCOUNTS], ids=[row[0] for row in ACCOUNTS])
def test_the_account(iban: str, supplier: Supplier, found: list[Doubt]) -> None:
    bill = replace(BILL, iban=iban)
    assert kinds(bill, supplier) == found
    assert holds(doubts(bill, supplier)) is bool(found)


def test_accounts_are_told_masked() -> None:
    (told,) = doubts(replace(BILL, iban=NEW), Supplier(PAID, OLD))
    assert (told.found, told.expected) == ("FI58 •••• 0122", "FI21 •••• 0785")


@pytest.mark.parametrize(
    ("number", "doubt"),
    [
        ("KU-0451", Doubt.SAME_NUMBER),
        ("ku 0451", Doubt.SAME_NUMBER),
        ("KU/0451", Doubt.SAME_NUMBER),
        ("00KU0451", Doubt.SAME_NUMBER),
        ("KU-451", None),
        ("KU-04510", None),
        ("", None),
    ],
)
def test_the_same_number_of_the_same_supplier(number: str, doubt: Doubt | None) -> None:
    found = doubts(BILL, Supplier(PAID, OLD, others=(replace(TWIN, number=number),)))
    assert [one.doubt for one in found] == ([doubt] if doubt else [])
    assert not holds(found)


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({}, Doubt.SAME_AMOUNT),
        ({"gross": D("125.51")}, None),
        ({"issued": date(2026, 11, 2)}, None),
        ({"currency": "SEK"}, None),
        ({"status": INVALIDATED}, None),
        ({"id": BILL.id}, None),
    ],
)
def test_the_same_amount_on_the_same_day(changes: dict[str, object], doubt: Doubt | None) -> None:
    other = replace(Earlier(9, RECEIVED, "X", DAY, D("125.50"), "EUR"), **changes)  # type: ignore[arg-type]
    found = doubts(BILL, Supplier(PAID, OLD, others=(other,)))
    assert [one.doubt for one in found] == ([doubt] if doubt else [])


def test_a_few_doubles_are_told_those_with_the_number_first() -> None:
    amounts = tuple(Earlier(n, RECEIVED, f"X{n}", DAY, D("125.50"), "EUR") for n in range(20, 25))
    found = doubts(BILL, Supplier(PAID, OLD, others=(*amounts, TWIN)))
    assert len(found) == DOUBLES
    assert (found[0].doubt, found[0].bill) == (Doubt.SAME_NUMBER, 9)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, False),
        ({"gross": D("125.51")}, False),  # a cent for a row may come from rounding
        ({"gross": D("125.52")}, True),
        ({"gross": D("1255.00")}, True),
        ({"rows": ()}, False),
        ({"discount_percent": D(10), "gross": D("112.95")}, False),
        ({"discount_percent": D(10)}, True),
        ({"prices_include_vat": True, "gross": D("100.00")}, False),
        ({"rows": (BillRow("a", D(3), "", D("33.33"), D(0), D("25.5")),), "gross": D("125.49")}, False),
        ({"rows": (BillRow("a", D(-1), "", D(100), D(0), D("25.5")),), "gross": D("-125.50")}, False),
        ({"rows": (BillRow("a", D(2), "", D(100), D(50), D("25.5")),)}, False),
    ],
)
def test_the_sum_of_the_rows(changes: dict[str, object], wrong: bool) -> None:
    bill = replace(BILL, **changes)  # type: ignore[arg-type]
    assert (Doubt.SUM in kinds(bill, Supplier(PAID, OLD))) is wrong


def test_a_wrong_sum_is_told_with_both_amounts() -> None:
    (told,) = doubts(replace(BILL, gross=D(1)), Supplier(PAID, OLD))
    assert told == Doubtful(Doubt.SUM, "1.00", "125.50")


@given(st.text(alphabet="kuKU-/. _0451", max_size=12))
def test_keys_of_numbers_are_stable(number: str) -> None:
    key = number_key(number)
    assert number_key(key) == key
    assert number_key(number.upper()) == number_key(number.lower()) == number_key(f" {number}-") == key


ROW = BILL.rows[0]
CHANGED: dict[str, object] = {
    "id": 11, "supplier": "Pilvi  Oy", "issued": date(2026, 11, 2), "currency": "SEK", "gross": D("125.51"),
    "net": D("100.01"), "vat": D("25.51"), "home": D(1), "due": date(2026, 11, 16), "original_number": "KU-0451 ",
    "supplier_id": "0201256-6", "partner_id": 8, "iban": NEW, "bic": "", "reference": "1009", "order_reference": "P",
    "buyer_reference": "B", "additional": "x", "discount_percent": D(1), "cash_discounts": ((7, D(2)),),
    "prices_include_vat": True, "rows": (), "papers": (),
}  # fmt: skip
MOVED: dict[str, object] = {
    "status": "VERIFIED", "version": "2026-11-02T08:00:01", "number": 1, "verifiers": (Place(1),),
    "acceptors": (Place(1, DAY),), "notes": "n", "created": datetime(2026, 11, 2, tzinfo=UTC), "creator": 5,
    "marker": "m", "receipt": 9,
}  # fmt: skip
ROWS: dict[str, object] = {
    "name": "Palvelu.", "quantity": D(2), "unit": "PIECE", "unit_price": D("100.001"), "discount_percent": D(1),
    "vat_percent": D(14), "comment": "P-1001",
}  # fmt: skip


def test_every_field_of_a_bill_is_in_one_of_these_tables() -> None:
    assert CHANGED.keys() | MOVED.keys() == {field.name for field in fields(Bill)}
    assert MOVED.keys() == MOVING
    assert ROWS.keys() == {field.name for field in fields(BillRow)}


@pytest.mark.parametrize("field", CHANGED)
def test_the_print_tells_every_change_of_what_is_shown(field: str) -> None:
    assert print_of(replace(BILL, **{field: CHANGED[field]})) != print_of(BILL)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ROWS)
def test_the_print_tells_every_change_of_a_row(field: str) -> None:
    rows = (replace(ROW, **{field: ROWS[field]}),)  # type: ignore[arg-type]
    assert print_of(replace(BILL, rows=rows)) != print_of(BILL)


@pytest.mark.parametrize("field", MOVED)
def test_the_print_is_the_same_wherever_the_bill_stands(field: str) -> None:
    assert print_of(replace(BILL, **{field: MOVED[field]})) == print_of(BILL)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "papers",
    [(Paper(72, "lasku.pdf"),), (Paper(71, "Lasku.pdf"),), (Paper(71, "lasku.pdf"), Paper(72, "lasku.pdf"))],
    ids=["replaced", "renamed", "added"],
)
def test_the_print_tells_every_change_of_the_files(papers: tuple[Paper, ...]) -> None:
    assert print_of(replace(BILL, papers=papers)) != print_of(BILL)


def test_equal_amounts_have_one_print_however_they_are_written() -> None:
    assert print_of(replace(BILL, gross=D("125.500"))) == print_of(BILL)
    assert print_of(load(Bill, dump(BILL))) == print_of(BILL)
    assert still(still(BILL)) == still(BILL)
