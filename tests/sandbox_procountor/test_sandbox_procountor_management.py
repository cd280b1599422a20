"""What a company's administrator changes in Procountor: each change is seen by whoever uses the API."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import form

from sandbox.procountor import PracticeProcountor, World
from sandbox.procountor.seed import NORTH_IBANS, SOUTH


@pytest.mark.parametrize("shape", ["errors", "oauth"])
def test_without_the_switch_no_key_of_the_company_yields_a_token(
    practice: PracticeProcountor, world: World, levers: httpx.Client, shape: str
) -> None:
    world.options.token_errors = shape
    assert levers.post("/management/interfaces", json={"allowed": False}).json() == {"allowed": False}
    refused = httpx.post(f"{practice.url}/oauth/token", data=form())
    assert refused.status_code == 403
    assert "invoiceable API clients" in refused.text
    other = httpx.post(f"{practice.url}/oauth/token", data=form(api_key="practice-key-south"))
    assert other.status_code == 200
    levers.post("/management/interfaces", json={"allowed": True})
    assert httpx.post(f"{practice.url}/oauth/token", data=form()).status_code == 200


def test_a_token_given_before_goes_on(bot: httpx.Client, levers: httpx.Client) -> None:
    levers.post("/management/interfaces", json={"allowed": False})
    assert bot.get("/sessioninfo").status_code == 200


def test_rights_of_a_user_change(bot: httpx.Client, levers: httpx.Client) -> None:
    assert bot.get("/bankaccounts").status_code == 200
    change = {"user": 501, "rights": {"management.basicCompanyInfo": "NO_ACCESS"}}
    assert levers.post("/management/rights", json=change).status_code == 200
    assert bot.get("/bankaccounts").status_code == 403
    assert bot.get("/users/rights").json()["rights"]["management"]["basicCompanyInfo"] == "NO_ACCESS"


@pytest.mark.parametrize(
    ("lever", "body", "status"),
    [
        ("rights", {"user": 1, "rights": {}}, 404),
        ("rights", {"user": 501, "rights": {"sales.nonsense": "ALL_RIGHTS"}}, 400),
        ("rights", {"user": 501}, 400),
        ("bank-accounts", {"iban": "FI00", "active": True}, 404),
        ("products", {"code": "EI-OLE", "active": True}, 404),
        ("interfaces", {"company": 99, "allowed": True}, 404),
    ],
)
def test_what_is_not_there_is_refused(levers: httpx.Client, lever: str, body: dict[str, Any], status: int) -> None:
    assert levers.post(f"/management/{lever}", json=body).status_code == status


def test_accounts_percentages_and_products_change(bot: httpx.Client, levers: httpx.Client, world: World) -> None:
    spaced = f"{NORTH_IBANS[0][:4]} {NORTH_IBANS[0][4:].lower()}"
    levers.post("/management/bank-accounts", json={"iban": spaced, "active": False})
    found = {a["iban"]: a["status"] for a in bot.get("/bankaccounts").json()["results"]}
    assert found[NORTH_IBANS[0]] == "INACTIVE"
    levers.post("/management/vats", json={"percent": 14})
    levers.post("/management/vats", json={"percent": 10, "sales": False, "purchase": False})
    listed = bot.get("/vats/default").json()["vatInformation"][0]["percentages"]
    assert {14, 25.5} <= {p["vatPercent"] for p in listed}
    assert 10 not in {p["vatPercent"] for p in listed}
    levers.post("/management/products", json={"company": SOUTH, "code": "KONS-K", "active": False})
    kept = [p for c in world.companies.values() for p in c.registers["products"].values() if p["code"] == "KONS-K"]
    assert [product["active"] for product in kept] == [True, False]
