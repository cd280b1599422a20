"""The trail of a bill, both ways; and finding bills, opening them, and what the Home tab shows of them."""

from __future__ import annotations

import csv
import re
from datetime import timedelta

import pytest

from finance.authority import Right
from storage import messages
from tests.support.bills import Desk
from tests.support.piles import EVERYTHING, after, arrived, cleared, looked
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot


@pytest.fixture
def desk(bot: Bot) -> Desk:
    return cleared(bot)


def trail(desk: Desk, number: object, pattern: str) -> str:
    return after(desk, ANNA, lambda: desk.bot.slack.command(ANNA, f"trail {number}", desk.bot.slack.dm(ANNA)), pattern)


def test_the_trail_leads_from_our_decisions_to_procountors_entries_and_back(desk: Desk) -> None:
    bill, other = arrived(desk, 2)
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, "Approved by @U02MIKAEL")
    desk.edit(other, status="APPROVED")
    with desk.bot.procountor.world.lock:
        entry = {
            "action": "APPROVAL",
            "name": "Kari Kirjanpitäjä",
            "date": "2026-11-03T09:00:00",
            "details": "ok FI2112345600000785",
        }
        desk.doc(other)["_history"].append(entry)
    looked(desk)
    said = trail(desk, desk.doc(bill)["invoiceNumber"], r"from here: decision \d+, by its mark")
    assert "@U02MIKAEL: decided · approve" in said
    assert "right: approving bills, up to 5,000.00 €, given by" in said
    assert re.search(r"Shown: Alihankkija Silta Oy L-\d+, 125\.50 €", said)
    assert "received as an e-invoice" in said
    assert re.search(r"@U02MIKAEL: done with .* shows it as it now is", said)
    assert "FI2112345600000785" not in said
    said = trail(desk, other, "in Procountor by Kari Kirjanpitäjä")
    assert "FI21 •••• 0785" in said
    assert "FI2112345600000785" not in said


def test_a_number_that_fits_several_is_asked_about_and_strangers_see_no_trail(desk: Desk) -> None:
    one, two = arrived(desk, 2)
    desk.edit(two, originalInvoiceNumber=desk.doc(one)["originalInvoiceNumber"])
    looked(desk)
    number = desk.doc(one)["originalInvoiceNumber"]
    desk.bot.answer("fits several bills", lambda: desk.bot.slack.command(ANNA, f"trail {number}"), ANNA)
    whisper = desk.bot.slack.whispers(ANNA)[-1]
    after(desk, ANNA, lambda: desk.bot.slack.click(ANNA, whisper, "trail.show"), "The trail of")
    desk.bot.answer("No bill that you may see", lambda: desk.bot.slack.command(ANNA, "trail 987654"), ANNA)
    desk.bot.answer("Whose trail", lambda: desk.bot.slack.command(ANNA, "trail"), ANNA)
    desk.bot.answer("do not have the right", lambda: desk.bot.slack.command(MIKAEL, f"trail {one}"), MIKAEL)


