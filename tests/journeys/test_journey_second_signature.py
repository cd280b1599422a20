"""A new account is approved by two different people, and the second one types its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from finance.authority import Right
from handlers import bill_press
from sandbox.slack.records import Delivery, View
from storage import bills, companies
from tests.support.bills import KARI, MARIA, Desk
from tests.support.desks import unheard
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

SIGNER = (Right.RECEIVE, Right.APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Iterator[Desk]:
    """Emma is the second Slack account of Mikael's."""
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN, *SIGNER)
    found.give(MIKAEL, *SIGNER)
    found.give(EMMA, *SIGNER)
    found.known(MIKAEL, "Mikael Lindqvist", procountor=KARI, psa="12", manages="P-1001")
    found.known(EMMA, "Mikael Lindqvist", procountor=KARI)
    found.known(ANNA, "Anna Virtanen", procountor=MARIA)
    yield found
    bot.allow(EMMA)
    bot.allow(ANNA, "finance", "admin")


@pytest.fixture
def bill(desk: Desk) -> int:
    """One whose account Mikael has approved as the first of two, on Mikael's desk and Anna's."""
    made = desk.receive(order_reference="P-1001", supplier=desk.new_supplier())
    desk.fetch(ANNA)
    desk.until(MIKAEL, made, r"\[Approve")
    desk.deal(ANNA, made)
    heard = desk.bot.answer("your approval is noted", lambda: desk.press(MIKAEL, made, "bill.approve"), MIKAEL)
    assert "1 more person has to approve it" in heard
    desk.until(ANNA, made, "approved. 1 more person")
    return made


def end(desk: Desk, bill: int) -> str:
    return str(desk.doc(bill)["paymentInfo"]["bankAccount"]["accountNumber"])[-4:]


def form(desk: Desk, user: str, bill: int) -> View:
    """The form of the second signature, opened from the card, or by somebody whose card has no such button."""
    if "bill.confirm" in desk.buttons(user, bill):
        assert desk.press(user, bill, "bill.confirm").ok
    else:
        forged(desk, user, bill, "bill.confirm")
    found = desk.bot.wait(lambda: desk.bot.slack.views(user)[-1:])
    return found[0]


def forged(desk: Desk, user: str, bill: int, action: str, handle: str = "") -> None:
    """A press of a button that the person's card does not have, with a handle of somebody else's card."""
    bot = desk.bot
    with bot.house.store.read() as tx:
        kept, company = bills.get(tx, bot.company, bill), companies.get(tx, bot.company)
    assert kept is not None
    handle = handle or bill_press.handle(bot.house.desk, company, company.team, kept, action)
    payload: dict[str, Any] = {
        "type": "block_actions",
        **bot.slack.desk.common(user),
        "container": {"type": "message", "message_ts": "1.1", "channel_id": bot.slack.dm(user)},
        "channel": {"id": bot.slack.dm(user), "name": "directmessage"},
        "message": {"ts": "1.1", "text": ""},
        "trigger_id": bot.slack.desk.world.issue_trigger(user),
        "actions": [{"type": "button", "action_id": action, "value": handle, "block_id": "b", "action_ts": "1.1"}],
    }
    assert bot.slack.desk.deliver("block_actions", payload, "trouble").ok


def type_in(desk: Desk, user: str, view: View, digits: str) -> Delivery:
    desk.bot.slack.fill(user, view, {"digits": digits})
    return desk.bot.slack.submit(user, view)


def test_the_second_types_the_end_and_it_is_approved(desk: Desk, bill: int) -> None:
    assert "bill.approve" not in desk.buttons(ANNA, bill)
    type_in(desk, ANNA, form(desk, ANNA, bill), end(desk, bill))
    desk.until(ANNA, bill, r"Approved by @U01ANNA")
    assert desk.acts(bill) == 1
    assert desk.doc(bill)["status"] == "APPROVED"
    (entry,) = [e for e in desk.doc(bill)["_history"] if e["action"] == "APPROVAL"]
    assert entry["details"].startswith("Anna Virtanen / Slack")


