"""Payments, attachments, pictures and comments of an invoice."""

from __future__ import annotations

import json
import struct
import zlib
from decimal import Decimal
from typing import Any

import httpx
import pytest
from practice_bodies import bill, check_schema, errors, ref, row, sales

from sandbox.procountor import World

SENT = 810003


def open_sum(bot: httpx.Client, ident: int) -> Decimal:
    total = Decimal(str(bot.get(f"/invoices/{ident}").json()["invoiceSumInfo"][0]["invoiceSumTotal"]))
    events = bot.get(f"/invoices/{ident}/paymentevents").json()["results"]
    return total - sum(Decimal(str(event["paidAmount"])) for event in events)


def mark(bot: httpx.Client, ident: int, amount: float, **changes: Any) -> httpx.Response:
    body = {"paymentDate": "2026-11-18", "amount": amount, "currency": "EUR", **changes}
    return bot.put(f"/invoices/{ident}/paymentevents/markpaid", json=body)


def test_marked_paid_in_two_parts(bot: httpx.Client) -> None:
    rest = open_sum(bot, SENT)
    first = mark(bot, SENT, 100, paymentMethodType="CASH", description="Kassa")
    check_schema(ref("PaymentEvent"), first.json())
    assert (first.json()["status"], first.json()["type"]) == ("MARKED_PAID", "CASH")
    assert bot.get(f"/invoices/{SENT}").json()["status"] == "PARTLY_PAID"
    mark(bot, SENT, float(rest - 100))
    assert bot.get(f"/invoices/{SENT}").json()["status"] == "MARKED_PAID"
    assert mark(bot, SENT, 1).status_code == 403


def test_too_much_is_partly_paid_too(bot: httpx.Client) -> None:
    mark(bot, SENT, float(open_sum(bot, SENT)) + 1)
    assert bot.get(f"/invoices/{SENT}").json()["status"] == "PARTLY_PAID"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"currency": "SEK"}, "currency"),
        ({"paymentDate": "2026-08-01"}, "paymentDate"),
        ({"paymentDate": None}, "paymentDate"),
    ],
)
def test_payments_with_one_fault(bot: httpx.Client, change: dict[str, Any], field: str) -> None:
    answer = mark(bot, SENT, 1, **change)
    assert (answer.status_code, errors(answer)[0][0]) == (400, field)


def test_a_draft_cannot_be_marked_paid(bot: httpx.Client) -> None:
    assert mark(bot, bot.post("/invoices", json=sales()).json()["id"], 1).status_code == 403


def test_removing_waits_for_a_person(bot: httpx.Client, levers: httpx.Client) -> None:
    event = mark(bot, SENT, 5).json()["id"]
    answer = bot.delete(f"/invoices/{SENT}/paymentevents/{event}")
    assert answer.status_code == 202
    ident = answer.json()["transactionIdentifier"]
    assert bot.get(f"/mfatransactionresult/{ident}").status_code == 202
    assert bot.get(f"/invoices/{SENT}/paymentevents/{event}").status_code == 200
    levers.post("/confirm", json={"transactionIdentifier": ident})
    assert bot.get(f"/mfatransactionresult/{ident}").status_code == 200
    assert bot.get(f"/invoices/{SENT}/paymentevents/{event}").status_code == 404
    assert bot.get(f"/invoices/{SENT}").json()["status"] == "SENT"


def test_events_of_the_bank_cannot_be_removed(bot: httpx.Client) -> None:
    (event,) = bot.get("/invoices/810001/paymentevents").json()["results"]
    assert bot.delete(f"/invoices/810001/paymentevents/{event['id']}").status_code == 403


def test_the_bank_pays(bot: httpx.Client, levers: httpx.Client, world: World) -> None:
    before = bot.get(f"/invoices/{SENT}").json()
    levers.post("/bank", json={"invoices": [SENT], "amount": 1, "bump_version": False})
    partly = bot.get(f"/invoices/{SENT}").json()
    assert (partly["status"], partly["version"]) == ("PARTLY_PAID", before["version"])
    levers.post("/bank", json={"invoices": [SENT]})
    paid = bot.get(f"/invoices/{SENT}").json()
    assert (paid["status"], paid["paymentDate"]) == ("PAID", "2026-11-20")
    assert paid["version"] > before["version"]
    events = bot.get("/payments/paymentevents", params={"invoiceId": f"{SENT},810001"}).json()
    check_schema(ref("PaymentSearchResult"), events)
    assert {event["status"] for event in events["results"]} == {"PAID"}
    assert [change.key for change in world.journal.changes] == ["bank", "bank"]


def upload(bot: httpx.Client, content: bytes = b"%PDF-1.7", **changes: Any) -> httpx.Response:
    meta = {"name": "liite.pdf", "referenceType": "INVOICE", "referenceId": SENT, "sendWithInvoice": False, **changes}
    files = {
        "meta": (None, json.dumps(meta).encode(), "application/json"),
        "file": (meta["name"], content, "application/pdf"),
    }
    return bot.post("/attachments", files=files)


