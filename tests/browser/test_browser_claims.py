"""Claims on a phone: three receipts and a trip abroad from capture to "paid", and one sent back, mended, sent again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from visiting import FRONT, PATIENCE, PHONE, Visit

from bot import practice
from bot.practice import FINANCE, Practice
from sandbox.month import lists
from sandbox.procountor import outside, seed
from tests.support import receipts as made

pytestmark = pytest.mark.browser
Doc = dict[str, Any]
TODAY = practice.today()
OUT, BACK = ((TODAY - timedelta(days=days)).isoformat() for days in (9, 8))
HOTEL = {"day": BACK, "type": "Lodging", "supplier": "Hotell Gamla Stan", "gross": "1130,00", "percent": "0"}
TAXI = {"day": OUT, "type": "Taxi ride", "supplier": "Taksi Helsinki", "gross": "24,00", "percent": "13.5"}
TOOL = {"day": OUT, "type": "Supplies", "supplier": "Ohjelmakauppa", "gross": "125,50", "percent": "25.5"}
LUNCH = {"day": OUT, "type": "Meal", "supplier": "Ravintola Satama", "gross": "61,50", "percent": "13.5"}
OWN, COMPANY = "My own money", "The company’s money"


def test_claims_go_from_a_phone_to_paid(visit: Callable[..., Visit], world: Practice) -> None:
    emma, mikael, anna = (visit(PHONE, is_mobile=True, has_touch=True) for _ in range(3))
    world.slack.drop_files(FINANCE, [("henkilot.csv", lists.people())])
    anna.sees(re.compile("people are known in Slack"))
    emma.becomes("Emma")
    mikael.becomes("Mikael")
    mikael.types("/procountor language en")
    mikael.sees("English")
    she_writes_the_trip(emma)
    she_adds_three_receipts(emma)
    he_approves_it(emma, mikael)
    one_comes_back_and_is_mended(emma, mikael)
    finance_sends_both_sections(anna)
    it_stands_in_procountor(emma, world)
    it_is_paid(anna, emma, world)
    assert [one.spills() for one in (emma, mikael, anna)] == [[], [], []]


# the parts of the story


def she_writes_the_trip(emma: Visit) -> None:
    emma.types("/procountor travel")
    emma.sees("Begin with the trip", within=FRONT)
    turns(emma, "claim.trip", "Came back on")
    route = {"route": "Helsinki – Tukholma – Helsinki", "purpose": "Workshop"}
    fills(emma, **route, start_day=OUT, start_time="08:00", end_day=BACK, end_time="20:30")
    saves(emma, "Day 2")
    for n in (1, 2):
        picks(emma, f"claim.country.{n}", "Sweden", search=True)
    picks(emma, "meals_1", "Two or more")
    saves(emma, "In all 105.00 €")
    assert "halved" in emma.words()


def she_adds_three_receipts(emma: Visit) -> None:
    """Each cost begins with an empty form, whatever stood in the one before it."""
    turns(emma, "claim.add", "Day of the payment")
    costs(emma, "hotelli.jpg", 3, HOTEL, OWN)
    picks(emma, "claim.currency", "SEK", search=True)
    assert emma.spills() == []
    saves(emma, "In all")
    emma.sees("hotelli.jpg", within=FRONT)
    for name, seed_, row, whose in (("taksi.jpg", 4, TAXI, OWN), ("ohjelma.jpg", 5, TOOL, COMPANY)):
        turns(emma, "claim.add", "Day of the payment")
        assert "hotelli.jpg" not in emma.words()
        assert "SEK" not in emma.words()
        costs(emma, name, seed_, row, whose)
        saves(emma, "In all")
        emma.sees(name, within=FRONT)
    assert emma.spills() == []


def he_approves_it(emma: Visit, mikael: Visit) -> None:
    emma.page.click(f"{FRONT} [data-key=modal-submit]")
    emma.sees("on its way", within=FRONT)
    emma.page.keyboard.press("Escape")
    emma.sees(re.compile("Claim K-1 received: 355"))
    mikael.sees("Travel claim K-1 of")
    mikael.button("claim.papers").click()
    mikael.sees("3 replies")
    mikael.button("claim.approve").click()
    mikael.sees(re.compile("Approved by"))
    emma.sees(re.compile("K-1 was approved by"))


def one_comes_back_and_is_mended(emma: Visit, mikael: Visit) -> None:
    """A receipt sent to the bot, made an expense by the entry of the message's menu."""
    page = emma.page
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Share files").click()
    chooser.value.set_files([picture("lounas.jpg", 8)])
    emma.sees("1 receipt received.")
    page.locator(".tools .entry", has_text="Make an expense of it").last.click()
    emma.sees("Day of the payment", within=FRONT)
    row = dict(LUNCH, gross="16,50")
    fields(emma, row, OWN)
    saves(emma, "In all 16.50 €")
    emma.sees("lounas.jpg", within=FRONT)
    page.click(f"{FRONT} [data-key=modal-submit]")
    emma.sees("on its way", within=FRONT)
    page.keyboard.press("Escape")
    mikael.sees("Expense claim K-2 of")
    mikael.button("claim.reject").click()
    mikael.page.locator(f"{FRONT} textarea").first.fill("The receipt says 61,50")
    mikael.page.click(f"{FRONT} [data-key=modal-submit]")
    emma.sees("The receipt says 61,50")
    emma.button("claim.mend").click()
    emma.sees("Sent back by", within=FRONT)
    turns(emma, "claim.row", "Day of the payment")
    fills(emma, gross="61,50")
    saves(emma, "In all 61.50 €")
    page.click(f"{FRONT} [data-key=modal-submit]")
    emma.sees("on its way", within=FRONT)
    page.keyboard.press("Escape")
    mikael.sees("Expense claim K-2 of")
    mikael.sees(re.compile(r"K-2.*61\.50"))
    mikael.button("claim.approve").click()
    emma.sees(re.compile("K-2 was approved by"))


