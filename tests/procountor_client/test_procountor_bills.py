"""Bills: what is asked and sent, held against the specification, and what is made of each answer."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from finance import decision
from finance.bill import Paper, Place, print_of
from procountor import bills, payload
from procountor.errors import Broken, Forbidden, NotEncodable, NotFound, NotSent, Refused, Unauthorized, Unsure
from procountor.stored import Event
from tests.procountor_client.contract import Wire

D = Decimal
ACTS = {"verify": bills.verify, "approve": bills.approve, "reject": bills.reject}
ANSWER: dict[str, Any] = {
    "id": 810_001,
    "type": "PURCHASE_INVOICE",
    "status": "RECEIVED",
    "version": "2026-11-02T08:00:00",
    "created": "2026-11-02T07:59:00",
    "creatorId": 501,
    "invoiceNumber": 30_097,
    "originalInvoiceNumber": "KU-20451",
    "ledgerReceiptId": 920_001,
    "partnerId": 4001,
    "date": "2026-11-02",
    "discountPercent": 2.5,
    "counterParty": {"identifier": "1572860-0", "counterPartyAddress": {"name": "Pilvi Oy", "city": "Vantaa"}},
    "paymentInfo": {
        "paymentMethod": "BANK_TRANSFER",
        "currency": "EUR",
        "dueDate": "2026-11-16",
        "newDueDate": "2026-11-30",
        "bankAccount": {"accountNumber": "fi21 1234 5600 0007 85", "bic": "NDEAFIHH"},
        "bankReferenceCode": "20451 8",
        "currencyRate": 1,
        "cashDiscount": {"optionList": [{"numberOfDays": 7, "discountPercentage": 2}]},
    },
    "extraInfo": {"accountingByRow": True, "unitPricesIncludeVat": False},
    "invoiceRows": [
        {
            "id": 55_001,
            "product": "Kapasiteetti",
            "quantity": 1.5,
            "unit": "HOUR",
            "unitPrice": 100.01,
            "discountPercent": 0,
            "vatPercent": 25.5,
            "comment": "rivi\\toinen",
        }
    ],
    "invoiceSumInfo": [
        {
            "currency": "EUR",
            "inAccountingCurrency": True,
            "excludingVatTotal": 150.02,
            "vatSumTotal": 38.25,
            "invoiceSumTotal": 188.27,
        }
    ],
    "attachments": [{"id": 71_001, "name": "lasku.pdf", "sendWithInvoice": False}],
    "invoiceApprovalInformation": {
        "verifiers": [{"userId": 505, "eventPerformed": "2026-11-03"}],
        "acceptors": [{"userId": 503}, {"userId": 504}],
    },
    "orderReference": "P-1001",
    "buyerReferenceIdentifier": "9012",
    "additionalInformation": "kiitos",
    "notes": "muistio",
}


def answer(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(ANSWER), **changes}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    text = files("sandbox.procountor").joinpath("openapi-26.04.json").read_text()
    found: dict[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=8)
def schema(name: str, *, closed: bool = True) -> Draft202012Validator:
    """A model of the published specification; ``closed``: with members it does not name refused."""
    copy = deepcopy(document())
    for one in copy["components"]["schemas"].values():
        if closed and one.get("type") == "object" and "properties" in one:
            one["additionalProperties"] = False
    registry: Registry[Any] = Registry().with_resource("urn:api", Resource.from_contents(copy, DRAFT202012))
    return Draft202012Validator({"$ref": f"urn:api#/components/schemas/{name}"}, registry=registry)


def fits(name: str, body: bytes) -> None:
    assert not [error.message for error in schema(name).iter_errors(json.loads(body))]


# reading


def test_a_bill_member_by_member(wire: Wire) -> None:
    wire.says("GET", "invoices/810001", json=ANSWER)
    found = bills.get(wire.api, 810_001)
    assert (found.id, found.status, found.version, found.number) == (810_001, "RECEIVED", ANSWER["version"], 30_097)
    assert (found.supplier, found.supplier_id, found.partner_id) == ("Pilvi Oy", "1572860-0", 4001)
    assert (found.issued, found.due) == (date(2026, 11, 2), date(2026, 11, 30))
    assert (found.gross, found.net, found.vat, found.home) == (D("188.27"), D("150.02"), D("38.25"), D("188.27"))
    assert (found.currency, found.iban, found.bic) == ("EUR", "FI2112345600000785", "NDEAFIHH")
    assert (found.reference, found.original_number) == ("20451 8", "KU-20451")
    assert (found.order_reference, found.buyer_reference, found.additional) == ("P-1001", "9012", "kiitos")
    assert (found.discount_percent, found.cash_discounts) == (D("2.5"), ((7, D(2)),))
    assert (found.rows[0].quantity, found.rows[0].unit_price, found.rows[0].vat_percent) == (
        D("1.5"),
        D("100.01"),
        D("25.5"),
    )
    assert found.rows[0].comment == "rivi\ntoinen"
    assert found.papers == (Paper(71_001, "lasku.pdf"),)
    assert found.verifiers == (Place(505, date(2026, 11, 3)),)
    assert found.acceptors == (Place(503), Place(504))
    assert (found.created, found.creator, found.receipt) == (datetime(2026, 11, 2, 5, 59, tzinfo=UTC), 501, 920_001)


def test_the_answer_in_this_test_is_one_procountor_could_give() -> None:
    known = document()["components"]["schemas"]["Invoice"]["properties"]
    assert set(ANSWER) - set(known) == {"created"}


@pytest.mark.parametrize(
    "lacking",
    ["counterParty", "paymentInfo", "extraInfo", "invoiceRows", "invoiceSumInfo", "attachments",
     "invoiceApprovalInformation", "partnerId", "invoiceNumber", "creatorId", "notes", "ledgerReceiptId"],
)  # fmt: skip
@pytest.mark.parametrize("how", ["absent", "null"])
def test_a_bill_may_lack_almost_everything(wire: Wire, lacking: str, how: str) -> None:
    told = answer(**{lacking: None})
    if how == "absent":
        del told[lacking]
    wire.says("GET", "invoices/810001", json=told)
    found = bills.get(wire.api, 810_001)
    assert found.id == 810_001
    assert (print_of(found) != print_of(bills.bill(ANSWER))) == (lacking not in ("invoiceApprovalInformation",
        "invoiceNumber", "creatorId", "notes", "ledgerReceiptId", "extraInfo"))  # fmt: skip


def test_a_bill_in_another_currency_has_both_sums() -> None:
    euro = {**ANSWER["invoiceSumInfo"][0], "invoiceSumTotal": 17.12}
    krona = {**euro, "currency": "SEK", "inAccountingCurrency": False, "invoiceSumTotal": 188.27}
    for order in ([euro, krona], [krona, euro]):
        told = answer(invoiceSumInfo=order, paymentInfo={**ANSWER["paymentInfo"], "currency": "SEK"})
        found = bills.bill(told)
        assert (found.currency, found.gross, found.home) == ("SEK", D("188.27"), D("17.12"))


@pytest.mark.parametrize(
    "told",
    [[], "x", None, {}, {"id": "x"}, answer(id=None), answer(date="2026-13-01"), answer(type="SALES_INVOICE"),
     answer(invoiceRows="x"), answer(discountPercent="NaN")],
    ids=lambda told: str(told)[:20],
)  # fmt: skip
def test_what_is_no_bill_is_not_taken_for_one(told: Any) -> None:
    with pytest.raises(Broken):
        bills.bill(told)


def test_amounts_that_are_no_numbers_are_refused(wire: Wire) -> None:
    wire.says("GET", "invoices/810001", body=json.dumps(ANSWER).replace("188.27", "NaN"))
    with pytest.raises(Broken):
        bills.get(wire.api, 810_001)


def test_many_are_read_at_once_and_missing_ones_left_out(wire: Wire) -> None:
    wire.says("GET", "invoices/7,810001", json=[answer(), answer(id=7)])
    assert {found.id for found in bills.get_many(wire.api, [810_001, 7, 7])} == {7, 810_001}
    assert wire.requests == ["GET invoices/7,810001"]


def test_what_changed_what_is_open_and_what_a_supplier_sent(wire: Wire) -> None:
    empty = {"results": [], "meta": {"pageSize": 200}}
    wire.says("GET", "invoices", json=empty)
    assert list(bills.changed(wire.api, datetime(2026, 11, 2, 6, 0, 0, 500, tzinfo=UTC))) == []
    assert list(bills.open_ones(wire.api)) == []
    assert list(bills.of_supplier(wire.api, 4001, ("PAID", "MARKED_PAID"))) == []
    changed, waiting, supplier = (dict(call.url.params) for call in wire.bridge.calls[1:])
    assert (changed["types"], changed["versionStartDate"]) == ("PURCHASE_INVOICE", "2026-11-02T08:00:00")
    assert "status" not in changed
    assert waiting["status"].split(",") == ["RECEIVED", "UNFINISHED", "VERIFIED"]
    assert (supplier["businessPartnerId"], supplier["status"]) == ("4001", "MARKED_PAID,PAID")
    named = {p["name"] for p in document()["paths"]["/invoices"]["get"]["parameters"]}
    assert {*changed, *waiting, *supplier} <= named


def test_what_waits_for_the_keys_user(wire: Wire) -> None:
    wire.says("GET", "invoices/personalapprovals", json={"invoiceIds": [3, 1]})
    wire.says("GET", "invoices/personalverifications", json={})
    assert bills.waiting_for_me(wire.api, "approvals") == {1, 3}
    assert bills.waiting_for_me(wire.api, "verifications") == frozenset()
    assert wire.requests[0] == "GET invoices/personalapprovals?types=PURCHASE_INVOICE"


def test_the_history_and_how_often_it_was_approved(wire: Wire) -> None:
    told = [
        {"action": "APPROVAL", "name": "Kari Lindqvist", "date": "2026-11-02T10:00:00", "details": "ok [k:7]"},
        {"action": "UNFINISHED", "name": "Anna Virtanen", "date": "2026-11-02T11:00:00"},
        {"action": "APPROVAL", "name": "Kari Lindqvist", "date": "2026-11-02T12:00:00", "details": None},
    ]
    wire.says("GET", "invoices/810001/transactions", json={"transactions": told})
    events = bills.history(wire.api, 810_001)
    assert events[0] == Event("APPROVAL", "Kari Lindqvist", datetime(2026, 11, 2, 8, 0, tzinfo=UTC), "ok [k:7]")
    assert [event.details for event in events] == ["ok [k:7]", "", ""]
    assert bills.approvals(events) == 1
    assert bills.approvals(events[:1]) == 1
    assert bills.approvals(events[:2]) == 0


# acting


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("words", ["", "Mikael Lindqvist / Slack [k:12]", "é" * 150])
def test_an_act_is_one_put_with_a_comment_that_fits(wire: Wire, act: str, words: str) -> None:
    wire.says("PUT", f"invoices/810001/{act}", json={"status": 200, "message": "done"})
    ACTS[act](wire.api, 810_001, words)
    assert wire.requests == [f"PUT invoices/810001/{act}"]
    sent = wire.bridge.calls[-1]
    fits("CheckingEvent", sent.content)
    assert json.loads(sent.content) == ({"comment": words[:100]} if words else {})
    assert sent.headers["content-type"] == "application/json"
    assert "put" in document()["paths"][f"/invoices/{{invoiceId}}/{act}"]


NAMES = st.text(max_size=120)


@given(NAMES, st.integers(1, 10**9), NAMES)
def test_every_comment_we_can_make_fits_the_specification(name: str, number: int, reason: str) -> None:
    body = payload.encode({"comment": decision.comment(name, number, reason)})
    fits("CheckingEvent", body)
    whole = payload.encode({"comment": decision.discussion(name, number, reason)})
    fits("Comment", whole)


def test_taking_back_has_no_body(wire: Wire) -> None:
    wire.says("PUT", "invoices/810001/unfinished", json={"message": "done"})
    bills.undo(wire.api, 810_001)
    assert wire.bridge.calls[-1].content == b""
    assert "requestBody" not in document()["paths"]["/invoices/{invoiceId}/unfinished"]["put"]


UNCLEAR = [
    {"status": 500, "json": {"errors": []}},
    {"status": 502, "body": "<html></html>"},
    {"status": 429},
    {"status": 408},
    {"status": 404},
    {"status": 200, "body": "<html>ok</html>"},
    {"status": 302},
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("told", UNCLEAR, ids=lambda told: str(told["status"]))
def test_an_unclear_answer_is_not_asked_for_again(wire: Wire, act: str, told: dict[str, Any]) -> None:
    wire.says("PUT", f"invoices/810001/{act}", **told)
    with pytest.raises(Unsure):
        ACTS[act](wire.api, 810_001, "x")
    assert wire.requests == [f"PUT invoices/810001/{act}"]


@pytest.mark.parametrize("act", ACTS)
def test_a_lost_answer_is_not_asked_for_again(wire: Wire, act: str) -> None:
    wire.says("PUT", f"invoices/810001/{act}", body=requests.exceptions.ReadTimeout("gone"))
    with pytest.raises(Unsure):
        ACTS[act](wire.api, 810_001)
    assert wire.requests == [f"PUT invoices/810001/{act}"]


@pytest.mark.parametrize(("status", "kind"), [(403, Forbidden), (400, Refused)])
def test_a_clear_no_says_why(wire: Wire, status: int, kind: type[Refused]) -> None:
    said = {"errors": [{"status": status, "message": "USER_RIGHTS_ERROR"}]}
    wire.says("PUT", "invoices/810001/approve", status=status, json=said)
    with pytest.raises(kind) as no:
        bills.approve(wire.api, 810_001)
    assert no.value.codes == ("USER_RIGHTS_ERROR",)


def test_a_token_that_has_run_out_is_renewed_once_because_nothing_was_done(wire: Wire) -> None:
    wire.says("PUT", "invoices/810001/approve", status=401)
    wire.says("POST", "oauth/token", json={"access_token": "token-2", "expires_in": 3600})
    wire.says("PUT", "invoices/810001/approve", status=401)
    with pytest.raises(Unauthorized):
        bills.approve(wire.api, 810_001, "x")
    assert wire.requests == ["PUT invoices/810001/approve"] * 2
    assert len({call.headers["authorization"] for call in wire.bridge.calls if call.method == "PUT"}) == 2


def test_what_is_too_late_does_not_leave(wire: Wire) -> None:
    with pytest.raises(NotSent):
        bills.approve(wire.api, 810_001, leave_within=-1.0)
    assert wire.requests == []


def test_a_comment_procountor_cannot_write_never_leaves(wire: Wire) -> None:
    wire.says("GET", "invoices/810001", json=ANSWER)
    bills.get(wire.api, 810_001)
    with pytest.raises(NotEncodable):
        bills.approve(wire.api, 810_001, "漢字")
    assert not [call for call in wire.requests if call.startswith("PUT")]


# the discussion and the picture


def test_a_line_of_the_discussion(wire: Wire) -> None:
    made = {"id": 61_001, "author": "Kierto Rajapinta", "dateTime": "2026-11-02T10:00:00", "comment": "miksi?"}
    wire.says("POST", "invoices/810001/comments", json=made)
    wire.says("GET", "invoices/810001/comments", json={"comments": [made]})
    assert bills.comment(wire.api, 810_001, "miksi?") == 61_001
    fits("Comment", wire.bridge.calls[-1].content)
    (read,) = bills.comments(wire.api, 810_001)
    assert (read.id, read.author, read.text) == (61_001, "Kierto Rajapinta", "miksi?")
    assert read.at == datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("told", [{"json": []}, {"json": {"author": "x"}}, {"body": "<html>"}])
def test_a_comment_without_its_id_may_have_been_made(wire: Wire, told: dict[str, Any]) -> None:
    wire.says("POST", "invoices/810001/comments", **told)
    with pytest.raises(Unsure):
        bills.comment(wire.api, 810_001, "x")


def test_a_company_without_discussions(wire: Wire) -> None:
    wire.says("GET", "invoices/810001/comments", status=403, json={"errors": [{"message": "NO_RIGHTS_X"}]})
    with pytest.raises(Forbidden):
        bills.comments(wire.api, 810_001)


PNG = b"\x89PNG\r\n\x1a\n and more"
MIXED = b'--b\r\nContent-Type: application/json\r\n\r\n{"name": "x"}\r\n--b\r\nContent-Type: image/png\r\n\r\n' + PNG


@pytest.mark.parametrize(("body", "kind"), [(PNG, "image/png"), (MIXED, "multipart/mixed; boundary=b")])
def test_a_page_comes_as_a_picture_or_in_parts(wire: Wire, body: bytes, kind: str) -> None:
    wire.says("GET", "invoices/810001/image", body=body, content_type=kind)
    found = bills.image(wire.api, 810_001, 2)
    assert found.type == "image/png"
    assert found.content.startswith(PNG)
    assert wire.requests == ["GET invoices/810001/image?page=2&format=PNG"]


def test_what_is_no_picture_is_not_shown(wire: Wire) -> None:
    wire.says("GET", "invoices/810001/image", body=b"<html>", content_type="text/html")
    with pytest.raises(Broken):
        bills.image(wire.api, 810_001)


def test_there_is_no_page_beyond_the_last(wire: Wire) -> None:
    wire.says("GET", "invoices/810001/image", status=404, json={"errors": [{"message": "not found"}]})
    with pytest.raises(NotFound):
        bills.image(wire.api, 810_001, 9)


def test_every_call_of_these_tests_is_one_the_specification_knows() -> None:
    paths = document()["paths"]
    for path, method in (
        ("verify", "put"), ("approve", "put"), ("reject", "put"), ("unfinished", "put"), ("comments", "post"),
        ("comments", "get"), ("image", "get"), ("transactions", "get"),
    ):  # fmt: skip
        assert method in paths[f"/invoices/{{invoiceId}}/{path}"]
