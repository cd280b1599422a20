"""Which channels hear that an invoice has been paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from finance.paid_rules import PaidRule, Place, places
from tests.support.invoices import invoice

PLAIN = invoice("1042", date(2026, 11, 2))
PROJECT = replace(PLAIN, project="P-1001")
BY_PROJECT = PaidRule("CPROJ", projects=("p-1001", "P-7"))
BY_CUSTOMER = PaidRule("CCUST", customers=("Asiakas  oy",), amounts=False)
ROWS = replace(PLAIN, lines=(replace(PLAIN.lines[0], project="P-1001"), replace(PLAIN.lines[0], project="P-2")))

CASES = {
    "by project": (PROJECT, [BY_CUSTOMER, BY_PROJECT], "CALL", [Place("CPROJ")]),
    "a row's project": (ROWS, [BY_PROJECT, PaidRule("CTWO", ("P-2",))], "CALL", [Place("CPROJ"), Place("CTWO")]),
    "by customer's name": (PLAIN, [BY_PROJECT, BY_CUSTOMER], "CALL", [Place("CCUST", amounts=False)]),
    "by business id": (PLAIN, [PaidRule("CID", customers=("1572860-0",))], "", [Place("CID")]),
    "the company's": (PLAIN, [BY_PROJECT], "CALL", [Place("CALL", amounts=False)]),
    "nowhere": (PLAIN, [BY_PROJECT], "", []),
    "two rules, one channel": (
        PROJECT,
        [BY_PROJECT, PaidRule("CPROJ", ("P-1001",), amounts=False)],
        "",
        [Place("CPROJ", amounts=False)],
    ),
}


@pytest.mark.parametrize(("about", "rules", "channel", "expected"), CASES.values(), ids=CASES)
def test_the_nearest_rule_decides(about, rules, channel, expected) -> None:  # type: ignore[no-untyped-def]
    assert list(places(about, rules, channel, amounts=False)) == expected


def test_an_invoice_without_a_project_is_not_of_a_rule_with_an_empty_one() -> None:
    assert places(PLAIN, [PaidRule("CX", projects=("",), customers=("",))], "", amounts=True) == ()
