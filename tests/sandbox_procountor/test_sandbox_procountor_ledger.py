"""Ledger receipts: accounts and dimensions of an invoice's rows."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import at, bill, check_schema, errors, ref, row, sales

DIMENSION = "DIMENSION_OR_DIMENSION_ITEM_IDENTIFIERS_DOES_NOT_MATCH_THOSE_STORED_IN_DATABASE"
PAIR = "ERROR_LEDGERACCOUNT_VATPERCENTAGE_COMBINATION"


def receipt_of(bot: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    made = bot.post("/invoices", json=body)
    assert made.status_code == 200, made.text
    answer = bot.get(f"/ledgerreceipts/{made.json()['ledgerReceiptId']}").json()
    check_schema(ref("LedgerReceipt"), answer)
    found: dict[str, Any] = answer
    return found


def entries(receipt: dict[str, Any]) -> list[tuple[str, str, float]]:
    return [(t["transactionType"], t["account"], t["accountingValue"]) for t in receipt["transactions"]]


def test_a_transaction_for_every_row(bot: httpx.Client) -> None:
    rows = [row(quantity=1, unitPrice=100), row(quantity=1, unitPrice=10, vatPercent=13.5), row(productId=4013)]
    assert entries(receipt_of(bot, sales(invoiceRows=rows))) == [
        ("REVERSING_ENTRY", "1700", 1176.93),
        ("ENTRY", "3000", -100),
        ("ENTRY", "3010", -10),
        ("ENTRY", "3070", -828.75),
    ]


def test_a_transaction_for_every_percentage(bot: httpx.Client) -> None:
    rows = [row(quantity=1, unitPrice=100), row(quantity=1, unitPrice=50), row(quantity=1, unitPrice=9, vatPercent=10)]
    body = at(sales(invoiceRows=rows), "extraInfo.accountingByRow", False)
    assert entries(receipt_of(bot, body))[1:] == [("ENTRY", "3000", -150), ("ENTRY", "3020", -9)]


def test_accounts_of_foreign_sales(bot: httpx.Client) -> None:
    rows = [row(quantity=1, unitPrice=100, vatPercent=0), row(quantity=1, unitPrice=1, vatPercent=0, vatStatus=3)]
    accounts = [account for _, account, _ in entries(receipt_of(bot, sales(vatStatus=6, invoiceRows=rows)))]
    assert accounts == ["1700", "3040", "3050"]


def test_a_bill_is_booked_the_other_way(bot: httpx.Client) -> None:
    assert entries(receipt_of(bot, bill())) == [("REVERSING_ENTRY", "2871", -1255), ("ENTRY", "4000", 1000)]


def test_accounts_and_dimensions_by_put(bot: httpx.Client) -> None:
    receipt = receipt_of(bot, sales(invoiceRows=[row(quantity=1, unitPrice=100)]))
    entry = receipt["transactions"][1]
    entry["account"] = "3060"
    entry["dimensionItemValues"] = [
        {"dimensionId": 201, "itemId": 2004, "value": -60},
        {"dimensionId": 201, "itemId": 2005, "value": -40},
        {"dimensionId": 202, "itemId": 2103, "value": -100},
    ]
    answer = bot.put(f"/ledgerreceipts/{receipt['id']}", json=receipt)
    assert answer.status_code == 200, answer.text
    stored = bot.get(f"/ledgerreceipts/{receipt['id']}").json()
    assert stored["transactions"][1] == entry
    assert (stored["invoiceId"], stored["receiptNumber"]) == (receipt["invoiceId"], receipt["receiptNumber"])


PUT_FAULTS: list[tuple[str, Any, str, str | None]] = [
    ("transactions.1.account", "9999", "transactions[1].account", PAIR),
    ("transactions.1.account", "3010", "transactions[1].account", PAIR),
    ("transactions.1.account", "3100", "transactions[1].account", PAIR),
    ("transactions.1.vatPercent", 24, "transactions[1].vatPercent", None),
    ("transactions.0.vatPercent", 25.5, "transactions[0].vatPercent", None),
    (
        "transactions.1.dimensionItemValues",
        [{"dimensionId": 201, "itemId": 2010, "value": -100}],
        "transactions[1].dimensionItemValues",
        DIMENSION,
    ),
    (
        "transactions.1.dimensionItemValues",
        [{"dimensionId": 201, "itemId": 2101, "value": -100}],
        "transactions[1].dimensionItemValues",
        DIMENSION,
    ),
    (
        "transactions.1.dimensionItemValues",
        [{"dimensionId": 201, "itemId": 2001, "value": -50}] * 2,
        "transactions[1].dimensionItemValues",
        DIMENSION,
    ),
    (
        "transactions.1.dimensionItemValues",
        [{"dimensionId": 201, "itemId": 2001, "value": 100}],
        "transactions[1].dimensionItemValues",
        None,
    ),
    (
        "transactions.1.dimensionItemValues",
        [{"dimensionId": 201, "itemId": 2001, "value": -99.999}],
        "transactions[1].dimensionItemValues",
        None,
    ),
    ("receiptDate", "2026-08-01", "receiptDate", "CLOSED_FISCAL_PERIOD"),
    ("version", None, "version", None),
    ("version", "2026-01-01T00:00:00", "version", None),
    ("transactions", [], "transactions", None),
]


@pytest.mark.parametrize(("path", "value", "field", "message"), PUT_FAULTS)
def test_a_receipt_with_one_fault(bot: httpx.Client, path: str, value: Any, field: str, message: str | None) -> None:
    receipt = receipt_of(bot, sales(invoiceRows=[row(quantity=1, unitPrice=100)]))
    answer = bot.put(f"/ledgerreceipts/{receipt['id']}", json=at(receipt, path, value))
    assert answer.status_code == 400, answer.text
    found = errors(answer)
    assert field in [where for where, _ in found]
    assert message is None or (field, message) in found
    assert bot.get(f"/ledgerreceipts/{receipt['id']}").json() == receipt


def test_reconciliation_brings_it_to_zero(bot: httpx.Client) -> None:
    receipt = receipt_of(bot, sales(invoiceRows=[row(quantity=1, unitPrice=100)]))
    body = at(receipt, "transactions.1.accountingValue", -99.99)
    answer = bot.put(f"/ledgerreceipts/{receipt['id']}?createReconciliation=true", json=body).json()
    assert answer["transactions"][-1]["transactionType"] == "RECONCILIATION_ENTRY"
    assert answer["transactions"][-1]["accountingValue"] == -0.01


def test_dimensions_of_one_transaction(bot: httpx.Client) -> None:
    receipt = receipt_of(bot, sales(invoiceRows=[row(quantity=1, unitPrice=100)]))
    path = f"/ledgerreceipts/{receipt['id']}/transactions/{receipt['transactions'][1]['id']}/dimensions"
    values = [{"dimensionId": 201, "itemId": 2001, "value": -100}]
    answer = bot.put(path, json={"dimensionItemValues": values})
    check_schema(ref("LedgerReceipt"), answer.json())
    assert answer.json()["transactions"][1]["dimensionItemValues"] == values
    bad = bot.put(path, json={"dimensionItemValues": [{**values[0], "itemId": 1}]})
    assert errors(bad) == [("dimensionItemValues", DIMENSION)]
    assert bot.put(path, json={"dimensionItemValues": []}).json()["transactions"][1]["dimensionItemValues"] == []
    missing = path.replace(str(receipt["transactions"][1]["id"]), "1")
    assert bot.put(missing, json={"dimensionItemValues": []}).status_code == 404


def test_search_and_batch(bot: httpx.Client) -> None:
    found = bot.get("/ledgerreceipts", params={"types": "PURCHASE_INVOICE", "status": "RECEIVED"}).json()
    assert found["meta"]["totalCount"] == 8
    assert [r["id"] for r in bot.get("/ledgerreceipts/920002,920001,1").json()] == [920001, 920002]
    assert bot.get("/ledgerreceipts", params={"types": "LETTER"}).status_code == 400


def test_the_status_follows_the_invoice(bot: httpx.Client) -> None:
    receipt = receipt_of(bot, sales())
    bot.put(f"/invoices/{receipt['invoiceId']}/approve", json={})
    assert bot.get(f"/ledgerreceipts/{receipt['id']}").json()["status"] == "NOT_SENT"
