"""Saying no to a bill: what the form asks, what the card, finance and Procountor say afterwards, and who may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from finance.authority import Right
from sandbox.slack import pressing
from tests.support.bills import Desk
from tests.support.desks import forged, opened, told, trail, value_of
from tests.support.piles import EVERYTHING, cleared
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

PRE_APPROVER = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Iterator[Desk]:
    yield cleared(bot)
    bot.books.settings["discussion"] = True


def arrived(desk: Desk, pattern: str = r"\[Approve") -> int:
    """A bill on Mikael's desk, whose card stands still."""
    bill = desk.receive(order_reference="P-1001")
    desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, pattern)
    desk.until(MIKAEL, bill, r"\(First page")
    return bill


def front(desk: Desk, user: str = MIKAEL) -> Any:
    return desk.bot.slack.views(user)[-1]


def give(desk: Desk, reason: str, user: str = MIKAEL) -> None:
    """Fills the reason into the open form and sends it."""
    desk.bot.slack.fill(user, front(desk, user), {"reason": reason})
    assert desk.bot.slack.submit(user, front(desk, user)).ok


def comments(desk: Desk, bill: int) -> list[str]:
    return [c["comment"] for c in desk.bot.books.registers["comments"].values() if c["invoiceId"] == bill]


def denials(desk: Desk, bill: int) -> list[str]:
    """What Procountor keeps with each denial of the payment."""
    return [entry["details"] for entry in desk.doc(bill)["_history"] if entry["action"] == "DENY_PAYMENT"]


def test_an_approver_rejects_with_a_reason_that_everybody_gets(desk: Desk) -> None:
    bill = arrived(desk)
    form = desk.bot.shown(opened(desk, MIKAEL, bill, "bill.reject"))
    assert "The payment is denied in Procountor." in form
    assert desk.doc(bill)["originalInvoiceNumber"] in form
    give(desk, "  \n ")
    assert "Give a reason" in front(desk).errors["reason"]
    assert desk.doc(bill)["status"] == "RECEIVED"
    long = "Not ordered by *us*, see <!channel>. " + "Ask the supplier for a credit note. " * 4
    give(desk, long)
    desk.until(MIKAEL, bill, "Rejected by @U02MIKAEL")
    assert desk.buttons(MIKAEL, bill) == []
    assert desk.doc(bill)["status"] == "PAYMENT_DENIED"
    (kept,) = denials(desk, bill)
    assert re.fullmatch(r"Mikael Lindqvist / Slack: Not ordered by \*us\*, .*\[k:\d+\]", kept)
    assert len(kept) <= 100
    (written,) = desk.bot.wait(lambda: comments(desk, bill))
    assert long.strip() in written
    heard = told(desk, ANNA, r"@U02MIKAEL has rejected (?s:.*)Not ordered by ∗us∗")
    assert "<!channel>" not in str(heard.blocks)
    assert "could not be written" not in desk.bot.shown(heard)
    assert [what for what, who in trail(desk, bill) if who == MIKAEL] == ["bill.decided", "bill.done"]


def test_who_only_pre_approves_says_no_and_the_bill_stays_open(desk: Desk) -> None:
    desk.bot.books.settings["discussion"] = False
    desk.give(MIKAEL, *PRE_APPROVER)
    bill = arrived(desk, r"\[(Pre-approve|Reject)")
    card = desk.card(MIKAEL, bill)
    seen, handle = next(b["block_id"] for b in card.blocks if b["type"] == "actions"), value_of(card, "bill.reject")
    assert "The bill stays open in Procountor" in desk.bot.shown(opened(desk, MIKAEL, bill, "bill.reject"))
    give(desk, "Hours are missing")
    heard = desk.bot.shown(told(desk, ANNA, r"@U02MIKAEL says no to (?s:.*)It is still open"))
    assert "“Hours are missing”" in heard
    assert "could not be written to the discussion in Procountor: add it there" in heard
    assert desk.doc(bill)["status"] == "RECEIVED"
    assert denials(desk, bill) == comments(desk, bill) == []
    # Pressed once more on the card as it was before it was redrawn.
    assert pressing.click(desk.bot.slack.desk, MIKAEL, card, "bill.reject", handle, block_id=seen).ok
    give(desk, "I mean it")
    assert re.search(r"You have said no to .* already", desk.bot.shown(front(desk)))


def test_what_was_changed_meanwhile_is_not_rejected(desk: Desk) -> None:
    bill = arrived(desk)
    opened(desk, MIKAEL, bill, "bill.reject")
    desk.edit(bill, paymentInfo={"bankReferenceCode": "1009"})
    give(desk, "Wrong reference")
    told(desk, MIKAEL, rf"{desk.doc(bill)['originalInvoiceNumber']}.*: The bill was changed in the meantime")
    desk.until(MIKAEL, bill, "1009")
    opened(desk, MIKAEL, bill, "bill.reject")
    desk.edit(bill, status="APPROVED")
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, "Approved")
    give(desk, "Still wrong")
    assert "The bill was changed in the meantime: nothing was done" in desk.bot.shown(front(desk))
    assert desk.doc(bill)["status"] == "APPROVED"
    assert denials(desk, bill) == []


def test_of_two_who_reject_one_has_and_the_other_hears_who_was_quicker(desk: Desk) -> None:
    desk.give(EMMA, *EVERYTHING)
    bill = arrived(desk)
    desk.deal(EMMA, bill)
    desk.until(EMMA, bill, r"\(First page")
    for user in (MIKAEL, EMMA):
        opened(desk, user, bill, "bill.reject")
    desk.bot.stop_worker()  # the first decision has not reached Procountor when the second comes
    try:
        give(desk, "Emma says so", EMMA)
        give(desk, "So does Mikael")
        assert "@U03EMMA was quicker" in desk.bot.shown(front(desk))
    finally:
        desk.bot.start_worker()
    desk.until(MIKAEL, bill, "Rejected by @U03EMMA")
    (kept,) = denials(desk, bill)
    assert "Emma says so" in kept


def test_who_may_not_any_more_and_who_never_could_reject_nothing(desk: Desk) -> None:
    bill = arrived(desk)
    view = opened(desk, MIKAEL, bill, "bill.reject")
    view.body["private_metadata"] = "nonsense"
    give(desk, "By a form of nobody's")
    assert "no longer in use" in desk.bot.shown(front(desk))
    desk.bot.slack.close(MIKAEL, front(desk))
    opened(desk, MIKAEL, bill, "bill.reject")
    desk.bot.allow(MIKAEL, "see_own")
    give(desk, "Without a right")
    assert "do not have the right" in desk.bot.shown(front(desk))
    desk.bot.slack.close(MIKAEL, front(desk))
    old = desk.card(MIKAEL, bill)
    desk.bot.answer("do not have the right", lambda: desk.bot.slack.click(MIKAEL, old, "bill.reject"), MIKAEL)
    desk.give(MIKAEL, *EVERYTHING)
    forged(desk, MIKAEL, bill, "bill.reject", "x" * 32, "no longer in use")
    assert desk.bot.slack.views(MIKAEL) == []
    assert desk.doc(bill)["status"] == "RECEIVED"
    assert denials(desk, bill) == []