def test_an_attachment_goes_there_and_back(bot: httpx.Client) -> None:
    content = bytes(range(256)) * 40 + b"\r\n--\r\n"
    made = upload(bot, content, sendWithInvoice=True)
    assert made.status_code == 200, made.text
    check_schema(ref("Attachment"), made.json())
    assert made.json()["mimeType"] == "application/pdf"
    assert bot.get(f"/invoices/{SENT}").json()["attachments"] == [made.json()]
    back = bot.get(f"/attachments/{made.json()['id']}")
    boundary = back.headers["content-type"].partition("boundary=")[2].encode()
    _, meta, file, end = back.content.split(b"--" + boundary)
    assert json.loads(meta.partition(b"\r\n\r\n")[2]) == made.json()
    assert file.partition(b"\r\n\r\n")[2] == content + b"\r\n"
    assert end == b"--\r\n"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "liite"}, "name"),
        ({"referenceId": 810021, "sendWithInvoice": True}, "sendWithInvoice"),
        ({"referenceId": 1}, "referenceId"),
        ({"referenceType": "LEDGERRECEIPT"}, "referenceType"),
        ({"sendWithInvoice": None}, "sendWithInvoice"),
    ],
)
def test_attachments_with_one_fault(bot: httpx.Client, changes: dict[str, Any], field: str) -> None:
    answer = upload(bot, **changes)
    assert (answer.status_code, errors(answer)[0][0]) == (400, field)


def test_ten_million_bytes_and_no_more(bot: httpx.Client) -> None:
    assert upload(bot, b"x" * 10_000_000).status_code == 200
    assert upload(bot, b"x" * 10_000_001).status_code == 400
    assert upload(bot, b"x" * 12_000_000).status_code == 400


def test_meta_must_say_that_it_is_json(bot: httpx.Client) -> None:
    files = {"meta": (None, b"{}", "text/plain"), "file": ("a.pdf", b"x", "application/pdf")}
    assert bot.post("/attachments", files=files).status_code == 415


def test_rename_and_remove(bot: httpx.Client) -> None:
    ident = upload(bot, referenceId=810021).json()["id"]
    assert bot.patch(f"/attachments/{ident}", json={"name": "kuitti.png"}).status_code == 400
    assert bot.patch(f"/attachments/{ident}", json={"name": "kuitti.pdf"}).json()["name"] == "kuitti.pdf"
    assert bot.delete(f"/attachments/{ident}").status_code == 204
    assert bot.get(f"/attachments/{ident}").status_code == 404
    assert bot.delete(f"/attachments/{upload(bot).json()['id']}").status_code == 403


def test_search_of_attachments_is_a_chargeable_feature(bot: httpx.Client, world: World) -> None:
    ident = upload(bot).json()["id"]
    assert bot.get("/attachments").status_code == 403
    world.companies[12001].settings["documents"] = True
    found = bot.get("/attachments", params={"referenceId": SENT})
    check_schema(ref("AttachmentSearchResult"), found.json())
    assert [(d["attachmentId"], d["size"]) for d in found.json()["results"]] == [(ident, 8)]


def test_the_picture_is_a_png(bot: httpx.Client, world: World) -> None:
    rows = [row() for _ in range(30)]
    ident = bot.post("/invoices", json=bill(invoiceRows=rows)).json()["id"]
    answer = bot.get(f"/invoices/{ident}/image", params={"page": 2, "format": "PNG"})
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", answer.content[16:24])
    start = answer.content.index(b"IDAT")
    (length,) = struct.unpack(">I", answer.content[start - 4 : start])
    assert len(zlib.decompress(answer.content[start + 4 : start + 4 + length])) == (width + 1) * height
    assert bot.get(f"/invoices/{ident}/image", params={"page": 3}).status_code == 404
    assert bot.get(f"/invoices/{ident}/image", params={"format": "TIFF"}).status_code == 400
    world.options.image = "multipart"
    assert bot.get(f"/invoices/{ident}/image").headers["content-type"].startswith("multipart/mixed")


def test_a_discussion(login: Any) -> None:
    bot, anna = login(), login("practice-key-anna")
    path = "/invoices/810021/comments"
    made = bot.post(path, json={"comment": "@anna.virtanen kuuluuko tämä meille? @nobody"}).json()
    check_schema(ref("Comment"), made)
    assert (made["author"], made["taggedUsersInfo"]["numTaggedUsers"]) == ("Kierto Rajapinta", 1)
    one = bot.get(f"{path}/{made['id']}").json()
    check_schema(ref("CommentWithTaggedUsers"), one)
    assert [user["fullName"] for user in one["taggedUsers"]] == ["Anna Virtanen"]
    assert bot.put(f"{path}/{made['id']}/read").status_code == 400
    assert anna.put(f"{path}/{made['id']}/read").status_code == 200
    assert bot.get(path, params={"readByAllTaggedUsers": "false"}).json()["comments"] == []
    assert len(bot.get(path).json()["comments"]) == 1


def test_discussions_have_their_places(login: Any) -> None:
    assert login().get(f"/invoices/{SENT}/comments").status_code == 404
    assert login().post("/invoices/810021/comments", json={"comment": " "}).status_code == 400
    south = login("practice-key-south")
    bill_of_south = south.get("/invoices", params={"types": "PURCHASE_INVOICE"}).json()["results"][0]["id"]
    assert south.get(f"/invoices/{bill_of_south}/comments").status_code == 403
