"""Bills on the page: from Procountor to the project manager's card, and every way they may go from there.

``KIERTO_PICTURES=1`` also writes docs/pictures/bill.png and bills.png anew.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from visiting import FRONT, PATIENCE, Visit

from bot.practice import FINANCE, LEAD, Practice
from sandbox.month.arrivals import HAAPA, SILTA, STRANGE
from sandbox.procountor import inbox, outside, seed
from sandbox.slack.records import Message
from tests.support.bill_edits import FIELDS

pytestmark = pytest.mark.browser
APPROVE = "PUT /invoices/{invoiceId}/approve"


def test_bills_find_their_people_and_each_decision_is_followed(visit: Callable[..., Visit], world: Practice) -> None:
    anna, mikael = visit(), visit()
    mikael.becomes("Mikael")
    mikael.types("/procountor language en")
    mikael.sees("English")
    they_arrive(anna, mikael)
    one_press_approves(mikael, world)
    two_press_at_once(anna, mikael, world)
    approved_in_procountor_meanwhile(anna, mikael, world)
    the_bot_dies_between_click_and_result(mikael, world)
    a_new_account_takes_two(anna, mikael, world)
    one_is_rejected_with_its_reason(anna, mikael, world)
    several_are_signed_together(anna, mikael, world)
    assert anna.spills() == []
    assert mikael.spills() == []


def test_what_was_changed_after_it_was_shown_is_not_approved(visit: Callable[..., Visit], world: Practice) -> None:
    """Each field a person may change in Procountor, between the card and the press; then the moment of the form."""
    mikael = visit()
    mikael.becomes("Mikael")
    mikael.types("/procountor language en")
    mikael.sees("English")
    dice = random.Random(7)
    numbers = [f"ED-{place}" for place in range(len(FIELDS))]
    ids = {number: received(world, number, attachments=["lasku.pdf", "erittely.pdf"]) for number in numbers}
    fetched(visit())
    for number, change in zip(numbers, FIELDS.values(), strict=True):
        card(mikael, number).locator("[data-key*='|bill.approve|']").wait_for(timeout=PATIENCE)
        edit(world, ids[number], change(dice, doc(world, ids[number])))
        presses(mikael, number, "bill.approve")
        mikael.sees(re.compile(rf"{number}.*was changed since you saw it"))
        assert acts(world, ids[number]) == 0, number
    form = received(world, "ED-FORM")
    fetched(visit())
    presses(mikael, "ED-FORM", "bill.reject", form=True)
    edit(world, form, {"paymentInfo": {"bankReferenceCode": "1009"}})
    mikael.page.locator(f"{FRONT} textarea").first.fill("Väärä viite")
    mikael.page.click(f"{FRONT} [data-key=modal-submit]")
    mikael.sees(re.compile("was changed since you saw it"))
    assert doc(world, form)["status"] == "RECEIVED"


# the parts of the story


def they_arrive(anna: Visit, mikael: Visit) -> None:
    anna.types("/procountor fetch bills")
    anna.sees("13 new bills")
    mikael.sees("SI-20418")
    told = card(mikael, "SI-20418").inner_text()
    for words in ("Alihankkija Silta Oy", "1,239.89 €", "in 6 working days", "project P-1001 in the order reference"):
        assert words in re.sub(r"in \d working days", "in 6 working days", told), told
    assert STRANGE not in mikael.words()
    mikael.shot("bill", card(mikael, "SI-20418"), height=1200)


def one_press_approves(mikael: Visit, world: Practice) -> None:
    bill = by_number(world, "SI-20418")
    button = card(mikael, "SI-20418").locator("[data-key*='|bill.approve|']")
    assert "1,239.89 €" in button.inner_text()
    button.dblclick()
    settled(mikael, "SI-20418", "Approved by")
    assert (acts(world, bill["id"]), bill["status"]) == (1, "APPROVED")


def two_press_at_once(anna: Visit, mikael: Visit, world: Practice) -> None:
    """Anna has opened it from the list, too; whoever is second is told who was first."""
    bill = by_number(world, "K-77120")
    opens(anna, "K-77120")
    pressed = [(user, told(world, user, "K-77120"), "bill.approve") for user in (FINANCE, LEAD)]
    with ThreadPoolExecutor(2) as hands:
        list(hands.map(lambda one: world.slack.click(*one), pressed))
    for one in (anna, mikael):
        settled(one, "K-77120", "Approved by")
    assert (acts(world, bill["id"]), bill["status"]) == (1, "APPROVED")
    assert "was quicker" in anna.words() + mikael.words()


def approved_in_procountor_meanwhile(anna: Visit, mikael: Visit, world: Practice) -> None:
    bill = received(world, "ME-1", supplier=SILTA)
    fetched(anna)
    card(mikael, "ME-1").locator("[data-key*='|bill.approve|']").wait_for(timeout=PATIENCE)
    edit(world, bill, {"status": "APPROVED"})
    presses(mikael, "ME-1", "bill.approve")
    mikael.sees(re.compile("nothing was left to decide"))
    assert acts(world, bill) == 0


def the_bot_dies_between_click_and_result(mikael: Visit, world: Practice) -> None:
    bill = by_number(world, "HA-3307")
    world.procountor.world.faults.add(route=APPROVE, nth=1, when="after", what="slow", seconds=4.0)
    presses(mikael, "HA-3307", "bill.approve")
    mikael.page.wait_for_timeout(700)
    world.restart()
    settled(mikael, "HA-3307", "Approved by")
    assert (acts(world, bill["id"]), bill["status"]) == (1, "APPROVED")


def a_new_account_takes_two(anna: Visit, mikael: Visit, world: Practice) -> None:
    bill = by_number(world, "50913")
    assert "0122" in card(mikael, "50913").inner_text()
    presses(mikael, "50913", "bill.approve")
    mikael.sees("1 more person has to approve it")
    assert acts(world, bill["id"]) == 0
    opens(anna, "50913")
    presses(anna, "50913", "bill.confirm", form=True)
    typed = anna.page.locator(f"{FRONT} .field input").first
    typed.fill("0000")
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    anna.sees("not the last four characters", within=FRONT)
    typed.fill("0122")
    anna.page.click(f"{FRONT} [data-key=modal-submit]")
    settled(anna, "50913", "Approved by")
    settled(mikael, "50913", "Approved by")
    assert (acts(world, bill["id"]), bill["status"]) == (1, "APPROVED")


def one_is_rejected_with_its_reason(anna: Visit, mikael: Visit, world: Practice) -> None:
    bill = received(world, "RE-1", supplier=HAAPA)
    fetched(anna)
    card(mikael, "RE-1").wait_for(timeout=PATIENCE)
    presses(mikael, "RE-1", "bill.reject", form=True)
    mikael.page.click(f"{FRONT} [data-key=modal-submit]")
    mikael.sees("Please complete this required field", within=FRONT)
    assert doc(world, bill)["status"] == "RECEIVED", "a reason is needed"
    mikael.page.locator(f"{FRONT} textarea").first.fill("Not ordered by us")
    mikael.page.click(f"{FRONT} [data-key=modal-submit]")
    settled(mikael, "RE-1", "Rejected")
    assert doc(world, bill)["status"] == "PAYMENT_DENIED"
    anna.sees("Not ordered by us")


def several_are_signed_together(anna: Visit, mikael: Visit, world: Practice) -> None:
    ids = [received(world, f"SE-{place}", supplier=SILTA) for place in range(3)]
    fetched(anna)
    card(mikael, "SE-2").wait_for(timeout=PATIENCE)
    page = mikael.page
    mikael.types("/procountor bills")
    mikael.sees("My bills", within=FRONT)
    mikael.shot("bills", page.locator(FRONT), margin=24)
    page.locator(f"{FRONT} [data-key*='|bills.choose|']").click()
    boxes = page.locator(f"{FRONT} input[type=checkbox]")
    boxes.first.wait_for(timeout=PATIENCE)
    for place in range(3):
        boxes.nth(place).check()
    page.locator(f"{FRONT} button", has_text="Approve 3 selected").first.click(timeout=PATIENCE)
    mikael.sees("Approve 3 bills", within=FRONT)
    assert [acts(world, bill) for bill in ids] == [0, 0, 0]
    page.click(f"{FRONT} [data-key=modal-submit]")
    mikael.sees("3 bills approved")
    assert [acts(world, bill) for bill in ids] == [1, 1, 1]


# words of the story


def books(world: Practice) -> Any:
    return world.procountor.world.companies[seed.NORTH]


def doc(world: Practice, bill: int) -> Any:
    return books(world).registers["invoices"][bill]


def by_number(world: Practice, number: str) -> Any:
    found = books(world).registers["invoices"].values()
    return next(doc for doc in found if doc["originalInvoiceNumber"] == number)


def acts(world: Practice, bill: int) -> int:
    return sum(1 for entry in doc(world, bill).get("_history", []) if entry["action"] == "APPROVAL")


def received(world: Practice, number: str, *, supplier: int = SILTA, attachments: list[str] | None = None) -> int:
    """A bill arrives for Mikael's project; nobody is named to circulate it."""
    wanted = inbox.Bill(supplier, number=number, order_reference="P-1001", verifiers=[], acceptors=[])
    with world.procountor.world.lock:
        id = int(inbox.receive(world.procountor.world, books(world), wanted)["id"])
        if attachments:
            outside.edit(world.procountor.world, books(world), id, {"attachments": attachments})
    return id