def finance_sends_both_sections(anna: Visit) -> None:
    anna.types("/procountor send expenses")
    own, card = section(anna, "Own money"), section(anna, "Company money")
    for batch, words in ((own, "2 vouchers in Procountor"), (card, "1 voucher in Procountor")):
        batch.get_by_text(words).wait_for(timeout=PATIENCE)
    card.locator("[data-key*='|run.send|']").click()  # in either order
    card.get_by_text("1 voucher of company money is in Procountor").wait_for(timeout=PATIENCE)
    own.locator("[data-key*='|run.send|']").click()
    own.get_by_text("2 claims are drafts in Procountor").wait_for(timeout=PATIENCE)


def it_stands_in_procountor(emma: Visit, world: Practice) -> None:
    emma.sees("Your claim K-1 is in Procountor")
    emma.sees(re.compile("125.50 € was paid with the company’s money"))
    by_number = emma.drafts()
    assert set(by_number) == {"K-1", f"K-1/{OUT}", "K-2"}
    card = by_number[f"K-1/{OUT}"]
    world.slack.wait_for(lambda: card["status"] == "MARKED_PAID", 60)
    books = world.procountor.world.companies[seed.NORTH].registers
    events = [e for e in books["paymentevents"].values() if e["invoiceId"] == card["id"]]
    assert [(e["paymentDate"], e["paidAmount"]) for e in events] == [(OUT, Decimal("125.50"))]
    trip = by_number["K-1"]
    assert (trip["type"], trip["travelInformationItems"][0]["purpose"]) == ("TRAVEL_INVOICE", "Workshop")
    papers = [a["name"] for a in books["attachments"].values() if a["referenceId"] == trip["id"]]
    assert len(papers) == 2, papers


def it_is_paid(anna: Visit, emma: Visit, world: Practice) -> None:
    """Finance pays in Procountor; what was paid is seen there and told to the claimant, once."""
    books = world.procountor.world.companies[seed.NORTH]
    debts = [emma.drafts()[number] for number in ("K-1", "K-2")]
    for debt in debts:
        debt["status"] = "APPROVED"
    outside.bank_run(world.procountor.world, books, invoices=[debt["id"] for debt in debts], day=TODAY)
    anna.types("/procountor expenses")
    anna.sees(re.compile("claims to be paid"))
    for number in ("K-1", "K-2"):
        emma.sees(re.compile(f"Your claim {number} was paid on"))
    told = emma.page.locator("#stream .message").filter(has_text="Your claim K-1 is in Procountor")
    assert told.count() == 1, "one message, redrawn"


# the words it is told in


def turns(visit: Visit, action: str, words: str) -> None:
    """Presses the newest button of the form for that action; it has turned when the words are there."""
    visit.page.locator(f"{FRONT} [data-key*='|{action}|']").last.click(timeout=PATIENCE)
    visit.sees(words, within=FRONT)


def saves(visit: Visit, words: str) -> None:
    visit.page.click(f"{FRONT} [data-key=modal-submit]")
    visit.sees(words, within=FRONT)


def fills(visit: Visit, **fields: str) -> None:
    for name, text in fields.items():
        visit.page.locator(f"{FRONT} .input[data-key*='|{name}|']").fill(text)


def picks(visit: Visit, action: str, text: str, *, search: bool = False) -> None:
    """Chooses in a select, by what its choice begins with."""
    page = visit.page
    page.locator(f"{FRONT} .pick[data-key$='|{action}|']").click()
    if search:
        page.locator(".popup .search").fill(text)
    page.locator(".popup .choice").filter(has_text=re.compile(rf"^\s*{re.escape(text)}")).first.click(timeout=PATIENCE)


def costs(visit: Visit, name: str, mark: int, row: dict[str, str], whose: str) -> None:
    """Fills in a cost with its receipt."""
    visit.page.locator(f"{FRONT} input[type=file]").set_input_files([picture(name, mark)])
    visit.sees(name, within=FRONT)
    fields(visit, row, whose)


def fields(visit: Visit, row: dict[str, str], whose: str) -> None:
    fills(visit, **{name: row[name] for name in ("day", "supplier", "gross")})
    picks(visit, "type", row["type"])
    picks(visit, "percent", row["percent"])
    picks(visit, "payment", whose)


def picture(name: str, mark: int) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.photo(name, seed=mark)}


def section(anna: Visit, name: str) -> Any:
    """The batch's message of that section."""
    return anna.page.locator("#stream .message").filter(has_text=re.compile(r"Batch \d+ · ")).filter(has_text=name)
