"""The status machine, circulation and rights: what is allowed to whom and when."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from practice_bodies import bill, claim, errors, sales

from sandbox.procountor import World

NO_RIGHTS = "User rights check failed: Insufficient user rights"
STATUSES = [
    "UNFINISHED",
    "RECEIVED",
    "VERIFIED",
    "APPROVED",
    "NOT_SENT",
    "SENT",
    "PARTLY_PAID",
    "PAID",
    "MARKED_PAID",
    "PAYMENT_DENIED",
    "PAYMENT_QUEUED",
    "PAYMENT_SENT_TO_BANK",
    "INVALIDATED",
]
# action: {from: to}; every other status answers 403.
SALES_MOVES = {
    "approve": {"UNFINISHED": "NOT_SENT"},
    "send": {"NOT_SENT": "SENT", "SENT": "SENT"},
    "unfinished": dict.fromkeys(("NOT_SENT", "APPROVED", "PAYMENT_DENIED"), "UNFINISHED"),
    "invalidate": {"UNFINISHED": "INVALIDATED"},
    "reject": dict.fromkeys(("NOT_SENT", "APPROVED", "SENT", "PARTLY_PAID"), "PAYMENT_DENIED"),
    "verify": {},
    "sendToCirculation": {},
}
_OPEN = ("UNFINISHED", "RECEIVED", "VERIFIED")
BILL_MOVES = {
    "verify": dict.fromkeys(_OPEN, "VERIFIED"),
    "approve": dict.fromkeys(_OPEN, "APPROVED"),
    "reject": dict.fromkeys((*_OPEN, "APPROVED", "PAYMENT_QUEUED"), "PAYMENT_DENIED"),
    "unfinished": dict.fromkeys(("RECEIVED", "VERIFIED", "APPROVED", "PAYMENT_DENIED"), "UNFINISHED"),
    "invalidate": dict.fromkeys((*_OPEN, "APPROVED", "PAYMENT_DENIED"), "INVALIDATED"),
    "send": {},
    "sendToCirculation": {"UNFINISHED": "UNFINISHED", "RECEIVED": "RECEIVED"},
}
CLAIM_MOVES = {**BILL_MOVES, "sendToCirculation": {"UNFINISHED": "RECEIVED"}}
WITH_BODY = {"approve", "verify", "reject"}
KINDS = [(sales, SALES_MOVES), (bill, BILL_MOVES), (claim, CLAIM_MOVES)]


def act(client: httpx.Client, ident: int, action: str, comment: str | None = None) -> httpx.Response:
    body = {"comment": comment} if comment else {}
    return client.put(f"/invoices/{ident}/{action}", json=body if action in WITH_BODY else None)


def make(bot: httpx.Client, body: dict[str, Any]) -> int:
    made = bot.post("/invoices", json=body)
    assert made.status_code == 200, made.text
    return int(made.json()["id"])


@pytest.mark.parametrize(("body", "moves"), KINDS, ids=["sales", "bill", "claim"])
def test_every_action_in_every_status(bot: httpx.Client, world: World, body: Any, moves: Any) -> None:
    ident = make(bot, body())
    doc = world.companies[12001].registers["invoices"][ident]
    for action, allowed in moves.items():
        for status in STATUSES:
            doc["status"] = status
            doc.pop("_circulating", None)
            for person in doc.get("invoiceApprovalInformation", {}).get("acceptors", []):
                person.pop("eventPerformed", None)
            answer = act(bot, ident, action)
            assert answer.status_code == (200 if status in allowed else 403), (action, status, answer.text)
            assert doc["status"] == allowed.get(status, status), (action, status)


def test_no_sending_is_approved_not_not_sent(bot: httpx.Client) -> None:
    ident = make(bot, sales(invoiceChannel="NO_SENDING"))
    assert act(bot, ident, "approve").json()["message"]
    assert bot.get(f"/invoices/{ident}").json()["status"] == "APPROVED"


def test_sending_twice_sends_twice(bot: httpx.Client, world: World) -> None:
    ident = make(bot, sales())
    act(bot, ident, "approve")
    assert act(bot, ident, "send").status_code == act(bot, ident, "send").status_code == 200
    assert len(world.journal.of("PUT /invoices/{invoiceId}/send")) == 2


@pytest.mark.parametrize("action", ["approve", "reject", "unfinished", "invalidate"])
def test_closed_periods_are_403(bot: httpx.Client, world: World, action: str) -> None:
    ident = make(bot, bill())
    doc = world.companies[12001].registers["invoices"][ident]
    doc["date"], doc["status"] = "2026-08-31", "VERIFIED"
    answer = act(bot, ident, action)
    assert (answer.status_code, errors(answer)[0][1]) == (403, "CLOSED_FISCAL_PERIOD")


def test_comments_are_short_and_in_the_history(bot: httpx.Client) -> None:
    assert act(bot, 810021, "approve", "x" * 101).status_code == 400
    assert act(bot, 810021, "approve", "Maria Saarinen (Slack)").status_code == 200
    last = bot.get("/invoices/810021/transactions").json()["transactions"][-1]
    assert (last["action"], last["name"], last["details"]) == (
        "APPROVAL",
        "Kierto Rajapinta",
        "Maria Saarinen (Slack)",
    )


def test_the_stamp_is_the_user_of_the_key(login: Any) -> None:
    kari = login("practice-key-kari")
    assert act(kari, 810021, "approve").status_code == 200
    doc = login().get("/invoices/810021").json()
    assert doc["invoiceApprovalInformation"]["acceptors"] == [{"userId": 503, "eventPerformed": "2026-11-20"}]
    assert act(kari, 810021, "approve").status_code == 403


def test_two_places_take_two_approvals(bot: httpx.Client) -> None:
    ident = make(bot, bill(invoiceApprovalInformation={"acceptors": [{"userId": 502}, {"userId": 503}]}))
    act(bot, ident, "approve")
    assert bot.get(f"/invoices/{ident}").json()["status"] == "UNFINISHED"
    act(bot, ident, "approve")
    assert bot.get(f"/invoices/{ident}").json()["status"] == "APPROVED"


def test_determined_order(login: Any, world: World) -> None:
    world.companies[12001].settings["circulation"]["useDeterminedOrder"] = True
    ident = make(login(), bill(invoiceApprovalInformation={"acceptors": [{"userId": 502}, {"userId": 503}]}))
    anna, kari = login("practice-key-anna"), login("practice-key-kari")
    assert act(kari, ident, "approve").status_code == 403
    assert act(anna, ident, "approve").status_code == 200
    assert act(kari, ident, "approve").status_code == 200


def waiting(client: httpx.Client, what: str, kind: str = "PURCHASE_INVOICE") -> list[int]:
    answer = client.get(f"/invoices/personal{what}", params={"types": kind})
    assert answer.status_code == 200, answer.text
    found: list[int] = answer.json()["invoiceIds"]
    return found


def test_what_waits_for_whom(login: Any) -> None:
    maria, kari = login("practice-key-maria"), login("practice-key-kari")
    mine = waiting(maria, "verifications")
    assert mine
    assert waiting(kari, "approvals") == []
    assert act(maria, mine[0], "verify").status_code == 200
    assert waiting(kari, "approvals") == [mine[0]]
    assert mine[0] not in waiting(maria, "verifications")
    assert act(kari, mine[0], "approve").status_code == 200
    assert waiting(kari, "approvals") == []


def test_substitutes(login: Any, world: World) -> None:
    entry = {"userId": 504, "start": "2026-11-01", "end": "2026-11-30", "substituteForVerifying": 505}
    before = waiting(login("practice-key-jussi"), "verifications")
    world.companies[12001].settings["circulation"]["substitutions"].append(entry)
    after = waiting(login("practice-key-jussi"), "verifications")
    assert set(after) == set(before) | set(waiting(login("practice-key-maria"), "verifications"))


def test_circulation_starts_with_approvers_only(bot: httpx.Client, login: Any) -> None:
    assert act(bot, make(bot, bill(invoiceApprovalInformation={})), "sendToCirculation").status_code == 403
    ident = make(bot, claim())
    kari = login("practice-key-kari")
    assert waiting(kari, "approvals", "BILL_OF_CHARGES") == []
    assert act(bot, ident, "sendToCirculation").status_code == 200
    assert waiting(kari, "approvals", "BILL_OF_CHARGES") == [ident]
    assert act(bot, ident, "sendToCirculation").status_code == 403


@pytest.mark.parametrize("query", ["", "?types=SALES_INVOICE"])
def test_personal_lists_need_a_type(bot: httpx.Client, query: str) -> None:
    assert bot.get(f"/invoices/personalapprovals{query}").status_code == 400


def test_unfinished_forgets_who_has_acted(bot: httpx.Client, login: Any) -> None:
    act(login("practice-key-kari"), 810021, "approve")
    assert act(bot, 810021, "unfinished").status_code == 200
    acceptors = bot.get("/invoices/810021").json()["invoiceApprovalInformation"]["acceptors"]
    assert acceptors == [{"userId": 503}]


RIGHTS: list[tuple[str, str, str, Any, int]] = [
    ("practice-key-kari", "POST", "/invoices", sales(), 403),
    ("practice-key-kari", "PUT", "/invoices/810003/send", None, 403),
    ("practice-key-kari", "PUT", "/invoices/810021/unfinished", None, 403),
    ("practice-key-maria", "PUT", "/invoices/810022/approve", {}, 403),
    ("practice-key-kari", "GET", "/invoices/810003", None, 200),
    ("practice-key-petteri", "GET", "/invoices/810003", None, 403),
    ("practice-key-petteri", "GET", "/invoices?types=SALES_INVOICE", None, 403),
    ("practice-key-petteri", "GET", "/persons", None, 403),
    ("practice-key-petteri", "GET", "/bankaccounts", None, 403),
    ("practice-key-petteri", "PUT", "/invoices/810021/approve", {}, 403),
    ("practice-key-petteri", "POST", "/invoices", claim(), 200),
]


@pytest.mark.parametrize(("key", "method", "path", "body", "status"), RIGHTS)
def test_rights(login: Any, key: str, method: str, path: str, body: Any, status: int) -> None:
    answer = login(key).request(method, path, json=body)
    assert answer.status_code == status, answer.text
    if status == 403:
        assert errors(answer)[0] == (None, NO_RIGHTS)


def test_a_limitation_hides_with_404(login: Any) -> None:
    mine = make(login("practice-key-petteri"), claim())
    other = make(login(), {**claim(), "partnerId": 3007})
    petteri = login("practice-key-petteri")
    assert petteri.get(f"/invoices/{mine}").status_code == 200
    assert petteri.get(f"/invoices/{other}").status_code == 404
    assert [e["id"] for e in petteri.get("/invoices").json()["results"]] == [mine]
