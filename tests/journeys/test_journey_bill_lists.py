"""Lists of bills, and several signed together: each as if pressed by itself, each with its own result."""

from __future__ import annotations

import re

import pytest

from finance.authority import Right
from sandbox.slack.records import View
from tests.support.bills import MARIA, Desk
from tests.support.piles import EVERYTHING, after, arrived, cleared, looked, opened, press, signed, text
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot


@pytest.fixture
def desk(bot: Bot) -> Desk:
    return cleared(bot)


def boxes(view: View) -> list[str]:
    """The values of the boxes of a form, in order."""
    return [
        option["value"]
        for block in view.blocks
        for element in block.get("elements", [])
        if element["type"] == "checkboxes"
        for option in element["options"]
    ]


def test_my_list_shows_what_waits_for_me_first_and_opens_a_card(desk: Desk) -> None:
    _, second = arrived(desk, 2)
    desk.edit(second, invoiceApprovalInformation={"verifiers": [], "acceptors": [{"userId": MARIA}]})
    desk.give(MIKAEL, Right.RECEIVE, Right.SEE_OWN, Right.APPROVE)
    looked(desk)
    view = opened(desk, MIKAEL, "bills")
    told = desk.bot.shown(view)
    assert "My bills" in told
    assert re.search(r"Waiting for you: \*?1\*? bill, 125\.50 €", told)
    places = [told.index(words) for words in ("Waiting for your signature", "·  125.50", "On your desk", "·  126.76")]
    assert places == sorted(places)
    assert "Project P-1001" in told
    assert "with @U02MIKAEL" not in told, "he knows what he has"
    told = press(desk, MIKAEL, "bill.open")
    assert "its card is in our direct conversation" in told


def test_pages_filters_and_rights(desk: Desk) -> None:
    arrived(desk, 14)
    view = opened(desk, ANNA, "bills all")
    assert "Page 1 of 2" in desk.bot.shown(view)
    told = press(desk, ANNA, "bills.next")
    assert "Page 2 of 2" in told
    assert told.count("Project P-1001") == 2
    assert "Page 1 of 2" in press(desk, ANNA, "bills.previous")
    assert "No bills are overdue" in press(desk, ANNA, "bills.filter", value="overdue")
    desk.bot.slack.close(ANNA, desk.bot.slack.views(ANNA)[-1])
    assert "Project P-1001" in desk.bot.shown(opened(desk, ANNA, "bills project:p-1001"))
    desk.bot.slack.close(ANNA, desk.bot.slack.views(ANNA)[-1])
    assert "@U02MIKAEL" in desk.bot.shown(opened(desk, ANNA, f"bills for <@{MIKAEL}>"))
    refused = desk.bot.answer("look at others", lambda: desk.bot.slack.command(MIKAEL, "bills all"), MIKAEL)
    assert "Ask" not in refused or "@" in refused
    desk.bot.answer("do not know this list", lambda: desk.bot.slack.command(MIKAEL, "bills tomorrow"), MIKAEL)
    desk.bot.answer("do not have the right", lambda: desk.bot.slack.command(EMMA, "bills"), EMMA)


def ticked(desk: Desk, user: str, *values: str) -> str:
    """Ticks exactly these boxes of the open form's first group."""
    desk.bot.slack.choose(user, desk.bot.slack.views(user)[-1], "bills.tick", list(values))
    return text(desk, user)


def chosen(desk: Desk, user: str, words: str = "bills") -> View:
    """The list with boxes."""
    opened(desk, user, words)
    press(desk, user, "bills.choose")
    return desk.bot.slack.views(user)[-1]


def test_several_are_chosen_over_pages_looked_through_and_approved_each_by_itself(desk: Desk) -> None:
    made = arrived(desk, 14)
    first = boxes(chosen(desk, MIKAEL))
    assert len(first) == 12
    told = ticked(desk, MIKAEL, first[0], first[1])
    assert "2 bills chosen" in told
    assert "[Approve 2 selected, 252.26 €]" in told
    press(desk, MIKAEL, "bills.next")
    second = boxes(desk.bot.slack.views(MIKAEL)[-1])
    told = ticked(desk, MIKAEL, *second)
    assert "[Approve 4 selected, " in told
    press(desk, MIKAEL, "bills.previous")
    assert "4 bills chosen" in text(desk, MIKAEL)
    told = press(desk, MIKAEL, "bills.sign")
    assert "Approve 4 bills" in told
    assert re.search(r"To account FI\d\d •••• \d{4}", told)
    assert desk.acts(made[0]) == 0
    signed(desk, MIKAEL, "4 bills approved")
    assert desk.bot.slack.views(MIKAEL) == []
    assert [desk.acts(bill) for bill in made] == [1, 1] + [0] * 10 + [1, 1]
    assert [desk.doc(bill)["status"] for bill in (made[0], made[13], made[5])] == ["APPROVED", "APPROVED", "RECEIVED"]


def test_clearing_takes_every_tick_away(desk: Desk) -> None:
    arrived(desk, 3)
    ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL))[:2])
    told = press(desk, MIKAEL, "bills.clear")
    assert "Tick the bills" in told
    told = ticked(desk, MIKAEL, boxes(desk.bot.slack.views(MIKAEL)[-1])[2])
    assert "1 bill chosen" in told


