"""The fault script: what the client sees, and what took effect."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
from practice_bodies import TODAY, sales

from sandbox.procountor import PracticeProcountor, World
from sandbox.procountor.faults import FaultScript
from sandbox.procountor.inbox import Bill, receive
from sandbox.procountor.outside import edit
from sandbox.procountor.seed import NORTH, month
from sandbox.procountor.wire import Refused

CREATE = "POST /invoices"
LOST = ["drop", "close"]
ANSWERED = [("500json", 500), ("500html", 500), ("429", 429)]


def made(world: World) -> int:
    return len(world.journal.of(CREATE))


@pytest.mark.parametrize("what", LOST)
@pytest.mark.parametrize(("when", "effects"), [("before", 0), ("after", 1)])
def test_a_lost_connection(bot: httpx.Client, world: World, what: str, when: str, effects: int) -> None:
    world.faults.add(route=CREATE, what=what, when=when, nth=1)
    with pytest.raises(httpx.TransportError):
        bot.post("/invoices", json=sales())
    assert made(world) == effects
    assert bot.post("/invoices", json=sales()).status_code == 200


@pytest.mark.parametrize(("what", "status"), ANSWERED)
@pytest.mark.parametrize(("when", "effects"), [("before", 0), ("after", 1)])
def test_a_wrong_answer(bot: httpx.Client, world: World, what: str, status: int, when: str, effects: int) -> None:
    world.faults.add(route=CREATE, what=what, when=when)
    answer = bot.post("/invoices", json=sales())
    assert (answer.status_code, made(world)) == (status, effects)
    assert ("<html>" in answer.text) is (what == "500html")
    assert "retry-after" not in answer.headers


def test_a_truncated_answer_has_taken_effect(bot: httpx.Client, world: World) -> None:
    world.faults.add(route=CREATE, what="truncate", nth=1)
    with pytest.raises(httpx.RemoteProtocolError):
        bot.post("/invoices", json=sales())
    assert made(world) == 1


@pytest.mark.parametrize(("when", "effects"), [("before", 0), ("after", 1)])
def test_a_slow_answer(bot: httpx.Client, world: World, when: str, effects: int) -> None:
    world.faults.add(route=CREATE, what="slow", when=when, seconds=0.5)
    with pytest.raises(httpx.ReadTimeout):
        bot.post("/invoices", json=sales(), timeout=0.1)
    assert made(world) == effects


def test_a_zombie_applies_later(bot: httpx.Client, world: World) -> None:
    world.faults.add(route=CREATE, what="zombie", seconds=0.3, times=1)
    with pytest.raises(httpx.TransportError):
        bot.post("/invoices", json=sales())
    assert made(world) == 0
    until = time.monotonic() + 5
    while made(world) == 0 and time.monotonic() < until:
        time.sleep(0.02)
    assert made(world) == 1


EDITED = {"orderReference": "P-9", "paymentInfo": {"bankReferenceCode": "1009"}}


@pytest.mark.parametrize("bump", [True, False])
@pytest.mark.parametrize(("when", "read"), [("before", "P-9"), ("after", None)])
def test_a_person_edits_in_the_moment_of_a_call(
    bot: httpx.Client, world: World, when: str, read: str | None, bump: bool
) -> None:
    company = world.companies[NORTH]
    bill, other = (int(receive(world, company, Bill(day=TODAY))["id"]) for _ in range(2))
    for id in (bill, other):
        company.registers["invoices"][id]["version"] = "2026-01-01T00:00:00"
    world.faults.add(
        route="GET /invoices/{id}", what="edit", when=when, nth=1, invoice=bill, changes=EDITED, bump_version=bump
    )
    assert bot.get(f"/invoices/{other}").json().get("orderReference") is None
    assert {doc.get("orderReference") for doc in bot.get(f"/invoices/{bill},{other}").json()} == {None}
    first = bot.get(f"/invoices/{bill}")
    assert (first.status_code, first.json().get("orderReference")) == (200, read)
    again = bot.get(f"/invoices/{bill}").json()
    assert (again["orderReference"], again["paymentInfo"]["bankReferenceCode"]) == ("P-9", "1009")
    assert (again["version"] == "2026-01-01T00:00:00") is not bump
    assert [(change.key, change.id) for change in world.journal.changes] == [("web", bill)]
    assert company.registers["invoices"][other].get("orderReference") is None


def test_a_person_adds_and_removes_files(bot: httpx.Client, world: World) -> None:
    company = world.companies[NORTH]
    bill = int(receive(world, company, Bill(day=TODAY))["id"])

    def names() -> list[str]:
        return [file["name"] for file in bot.get(f"/invoices/{bill}").json()["attachments"]]

    edit(world, company, bill, {"attachments": ["lasku.pdf", "liite.txt"]})
    first = {doc["name"]: doc["id"] for doc in company.registers["attachments"].values()}
    assert names() == ["lasku.pdf", "liite.txt"]
    edit(world, company, bill, {"attachments": ["liite.txt"]})
    assert names() == ["liite.txt"]
    assert [doc["id"] for doc in company.registers["attachments"].values()] == [first["liite.txt"]]
    assert b"liite.txt of" in bot.get(f"/attachments/{first['liite.txt']}").content


def strikes(script: FaultScript, calls: int, route: str = CREATE) -> list[int]:
    return [call for call in range(1, calls + 1) if script.strike(route)]


def test_which_calls_are_struck() -> None:
    script = FaultScript()
    script.add(route=CREATE, what="drop", nth=3)
    assert strikes(script, 6) == [3]
    script.clear()
    script.add(route=CREATE, what="drop", every=2, times=2)
    assert strikes(script, 8) == [2, 4]
    script.clear()
    script.add(route="*", what="drop", share=0.05, seed=7)
    first = strikes(script, 2000)
    script.clear()
    script.add(route="*", what="drop", share=0.05, seed=7)
    assert strikes(script, 2000) == first
    assert 60 < len(first) < 140


def test_parameter_names_do_not_matter() -> None:
    script = FaultScript()
    script.add(route="PUT /invoices/{id}/approve", what="drop")
    assert strikes(script, 1, "PUT /invoices/{invoiceId}/approve") == [1]
    assert strikes(script, 1, "PUT /invoices/{invoiceId}/verify") == []


@pytest.mark.parametrize("body", [{"what": "explode"}, {"when": "during"}, {"often": 3}, {"what": "edit"}])
def test_a_script_that_makes_no_sense(body: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        FaultScript().add(**{"route": CREATE, "what": "drop", **body})


def test_the_script_over_http(levers: httpx.Client, bot: httpx.Client) -> None:
    put = levers.post("/faults", json={"route": "GET /users", "what": "500json", "nth": 2})
    assert put.status_code == 200
    assert [bot.get("/users").status_code for _ in range(3)] == [200, 500, 200]
    (fault,) = levers.get("/faults").json()["faults"]
    assert (fault["seen"], fault["hits"]) == (3, 1)
    levers.delete("/faults")
    assert levers.get("/faults").json() == {"faults": []}
    assert levers.post("/faults", json={"what": "drop"}).status_code == 400


def test_the_token_route_can_fail_too(practice: PracticeProcountor, world: World) -> None:
    world.faults.add(route="POST /oauth/token", what="500html")
    assert httpx.post(f"{practice.url}/oauth/token").status_code == 500


def test_the_limit_is_kept_and_breaches_are_seen() -> None:
    with PracticeProcountor(month(), rate=5) as server, httpx.Client(base_url=server.url) as client:
        statuses = [client.get("/status").status_code for _ in range(8)]
        assert statuses[:5] == [200] * 5
        assert 429 in statuses[5:]
        assert "retry-after" not in client.get("/status").headers
        assert server.world.journal.breaches[0]["route"] == "GET /status"
        assert server.world.counts.busiest > 5


def test_counts(bot: httpx.Client, levers: httpx.Client) -> None:
    bot.get("/users")
    bot.get("/users")
    counts = levers.get("/counts").json()
    assert counts["routes"]["GET /users"] == 2
    assert counts["tokenRequests"] == 1
    assert counts["maxPerSecond"] == counts["total"] == 3
    assert counts["refused429"] == 0


def test_a_get_with_a_body_is_refused(bot: httpx.Client) -> None:
    assert bot.request("GET", "/users", json={}).status_code == 400


def test_bodies_have_an_end(bot: httpx.Client) -> None:
    answer = bot.post("/invoices", content=b"x" * 2_000_001, headers={"content-type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/invoices"), ("PATCH", "/coa"), ("POST", "/users")])
def test_other_methods(bot: httpx.Client, method: str, path: str) -> None:
    assert bot.request(method, path).status_code == 405
