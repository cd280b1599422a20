"""A bill's way from Procountor to the person it is for, and back with his approval."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import pytest

from finance.authority import Right
from storage import companies
from tests.support.bills import KARI, MARIA, Desk
from tests.support.desks import forged, unheard
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Desk:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING, most="5000")
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    return found


def test_a_bill_comes_to_the_manager_of_its_project_and_is_approved_with_one_press(desk: Desk) -> None:
    bill = desk.receive(order_reference="P-1001 / kevät")
    desk.paid_before(bill)
    desk.fetch(ANNA)
    said = desk.until(MIKAEL, bill, "Approve")
    assert "project P-1001 in the order reference" in said
    assert "in 10 working days" in said or "working days" in said
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, r"Approved by @U02MIKAEL")
    assert desk.doc(bill)["status"] == "APPROVED"
    assert desk.acts(bill) == 1
    desk.bot.wait(lambda: not desk.buttons(MIKAEL, bill))  # a card drawn in that very moment is drawn once more


def arrived(desk: Desk, *, old_supplier: bool = True, **said: Any) -> int:
    """A bill for Mikael's project, on his desk."""
    bill = desk.receive(order_reference="P-1001", **said)
    if old_supplier:
        desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, r"\[Approve")
    return bill


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"paymentInfo": {"bankAccount": {"accountNumber": "FI5810171000000122"}}},
            r"Account: FI\d\d •••• \d{4} → FI58 •••• 0122",
        ),
        ({"paymentInfo": {"dueDate": "2027-01-15"}}, r"Due date: .* → 1[.5].*2027"),
        ({"paymentInfo": {"bankReferenceCode": "1009"}}, r"Reference: \d+ → 1009"),
        ({"originalInvoiceNumber": "L-X"}, r"Number: L-\d+ → L-X"),
        ({"discountPercent": 10}, r"Discount: 0 % → 10 %"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
@pytest.mark.parametrize("bump", [True, False], ids=["another second", "the same second"])
def test_what_changed_after_it_was_shown_is_not_approved(desk: Desk, changes: Any, told: str, bump: bool) -> None:
    bill = arrived(desk)
    desk.edit(bill, bump=bump, **changes)
    heard = desk.bot.answer("was changed since you saw it", lambda: desk.press(MIKAEL, bill, "bill.approve"), MIKAEL)
    assert re.search(told, heard), heard
    assert desk.acts(bill) == 0


def test_a_bill_approved_in_procountor_meanwhile_is_said_kindly(desk: Desk) -> None:
    bill = arrived(desk)
    card = desk.card(MIKAEL, bill)
    desk.edit(bill, status="APPROVED")
    heard = desk.bot.answer("left to decide", lambda: desk.bot.slack.click(MIKAEL, card, "bill.approve"), MIKAEL)
    assert "Approved" in heard
    desk.until(MIKAEL, bill, r"^\s*Approved$|Approved")
    assert desk.buttons(MIKAEL, bill) == []
    assert desk.acts(bill) == 0


def test_over_the_limit_there_is_no_button_and_a_forged_press_does_nothing(desk: Desk) -> None:
    bill = arrived(desk)
    card = desk.card(MIKAEL, bill)
    desk.give(MIKAEL, *EVERYTHING, most="100")
    heard = desk.bot.answer(
        "over your limit of 100", lambda: desk.bot.slack.click(MIKAEL, card, "bill.approve"), MIKAEL
    )
    assert "L-" in heard
    assert desk.acts(bill) == 0
    assert desk.doc(bill)["status"] == "RECEIVED"


def test_a_first_account_needs_a_second_person_who_types_its_end(desk: Desk) -> None:
    desk.give(EMMA, *EVERYTHING)
    bill = arrived(desk, old_supplier=False, supplier=new_supplier(desk))
    assert "nothing has been paid to" in desk.says(MIKAEL, bill)
    heard = desk.bot.answer("your approval is noted", lambda: desk.press(MIKAEL, bill, "bill.approve"), MIKAEL)
    assert "1 more person" in heard
    assert desk.acts(bill) == 0


def test_one_of_two_acceptors_fills_one_place_although_the_answer_is_lost(desk: Desk) -> None:
    desk.known(MIKAEL, "Mikael Lindqvist", procountor=KARI, psa="12", manages="P-1001")
    bill = arrived(desk, acceptors=[KARI, MARIA])
    desk.bot.procountor.world.faults.add(route="PUT /invoices/{invoiceId}/approve", nth=1, when="after", what="drop")
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, r"Approved by @U02MIKAEL")
    assert desk.acts(bill) == 1
    assert [p.get("eventPerformed") is not None for p in desk.doc(bill)["invoiceApprovalInformation"]["acceptors"]] == [
        True,
        False,
    ]
    assert desk.doc(bill)["status"] == "RECEIVED"


def test_eight_people_press_and_one_has_approved(desk: Desk) -> None:
    bill = arrived(desk)
    desk.give(EMMA, *EVERYTHING)
    desk.deal(EMMA, bill)
    copies = [(user, desk.card(user, bill)) for user in (MIKAEL, EMMA)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: desk.bot.slack.click(*copies[n % 2], "bill.approve"), range(8)))
    desk.until(MIKAEL, bill, r"Approved by")
    desk.bot.wait(lambda: not desk.bot.house.engine.backlog().get("approvals"))
    assert desk.acts(bill) == 1


def new_supplier(desk: Desk) -> int:
    """A supplier nothing has ever been bought from."""
    register = desk.bot.books.registers["businesspartners"]
    old = next(doc for doc in register.values() if doc["type"] == "SUPPLIER")
    with desk.bot.procountor.world.lock:
        new = deepcopy(old) | {"id": desk.bot.books.next_id("businesspartners"), "name": "Uusi Toimittaja Oy"}
        register[new["id"]] = new
    return int(new["id"])


def test_a_press_while_procountor_is_silent_or_with_a_stolen_handle_does_nothing_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bill = arrived(desk)
    desk.until(MIKAEL, bill, r"\(First page")
    forged(desk, MIKAEL, bill, "bill.approve", "x" * 32, "no longer in use")
    with monkeypatch.context() as silence:
        silence.setattr("procountor.bills.get", unheard)
        desk.bot.answer(
            "Procountor did not answer just now, and nothing was done",
            lambda: desk.press(MIKAEL, bill, "bill.verify"),
            MIKAEL,
        )
    assert (desk.acts(bill), desk.acts(bill, "VERIFICATION")) == (0, 0)
    desk.press(MIKAEL, bill, "bill.verify")
    desk.until(MIKAEL, bill, "Pre-approved by @U02MIKAEL")
    assert desk.acts(bill, "VERIFICATION") == 1
    assert "bill.approve" not in desk.buttons(MIKAEL, bill), "who has pre-approved it does not approve it"


def test_a_press_on_a_key_that_was_revoked_pauses_the_company_and_nothing_is_done(desk: Desk) -> None:
    bill = arrived(desk)
    with desk.bot.key_revoked():
        desk.bot.procountor.world.tokens.expire()
        desk.bot.answer("and nothing was done", lambda: desk.press(MIKAEL, bill, "bill.approve"), MIKAEL)
        with desk.bot.house.store.read() as tx:
            assert companies.get(tx, desk.bot.company).state == companies.PAUSED
    with desk.bot.house.store.write() as tx:
        companies.set_state(tx, desk.bot.company, companies.READY)
    assert desk.acts(bill) == 0
