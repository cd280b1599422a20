"""What Procountor turns away, request by request: wrong parameters, wrong media, unknown ids, limited users."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import Doc, at, bill, claim, errors, sales

from sandbox.procountor import PracticeProcountor, World, shapes

NORTH = 12001

READS: list[tuple[str, int, str]] = [
    ("/persons/abc", 404, "Resource not found."),
    ("/businesspartners?active=perhaps", 400, "active"),
    ("/company/invoicecirculation/verifierlists/1", 404, "Verifier list not found."),
    ("/vats/country?countryCode=XX", 400, "Country code 'XX' is not supported."),
    ("/vats/country", 400, "Country code '' is not supported."),
    ("/currencies/latest?rateType=9", 400, "rateType"),
    ("/currencies/exchangerate?baseCurrency=EUR&currency=SEK&rateType=AVERAGE_RATE", 400, "required"),
    ("/currencies/exchangerate?baseCurrency=EUR&currency=SEK&day=2026-11-02", 400, "required"),
    (
        "/currencies/exchangerate?baseCurrency=EUR&currency=XXX&day=2026-11-02&rateType=AVERAGE_RATE",
        404,
        "Exchange rate not found.",
    ),
    (
        "/currencies/exchangerate?baseCurrency=SEK&currency=NOK&day=2026-11-02&rateType=AVERAGE_RATE",
        404,
        "Exchange rate not found.",
    ),
    ("/invoices/transactions?invoiceIds=1,2", 404, "Invoice not found."),
    ("/payments/paymentevents", 400, "invoiceId"),
    ("/mfatransactionresult/nothing", 404, "Transaction not found."),
    ("/invoices/810021/comments/1", 404, "Comment not found."),
    ("/ledgerreceipts?status=LOST", 400, "status"),
    ("/businesspartners/personaldetails", 404, "Person not found."),
]


@pytest.mark.parametrize(("path", "status", "words"), READS)
def test_what_is_asked_for_wrongly(bot: httpx.Client, path: str, status: int, words: str) -> None:
    answer = bot.get(path)
    assert answer.status_code == status, answer.text
    assert words in errors(answer)[0][1]


PARTNER: dict[str, Any] = {
    "name": "Toinen Oy",
    "type": "CUSTOMER",
    "address": {"name": "Toinen Oy", "country": "FINLAND"},
    "paymentInfo": {"paymentMethod": "BANK_TRANSFER"},
    "invoicingInfo": {"customerNumber": "777", "identifier": "1572860-0"},
}
RECEIPT = "/ledgerreceipts/920021"

WRITES: list[tuple[str, str, Any, int, str | None]] = [
    ("POST", "/businesspartners", PARTNER | {"type": "PERSON"}, 400, "type"),
    ("POST", "/businesspartners", at(PARTNER, "type", None), 400, "type"),
    (
        "POST",
        "/businesspartners",
        at(PARTNER, "invoicingInfo.identifier", "1572860-1"),
        400,
        "invoicingInfo.identifier",
    ),
    ("POST", "/invoices", at(sales(), "type", None), 400, "type"),
    ("PUT", "/invoices/1/notes", {"notes": "x"}, 404, None),
    ("PUT", "/ledgerreceipts/1", {}, 404, None),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "field"), WRITES)
def test_what_is_written_wrongly(
    bot: httpx.Client, method: str, path: str, body: Any, status: int, field: str | None
) -> None:
    answer = bot.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    assert field in [where for where, _ in errors(answer)]


def test_a_person_has_a_right_account_or_none(bot: httpx.Client) -> None:
    person = at(bot.get("/persons/3010").json(), "version", None)
    refused = bot.post("/persons", json=at(person, "paymentInfo.accountNumber", "FI00"))
    assert errors(refused) == [("paymentInfo.accountNumber", "Invalid bank account number.")]
    assert bot.post("/persons", json=at(person, "paymentInfo.accountNumber", None)).status_code == 200


def test_a_body_of_another_kind_is_415(bot: httpx.Client) -> None:
    plain = bot.post("/invoices", content=b"{}", headers={"content-type": "text/plain"})
    assert (plain.status_code, "text/plain" in errors(plain)[0][1]) == (415, True)
    assert bot.post("/attachments", json={}).status_code == 415
    files = {"file": ("a.pdf", b"x", "application/pdf")}
    half = bot.post("/attachments", files=files)
    assert (half.status_code, errors(half)[0][1]) == (400, "Parts 'meta' and 'file' are required.")


def test_members_it_does_not_know_are_passed_over_and_noted(bot: httpx.Client, world: World) -> None:
    assert bot.post("/invoices", json=sales(colour="red")).status_code == 200
    assert dict(world.journal.unknown_members) == {"Invoice.colour": 1}


def test_a_partner_is_also_replaced_without_its_version(bot: httpx.Client) -> None:
    stored = bot.get("/businesspartners/1002").json()
    changed = bot.put("/businesspartners/1002", json=at(stored, "version", None) | {"name": "Uusi Oy"})
    assert (changed.status_code, changed.json()["name"]) == (200, "Uusi Oy")


def test_ones_own_details(login: Any) -> None:
    found = login("practice-key-petteri").get("/businesspartners/personaldetails").json()
    assert (found["partnerId"], found["lastName"], found["language"]) == (3006, "Koivisto", "FINNISH")
    assert found["paymentInfo"]["bankAccount"]["accountNumber"].startswith("FI")


@pytest.mark.parametrize(
    ("group", "right", "method", "path", "body"),
    [
        ("accounting", "preventCreatingEditingInvoices", "POST", "/invoices", sales()),
        ("accounting", "preventEditingAccountingPage", "PUT", RECEIPT, None),
    ],
)
def test_a_limitation_of_the_user(
    bot: httpx.Client, world: World, group: str, right: str, method: str, path: str, body: Any
) -> None:
    sent = body if body is not None else bot.get(path).json()
    assert bot.request(method, path, json=sent).status_code == 200
    again = body if body is not None else bot.get(path).json()
    world.companies[NORTH].users[501]["_rights"][group][right] = True
    answer = bot.request(method, path, json=again)
    assert (answer.status_code, errors(answer)[0][1].startswith("User rights")) == (403, True)


def test_nothing_waits_where_nothing_circulates(login: Any) -> None:
    south = login("practice-key-south")
    made = south.post("/invoices", json=at(claim(), "partnerId", 3003))
    assert made.status_code == 200, made.text
    assert south.get("/invoices/personalapprovals?types=BILL_OF_CHARGES").json() == {"invoiceIds": []}


def test_in_a_determined_order_only_the_next_is_waited_for(login: Any, world: World) -> None:
    world.companies[NORTH].settings["circulation"]["useDeterminedOrder"] = True
    bot, anna, kari = login(), login("practice-key-anna"), login("practice-key-kari")
    body = bill(invoiceApprovalInformation={"acceptors": [{"userId": 502}, {"userId": 503}]})
    ident = bot.post("/invoices", json=body).json()["id"]
    assert bot.put(f"/invoices/{ident}/sendToCirculation").status_code == 200

    def waiting(client: httpx.Client) -> bool:
        return ident in client.get("/invoices/personalapprovals?types=PURCHASE_INVOICE").json()["invoiceIds"]

    assert (waiting(anna), waiting(kari)) == (True, False)
    assert anna.put(f"/invoices/{ident}/approve", json={}).status_code == 200
    assert (waiting(anna), waiting(kari)) == (False, True)
    twice = anna.put(f"/invoices/{ident}/approve", json={})
    assert (twice.status_code, errors(twice)[0][1]) == (403, "The user has already acted on this invoice.")


def test_an_order_has_no_notes(bot: httpx.Client) -> None:
    order = bot.post("/invoices", json=sales(type="SALES_ORDER"))
    assert order.status_code == 200, order.text
    answer = bot.put(f"/invoices/{order.json()['id']}/notes", json={"notes": "x"})
    assert (answer.status_code, errors(answer)[0][1]) == (400, "Invoice type SALES_ORDER is not supported.")


def test_three_cash_discounts_are_kept_by_their_days(bot: httpx.Client, world: World) -> None:
    world.companies[NORTH].settings["usage"]["cashDiscount"]["cashDiscountForSales"] = True
    options = [{"numberOfDays": days, "discountPercentage": 1} for days in (14, 7, 10, 3)]
    made = bot.post("/invoices", json=at(sales(), "paymentInfo.cashDiscount", {"optionList": options})).json()
    kept = made["paymentInfo"]["cashDiscount"]["optionList"]
    assert [option["numberOfDays"] for option in kept] == [7, 10, 14]


def test_receipts_are_found_by_their_days(bot: httpx.Client) -> None:
    def ids(**query: str) -> set[int]:
        return {entry["id"] for entry in bot.get("/ledgerreceipts", params={"size": 200, **query}).json()["results"]}

    every = ids()
    later = ids(startDate="2026-11-01")
    assert set() < later < every
    assert later | ids(endDate="2026-10-31") == every
    assert ids(createdStartDate="2026-11-21T00:00:00") == set()
    assert ids(versionEndDate="2026-01-01T00:00:00") == set()


def test_rows_and_rounding_of_a_receipt(bot: httpx.Client) -> None:
    receipt = bot.get(RECEIPT).json()
    even = bot.put(f"{RECEIPT}?createReconciliation=true", json=receipt).json()
    kinds = [t["transactionType"] for t in even["transactions"]]
    added = {**at(even["transactions"][-1], "id", None), "accountingValue": 0}
    grown = bot.put(RECEIPT, json={**even, "transactions": [*even["transactions"], added]})
    assert grown.status_code == 200, grown.text
    assert "RECONCILIATION_ENTRY" not in kinds, "nothing was missing to zero"
    (new,) = grown.json()["transactions"][len(kinds) :]
    assert new["id"] not in {t["id"] for t in even["transactions"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"periodStartDate": "2026-11-02", "periodEndDate": "2026-11-02"}, "periodEndDate"),
        ({"twice": "REVERSING_ENTRY"}, "transactions"),
    ],
)
def test_a_receipt_with_a_wrong_period_or_two_ends(bot: httpx.Client, changes: Doc, field: str) -> None:
    receipt = bot.get(RECEIPT).json()
    if "twice" in changes:
        changes = {"transactions": [receipt["transactions"][0], *receipt["transactions"]]}
    assert field in [where for where, _ in errors(bot.put(RECEIPT, json=receipt | changes))]


def test_the_document_is_there_for_everybody(practice: PracticeProcountor) -> None:
    assert httpx.get(f"{practice.url}/openapi.json").json() == shapes.document()
