"""A bill's entries divided between projects: only what differs is written, and nothing but the dimension."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procountor import ledger, payload
from procountor.errors import Refused, Unsendable, Unsure
from procountor.wire import ledger as wire_ledger
from tests.procountor_client.contract import Wire

D = Decimal
PROJECT, COST_CENTRE = 2, 1


def entry(id: int, value: str, *values: tuple[int, int, str], kind: str = "ENTRY") -> dict[str, Any]:
    told = [{"dimensionId": d, "itemId": i, "value": D(v)} for d, i, v in values]
    made = {"id": id, "transactionType": kind, "account": "4000", "accountingValue": D(value), "vatPercent": D("25.5")}
    return {**made, "dimensionItemValues": told}


def receipt(*entries: dict[str, Any]) -> bytes:
    return payload.encode({"id": 900, "version": "2026-03-02T09:15:01", "transactions": list(entries)})


def written(wire: Wire, before: bytes, *parts: tuple[int, str], to: tuple[int, ...] = (1,)) -> list[tuple[str, Any]]:
    """Every write, expected to the entries ``to`` and no others: its path and the values."""
    wire.says("GET", "ledgerreceipts/900", body=before)
    for number in to:
        wire.says("PUT", f"ledgerreceipts/900/transactions/{number}/dimensions", json={})
    changed = ledger.divide(wire.api, 900, PROJECT, [(item, D(percent)) for item, percent in parts])
    puts = [call for call in wire.bridge.calls if call.method == "PUT"]
    assert changed is bool(puts)
    return [
        (
            str(call.url).rpartition("transactions/")[2],
            [(v["dimensionId"], v["itemId"], v["value"]) for v in payload.decode(call.content)["dimensionItemValues"]],
        )
        for call in puts
    ]


def test_each_entry_of_value_is_divided_and_other_dimensions_stay(wire: Wire) -> None:
    before = receipt(
        entry(9, "-125.50", kind="REVERSING_ENTRY"),
        entry(1, "100.01", (COST_CENTRE, 11, "100.01")),
        entry(2, "0.00"),
        entry(3, "-0.05", (PROJECT, 29, "-0.05")),
    )
    assert written(wire, before, (21, "33.33"), (22, "66.67"), to=(1, 3)) == [
        ("1/dimensions", [(1, 11, D("100.01")), (2, 21, D("33.33")), (2, 22, D("66.68"))]),
        ("3/dimensions", [(2, 21, D("-0.02")), (2, 22, D("-0.03"))]),
    ]


def test_what_stands_so_already_is_not_written(wire: Wire) -> None:
    assert written(wire, receipt(entry(1, "100", (PROJECT, 21, "100.00"))), (21, "100"), to=()) == []


def test_no_parts_take_the_dimension_off(wire: Wire) -> None:
    before = receipt(entry(1, "100", (PROJECT, 21, "100"), (COST_CENTRE, 11, "100")))
    assert written(wire, before) == [("1/dimensions", [(1, 11, D("100"))])]


def test_an_item_is_named_once_and_not_for_nothing(wire: Wire) -> None:
    before = receipt(entry(1, "0.01"))
    assert written(wire, before, (21, "30"), (21, "30"), (22, "40")) == [("1/dimensions", [(2, 21, D("0.01"))])]


def test_without_rows_nothing_can_be_divided(wire: Wire) -> None:
    wire.says("GET", "ledgerreceipts/900", body=receipt(entry(1, "0.00")))
    with pytest.raises(Unsendable):
        ledger.divide(wire.api, 900, PROJECT, [(21, D(100))])


@pytest.mark.parametrize(("status", "error"), [(400, Refused), (500, Unsure)])
def test_a_refusal_and_a_silence_are_told(wire: Wire, status: int, error: type[Exception]) -> None:
    wire.says("GET", "ledgerreceipts/900", body=receipt(entry(1, "100")))
    no = {"errors": [{"status": status, "message": "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH"}]}
    wire.says("PUT", "ledgerreceipts/900/transactions/1/dimensions", status=status, json=no)
    with pytest.raises(error):
        ledger.divide(wire.api, 900, PROJECT, [(21, D(100))])


@given(st.decimals(min_value="-99999.99", max_value="99999.99", places=2), st.integers(1, 9999))
def test_the_values_make_the_entry(value: Decimal, share: int) -> None:
    told = wire_ledger.Transaction.model_validate({"transactionType": "ENTRY", "accountingValue": value})
    parts = [(21, D(share) / 100), (22, D(10_000 - share) / 100)]
    assert sum(item.value for item in ledger._divided(told, PROJECT, parts)) == value