def edit(world: Practice, bill: int, changes: dict[str, Any]) -> None:
    with world.procountor.world.lock:
        outside.edit(world.procountor.world, books(world), bill, changes)


def fetched(visit: Visit) -> None:
    visit.types("/procountor fetch bills")
    visit.sees(re.compile("new bill|Nothing new"))


def card(visit: Visit, number: str) -> Any:
    """The newest card of the bill."""
    return visit.page.locator("#stream .message").filter(has_text=re.compile(rf"Number {re.escape(number)}\b")).last


def told(world: Practice, user: str, number: str) -> Message:
    """The same as Slack has it."""
    room = world.slack.messages(world.slack.dm(user))
    return next(m for m in reversed(room) if m.bot_id and f" {number} " in str(m.blocks))


def presses(visit: Visit, number: str, action: str, *, form: bool = False) -> None:
    card(visit, number).locator(f"[data-key*='|{action}|']").click(timeout=PATIENCE)
    if form:
        visit.page.locator(f"{FRONT} [data-key=modal-submit]").wait_for(timeout=PATIENCE)


def opens(visit: Visit, number: str) -> None:
    """Opens the bill's card from the list of all."""
    page = visit.page
    visit.types("/procountor bills all")
    row = page.locator(f"{FRONT} .b-section", has_text=number).filter(has=page.locator("button")).first
    row.get_by_role("button").click(timeout=PATIENCE)
    visit.sees("its card is in our direct conversation", within=FRONT)
    page.keyboard.press("Escape")
    page.wait_for_selector(FRONT, state="hidden")
    card(visit, number).wait_for(timeout=PATIENCE)


def settled(visit: Visit, number: str, words: str) -> None:
    """The card says so, and no button to decide is left on it."""
    visit._waits(card(visit, number), re.compile(words))
    decide = card(visit, number).locator("[data-key*='|bill.approve|'], [data-key*='|bill.reject|']")
    decide.first.wait_for(state="detached", timeout=PATIENCE)
