"""One token per company: asked for as Procountor wants it, shared by threads, renewed in time and once on a 401."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import pytest
import responses
from requests import exceptions as rq
from responses import matchers

from procountor.errors import NotSent, Problem, Unauthorized
from tests.procountor_client.contract import Wire

HTML = b"<html><head><title>500 Internal Server Error</title></head><body>nginx</body></html>"


def test_the_token_request_is_a_form_without_a_charset(wire: Wire) -> None:
    wire.says("GET", "coa", json={}, match=[matchers.header_matcher({"Authorization": "Bearer token-1"})])
    wire.api.get("coa")
    asked = wire.bridge.calls[0]
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.content == (
        b"grant_type=client_credentials&client_id=kierto-client&client_secret=client-secret-1"
        b"&redirect_uri=https%3A%2F%2Fkierto.test%2Fback&api_key=api-key-of-company-1"
    )
    assert asked.url.query == b""


def test_a_token_serves_until_shortly_before_its_end(opened: Any) -> None:
    now = [0.0]
    wire = opened(clock=lambda: now[0])
    wire.grants("token-1")
    wire.grants("token-2")
    wire.says("GET", "coa", json={})
    for at in (0, 3000, 3149, 3151, 3200):
        now[0] = at
        wire.api.get("coa")
    used = [call.headers["authorization"] for call in wire.bridge.calls if call.url.path == "/api/coa"]
    assert used == ["Bearer token-1"] * 3 + ["Bearer token-2"] * 2


@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_a_401_renews_the_token_and_repeats_once(wire: Wire, method: str) -> None:
    wire.grants("token-2")
    verb = method.upper()
    old, new = (matchers.header_matcher({"Authorization": f"Bearer token-{n}"}) for n in (1, 2))
    wire.says(verb, "invoices/7", status=401, match=[old])
    wire.says(verb, "invoices/7", json={"id": 7}, match=[new])
    assert getattr(wire.api, method)("invoices/7", **({} if method == "get" else {"body": {}})) == {"id": 7}


def test_a_second_401_is_final(wire: Wire) -> None:
    wire.grants("token-2")
    wire.says("POST", "invoices", status=401, json={"errors": [{"status": 401, "message": "Unauthorized"}]})
    with pytest.raises(Unauthorized) as raised:
        wire.api.post("invoices", {})
    assert raised.value.problems == (Problem("HTTP_401", "", 401, "Unauthorized"),)
    assert wire.requests == ["POST invoices"] * 2


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ({"status": 401, "json": {"error": "invalid_client"}}, Unauthorized),
        ({"status": 404, "body": HTML}, Unauthorized),
        ({"status": 400, "json": {"errors": [{"message": "nope"}]}}, Unauthorized),
        ({"status": 500, "body": HTML}, NotSent),
        ({"status": 200, "body": HTML}, NotSent),
        ({"status": 200, "json": {"expires_in": 3600}}, NotSent),
        ({"status": 200, "json": {"access_token": "ä"}}, NotSent),
        ({"status": 302}, NotSent),
        ({"body": rq.ReadTimeout()}, NotSent),
        ({"body": rq.ConnectionError()}, NotSent),
    ],
)
def test_without_a_token_a_write_was_not_sent(opened: Any, answer: dict[str, Any], raised: type[Exception]) -> None:
    wire = opened()
    wire.says("POST", "oauth/token", **answer)
    with pytest.raises(raised) as told:
        wire.api.post("invoices", {})
    assert type(told.value) is raised
    assert wire.requests == []


def test_many_threads_ask_for_one_token(opened: Any) -> None:
    wire = opened()
    numbers = itertools.count(1)
    wire.mock.add_callback(
        responses.POST,
        "https://procountor.test/api/oauth/token",
        lambda _: (200, {}, f'{{"access_token":"token-{next(numbers)}","expires_in":3600}}'),
    )
    expired = threading.Event()

    def coa(request: Any) -> tuple[int, dict[str, str], str]:
        stale = expired.is_set() and request.headers["authorization"] == "Bearer token-1"
        return (401, {}, "") if stale else (200, {}, "{}")

    wire.mock.add_callback(responses.GET, "https://procountor.test/api/coa", coa)

    def everyone_asks() -> None:
        threads = [threading.Thread(target=wire.api.get, args=("coa",)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    everyone_asks()
    assert next(numbers) == 2  # one was asked for before this
    expired.set()
    everyone_asks()
    assert next(numbers) == 4  # one more, after the one taken above


def test_companies_do_not_share_tokens(wire: Wire) -> None:
    wire.grants("token-2")
    wire.says("GET", "coa", json={})
    wire.api.get("coa")
    wire.procountor.company("another-key").get("coa")
    assert [call.headers.get("authorization") for call in wire.bridge.calls][1::2] == [
        "Bearer token-1",
        "Bearer token-2",
    ]
    assert wire.procountor.company("another-key") is wire.procountor.company("another-key")
