"""Accounts and cost centres on the accounting page."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.posting import Posting, Row, Target
from procountor import ledger, payload
from procountor.errors import Broken, NotFound, Refused, Unsendable
from tests.procountor_client.contract import Wire

D = Decimal
CENTRE, PROJECT = Target(1, 11, "100"), Target(2, 21, "SAARI")


def row(value: str, account: str = "", *targets: Target, vat: str = "25.5") -> Row:
    return Row("x", D(1), "", D(value), D(0), D(vat), 1, account=account, targets=targets)


def entry(value: str, account: str = "3000", vat: str | None = "25.5", **members: Any) -> dict[str, Any]:
    made = {"id": 1, "transactionType": "ENTRY", "account": account, "accountingValue": D(value), **members}
    return made if vat is None else made | {"vatPercent": D(vat)}


def receipt(*transactions: dict[str, Any]) -> dict[str, Any]:
    other = {"transactionType": "REVERSING_ENTRY", "account": "1701", "accountingValue": D("125.50"), "vatPercent": 0}
    return {
        "id": 900,
        "type": "SALES_INVOICE",
        "name": "Mäkelä Oy",
        "version": "2026-03-02T09:15:01",
        "transactions": [other, *transactions],
        "somethingNew": {"kept": D("1.10")},
    }


def assigned(wire: Wire, before: dict[str, Any], *rows: Row) -> dict[str, Any]:
    """The receipt that was written."""
    wire.says("GET", "ledgerreceipts/900", body=payload.encode(before))
    wire.says("PUT", "ledgerreceipts/900", json={})
    assert ledger.assign(wire.api, 900, Posting(1, rows)) is True
    sent: dict[str, Any] = payload.decode(wire.bridge.calls[-1].content)
    return sent


def values(made: dict[str, Any]) -> list[tuple[str, list[tuple[int, int, Decimal]]]]:
    return [
        (t["account"], [(v["dimensionId"], v["itemId"], v["value"]) for v in t.get("dimensionItemValues", [])])
        for t in made["transactions"]
    ]


def test_accounts_and_targets_go_on_the_entries_of_their_rows(wire: Wire) -> None:
    before = receipt(entry("-100.00"), entry("-40.00", vat="10"))
    sent = assigned(wire, before, row("100", "3010", CENTRE, PROJECT), row("40", "", CENTRE, vat="10"))
    assert values(sent) == [
        ("1701", []),
        ("3010", [(1, 11, D("-100.00")), (2, 21, D("-100.00"))]),
        ("3000", [(1, 11, D("-40.00"))]),
    ]
    assert (sent["version"], sent["somethingNew"]) == ("2026-03-02T09:15:01", {"kept": D("1.10")})
    assert wire.requests == ["GET ledgerreceipts/900", "PUT ledgerreceipts/900"]


@pytest.mark.parametrize("zero_entry", [True, False])
def test_a_heading_row_may_have_an_entry_or_none(wire: Wire, zero_entry: bool) -> None:
    entries = [entry("-100.00"), *([entry("0.00")] if zero_entry else []), entry("-40.00")]
    sent = assigned(wire, receipt(*entries), row("100", "3010"), row("0", "3020"), row("40", "3030"))
    accounts = [account for account, _ in values(sent)]
    assert accounts == ["1701", "3010", *(["3020"] if zero_entry else []), "3030"]


def test_entries_without_a_vat_percentage_are_matched_too(wire: Wire) -> None:
    assert values(assigned(wire, receipt(entry("-100", vat=None)), row("100", "3010")))[1] == ("3010", [])


def test_nothing_is_written_when_all_stands_as_wanted(wire: Wire) -> None:
    held = [{"dimensionId": 1, "itemId": 11, "value": D("-100.0")}]
    wire.says("GET", "ledgerreceipts/900", body=payload.encode(receipt(entry("-100", dimensionItemValues=held))))
    assert ledger.assign(wire.api, 900, Posting(1, (row("100", "3000", CENTRE),))) is False
    assert ledger.assign(wire.api, 900, Posting(1, (row("100"),))) is False
    assert wire.requests == ["GET ledgerreceipts/900"] * 2


def test_dimensions_we_say_nothing_about_stay(wire: Wire) -> None:
    held = [{"dimensionId": n, "itemId": 5, "value": D("-100")} for n in (1, 3)]
    sent = assigned(wire, receipt(entry("-100", dimensionItemValues=held)), row("100", "", CENTRE))
    assert values(sent)[1] == ("3000", [(3, 5, D("-100")), (1, 11, D("-100.00"))])


def test_several_items_of_one_dimension_share_the_value_to_the_cent(wire: Wire) -> None:
    three = [Target(1, n) for n in (11, 12, 13)]
    sent = assigned(wire, receipt(entry("-100.00")), row("100", "", *three))
    shares = [value for _, _, value in values(sent)[1][1]]
    assert shares == [D("-33.33"), D("-33.33"), D("-33.34")]


@given(st.decimals(-(10**6), 10**6, places=2), st.integers(1, 9))
def test_shares_are_whole_cents_and_sum_to_the_value(value: Decimal, count: int) -> None:
    parts = ledger._parts(value, count)
    assert sum(parts) == value
    assert all(part == part.quantize(D("0.01")) for part in parts)
    assert max(parts) - min(parts) < D("0.01") * count


@pytest.mark.parametrize(
    ("entries", "rows"),
    [
        ([], [row("100")]),
        ([entry("-100")], [row("60"), row("40")]),
        ([entry("-60"), entry("-40")], [row("100")]),
        ([entry("-100", vat="14")], [row("100")]),
        ([entry("-100"), entry("-40")], [row("0"), row("100")]),
    ],
)
def test_entries_that_do_not_go_with_the_rows_are_left_alone(wire: Wire, entries: list[Any], rows: list[Row]) -> None:
    wire.says("GET", "ledgerreceipts/900", body=payload.encode(receipt(*entries)))
    with pytest.raises(Unsendable) as raised:
        ledger.assign(wire.api, 900, Posting(1, tuple(rows)))
    assert raised.value.codes == ("LEDGER_ROWS_DIFFER",)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("transactions[1].account", "invoiceRows[0].account"),  # the receipt's first transaction is no entry
        ("transactions[0].account", "transactions[0].account"),
        ("transactions[7].account", "transactions[7].account"),
        ("account", "account"),
    ],
)
def test_a_refusal_names_the_row_of_the_invoice(wire: Wire, named: str, told: str) -> None:
    code = "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION"
    wire.says("GET", "ledgerreceipts/900", body=payload.encode(receipt(entry("-100"))))
    no = {"errors": [{"status": 400, "field": named, "message": code}]}
    wire.says("PUT", "ledgerreceipts/900", status=400, json=no)
    with pytest.raises(Refused) as raised:
        ledger.assign(wire.api, 900, Posting(1, (row("100", "9999"),)))
    assert [(p.code, p.field) for p in raised.value.problems] == [(code, told)]


def test_a_receipt_that_was_replaced_is_not_found(wire: Wire) -> None:
    wire.says("GET", "ledgerreceipts/900", status=404, json={"errors": [{"status": 404, "message": "Not found"}]})
    with pytest.raises(NotFound):
        ledger.assign(wire.api, 900, Posting(1, (row("100"),)))


@pytest.mark.parametrize("answer", [{}, {"version": "x"}, {"version": "x", "transactions": [7]}, []])
def test_an_answer_that_is_no_receipt_is_broken(wire: Wire, answer: Any) -> None:
    wire.says("GET", "ledgerreceipts/900", body=json.dumps(answer))
    with pytest.raises(Broken):
        ledger.assign(wire.api, 900, Posting(1, (row("100"),)))
