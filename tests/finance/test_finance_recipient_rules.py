"""The company's own rules of who gets a bill, between the numbers on it and the default recipient."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance.bill import Bill
from finance.company import TARGET_FIELDS
from finance.targeting import Barred, Lead, Reason, Rules, aim

BILL = Bill(1, "RECEIVED", "v", "Oy Ab", date(2026, 1, 2), "EUR", Decimal(10), partner_id=7)
PROJECTS = {"P-1": Lead("P-1", "MANAGER"), "P-2": Lead("P-2", barred=Barred.NO_RIGHT),
            "P-3": Lead("P-3", barred=Barred.CLOSED), "P-4": Lead("P-4", "OTHER")}  # fmt: skip
PEOPLE = {"9012": Lead("Aino", "AINO")}
RULE, LEFT = Lead("", "RULED", ruled=True), Lead("", "GONE", Barred.NO_RIGHT, ruled=True)
SUPPLIER = Lead("", "BUYER", ruled=True)

TABLE = {
    "a project by its rule, before its manager": ("P-1", {"P-1": RULE}, {}, "RULED", Reason.PROJECT_RULE),
    "a rule whose person may not receive any more": ("P-1", {"P-1": LEFT}, {}, "MANAGER", Reason.PROJECT),
    "a rule where the manager may not receive": ("P-2", {"P-2": RULE}, {}, "RULED", Reason.PROJECT_RULE),
    "a closed project takes no bills": ("P-3", {"P-3": RULE}, {}, "", Reason.BARRED),
    "a person's id goes before any rule": ("9012 P-1", {"P-1": RULE}, {7: SUPPLIER}, "AINO", Reason.PERSON),
    "a project's manager goes before the supplier": ("P-1", {}, {7: SUPPLIER}, "MANAGER", Reason.PROJECT),
    "the supplier goes before the default": ("", {}, {7: SUPPLIER}, "BUYER", Reason.SUPPLIER_RULE),
    "also when the number leads to nobody": ("P-2", {}, {7: SUPPLIER}, "BUYER", Reason.SUPPLIER_RULE),
    "also when the numbers lead to several": ("P-1 P-4", {}, {7: SUPPLIER}, "BUYER", Reason.SUPPLIER_RULE),
    "another supplier's rule is none": ("", {}, {8: SUPPLIER}, "", Reason.NOTHING),
    "the supplier's person may not receive": ("", {}, {7: LEFT}, "", Reason.NOTHING),
    "a rule makes one of two": ("P-1 P-4", {"P-1": Lead("", "OTHER", ruled=True)}, {}, "OTHER", Reason.PROJECT),
}


@pytest.mark.parametrize("name", TABLE)
def test_who_gets_it(name: str) -> None:
    text, projects, suppliers, who, reason = TABLE[name]
    bill = replace(BILL, order_reference=text)
    found = aim(bill, TARGET_FIELDS, PROJECTS, PEOPLE, Rules(projects, suppliers))
    assert (found.who, found.reason) == (who, reason)


def test_a_bill_without_a_register_entry_follows_no_suppliers_rule() -> None:
    bill = replace(BILL, partner_id=None)
    assert aim(bill, TARGET_FIELDS, PROJECTS, PEOPLE, Rules({}, {7: SUPPLIER})).reason is Reason.NOTHING
