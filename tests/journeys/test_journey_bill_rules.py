"""An admin writes a rule, reads what it would have done, switches it on, and a large bill needs two people."""

from __future__ import annotations

from typing import Any

import pytest

from finance.authority import Right
from tests.support.bills import Desk
from tests.support.practice import ANNA, EMMA, MIKAEL, Bot

EVERYTHING = (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE, Right.APPROVE)


@pytest.fixture
def desk(bot: Bot) -> Desk:
    found = Desk(bot)
    found.give(ANNA, Right.FINANCE, Right.ADMIN)
    found.give(MIKAEL, *EVERYTHING)
    found.give(EMMA, *EVERYTHING)
    found.known(MIKAEL, "Mikael Lindqvist", psa="12", manages="P-1001")
    return found


def arrived(desk: Desk, price: str) -> int:
    bill = desk.receive(order_reference="P-1001", rows=[{"unitPrice": price}])
    desk.paid_before(bill)
    desk.fetch(ANNA)
    desk.until(MIKAEL, bill, r"\[(Approve|Pre-approve)")
    return bill


def view(desk: Desk) -> Any:
    return desk.bot.slack.views(ANNA)[-1]


def shown(desk: Desk) -> str:
    return desk.bot.shown(view(desk))


def written(desk: Desk, name: str, **values: Any) -> None:
    """The rule is written in the form; afterwards its rehearsal is shown."""
    slack = desk.bot.slack
    slack.command(ANNA, "rules")
    slack.click(ANNA, view(desk), "rule.new")
    slack.fill(ANNA, view(desk), {"name": name, **values})
    slack.submit(ANNA, view(desk))


def test_a_rule_is_rehearsed_switched_on_and_asks_for_two(desk: Desk) -> None:
    small, before = arrived(desk, "100.00"), arrived(desk, "7000.00")
    written(desk, "Large", least="EUR 5000", signatures="2")
    assert "It fits" in shown(desk)
    assert str(desk.doc(before)["originalInvoiceNumber"]) in shown(desk)
    desk.press(MIKAEL, before, "bill.approve")  # it is still off
    desk.until(MIKAEL, before, "Approved by @U02MIKAEL")

    desk.bot.slack.click(ANNA, view(desk), "rule.switch")
    assert "Large (on)" in shown(desk)
    large = arrived(desk, "8000.00")
    heard = desk.bot.answer("1 more person has to", lambda: desk.press(MIKAEL, large, "bill.approve"), MIKAEL)
    assert "account is new" not in heard
    desk.deal(EMMA, large)
    desk.until(EMMA, large, r"@U02MIKAEL: approved")
    assert desk.acts(large) == 0
    desk.press(EMMA, large, "bill.approve")
    desk.until(MIKAEL, large, "Approved by")
    assert desk.acts(large) == 1
    desk.press(MIKAEL, small, "bill.approve")
    desk.until(MIKAEL, small, "Approved by @U02MIKAEL")


def test_what_cannot_be_is_said_at_the_field(desk: Desk) -> None:
    written(desk, "Odd", least="EUR 1.234")
    assert "least" in view(desk).errors
    desk.bot.slack.fill(ANNA, view(desk), {"least": "", "signatures": "3", "approvers": [EMMA]})
    desk.bot.slack.submit(ANNA, view(desk))
    assert view(desk).errors == {"approvers": "More people have to approve than are named."}


def test_only_an_admin_writes_rules(desk: Desk) -> None:
    desk.bot.answer("do not have the right", lambda: desk.bot.slack.command(MIKAEL, "rules"), MIKAEL)
