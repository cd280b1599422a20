"""Corrections by path, what can be picked, and what has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from finance_samples import CHOICES, HEADER, INVOICE, LINE, REFERENCE, D, faults_of, put

from finance.changes import Change, differences
from finance.faults import Fault, Repair
from finance.fixes import Fix, FixError, apply, options, proposed
from finance.invoice import Address, Attachment, CashDiscount, Channel, StatedTotals
from finance.reference import Account


def fixed(path: str, value: str, **changes: Any) -> Any:
    return apply(put(INVOICE, **changes), [Fix(path, value)])


@pytest.mark.parametrize(
    ("path", "value", "changed"),
    [
        ("buyer.e_invoice.operator", " BAWCFI22 ", {"buyer__e_invoice__operator": "BAWCFI22"}),
        ("lines[0].vat_percent", "13,5 %", {"lines__0__vat_percent": D("13.5")}),
        ("lines[0].vat_percent", "", {"lines__0__vat_percent": None}),
        ("lines[0].unit_price", "1 234,50", {"lines__0__unit_price": D("1234.50")}),
        ("lines[0].unit_price", "1.234,50", {"lines__0__unit_price": D("1234.50")}),
        ("lines[0].unit_price", "1234.5", {"lines__0__unit_price": D("1234.5")}),
        ("lines[0].quantity", "−2", {"lines__0__quantity": D(-2)}),
        ("lines[0].descriptions", "Yksi\nKaksi\n", {"lines__0__descriptions": ("Yksi", "Kaksi")}),
        ("lines[0].descriptions", "", {"lines__0__descriptions": ()}),
        ("lines[0].vat_status", "22", {"lines__0__vat_status": 22}),
        ("lines[0].unit_code", "hur", {"lines__0__unit_code": "HUR"}),
        ("payment.iban", "fi21 1234 5600 0007 85", {}),
        ("payment.due", "30.11.2026", {"payment__due": date(2026, 11, 30)}),
        ("payment.due", "2026-11-30", {"payment__due": date(2026, 11, 30)}),
        ("payment.due", "", {"payment__due": None}),
        ("payment.discounts", "", {}),
        ("buyer.address.country", "se", {"buyer__address__country": "SE"}),
        ("buyer.bcc", "a@b.fi, c@d.fi", {"buyer__bcc": ("a@b.fi", "c@d.fi")}),
        ("channel", "email", {"channel": Channel.EMAIL}),
        ("prices_include_vat", "kyllä", {"prices_include_vat": True}),
        ("billing_address.city", "Turku", {"billing_address": Address(city="Turku")}),
        ("stated.net", "900", {"stated": StatedTotals(net=D(900))}),
    ],
)
def test_a_value_is_put_in_its_place(path: str, value: str, changed: dict[str, Any]) -> None:
    assert fixed(path, value) == put(INVOICE, **changed)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("", "x", "needs a place"),
        ("buyer.shoe_size", "43", "shoe_size is not known"),
        ("buyer..name", "x", "not a place"),
        ("lines[7].name", "x", "only 1"),
        ("lines[x].name", "x", "not a place"),
        ("number[0]", "x", "no numbered parts"),
        ("number.x", "x", "x is not known"),
        ("lines", "x", "can only be emptied"),
        ("buyer", "x", "not a single value"),
        ("lines[0].unit_price", "kallis", "kallis is not a number"),
        ("lines[0].unit_price", "NaN", "not a number"),
        ("lines[0].unit_price", "", "nothing is not a number"),
        ("lines[0].vat_status", "1.5", "not a whole number"),
        ("payment.due", "31.2.2026", "31.2.2026 is not a date"),
        ("issued", "", "nothing is not a date"),
        ("channel", "kyyhky", "none of e_invoice, email"),
        ("prices_include_vat", "ehkä", "neither yes nor no"),
        ("attachments[toinen.pdf]", "", "no attachment toinen.pdf"),
        ("__class__", "x", "not known"),
    ],
)
def test_a_bad_fix_says_why(path: str, value: str, reason: str) -> None:
    with pytest.raises(FixError, match=reason.replace(".", r"\.")) as told:
        fixed(path, value)
    assert told.value.path == path


def test_attachments_are_dropped_or_renamed_by_name() -> None:
    two = (Attachment("lasku.pdf", 5), Attachment("outo [1].txt"))
    assert fixed("attachments[lasku.pdf]", "", attachments=two).attachments == two[1:]
    assert fixed("attachments[outo [1].txt]", "", attachments=two).attachments == two[:1]
    assert fixed("attachments[lasku.pdf]", "uusi.pdf", attachments=two).attachments[0] == Attachment("uusi.pdf", 5)


def test_discounts_can_be_emptied() -> None:
    assert fixed("payment.discounts", "", payment__discounts=(CashDiscount(7, D(2)),)).payment.discounts == ()


def test_fixes_are_made_in_order() -> None:
    found = apply(INVOICE, [Fix("note", "a"), Fix("lines[0].name", "b"), Fix("note", "c")])
    assert (found.note, found.lines[0].name) == ("c", "b")


@pytest.mark.parametrize(
    ("due", "fixes", "moved"),
    [
        (date(2026, 11, 16), [("issued", "23.11.2026")], date(2026, 12, 7)),
        (date(2026, 11, 16), [("issued", "1.10.2026")], date(2026, 10, 15)),
        (date(2026, 11, 2), [("issued", "2026-11-23")], date(2026, 11, 23)),
        (date(2026, 11, 1), [("issued", "2026-11-23")], date(2026, 11, 1)),
        (None, [("issued", "2026-11-23")], None),
        (date(2026, 11, 16), [("issued", "2026-11-23"), ("payment.due", "2026-11-30")], date(2026, 11, 30)),
        (date(2026, 11, 16), [("payment.due", "2026-11-30"), ("issued", "2026-11-23")], date(2026, 11, 30)),
        (date(9999, 1, 1), [("issued", "2999-11-02")], date(9999, 1, 1)),
    ],
)
def test_days_to_pay_follow_the_billing_date(
    due: date | None, fixes: list[tuple[str, str]], moved: date | None
) -> None:
    found = apply(put(INVOICE, payment__due=due), [Fix(path, value) for path, value in fixes])
    assert found.payment.due == moved


def test_what_only_changes_the_writing_is_accepted_at_once() -> None:
    invoice = put(
        INVOICE,
        buyer__business_id="02012566",
        buyer__e_invoice__operator="apix",
        lines__0__name="Työ → valmis",
        payment__reference="10428",
    )
    fixes = proposed(faults_of(invoice))
    assert {fix.path for fix in fixes} == {"buyer.business_id", "buyer.e_invoice.operator", "lines[0].name"}
    assert {fault.code for fault in faults_of(apply(invoice, fixes))} == {"payment.reference"}


def fault_for(register: str) -> Fault:
    return Fault("x", repair=Repair.CHOOSE, register=register)


@pytest.mark.parametrize(
    ("register", "query", "first"),
    [
        ("account", "30", "3000"),
        ("account", "kotimaa", "3010"),
        ("account", "", "3000"),
        ("cost_centre", "koul", "20"),
        ("project", "sat", "214"),
        ("product", "konsult", "KONS"),
        ("operator", "basw", "BAWCFI22"),
        ("operator", "", "003723327487"),
        ("vat", "13,5", "13.5"),
        ("vat_status", "palvelu", "22"),
        ("bank_account", "", "FI2112345600000785"),
        ("country", "ruot", "SE"),
        ("country", "", "FI"),
        ("language", "sv", "sv"),
        ("unit", "tunti", "HUR"),
    ],
)
def test_options_of_each_register(register: str, query: str, first: str) -> None:
    found = options(fault_for(register), INVOICE, REFERENCE, CHOICES, query)
    assert found[0].value == first
    assert len(found) <= 100
    assert all(0 < len(choice.label) <= 75 for choice in found)


def test_options_leave_out_what_is_closed() -> None:
    for register, closed in [("account", "3900"), ("cost_centre", "30"), ("product", "VANHA")]:
        found = options(fault_for(register), INVOICE, REFERENCE, CHOICES)
        assert closed not in {choice.value for choice in found}


def test_a_large_register_is_searched_whole() -> None:
    accounts = tuple(
        Account(str(code), f"Tili {code}, jonka nimi on hyvin pitkä " + "x" * 80) for code in range(3000, 4000)
    )
    large = replace(REFERENCE, accounts=accounts)
    assert options(fault_for("account"), INVOICE, large, CHOICES, "3987")[0].value == "3987"
    assert len(options(fault_for("account"), INVOICE, large, CHOICES)) == 100


def test_equal_invoices_do_not_differ() -> None:
    assert differences(INVOICE, put(INVOICE, note="")) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"lines__0__unit_price": D(130)}, [Change("lines[0].unit_price", D(120), D(130))]),
        ({"payment__due": None}, [Change("payment.due", date(2026, 11, 16), None)]),
        ({"buyer__address__city": "Espoo"}, [Change("buyer.address.city", "Helsinki", "Espoo")]),
        ({"lines__0__descriptions": ("A", "B")}, [Change("lines[0].descriptions", "Määrittely", "A\nB")]),
        ({"lines": (HEADER, LINE)}, [Change("lines[0]", None, "Lokakuun työt · 0 × 0")]),
        ({"lines": ()}, [Change("lines[0]", "Konsultointi lokakuu · 7.5 × 120", None)]),
        ({"attachments": (Attachment("a.pdf"),)}, [Change("attachments[0]", None, "a.pdf")]),
        ({"channel": Channel.MAIL}, [Change("channel", None, Channel.MAIL)]),
        ({"billing_address": Address(city="Oulu", country="FI")}, [Change("billing_address", None, "Oulu, FI")]),
    ],
)
def test_differences(changes: dict[str, Any], told: list[Change]) -> None:
    assert list(differences(INVOICE, put(INVOICE, **changes))) == told


def test_a_row_put_in_front_leaves_the_others_alone() -> None:
    rows = tuple(replace(LINE, name=f"Työ {n}") for n in range(5))
    old, new = replace(INVOICE, lines=rows), replace(INVOICE, lines=(LINE, *rows[:3], rows[4]))
    assert [(c.path, c.old is None, c.new is None) for c in differences(old, new)] == [
        ("lines[0]", True, False),
        ("lines[3]", False, True),
    ]
