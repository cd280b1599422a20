"""A bill's way from Procountor to the person it is for, and back with his approval."""

from __future__ import annotations

import pytest

from finance.authority import Right
from tests.support.bills import Desk
from tests.support.practice import ANNA, MIKAEL, Bot

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
    assert desk.buttons(MIKAEL, bill) == []