def test_each_bill_of_a_batch_has_its_own_result(desk: Desk) -> None:
    changed, elsewhere, lost, fine = arrived(desk, 4)
    ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    press(desk, MIKAEL, "bills.sign")
    desk.edit(changed, paymentInfo={"bankReferenceCode": "1009"})
    desk.edit(elsewhere, status="APPROVED")
    desk.bot.procountor.world.faults.add(route="PUT /invoices/{invoiceId}/approve", nth=1, when="after", what="drop")
    said = signed(desk, MIKAEL, "2 bills approved, 2 not")
    assert re.search(r"L-\d+.*: It was changed since you looked at it", said)
    assert re.search(r"L-\d+.*: Nothing is left to decide", said)
    assert [desk.acts(bill) for bill in (changed, elsewhere, lost, fine)] == [0, 0, 1, 1]
    assert "nothing was done. Look at it again" not in said  # not told a second time


def test_somebody_else_was_quicker_with_one_of_them(desk: Desk) -> None:
    desk.give(EMMA, *EVERYTHING)
    one, other = arrived(desk, 2)
    desk.deal(EMMA, one)
    desk.until(EMMA, one, r"\[Approve")
    ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    press(desk, MIKAEL, "bills.sign")
    desk.press(EMMA, one, "bill.approve")
    desk.until(EMMA, one, "Approved by @U03EMMA")
    signed(desk, MIKAEL, "1 bill approved, 1 not")
    assert [desk.acts(bill) for bill in (one, other)] == [1, 1]


def test_a_new_account_and_a_large_bill_never_go_along_unnoticed(desk: Desk) -> None:
    plain, large = arrived(desk, 2)
    row = {"product": "Iso", "quantity": 1, "unit": "PIECE", "unitPrice": 800, "vatPercent": 25.5, "discountPercent": 0}
    desk.edit(large, invoiceRows=[row])
    held = desk.receive(
        order_reference="P-1001", changes={"paymentInfo": {"bankAccount": {"accountNumber": "FI5810171000000122"}}}
    )
    desk.bot.decide(confirm_above={"EUR": "500"})
    looked(desk)
    desk.until(MIKAEL, held, "account has changed")
    ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    told = press(desk, MIKAEL, "bills.sign")
    assert "Approve 1 bill" in told
    assert "Above your company’s limit: tick each" in told
    assert re.search(r"1 bill is left out.*account is new, so two people approve it", told, re.DOTALL)
    signed(desk, MIKAEL, r"1 bill approved\b(?!,)")
    assert [desk.acts(bill) for bill in (plain, large, held)] == [1, 0, 0]
    ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    press(desk, MIKAEL, "bills.sign")
    view = desk.bot.slack.views(MIKAEL)[-1]
    box = next(e for b in view.blocks if b["type"] == "input" for e in [b["element"]])["options"][0]["value"]
    desk.bot.slack.submit(MIKAEL, view)
    assert "Tick the bills that you want to sign" in str(desk.bot.slack.views(MIKAEL)[-1].errors)
    desk.bot.slack.fill(MIKAEL, view, {"pile.large": [box]})
    desk.bot.slack.submit(MIKAEL, view)
    desk.bot.wait(lambda: desk.acts(large) == 1)
    assert desk.acts(held) == 0


def test_who_may_only_pre_approve_pre_approves_several(desk: Desk) -> None:
    made = arrived(desk, 2)
    desk.give(MIKAEL, Right.RECEIVE, Right.PRE_APPROVE)
    told = ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    assert "[Approve" not in told
    assert "[Pre-approve 2 selected, 252.26 €]" in told
    press(desk, MIKAEL, "bills.presign")
    signed(desk, MIKAEL, "2 bills pre-approved")
    assert [desk.acts(bill, "VERIFICATION") for bill in made] == [1, 1]
    assert [desk.acts(bill) for bill in made] == [0, 0]


def test_a_form_that_is_delivered_twice_is_signed_once(desk: Desk) -> None:
    made = arrived(desk, 2)
    ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    press(desk, MIKAEL, "bills.sign")
    view = desk.bot.slack.views(MIKAEL)[-1]

    def twice() -> None:
        desk.bot.slack.redeliver(desk.bot.slack.submit(MIKAEL, view))

    after(desk, MIKAEL, twice, "2 bills approved")
    assert [desk.acts(bill) for bill in made] == [1, 1]


def test_a_bill_that_came_to_nothing_is_told_of_once(desk: Desk) -> None:
    arrived(desk, 2)
    ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    press(desk, MIKAEL, "bills.sign")
    desk.bot.procountor.world.faults.add(route="PUT /invoices/{invoiceId}/approve", nth=1, when="before", what="drop")
    said = signed(desk, MIKAEL, "1 bill approved, 1 not")
    desk.bot.settled()
    assert said.count("did not answer and nothing has happened there") == 1
    assert desk.bot.text(MIKAEL).count("did not answer and nothing has happened there") == 1


def test_at_most_fifty_are_signed_together(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.bill_spot.TOGETHER", 2)
    arrived(desk, 3)
    told = ticked(desk, MIKAEL, *boxes(chosen(desk, MIKAEL)))
    assert "At most 2 bills can be signed together" in told
    assert "2 bills chosen" in told
