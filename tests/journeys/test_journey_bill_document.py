"""The document of a bill: in the card's thread once, and its first page on the card."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from finance.authority import Right
from sandbox.procountor import picture
from storage import bill_pictures
from tests.support import documents
from tests.support.bills import Desk
from tests.support.desks import forged, in_thread, thread, value_of
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Desk:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING, most="5000")
    found.give(EMMA)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    return found


def attach(desk: Desk, bill: int, name: str, content: bytes) -> None:
    """A file beside the bill, as a supplier's e-invoice brings it."""
    with desk.bot.procountor.world.lock:
        doc = {"id": desk.bot.books.next_id("attachments"), "name": name, "referenceType": "INVOICE"}
        doc |= {"referenceId": bill, "mimeType": "application/octet-stream", "sendWithInvoice": False}
        doc |= {"_attached": "2026-11-01T10:00:00", "_user": "x", "_content": base64.b64encode(content).decode()}
        desk.bot.books.put("attachments", doc)


def arrived(desk: Desk, *files: tuple[str, bytes], **said: Any) -> int:
    bill = desk.receive(**{"order_reference": "P-1001", **said})
    for name, content in files:
        attach(desk, bill, name, content)
    desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, r"\[Approve")
    return bill


def shown(desk: Desk, user: str, bill: int) -> dict[str, bytes]:
    """The files in the thread of the card, by name."""
    files = [file for message in thread(desk, user, bill) for file in message.files]
    kept = [desk.bot.slack.world.files[file] for file in files]
    return {file.name: file.content for file in kept}


def test_the_files_come_into_the_thread_once(desk: Desk) -> None:
    pdf = documents.pdf()
    bill = arrived(desk, ("Lasku 20/31 <!channel>.pdf", pdf), ("kuitti.exe", documents.picture("JPEG")))
    desk.press(MIKAEL, bill, "bill.document")
    desk.bot.wait(lambda: len(shown(desk, MIKAEL, bill)) == 2)
    found = shown(desk, MIKAEL, bill)
    assert found["20-31-channel.pdf" if "20-31-channel.pdf" in found else "Lasku-20-31-channel.pdf"] == pdf
    assert "kuitti.jpg" in found
    heard = desk.bot.answer("document is", lambda: desk.press(MIKAEL, bill, "bill.document"), MIKAEL)
    assert "in the thread of the card already" in heard
    assert len(shown(desk, MIKAEL, bill)) == 2


def test_eight_presses_at_once_bring_it_once(desk: Desk) -> None:
    bill = arrived(desk, ("lasku.pdf", documents.pdf()))
    card = desk.card(MIKAEL, bill)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: desk.bot.slack.click(MIKAEL, card, "bill.document"), range(8)))
    desk.bot.wait(lambda: shown(desk, MIKAEL, bill))
    desk.bot.wait(lambda: not desk.bot.house.engine.backlog().get("hear"))
    assert sum(len(message.files) for message in thread(desk, MIKAEL, bill)) == 1


def test_without_files_procountors_own_pages_come(desk: Desk) -> None:
    bill = arrived(desk, rows=[{"product": f"Rivi {n}", "unitPrice": 5} for n in range(30)])
    desk.press(MIKAEL, bill, "bill.document")
    desk.bot.wait(lambda: len(shown(desk, MIKAEL, bill)) == 2)
    assert set(shown(desk, MIKAEL, bill)) == {f"bill-{bill}-1.png", f"bill-{bill}-2.png"}


def test_what_nobody_should_open_stays_in_procountor(desk: Desk) -> None:
    bill = arrived(desk, ("lasku.pdf", documents.pdf()), ("ohje.html", b"<html></html>"), ("a.pdf.exe", b"MZ\0\0"))
    desk.press(MIKAEL, bill, "bill.document")
    said = in_thread(desk, MIKAEL, bill, "in Procountor only")
    assert "ohje.html" in desk.bot.shown(said)
    assert "a.pdf.exe" in desk.bot.shown(said)
    assert set(shown(desk, MIKAEL, bill)) == {"lasku.pdf"}


def test_more_than_twenty_megabytes_are_not_shown(desk: Desk) -> None:
    large = documents.pdf() + b" " * 9_500_000
    bill = arrived(desk, ("1.pdf", large), ("2.pdf", large), ("3.pdf", large))
    desk.press(MIKAEL, bill, "bill.document")
    assert "3.pdf" in desk.bot.shown(in_thread(desk, MIKAEL, bill, "in Procountor only"))
    assert set(shown(desk, MIKAEL, bill)) == {"1.pdf", "2.pdf"}


