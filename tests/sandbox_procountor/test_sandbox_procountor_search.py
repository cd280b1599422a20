"""Lists: both paging modes, both list styles, order and every filter."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import errors, sales

from sandbox.procountor import World


def ids(bot: httpx.Client, **query: Any) -> list[int]:
    answer = bot.get("/invoices", params=query)
    assert answer.status_code == 200, answer.text
    return [entry["id"] for entry in answer.json()["results"]]


def test_newest_first_and_fifty_a_page(bot: httpx.Client) -> None:
    answer = bot.get("/invoices").json()
    found = [entry["id"] for entry in answer["results"]]
    assert found == sorted(found, reverse=True)
    assert answer["meta"] == {"pageNumber": 0, "pageSize": 50, "resultCount": 28, "totalCount": 28}


def test_total_count_may_be_absent(bot: httpx.Client, world: World) -> None:
    world.options.total_count = False
    assert "totalCount" not in bot.get("/invoices").json()["meta"]


@pytest.mark.parametrize("order", ["ASC", "DESC", "asc"])
def test_key_mode_reads_everything_once(bot: httpx.Client, order: str) -> None:
    found: list[int] = []
    page = ids(bot, orderById=order, size=7)
    while page:
        found += page
        page = ids(bot, orderById=order, size=7, previousId=page[-1])
    assert found == sorted(found, reverse=order == "DESC")
    assert len(set(found)) == 28


def test_page_mode(bot: httpx.Client) -> None:
    pages = [ids(bot, size=10, page=number) for number in range(4)]
    assert [len(page) for page in pages] == [10, 10, 8, 0]
    assert len({ident for page in pages for ident in page}) == 28


def test_both_styles_of_lists(bot: httpx.Client) -> None:
    comma = ids(bot, status="SENT,PAID")
    assert comma
    assert comma == ids(bot, status=["SENT", "PAID"])


@pytest.mark.parametrize("name", ["orderByDate", "orderByCreated", "orderByVersion"])
def test_other_orders(bot: httpx.Client, name: str) -> None:
    member = {"orderByDate": "date", "orderByCreated": "created", "orderByVersion": "version"}[name]
    values = [e[member] for e in bot.get("/invoices", params={name: "ASC"}).json()["results"]]
    assert values == sorted(values)


FILTERS: list[tuple[dict[str, Any], int]] = [
    ({"types": "PURCHASE_INVOICE"}, 8),
    ({"types": "SALES_INVOICE", "status": "PARTLY_PAID"}, 2),
    ({"originalInvoiceNumber": "1003"}, 1),
    ({"originalInvoiceNumber": "100"}, 0),
    ({"invoiceNumber": 30097}, 1),
    ({"businessPartnerId": 1001}, 1),
    ({"startDate": "2026-11-12", "endDate": "2026-11-13"}, 2),
    ({"dueStartDate": "2026-11-26", "dueEndDate": "2026-11-26"}, 1),
    ({"createdStartDate": "2026-09-06T00:00:00", "createdEndDate": "2026-09-06T23:59:59"}, 1),
    ({"versionStartDate": "2026-11-12T00:00:00", "types": "PURCHASE_INVOICE"}, 8),
    ({"productId": "4003"}, 4),
    ({"searchTerm": "satama"}, 1),
    ({"searchTerm": "30097"}, 1),
    ({"isOffer": "true"}, 0),
    ({"invoiceChannel": "NO_SENDING"}, 8),
    ({"factoringContractId": 3}, 0),
]


@pytest.mark.parametrize(("query", "count"), FILTERS)
def test_filters(bot: httpx.Client, query: dict[str, Any], count: int) -> None:
    assert len(ids(bot, **query)) == count


BAD: list[dict[str, Any]] = [
    {"size": 201},
    {"size": 0},
    {"size": "many"},
    {"page": -1},
    {"status": "SENT,LOST"},
    {"types": "INVOICE"},
    {"startDate": "1.11.2026"},
    {"versionStartDate": "2026-11-01"},
    {"versionStartDate": "2026-11-01T00:00:00Z"},
    {"orderById": "UP"},
    {"productId": "1,two"},
    {"productId": ",".join(map(str, range(201)))},
    {"startDate": "2026-11-02", "endDate": "2026-11-01"},
]


@pytest.mark.parametrize("query", BAD)
def test_bad_parameters_are_400(bot: httpx.Client, query: dict[str, Any]) -> None:
    answer = bot.get("/invoices", params=query)
    assert answer.status_code == 400
    assert errors(answer)


def test_a_new_invoice_hides_from_searches_only(bot: httpx.Client, levers: httpx.Client, world: World) -> None:
    levers.post("/visibility", json={"seconds": 60})
    made = bot.post("/invoices", json=sales(originalInvoiceNumber="LAG")).json()
    assert ids(bot, originalInvoiceNumber="LAG") == []
    assert bot.get(f"/invoices/{made['id']}").status_code == 200
    world._hidden.clear()  # the lag is over
    assert ids(bot, originalInvoiceNumber="LAG") == [made["id"]]


def test_entries_are_basic(bot: httpx.Client) -> None:
    entry = bot.get("/invoices", params={"originalInvoiceNumber": "1003"}).json()["results"][0]
    assert {"invoiceSumInfo", "created", "version", "dueDate", "counterParty"} <= set(entry)
    assert not {"invoiceRows", "paymentInfo", "invoiceApprovalInformation", "notes"} & set(entry)
