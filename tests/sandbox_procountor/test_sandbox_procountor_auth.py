"""Tokens: one company and one user each, form-encoded requests only."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from practice_bodies import form, sales

from sandbox.procountor import PracticeProcountor, World

CREDENTIALS = [
    ("client_id", "somebody"),
    ("client_secret", "wrong"),
    ("redirect_uri", "https://elsewhere.invalid/"),
    ("api_key", "no-such-key"),
    ("grant_type", "password"),
]


def ask(practice: PracticeProcountor, **changes: str) -> httpx.Response:
    return httpx.post(f"{practice.url}/oauth/token", data=form(**changes))


def test_token_lives_an_hour(practice: PracticeProcountor) -> None:
    answer = ask(practice)
    assert answer.status_code == 200
    assert answer.json()["expires_in"] == 3600
    assert answer.json()["access_token"].count(".") == 2


@pytest.mark.parametrize(("name", "value"), CREDENTIALS)
def test_wrong_credentials_are_401(practice: PracticeProcountor, name: str, value: str) -> None:
    answer = ask(practice, **{name: value})
    assert answer.status_code == 401
    assert answer.json() == {"errors": [{"status": 401, "message": "Unauthorized"}]}


def test_the_other_401_shape(practice: PracticeProcountor, world: World) -> None:
    world.options.token_errors = "oauth"
    assert ask(practice, api_key="x").json()["error"] == "invalid_client"


@pytest.mark.parametrize(
    "media", ["application/x-www-form-urlencoded; charset=utf-8", "application/json", "multipart/form-data"]
)
def test_only_a_plain_form_is_taken(practice: PracticeProcountor, media: str) -> None:
    body = httpx.QueryParams(form()).__str__()
    answer = httpx.post(f"{practice.url}/oauth/token", content=body, headers={"content-type": media})
    assert answer.status_code == 400


def test_secrets_in_the_address_are_refused(practice: PracticeProcountor) -> None:
    answer = httpx.post(f"{practice.url}/oauth/token?api_key=x", data=form())
    assert answer.status_code == 400


def test_without_token_nothing_but_status(practice: PracticeProcountor) -> None:
    assert httpx.get(f"{practice.url}/status").json()["status"] == "OK"
    answer = httpx.get(f"{practice.url}/sessioninfo")
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (401, "Unauthorized")


@pytest.mark.parametrize("base", ["/api", "/latest/api", "/supported/api", "/v2608/api"])
def test_base_paths(practice: PracticeProcountor, base: str) -> None:
    host = practice.url.removesuffix("/api")
    assert httpx.post(f"{host}{base}/oauth/token/", data=form()).status_code == 200
    assert httpx.get(f"{host}/v9/api/status").status_code in {401, 404}


def test_expiry_by_the_clock_and_by_the_lever(bot: httpx.Client, world: World, levers: httpx.Client) -> None:
    assert bot.get("/users").status_code == 200
    clock = world.clock
    world.clock = lambda: clock() + timedelta(seconds=3601)
    assert bot.get("/users").status_code == 401
    world.clock = clock
    assert bot.get("/users").status_code == 200
    levers.post("/tokens/expire")
    assert bot.get("/users").status_code == 401


def test_revoked_key(practice: PracticeProcountor, bot: httpx.Client, levers: httpx.Client) -> None:
    levers.post("/keys/revoke", json={"key": "practice-key-north"})
    assert bot.get("/users").status_code == 401
    assert ask(practice).status_code == 401


def test_the_same_id_is_another_invoice_in_another_company(login: object) -> None:
    north = login("practice-key-north")  # type: ignore[operator]
    south = login("practice-key-south")  # type: ignore[operator]
    assert north.get("/sessioninfo").json()["companyId"] != south.get("/sessioninfo").json()["companyId"]
    first, second = north.get("/invoices/810001").json(), south.get("/invoices/810001").json()
    assert first["id"] == second["id"]
    assert first["paymentInfo"]["bankAccount"] != second["paymentInfo"]["bankAccount"]


def test_the_ledger_names_the_key_and_never_holds_it(bot: httpx.Client, world: World) -> None:
    bot.post("/invoices", json=sales())
    change = world.journal.of("POST /invoices")[-1]
    assert (change.key, change.user) == ("Kierto", 501)
    assert "practice-key" not in str(world.journal.to_json())