def test_when_there_is_nothing_that_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "page_of", lambda *_: None)
    bill = arrived(desk)
    desk.press(MIKAEL, bill, "bill.document")
    in_thread(desk, MIKAEL, bill, "Procountor has no document of")


def test_when_procountor_is_silent_it_can_be_asked_for_again(desk: Desk) -> None:
    bill = arrived(desk, ("lasku.pdf", documents.pdf()))
    desk.until(MIKAEL, bill, r"\(First page")
    desk.bot.procountor.world.faults.add(route="GET /attachments/{attachmentId}", what="500json", share=1)
    desk.press(MIKAEL, bill, "bill.document")
    in_thread(desk, MIKAEL, bill, "could not be fetched")
    desk.bot.procountor.world.faults.clear()
    desk.press(MIKAEL, bill, "bill.document")
    desk.bot.wait(lambda: shown(desk, MIKAEL, bill))


def test_only_who_may_see_the_bill_gets_its_document(desk: Desk) -> None:
    bill, other = arrived(desk, ("lasku.pdf", documents.pdf())), arrived(desk)
    stolen = value_of(desk.card(MIKAEL, bill), "bill.document")
    desk.give(EMMA, Right.RECEIVE)
    desk.deal(EMMA, other)
    forged(desk, EMMA, other, "bill.document", stolen, "do not have the right")
    desk.give(MIKAEL)
    desk.bot.answer("do not have the right", lambda: desk.press(MIKAEL, bill, "bill.document"), MIKAEL)
    assert shown(desk, MIKAEL, bill) == {}


# the first page on the card


def image(desk: Desk, user: str, bill: int) -> bytes:
    """The picture on the card; nothing when it has none."""
    found = [b["slack_file"]["id"] for b in desk.card(user, bill).blocks if b["type"] == "image"]
    return desk.bot.slack.world.files[found[0]].content if found else b""


def drawn(desk: Desk, bill: int) -> bill_pictures.Drawn | None:
    with desk.bot.house.store.read() as tx:
        return bill_pictures.get(tx, desk.bot.company, bill, desk._team(tx))


def test_the_first_page_is_on_the_card_of_everybody_and_made_once(desk: Desk) -> None:
    bill = arrived(desk, ("lasku.pdf", documents.pdf()))
    desk.until(MIKAEL, bill, r"\(First page of the document of ")
    desk.give(EMMA, Right.RECEIVE)
    desk.deal(EMMA, bill)
    desk.until(EMMA, bill, r"\(First page of the document of ")
    assert image(desk, MIKAEL, bill).startswith(b"\xff\xd8\xff")
    assert image(desk, EMMA, bill) == image(desk, MIKAEL, bill)
    made = [f for f in desk.bot.slack.world.files.values() if f.name.startswith(f"bill-{bill}-")]
    assert len(made) == 1
    assert made[0].channels == ()


def test_a_bomb_falls_back_on_procountors_own_page(desk: Desk) -> None:
    bill = arrived(desk, ("pommi.png", documents.huge_png(8000)))
    desk.until(MIKAEL, bill, r"\(First page")
    assert image(desk, MIKAEL, bill).startswith(b"\xff\xd8\xff")


def test_a_changed_bill_gets_another_picture(desk: Desk) -> None:
    bill = arrived(desk)
    desk.until(MIKAEL, bill, r"\(First page")
    first = drawn(desk, bill)
    desk.edit(bill, originalInvoiceNumber="L-TOINEN")
    desk.bot.slack.command(ANNA, "fetch bills")
    desk.until(MIKAEL, bill, "L-TOINEN")
    desk.bot.wait(lambda: drawn(desk, bill) != first)
    assert first is not None
    second = drawn(desk, bill)
    assert second is not None
    assert second.file != first.file


@pytest.mark.parametrize("silent", [True, False])
def test_without_a_picture_the_card_comes_all_the_same(
    desk: Desk, silent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if silent:
        desk.bot.procountor.world.faults.add(route="GET /invoices/{invoiceId}/image", what="500html", share=1)
    else:
        monkeypatch.setattr(picture, "page_of", lambda *_: None)
    bill = arrived(desk)
    assert image(desk, MIKAEL, bill) == b""
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, "Approved by")


def test_a_picture_slack_has_lost_keeps_no_card_from_being_redrawn(desk: Desk) -> None:
    bill = arrived(desk)
    desk.until(MIKAEL, bill, r"\(First page")
    kept = drawn(desk, bill)
    assert kept is not None
    del desk.bot.slack.world.files[kept.file]
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, "Approved by")
    assert image(desk, MIKAEL, bill) == b""