def test_a_long_trail_comes_as_a_file_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.trail.MANY", 1)
    (bill,) = arrived(desk, 1)
    trail(desk, bill, "the bill arrived")
    name = f"kierto-trail-{bill}.csv"
    desk.bot.wait(lambda: any(file.name == name for file in desk.bot.slack.world.files.values()))
    (file,) = (file for file in desk.bot.slack.world.files.values() if file.name == name)
    rows = list(csv.DictReader(file.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["what"] for row in rows if row["place"] == "kierto"] == ["bill.arrived", "bill.dealt"]
    assert [row["what"] for row in rows if row["place"] == "procountor"] == ["RECEIVED_AS_EINVOICE"]


def test_without_procountor_our_side_of_the_trail_is_told(desk: Desk) -> None:
    (bill,) = arrived(desk, 1)
    desk.bot.procountor.world.faults.add(route="GET /invoices/{invoiceId}/transactions", what="500json")
    said = trail(desk, bill, "the bill arrived")
    assert "its history is missing here" in said


def test_bills_are_found_by_number_reference_and_supplier_by_those_who_may_see_them(desk: Desk) -> None:
    (bill,) = arrived(desk, 1)
    doc = desk.doc(bill)
    for words in (doc["originalInvoiceNumber"], doc["invoiceNumber"], doc["paymentInfo"]["bankReferenceCode"]):
        for user in (ANNA, MIKAEL):
            told = desk.bot.answer(
                "with @U02MIKAEL", lambda u=user, w=words: desk.bot.slack.command(u, f"find {w}"), user
            )
            assert "with @U02MIKAEL" in told
    desk.bot.answer("with @U02MIKAEL", lambda: desk.bot.slack.command(MIKAEL, "find alihankkija"), MIKAEL)
    desk.give(EMMA, *EVERYTHING)
    told = desk.bot.answer(
        "No bill you may see", lambda: desk.bot.slack.command(EMMA, f"find {doc['originalInvoiceNumber']}"), EMMA
    )
    assert "Alihankkija" not in told


def test_a_bill_that_is_looked_at_lies_on_no_other_desk_and_its_card_is_redrawn(desk: Desk) -> None:
    (bill,) = arrived(desk, 1)
    desk.bot.answer("with @U02MIKAEL", lambda: desk.bot.slack.command(ANNA, f"find {bill}"), ANNA)
    desk.bot.slack.click(ANNA, desk.bot.slack.whispers(ANNA)[-1], "bill.open")
    assert "its card is in our direct conversation" in desk.bot.shown(desk.bot.slack.views(ANNA)[-1])
    said = desk.until(ANNA, bill, "It lies on the desk of @U02MIKAEL")
    assert "bill.approve" not in desk.buttons(ANNA, bill)
    assert "bill.pass" not in desk.buttons(ANNA, bill)
    assert "125.50" in said
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(ANNA, bill, "Approved by @U02MIKAEL")
    assert desk.buttons(ANNA, bill) == []


def test_an_old_card_gives_its_place_to_a_new_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.bill_open.NEAR", timedelta(0))
    (bill,) = arrived(desk, 1)
    old = desk.card(MIKAEL, bill)
    desk.bot.answer("with @U02MIKAEL", lambda: desk.bot.slack.command(MIKAEL, f"find {bill}"), MIKAEL)
    desk.bot.slack.click(MIKAEL, desk.bot.slack.whispers(MIKAEL)[-1], "bill.open")

    def moved() -> bool:
        with desk.bot.house.store.read() as tx:
            place = messages.find(tx, desk.bot.company, f"bill:{bill}:{MIKAEL}")
        return place is not None and place.ts != old.ts

    desk.bot.wait(moved)
    room = desk.bot.slack.messages(desk.bot.slack.dm(MIKAEL))
    assert "its card is further down" in next(desk.bot.shown(m) for m in room if m.ts == old.ts)
    assert "bill.approve" in desk.buttons(MIKAEL, bill)


def test_whoever_may_not_see_a_bill_gets_no_card_of_it(desk: Desk) -> None:
    (bill,) = arrived(desk, 1)
    desk.give(EMMA, Right.SEE_ALL)
    desk.bot.answer("with @U02MIKAEL", lambda: desk.bot.slack.command(EMMA, f"find {bill}"), EMMA)
    whisper = desk.bot.slack.whispers(EMMA)[-1]
    desk.give(EMMA, Right.SEE_OWN)
    desk.bot.slack.click(EMMA, whisper, "bill.open")
    assert "You may not see this bill" in desk.bot.shown(desk.bot.slack.views(EMMA)[-1])
    with desk.bot.house.store.read() as tx:
        assert messages.find(tx, desk.bot.company, f"bill:{bill}:{EMMA}") is None


def home(desk: Desk, user: str, pattern: str) -> str:
    desk.bot.slack.open_home(user)

    def seen() -> str:
        told = desk.bot.home(user)
        return told if re.search(pattern, told) else ""

    return desk.bot.wait(seen)


def test_the_home_tab_shows_what_waits_and_for_finance_how_much(desk: Desk) -> None:
    arrived(desk, 12)
    desk.receive(order_reference="P-1001", term=-5, rows=[{"unitPrice": 10}])
    looked(desk)
    told = home(desk, MIKAEL, "Waiting for you: 13 bills")
    assert told.index("🔴 −") < told.index("125.50")
    assert "… and 3 more" in told
    told = home(desk, ANNA, r"13 bills wait \(1,\d\d\d\.\d\d €\), 1 overdue")
    desk.bot.slack.click(ANNA, "home", "bills.all")
    assert "All open bills" in desk.bot.slack.views(ANNA)[-1].title
    desk.bot.slack.close(ANNA, desk.bot.slack.views(ANNA)[-1])
    blocks = desk.bot.slack.home(MIKAEL).blocks
    (menu,) = [e for b in blocks for e in b.get("elements", []) if e.get("action_id") == "bill.open"]
    desk.bot.slack.choose(MIKAEL, "home", "bill.open", menu["options"][0]["value"])
    assert "its card is in our direct conversation" in desk.bot.shown(desk.bot.slack.views(MIKAEL)[-1])
