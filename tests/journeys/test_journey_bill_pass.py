"""Not mine: a bill goes to the person it belongs to, comes back, and a rule may come of it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from finance.authority import Right
from storage import handles, recipient_rules
from tests.support.bills import Desk
from tests.support.desks import card_of, forged, opened, pass_on, told, trail, value_of
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Desk:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING, most="5000")
    found.give(EMMA, *EVERYTHING, most="5000")
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    yield found
    with bot.house.store.write() as tx:
        for rule in recipient_rules.all(tx, bot.company):
            recipient_rules.end(tx, bot.company, rule.kind, rule.key)
    bot.allow(EMMA)


def arrived(desk: Desk, **said: Any) -> int:
    bill = desk.receive(**{"order_reference": "P-1001", **said})
    desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, r"\[Approve")
    return bill


def test_a_bill_that_is_not_mine_goes_to_a_colleague_with_a_word(desk: Desk) -> None:
    bill = arrived(desk)
    assert pass_on(desk, MIKAEL, bill, EMMA, "Kuuluu *sinulle* <!channel>").ok
    said = desk.until(EMMA, bill, r"\[Approve")
    assert "To you: @U02MIKAEL passed it on to you" in said
    assert "Kuuluu ∗sinulle∗ <!channel>" in said
    desk.until(MIKAEL, bill, "You passed it on to @U03EMMA")
    assert desk.buttons(MIKAEL, bill) == ["bill.back"]
    assert ("bill.passed", MIKAEL) in trail(desk, bill)
    desk.press(EMMA, bill, "bill.approve")
    desk.until(EMMA, bill, "Approved by @U03EMMA")
    desk.until(MIKAEL, bill, "Approved")
    assert desk.buttons(MIKAEL, bill) == []
    assert desk.acts(bill) == 1


def test_it_is_taken_back_while_nothing_is_decided_also_from_further_on(desk: Desk) -> None:
    bill = arrived(desk)
    desk.give(ANNA, Right.FINANCE, Right.ADMIN, Right.RECEIVE, Right.SEE_OWN)
    pass_on(desk, MIKAEL, bill, EMMA)
    desk.until(EMMA, bill, r"\[Approve")
    pass_on(desk, EMMA, bill, ANNA)
    desk.until(ANNA, bill, "passed it on to you")
    desk.press(MIKAEL, bill, "bill.back")
    desk.until(MIKAEL, bill, r"\[Approve")
    for user in (EMMA, ANNA):
        desk.until(user, bill, "@U02MIKAEL took it back")
        assert desk.buttons(user, bill) == []
        assert "To you" not in desk.until(user, bill, "took it back")
    assert ("bill.taken back", MIKAEL) in trail(desk, bill)
    desk.press(MIKAEL, bill, "bill.approve")
    desk.until(MIKAEL, bill, "Approved by")


def test_it_cannot_be_taken_back_after_it_was_decided(desk: Desk) -> None:
    bill = arrived(desk)
    pass_on(desk, MIKAEL, bill, EMMA)
    desk.until(EMMA, bill, r"\[Approve")
    desk.until(MIKAEL, bill, "You passed it on")
    old = value_of(desk.card(MIKAEL, bill), "bill.back")
    desk.press(EMMA, bill, "bill.approve")
    desk.until(EMMA, bill, "Approved by")
    other = arrived(desk)
    pass_on(desk, MIKAEL, other, EMMA)
    desk.until(MIKAEL, other, "You passed it on")
    assert "L-" in forged(desk, MIKAEL, other, "bill.back", old, "left to decide")
    assert desk.buttons(EMMA, bill) == []


def test_who_gets_it_back_from_a_colleague_is_told(desk: Desk) -> None:
    bill = arrived(desk)
    pass_on(desk, MIKAEL, bill, EMMA)
    desk.until(EMMA, bill, r"\[Approve")
    desk.until(MIKAEL, bill, "You passed it on")
    pass_on(desk, EMMA, bill, MIKAEL, "Onpas sinun")
    desk.bot.until(r"@U03EMMA has passed .* on to you\. Its card is in this conversation", MIKAEL)
    said = desk.until(MIKAEL, bill, r"\[Approve")
    assert "Onpas sinun" in said
    desk.until(EMMA, bill, "You passed it on to @U02MIKAEL")


@pytest.mark.parametrize(
    ("to", "told"),
    [
        (MIKAEL, "That is you"),
        (GUEST, "Guests, bots and people of other workspaces"),
        ("BOT", "Guests, bots and people of other workspaces"),
        (ANNA, r"Anna Virtanen may not receive bills\. These may: Emma Clarke"),
    ],
    ids=["himself", "a guest", "a bot", "without the right"],
)
def test_only_who_may_receive_bills_gets_one(desk: Desk, to: str, told: str) -> None:
    bill = arrived(desk)
    who = desk.bot.slack.workspace.app.bot_user if to == "BOT" else to
    view = opened(desk, MIKAEL, bill, "bill.pass")
    desk.bot.slack.fill(MIKAEL, view, {"to": who})
    desk.bot.slack.submit(MIKAEL, view)
    assert re.search(told, desk.bot.slack.views(MIKAEL)[-1].errors["to"])
    assert desk.buttons(MIKAEL, bill)[0] == "bill.approve"
    assert who == MIKAEL or card_of(desk, who, bill) is None


def test_the_right_to_receive_is_looked_up_when_the_form_is_sent(desk: Desk) -> None:
    bill = arrived(desk)
    view = opened(desk, MIKAEL, bill, "bill.pass")
    assert "@U03EMMA" in desk.bot.shown(view)
    desk.bot.allow(EMMA, "see_own")
    desk.bot.slack.fill(MIKAEL, view, {"to": EMMA})
    desk.bot.slack.submit(MIKAEL, view)
    assert "may not receive bills" in desk.bot.slack.views(MIKAEL)[-1].errors["to"]


def test_a_form_that_has_grown_stale_says_so(desk: Desk) -> None:
    bill = arrived(desk)
    view = opened(desk, MIKAEL, bill, "bill.pass")
    desk.edit(bill, status="APPROVED")
    desk.bot.slack.command(ANNA, "fetch bills")
    desk.until(MIKAEL, bill, r"\n +Approved")
    desk.bot.slack.fill(MIKAEL, view, {"to": EMMA})
    desk.bot.slack.submit(MIKAEL, view)
    assert "does not lie on your desk any more" in desk.bot.shown(desk.bot.slack.views(MIKAEL)[-1])
    assert card_of(desk, EMMA, bill) is None


def test_two_forms_open_at_once_pass_it_on_once(desk: Desk) -> None:
    desk.give(ANNA, Right.FINANCE, Right.ADMIN, Right.RECEIVE)
    bill = arrived(desk)
    with desk.bot.house.store.read() as tx:
        team = desk._team(tx)
    from handlers import passing
    from storage import companies

    with desk.bot.house.store.read() as tx:
        company = companies.get(tx, desk.bot.company)

    def go(to: str) -> str:
        return passing.pass_on(desk.bot.house.desk, company, bill, [MIKAEL], to, MIKAEL)[0].value

    with ThreadPoolExecutor(2) as pool:
        went = sorted(pool.map(go, (EMMA, ANNA)))
    assert went == ["not_there", "on"]
    assert team
    holders = [user for user in (EMMA, ANNA) if (card := card_of(desk, user, bill)) and card.state == "live"]
    assert len(holders) == 1


def test_a_handle_of_somebody_elses_card_opens_nothing(desk: Desk) -> None:
    bill = arrived(desk)
    card = desk.card(MIKAEL, bill)
    stolen = value_of(card, "bill.pass")
    other = arrived(desk)
    pass_on(desk, MIKAEL, other, EMMA)
    forged(desk, EMMA, other, "bill.pass", stolen, "do not have the right")
    assert desk.bot.slack.views(EMMA) == []
    forged(desk, EMMA, other, "bill.pass", "x" * 32, "no longer in use")


def test_reassign_is_typed_by_the_holder_and_by_finance(desk: Desk) -> None:
    bill = arrived(desk)
    number = desk.doc(bill)["invoiceNumber"]
    heard = desk.bot.answer(
        r"on the desk of @U03EMMA now",
        lambda: desk.bot.slack.command(MIKAEL, f"reassign {number} @emma"),
        MIKAEL,
    )
    assert "L-" in heard
    desk.until(EMMA, bill, r"\[Approve")
    desk.bot.answer(
        r"no open bill .* that you may pass on",
        lambda: desk.bot.slack.command(MIKAEL, f"reassign {number} @anna"),
        MIKAEL,
    )
    desk.bot.answer(
        r"on the desk of @U02MIKAEL now",
        lambda: desk.bot.slack.command(ANNA, f"reassign {desk.doc(bill)['originalInvoiceNumber']} <@{MIKAEL}>"),
        ANNA,
    )
    desk.until(MIKAEL, bill, r"\[Approve")
    desk.until(EMMA, bill, "@U01ANNA passed it on to @U02MIKAEL")
    assert desk.buttons(EMMA, bill) == []


def test_reassign_says_what_it_needs_and_what_is_not_there(desk: Desk) -> None:
    desk.bot.answer("Which bill, and to whom", lambda: desk.bot.slack.command(ANNA, "reassign 12"), ANNA)
    desk.bot.answer("no open bill 999999", lambda: desk.bot.slack.command(ANNA, "reassign 999999 @emma"), ANNA)
    bill = arrived(desk)
    number = desk.doc(bill)["invoiceNumber"]
    desk.bot.answer("Guests", lambda: desk.bot.slack.command(ANNA, f"reassign {number} @guest"), ANNA)
    desk.bot.answer(
        "on the desk of @U02MIKAEL already", lambda: desk.bot.slack.command(ANNA, f"reassign {number} @mikael"), ANNA
    )


def test_a_rule_is_suggested_and_brings_the_next_bill_there(desk: Desk) -> None:
    desk.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-2002")
    bill = arrived(desk, order_reference="P-2002")
    number = desk.doc(bill)["originalInvoiceNumber"]
    pass_on(desk, MIKAEL, bill, EMMA)
    asked = told(desk, ANNA, rf"@U02MIKAEL passed .* {number}, .* on to @U03EMMA\. Should such bills go there")
    desk.bot.slack.click(ANNA, asked, "rule.project")
    told(desk, ANNA, r"From now on bills of project P-2002 Hanke go to @U03EMMA, said @U01ANNA")
    following = desk.receive(order_reference="P-2002")
    desk.fetch(ANNA)
    said = desk.until(EMMA, following, "To you")
    assert "project P-2002 in the order reference, by a rule of your company" in said
    assert card_of(desk, MIKAEL, following) is None
    desk.bot.allow(EMMA, "see_own")
    third = desk.receive(order_reference="P-2002")
    desk.fetch(ANNA)
    assert "a rule of your company" not in desk.until(MIKAEL, third, "To you: project P-2002 in the order reference")


def test_a_suppliers_rule_comes_after_numbers_and_before_the_default_recipient(desk: Desk) -> None:
    desk.bot.decide(default_recipient=ANNA)
    bill = desk.receive(supplier=another_supplier(desk, 3))
    desk.fetch(ANNA)
    desk.until(ANNA, bill, "default recipient")
    desk.bot.slack.command(ANNA, f"reassign {desk.doc(bill)['invoiceNumber']} @emma")
    desk.until(EMMA, bill, "To you")
    number = desk.doc(bill)["originalInvoiceNumber"]
    asked = told(desk, ANNA, rf"@U01ANNA passed .* {number}, .* on to @U03EMMA\. Should such bills")
    desk.bot.slack.click(ANNA, asked, "rule.supplier")
    told(desk, ANNA, r"From now on bills of \S+ \S+ Oy go to @U03EMMA")
    supplier = desk.doc(bill)["partnerId"]
    by_rule, by_number = desk.receive(supplier=supplier), desk.receive(supplier=supplier, order_reference="P-1001")
    desk.fetch(ANNA)
    assert "bills of this supplier come to you by a rule" in desk.until(EMMA, by_rule, "To you")
    desk.until(MIKAEL, by_number, "project P-1001 in the order reference")
    heard = desk.bot.answer("Who gets which bills", lambda: desk.bot.slack.command(ANNA, "recipients"), ANNA)
    assert "go to @U01ANNA" in heard
    listed = desk.bot.slack.whispers(ANNA)[-1]
    desk.bot.answer("has ended", lambda: desk.bot.slack.click(ANNA, listed, "rule.end"), ANNA)
    last = desk.receive(supplier=supplier)
    desk.fetch(ANNA)
    desk.until(ANNA, last, "default recipient")


def test_no_rule_is_made_when_nobody_wants_it(desk: Desk) -> None:
    bill = arrived(desk, supplier=another_supplier(desk, 2))
    pass_on(desk, MIKAEL, bill, EMMA)
    number = desk.doc(bill)["originalInvoiceNumber"]
    asked = told(desk, ANNA, rf"{number}, .* on to @U03EMMA\. Should such bills go there from now on")
    desk.bot.slack.click(ANNA, asked, "rule.no")
    told(desk, ANNA, "No rule was made, said @U01ANNA")
    with desk.bot.house.store.read() as tx:
        assert recipient_rules.all(tx, desk.bot.company) == ()


def another_supplier(desk: Desk, number: int) -> int:
    register = desk.bot.books.registers["businesspartners"]
    return int(sorted(doc["id"] for doc in register.values() if doc["type"] == "SUPPLIER")[number])


def test_handles_of_another_workspace_open_nothing(desk: Desk) -> None:
    bill = arrived(desk)
    with desk.bot.house.store.write() as tx:
        token = handles.issue(tx, desk.bot.company, "T0ELSE", "bill.pass", f"{bill}|x", desk.bot.house.desk.clock())
    forged(desk, MIKAEL, bill, "bill.pass", token, "no longer in use")
