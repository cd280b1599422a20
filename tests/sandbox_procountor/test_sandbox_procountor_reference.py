"""Reference data: every answer fits the OpenAPI document."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import check_schema, errors, ref

from sandbox.procountor import shapes

PATHS = [
    "/status",
    "/sessioninfo",
    "/users",
    "/users/rights",
    "/users/profiles/503",
    "/company",
    "/company/usagesettings",
    "/company/invoicetemplates",
    "/company/deliveryterms",
    "/company/einvoiceaddresses",
    "/company/invoicecirculation/settings",
    "/company/invoicecirculation/verifierlists",
    "/company/invoicecirculation/verifierlists/701",
    "/bankaccounts",
    "/bankaccounts/601",
    "/coa",
    "/vats/default",
    "/vats/country?countryCode=FI",
    "/vats/settings",
    "/dimensions",
    "/dimensions/201",
    "/products",
    "/products?type=TRAVEL",
    "/products/4001",
    "/products/groups",
    "/fiscalyears",
    "/businesspartners",
    "/businesspartners/1001",
    "/businesspartners/3002",
    "/businesspartners/1051/defaults/accounts",
    "/persons",
    "/persons/3001",
    "/currencies",
    "/currencies/company",
    "/currencies/latest",
    "/currencies/exchangerate?baseCurrency=EUR&currency=SEK&day=2026-11-02&rateType=AVERAGE_RATE",
    "/invoices",
    "/invoices/810001",
    "/invoices/810001/transactions",
    "/invoices/transactions?invoiceIds=810001",
    "/invoices/810001/paymentevents",
    "/invoices/810021/comments",
    "/invoices/810021/comments/taggableusers",
    "/invoices/personalapprovals?types=PURCHASE_INVOICE",
    "/invoices/personalverifications?types=PURCHASE_INVOICE",
    "/payments/paymentevents?invoiceId=810001,810002",
    "/ledgerreceipts",
    "/ledgerreceipts/920001",
]


def answer_schema(path: str) -> dict[str, Any]:
    """The 200 schema of the OpenAPI path that fits a real one."""
    parts = path.split("?", maxsplit=1)[0].split("/")
    fitting = [
        (sum(p.startswith("{") for p in known.split("/")), operations["get"])
        for known, operations in shapes.document()["paths"].items()
        if "get" in operations
        and len(known.split("/")) == len(parts)
        and all(k == p or k.startswith("{") for k, p in zip(known.split("/"), parts, strict=True))
    ]
    operation = min(fitting, key=lambda pair: pair[0])[1]
    schema: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


@pytest.mark.parametrize("path", PATHS)
def test_answers_fit_the_document(bot: httpx.Client, path: str) -> None:
    answer = bot.get(path)
    assert answer.status_code == 200, answer.text
    check_schema(answer_schema(path), answer.json())


@pytest.mark.parametrize("path", ["/nothing", "/invoices/810001/nothing", "/businesspartners/999999", "/persons/1"])
def test_unknown_is_404_in_the_envelope(bot: httpx.Client, path: str) -> None:
    answer = bot.get(path)
    assert answer.status_code == 404
    check_schema(ref("ErrorMessages"), answer.json())


def test_only_enabled_percentages(bot: httpx.Client) -> None:
    countries = bot.get("/vats/default").json()["vatInformation"]
    percents = {entry["vatPercent"] for country in countries for entry in country["percentages"]}
    assert percents == {25.5, 13.5, 10, 0}


def test_months_are_closed_up_to_two_months_ago(bot: httpx.Client) -> None:
    years = bot.get("/fiscalyears").json()["fiscalYears"]
    assert [year["isOpen"] for year in years] == [True, False, False]
    states = [period["status"] for period in years[0]["trackingPeriods"]]
    assert states == ["CLOSED"] * 9 + ["OPEN"] * 3


def test_travel_products_are_dated(bot: httpx.Client) -> None:
    def kilometre(day: str) -> float:
        found = bot.get("/products", params={"type": "TRAVEL", "code": "KM", "startDate": day, "endDate": day})
        (product,) = found.json()["results"]
        price: float = product["price"]
        return price

    assert kilometre("2026-03-08") == 0.55
    assert kilometre("2025-12-31") == 0.59
    assert all(p["type"] != "TRAVEL" for p in bot.get("/products?size=200").json()["results"])


def test_partners_are_searched_by_headers(bot: httpx.Client) -> None:
    found = bot.get("/businesspartners", headers={"name": "Satama"}).json()["results"]
    assert [partner["name"] for partner in found] == ["Meriväylän Satama Oy"]
    utf8 = bot.get("/businesspartners", headers=[(b"name", "Järviveden".encode())]).json()["results"]
    assert [partner["name"] for partner in utf8] == ["Järviveden Vesilaitos"]
    identifier = bot.get("/businesspartners/1003").json()["invoicingInfo"]["identifier"]
    one = bot.get("/businesspartners?type=CUSTOMER", headers={"identifier": identifier}).json()["results"]
    assert [partner["id"] for partner in one] == [1003]


def test_partner_patch_needs_the_version_and_changes_little(bot: httpx.Client) -> None:
    stored = bot.get("/businesspartners/1001").json()
    assert bot.patch("/businesspartners/1001", json={"name": "Uusi nimi"}).status_code == 400
    sent = {"name": "Uusi nimi", "version": stored["version"], "registryInfo": {"active": False}}
    changed = bot.patch("/businesspartners/1001", json=sent).json()
    assert (changed["name"], changed["registryInfo"]["active"]) == ("Uusi nimi", True)
    stale = bot.patch(f"/businesspartners/1001?version={stored['version']}", json={"name": "x"})
    assert stale.status_code == 400


def test_partner_number_with_another_identifier(bot: httpx.Client) -> None:
    body = {
        "name": "Toinen Oy",
        "type": "CUSTOMER",
        "address": {"name": "Toinen Oy", "country": "FINLAND"},
        "paymentInfo": {"paymentMethod": "BANK_TRANSFER"},
        "invoicingInfo": {"customerNumber": "10001", "identifier": "1572860-0"},
    }
    assert errors(bot.post("/businesspartners", json=body))[0][0] == "invoicingInfo.customerNumber"
    body["invoicingInfo"] = {"customerNumber": "777", "identifier": "1572860-0"}
    created = bot.post("/businesspartners", json=body)
    assert created.status_code == 200
    check_schema(ref("BusinessPartner"), created.json())
    del body["address"]
    assert ("address", "Value of the 'address' cannot be blank.") in errors(bot.post("/businesspartners", json=body))


def test_person_versions(bot: httpx.Client) -> None:
    person = bot.get("/persons/3010").json()
    assert bot.put("/persons/3010", json={**person, "jobTitle": "Arkkitehti"}).status_code == 200
    without = {name: value for name, value in person.items() if name != "version"}
    assert bot.put("/persons/3010", json=without).status_code == 400
    assert errors(bot.post("/persons", json=person))[0][0] == "version"
    assert bot.post("/persons", json=without).status_code == 200


def test_dimension_items(bot: httpx.Client) -> None:
    items = bot.get("/dimensions/201").json()["items"]
    assert [item["codeName"] for item in items if item.get("status") == "P"] == ["900"]
    added = bot.post("/dimensions/202/items", json={"codeName": "P-1013", "description": "Uusi"}).json()
    found = bot.get("/dimensions", params={"codeName": "P-1013"}).json()
    assert found[0]["items"] == [added]
