"""The strings that tests and the practice page pull, one by one, and what the practice server keeps of it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import TODAY, sales

from sandbox.procountor import PracticeProcountor, World
from sandbox.procountor.connections import Connections
from sandbox.procountor.picture import Sheet
from sandbox.procountor.seed import month
from sandbox.procountor.seed_invoices import add_sales
from sandbox.procountor.wire import dumps

NORTH = 12001


def test_a_moved_due_day_is_in_the_list(bot: httpx.Client, levers: httpx.Client) -> None:
    changes = {"paymentInfo": {"newDueDate": "2026-12-24"}}
    assert levers.post("/people-edit", json={"invoice": 810021, "changes": changes}).status_code == 200
    listed = {e["id"]: e.get("newDueDate") for e in bot.get("/invoices?types=PURCHASE_INVOICE").json()["results"]}
    assert [ident for ident, day in listed.items() if day] == [810021]
    assert listed[810021] == "2026-12-24"


LEVERS: list[tuple[str, str, Any, int]] = [
    ("POST", "/nothing", {}, 404),
    ("POST", "/options", ["no", "object"], 400),
    ("POST", "/options", {"nonsense": 1}, 400),
    ("POST", "/options", {}, 200),
    ("POST", "/keys/revoke", {"key": "no-such-key"}, 404),
    ("POST", "/confirm", {"transactionIdentifier": "nothing"}, 404),
    ("POST", "/bank", {"invoices": [1]}, 404),
    ("POST", "/people-edit", {"invoice": 1, "changes": {}}, 404),
]


@pytest.mark.parametrize(("method", "lever", "body", "status"), LEVERS)
def test_levers_that_move_nothing(levers: httpx.Client, method: str, lever: str, body: Any, status: int) -> None:
    assert levers.request(method, lever, json=body).status_code == status


def test_options_turn_one_by_one(levers: httpx.Client, world: World) -> None:
    turned = levers.post("/options", json={"search_lag": 1, "rounding": "rate"}).json()
    assert (turned["search_lag"], turned["rounding"], turned["image"]) == (1.0, "rate", "raw")
    assert (world.options.search_lag, world.options.rounding) == (1.0, "rate")


def test_the_key_of_the_second_company_is_revoked_and_given_back(login: Any, levers: httpx.Client) -> None:
    north, south = login(), login("practice-key-south")
    assert levers.post("/keys/revoke", json={"key": "practice-key-south"}).status_code == 200
    assert (north.get("/sessioninfo").status_code, south.get("/sessioninfo").status_code) == (200, 401)
    levers.post("/keys/revoke", json={"key": "practice-key-south", "revoked": False})
    assert south.get("/sessioninfo").status_code == 200


def test_the_bank_pays_what_can_be_paid(bot: httpx.Client, levers: httpx.Client, world: World) -> None:
    draft = bot.post("/invoices", json=sales()).json()["id"]
    refused = levers.post("/bank", json={"invoices": [draft]})
    assert (refused.status_code, str(draft) in refused.json()["errors"][0]["message"]) == (400, True)
    before = {d["id"]: d["status"] for d in world.companies[NORTH].registers["invoices"].values()}
    paid = {event["invoiceId"] for event in levers.post("/bank", json={}).json()["events"]}
    after = {d["id"]: d["status"] for d in world.companies[NORTH].registers["invoices"].values()}
    assert paid == {ident for ident in after if after[ident] != before[ident]} != set()
    assert {after[ident] for ident in paid} == {"PAID"}
    assert draft not in paid


def test_a_removal_is_answered_once(bot: httpx.Client, levers: httpx.Client) -> None:
    body = {"paymentDate": "2026-11-18", "amount": 5, "currency": "EUR"}
    event = bot.put("/invoices/810003/paymentevents/markpaid", json=body).json()["id"]
    path = f"/invoices/810003/paymentevents/{event}"
    no, first, second = (bot.delete(path).json()["transactionIdentifier"] for _ in range(3))
    assert levers.post("/confirm", json={"transactionIdentifier": no, "accept": False}).json() == {"state": "rejected"}
    assert bot.get(f"/mfatransactionresult/{no}").status_code == 406
    assert (bot.get(path).status_code, bot.get(f"/mfatransactionresult/{second}").status_code) == (200, 202)
    for ident in (first, second):
        assert levers.post("/confirm", json={"transactionIdentifier": ident}).json() == {"state": "done"}
    assert levers.post("/confirm", json={"transactionIdentifier": first}).status_code == 404
    assert (bot.get(path).status_code, bot.get("/invoices/810003").json()["status"]) == (404, "SENT")


def test_what_is_sent_is_kept_when_asked_for(bot: httpx.Client, world: World) -> None:
    bot.post("/invoices", json=sales())
    world.journal.recording = True
    bot.put("/invoices/810003/notes", json={"notes": "kept"})
    (kept,) = world.journal.requests
    assert (kept.company, kept.body) == (NORTH, b'{"notes":"kept"}')


def test_a_long_line_is_cut_at_the_edge_of_the_page() -> None:
    short, long, longer = Sheet(), Sheet(), Sheet()
    for sheet, words in ((short, "W"), (long, "W" * 500), (longer, "W" * 1000)):
        sheet.text(0, 0, words)
    assert long.png() == longer.png() != short.png()


def test_a_buyer_has_the_addresses_of_the_register() -> None:
    world = month(TODAY)
    company = world.companies[NORTH]
    before = set(company.registers["invoices"])
    add_sales(world, company, TODAY, 25)
    new = [doc for ident, doc in company.registers["invoices"].items() if ident not in before]
    by_channel = {doc["invoiceChannel"]: doc["counterParty"] for doc in new}
    assert set(by_channel) == {"ELECTRONIC_INVOICE", "EMAIL", "MAIL"}
    assert "@" in by_channel["EMAIL"]["email"]
    assert {name: "einvoiceAddress" in party for name, party in by_channel.items()} == {
        "ELECTRONIC_INVOICE": True,
        "EMAIL": False,
        "MAIL": False,
    }


def test_a_connection_that_is_gone_already_is_cut_by_nobody() -> None:
    class Transport:
        closed = False

        def close(self) -> None:
            self.closed = True

    connections, there = Connections(), Transport()
    connections._open["127.0.0.1", 1] = there  # type: ignore[assignment]
    connections.cut(("127.0.0.1", 2), reset=True)
    assert not there.closed
    connections.cut(("127.0.0.1", 1), reset=False)
    assert there.closed


def test_only_what_has_a_json_form_is_written() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        dumps({"thing": object()})


def test_a_server_that_never_started_stops_and_saves(tmp_path: Any) -> None:
    path = tmp_path / "world.json"
    PracticeProcountor(month(TODAY, path=path)).stop()
    assert World.load(path).companies.keys() == {12001, 12002}
