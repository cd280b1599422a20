"""approve, pre-approve and reject with numbers: nothing is signed that was not shown."""

from __future__ import annotations

import pytest

from finance.authority import Right
from tests.support.bills import Desk
from tests.support.piles import EVERYTHING, after, arrived, cleared, looked, newest
from tests.support.practice import EMMA, MIKAEL, Bot


@pytest.fixture
def desk(bot: Bot) -> Desk:
    return cleared(bot)


def typed(desk: Desk, user: str, words: str, pattern: str) -> str:
    return after(desk, user, lambda: desk.bot.slack.command(user, words, desk.bot.slack.dm(user)), pattern)


def click(desk: Desk, user: str, action: str, pattern: str, index: int = 0) -> str:
    """Presses a button of the newest question; waits until that message says the pattern."""
    message = newest(desk, user, action)
    desk.bot.slack.click(user, message, action, index=index)
    room = desk.bot.slack.dm(user)

    def seen() -> str:
        told = next(desk.bot.shown(m) for m in desk.bot.slack.messages(room) if m.ts == message.ts)
        return told if pattern in told else ""

    return desk.bot.wait(seen)


def test_numbers_answer_with_what_they_stand_for_and_a_button_approves_just_that(desk: Desk) -> None:
    one, two, _ = arrived(desk, 3)
    numbers = f"{desk.doc(one)['originalInvoiceNumber'].lower()} {desk.doc(two)['invoiceNumber']}"
    told = typed(desk, MIKAEL, f"approve {numbers}", "Approve \\d bill")
    assert "Approve 2 bills, 252.26 €" in told
    assert desk.acts(one) == 0
    click(desk, MIKAEL, "pile.go", "2 bills approved")
    assert [desk.acts(bill) for bill in (one, two)] == [1, 1]
    assert "'pile.go'" not in str([m.blocks for m in desk.bot.slack.messages(desk.bot.slack.dm(MIKAEL))])


def test_a_bill_that_changes_after_it_was_shown_loses_its_button(desk: Desk) -> None:
    (one,) = arrived(desk, 1)
    typed(desk, MIKAEL, f"approve {one}", "Approve \\d bill")
    question = newest(desk, MIKAEL, "pile.go")
    desk.edit(one, paymentInfo={"bankReferenceCode": "1009"})
    looked(desk)
    room = desk.bot.slack.dm(MIKAEL)

    def seen() -> str:
        told = next(desk.bot.shown(m) for m in desk.bot.slack.messages(room) if m.ts == question.ts)
        return told if "It was changed since you typed its number" in told else ""

    assert "[Approve" not in desk.bot.wait(seen)


def test_a_press_on_what_has_changed_unseen_does_nothing(desk: Desk) -> None:
    (one,) = arrived(desk, 1)
    typed(desk, MIKAEL, f"approve {one}", "Approve \\d bill")
    desk.edit(one, bump=False, paymentInfo={"bankReferenceCode": "1009"})
    told = click(desk, MIKAEL, "pile.go", "0 bills approved, 1 not")
    assert "It was changed since you looked at it" in told
    assert desk.acts(one) == 0


def test_a_number_that_fits_several_bills_is_asked_about(desk: Desk) -> None:
    one, two = arrived(desk, 2)
    desk.edit(two, originalInvoiceNumber=desk.doc(one)["originalInvoiceNumber"], partnerId=desk.doc(one)["partnerId"])
    looked(desk)
    number = desk.doc(one)["originalInvoiceNumber"]
    told = typed(desk, MIKAEL, f"approve {number} 99999999", "fits several bills")
    assert "No bill that you may see has the number 99999999" in told
    told = click(desk, MIKAEL, "pile.take", "[Approve", index=1)
    assert "fits several bills" not in told
    click(desk, MIKAEL, "pile.go", "1 bill approved")
    assert sorted([desk.acts(one), desk.acts(two)]) == [0, 1]


def test_a_bill_that_is_settled_or_not_his_to_see_is_said_kindly(desk: Desk) -> None:
    one, two = arrived(desk, 2)
    desk.edit(one, status="APPROVED")
    looked(desk)
    number = desk.doc(one)["originalInvoiceNumber"]
    told = typed(desk, MIKAEL, f"approve {number}", "nothing is left to decide")
    assert "There is nothing to sign" in told
    desk.give(EMMA, *EVERYTHING)
    told = typed(desk, EMMA, f"approve {two}", "No bill that you may see has the number")
    assert "Alihankkija" not in told


def test_rejecting_needs_a_reason_which_procountor_gets(desk: Desk) -> None:
    (one,) = arrived(desk, 1)
    desk.bot.answer("Type the number and the reason", lambda: desk.bot.slack.command(MIKAEL, f"reject {one}"), MIKAEL)
    told = typed(desk, MIKAEL, f"reject {one} Ei ole tilattu meiltä", "Reject 1 bill")
    assert "“Ei ole tilattu meiltä”" in told
    click(desk, MIKAEL, "pile.go", "1 bill rejected")
    assert desk.doc(one)["status"] == "PAYMENT_DENIED"
    desk.bot.until("Ei ole tilattu meiltä", "U01ANNA")


def test_who_may_only_pre_approve_says_no_and_the_bill_stays_open(desk: Desk) -> None:
    (one,) = arrived(desk, 1)
    desk.give(MIKAEL, Right.RECEIVE, Right.PRE_APPROVE)
    typed(desk, MIKAEL, f"reject {one} väärä projekti", "Say no to 1 bill")
    click(desk, MIKAEL, "pile.go", "said no to 1 bill")
    assert desk.doc(one)["status"] == "RECEIVED"
    desk.bot.answer("do not have the right", lambda: desk.bot.slack.command(MIKAEL, f"approve {one}"), MIKAEL)
    typed(desk, MIKAEL, f"pre-approve {one}", "Pre-approve 1 bill")
    click(desk, MIKAEL, "pile.go", "1 bill pre-approved")
    assert desk.acts(one, "VERIFICATION") == 1


def test_a_question_can_be_dropped_and_grows_old(desk: Desk) -> None:
    (one,) = arrived(desk, 1)
    typed(desk, MIKAEL, f"approve {one}", "Approve \\d bill")
    click(desk, MIKAEL, "pile.drop", "no longer open: nothing was done")
    assert desk.acts(one) == 0


def test_in_a_channel_one_is_told_where_the_question_is(desk: Desk) -> None:
    (one,) = arrived(desk, 1)
    desk.bot.answer(
        "asked you in our direct conversation",
        lambda: desk.bot.slack.command(MIKAEL, f"approve {one}", "C01TALOUS"),
        MIKAEL,
    )
    desk.bot.answer("Which bills\\?", lambda: desk.bot.slack.command(MIKAEL, "approve"), MIKAEL)