@pytest.mark.parametrize("wrong", ["0000", "9", "ABCD"])
def test_wrong_digits_are_said_at_the_field(desk: Desk, bill: int, wrong: str) -> None:
    view = form(desk, ANNA, bill)
    type_in(desk, ANNA, view, wrong)
    (still,) = desk.bot.slack.views(ANNA)
    assert "not the last four characters" in still.errors["digits"]
    assert desk.acts(bill) == 0


@pytest.mark.parametrize("user", [MIKAEL, EMMA], ids=["himself", "his second account"])
def test_the_same_human_is_not_the_second(desk: Desk, bill: int, user: str) -> None:
    desk.deal(user, bill)
    assert "bill.confirm" not in desk.buttons(user, bill)
    before = desk.bot.text(user)
    type_in(desk, user, form(desk, user, bill), end(desk, bill))
    desk.bot.wait(lambda: desk.bot.text(user).count("You have acted on this already") > before.count("acted on this"))
    assert desk.acts(bill) == 0
    assert desk.doc(bill)["status"] == "RECEIVED"


def test_a_bill_changed_between_the_two_begins_anew(desk: Desk, bill: int) -> None:
    view = form(desk, ANNA, bill)
    digits = end(desk, bill)
    desk.edit(bill, paymentInfo={"bankAccount": {"accountNumber": "FI5810171000000122"}})
    type_in(desk, ANNA, view, digits)
    assert re.search(r"→ FI58 •••• 0122", desk.bot.until("was changed since you saw it", ANNA))
    assert desk.acts(bill) == 0
    desk.until(ANNA, bill, r"FI58 •••• 0122")
    heard = desk.bot.answer("your approval is noted", lambda: desk.press(ANNA, bill, "bill.approve"), ANNA)
    assert "1 more person has to approve it" in heard
    assert desk.acts(bill) == 0
    desk.until(MIKAEL, bill, "approved. 1 more person")
    type_in(desk, MIKAEL, form(desk, MIKAEL, bill), "0122")
    desk.until(MIKAEL, bill, r"Approved by @U02MIKAEL")
    assert desk.acts(bill) == 1


def test_a_first_signature_goes_with_the_right_to_it(desk: Desk, bill: int) -> None:
    desk.bot.allow(MIKAEL)
    view = form(desk, ANNA, bill)
    type_in(desk, ANNA, view, end(desk, bill))
    desk.bot.until("your approval is noted", ANNA)
    assert desk.acts(bill) == 0


def test_a_form_of_nobodys_or_while_procountor_is_silent_approves_nothing(
    desk: Desk, bill: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the typed end of the account could not do is told, and may be typed again."""
    view = form(desk, ANNA, bill)
    view.body["private_metadata"] = "nonsense"
    type_in(desk, ANNA, view, end(desk, bill))
    assert "This form is no longer in use" in desk.bot.shown(desk.bot.slack.views(ANNA)[-1])
    desk.bot.slack.close(ANNA, desk.bot.slack.views(ANNA)[-1])
    with monkeypatch.context() as silence:
        silence.setattr("procountor.bills.get", unheard)
        type_in(desk, ANNA, form(desk, ANNA, bill), end(desk, bill))
        desk.bot.until("Procountor did not answer just now, and nothing was done", ANNA)
    assert desk.acts(bill) == 0
    type_in(desk, ANNA, form(desk, ANNA, bill), end(desk, bill))
    desk.until(ANNA, bill, r"Approved by @U01ANNA")
    assert desk.acts(bill) == 1
    # the button of before, on a card that somebody has kept
    before = len(desk.bot.slack.whispers(ANNA))
    forged(desk, ANNA, bill, "bill.confirm", "x" * 32)
    desk.bot.whispered("no longer in use", ANNA, since=before)
