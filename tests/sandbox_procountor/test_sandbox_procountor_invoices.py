"""Invoices: what the server adds on creation, what a PUT replaces, what comes to how much."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx
import pytest
from practice_bodies import at, bill, check_schema, claim, errors, ref, row, sales

from sandbox.procountor import World


def make(bot: httpx.Client, body: dict[str, Any]) -> dict[str, Any]:
    answer = bot.post("/invoices", json=body)
    assert answer.status_code == 200, answer.text
    check_schema(ref("Invoice"), answer.json())
    made: dict[str, Any] = answer.json()
    return made


def test_creation_ignores_what_only_the_server_sets(bot: httpx.Client) -> None:
    made = make(bot, sales(id=5, invoiceNumber=7, status="PAID", ledgerReceiptId=9, creatorId=1, sum=3))
    assert made["status"] == "UNFINISHED"
    assert made["creatorId"] == 501
    assert (made["id"], made["invoiceNumber"], made["ledgerReceiptId"]) == (810029, 30125, 920029)
    assert bot.get(f"/invoices/{made['id']}").json() == made


def test_there_is_no_idempotency(bot: httpx.Client) -> None:
    first, second = make(bot, sales()), make(bot, sales())
    assert second["invoiceNumber"] == first["invoiceNumber"] + 1
    assert second["id"] != first["id"]


def test_version_has_no_fraction_and_no_zone(bot: httpx.Client) -> None:
    made = make(bot, sales())
    assert len(made["version"]) == len("2026-11-20T10:00:00")


def test_addresses_are_copied_or_emptied(bot: httpx.Client) -> None:
    made = make(bot, sales())
    assert made["billingAddress"] == made["deliveryAddress"] == made["counterParty"]["counterPartyAddress"]
    empty = make(bot, sales(billingAddress={}, deliveryAddress={}, invoiceChannel="NO_SENDING"))
    assert "billingAddress" not in empty
    assert "deliveryAddress" not in empty


def test_empty_references_are_null(bot: httpx.Client) -> None:
    made = make(bot, at(sales(), "partnerId", None))
    assert made["partnerId"] is None
    assert made["invoiceRows"][0]["productId"] is None


def test_reference_absent_empty_or_given(bot: httpx.Client) -> None:
    assert "bankReferenceCode" not in make(bot, sales())["paymentInfo"]
    assert make(bot, at(sales(), "paymentInfo.bankReferenceCode", ""))["paymentInfo"]["bankReferenceCode"] == "301262"
    assert make(bot, at(sales(), "paymentInfo.bankReferenceCode", "1232"))["paymentInfo"]["bankReferenceCode"] == "1232"


SUMS = [
    ([row(quantity=1, unitPrice=100)], False, 0, ("100.00", "25.50", "125.50")),
    ([row(quantity=1, unitPrice=125.5)], True, 0, ("100.00", "25.50", "125.50")),
    ([row(quantity=3, unitPrice=33.335, discountPercent=10)], False, 0, ("90.00", "22.95", "112.95")),
    ([row(quantity=1, unitPrice=100), row(quantity=1, unitPrice=10, vatPercent=13.5)], False, 50, None),
    ([row(quantity=-1, unitPrice=50)], False, 0, ("-50.00", "-12.75", "-62.75")),
]


@pytest.mark.parametrize(("rows", "gross", "discount", "expected"), SUMS)
def test_totals(bot: httpx.Client, rows: Any, gross: bool, discount: int, expected: Any) -> None:
    body = sales(invoiceRows=rows, discountPercent=discount)
    (info,) = make(bot, at(body, "extraInfo.unitPricesIncludeVat", gross))["invoiceSumInfo"]
    found = [Decimal(str(info[n])) for n in ("excludingVatTotal", "vatSumTotal", "invoiceSumTotal")]
    assert found == [Decimal(text) for text in expected or ("55.00", "13.43", "68.43")]


def test_rounding_per_row_or_per_rate(bot: httpx.Client, world: World) -> None:
    rows = [row(quantity=1, unitPrice=0.004) for _ in range(10)]
    assert make(bot, sales(invoiceRows=rows))["invoiceSumInfo"][0]["excludingVatTotal"] == 0
    world.options.rounding = "rate"
    assert make(bot, sales(invoiceRows=rows))["invoiceSumInfo"][0]["excludingVatTotal"] == 0.04


def test_a_foreign_currency_has_two_sums(bot: httpx.Client) -> None:
    body = sales(invoiceRows=[row(quantity=1, unitPrice=1000)])
    body = at(at(body, "paymentInfo.currency", "SEK"), "paymentInfo.currencyRate", 10)
    sums = make(bot, body)["invoiceSumInfo"]
    assert [(s["currency"], s["inAccountingCurrency"], s["invoiceSumTotal"]) for s in sums] == [
        ("EUR", True, 125.5),
        ("SEK", False, 1255),
    ]


def test_put_replaces_and_takes_a_new_receipt_when_rows_change(bot: httpx.Client) -> None:
    made = make(bot, sales(notes="first", orderReference="P-1001"))
    body = at(made, "invoiceRows.0.quantity", 8)
    body.pop("orderReference")
    answer = bot.put(f"/invoices/{made['id']}", json=body)
    assert answer.status_code == 200, answer.text
    new = answer.json()
    assert "orderReference" not in new
    assert new["ledgerReceiptId"] != made["ledgerReceiptId"]
    assert new["invoiceNumber"] == made["invoiceNumber"]
    assert [r["id"] for r in new["invoiceRows"]] == [r["id"] for r in made["invoiceRows"]]
    assert bot.get(f"/ledgerreceipts/{made['ledgerReceiptId']}").status_code == 404


def test_put_of_texts_keeps_the_receipt(bot: httpx.Client) -> None:
    made = make(bot, sales())
    new = bot.put(f"/invoices/{made['id']}", json={**made, "additionalInformation": "Kiitos"}).json()
    assert new["ledgerReceiptId"] == made["ledgerReceiptId"]


@pytest.mark.parametrize("version", [None, "2026-11-20T00:00:00"])
def test_put_needs_the_version(bot: httpx.Client, version: str | None) -> None:
    made = make(bot, sales())
    answer = bot.put(f"/invoices/{made['id']}", json=at(made, "version", version))
    assert answer.status_code == 400
    assert errors(answer)[0][0] == "version"


def test_put_cannot_change_partner_or_type(bot: httpx.Client) -> None:
    made = make(bot, sales())
    assert errors(bot.put(f"/invoices/{made['id']}", json={**made, "partnerId": 1002}))[0][0] == "partnerId"
    assert "type" in [f for f, _ in errors(bot.put(f"/invoices/{made['id']}", json={**made, "type": "SALES_ORDER"}))]


def test_put_in_a_later_status_is_403(bot: httpx.Client) -> None:
    sent = bot.get("/invoices/810003").json()
    assert sent["status"] == "SENT"
    assert bot.put("/invoices/810003", json=sent).status_code == 403
    received = bot.get("/invoices/810021").json()
    assert received["status"] == "RECEIVED"
    assert bot.put("/invoices/810021", json=received).status_code == 200


def test_notes_in_any_status(bot: httpx.Client) -> None:
    assert bot.put("/invoices/810003/notes", json={"notes": "Kierto 7Q2K"}).json()["message"]
    assert bot.get("/invoices/810003").json()["notes"] == "Kierto 7Q2K"
    assert bot.put("/invoices/810003/notes", json={"notes": "x" * 10_001}).status_code == 400


def test_batches(bot: httpx.Client) -> None:
    many = bot.get("/invoices/810003,810001,810003,4").json()
    assert [invoice["id"] for invoice in many] == [810001, 810003]
    assert [invoice["id"] for invoice in bot.get("/invoices/810001,5").json()] == [810001]
    assert bot.get("/invoices/810001").json()["id"] == 810001
    assert bot.get("/invoices/5,6").status_code == 404
    assert bot.get("/invoices/" + ",".join(map(str, range(1, 202)))).status_code == 400


def test_defaults_of_the_circulation(bot: httpx.Client) -> None:
    assert make(bot, bill())["invoiceApprovalInformation"]["acceptors"] == [{"userId": 503}]
    nobody = make(bot, bill(invoiceApprovalInformation={}))["invoiceApprovalInformation"]
    assert nobody == {"acceptors": [], "verifiers": []}
    named = make(bot, claim(invoiceApprovalInformation={"verifiers": [{"userId": 504}]}))
    assert named["invoiceApprovalInformation"] == {"acceptors": [], "verifiers": [{"userId": 504}]}
