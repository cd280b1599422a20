"""A decision taken step by step: what the world may do between two of them, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from finance.authority import Right
from handlers import decide
from storage import decisions
from tests.support.by_hand import Hand, in_hand
from tests.support.practice import EMMA, MIKAEL

APPROVE = "PUT /invoices/{invoiceId}/approve"
SIGNING = (Right.APPROVE, Right.PRE_APPROVE)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    with in_hand(tmp_path_factory.mktemp("decide")) as hand:
        hand.practice.give(MIKAEL, *SIGNING)
        hand.practice.give(EMMA, *SIGNING)
        hand.practice.known(MIKAEL, "Mikael Lindqvist", procountor=901)
        hand.practice.known(EMMA, "Emma Clarke", procountor=902)
        yield hand


@pytest.fixture
def hand(house: Hand) -> Iterator[Hand]:
    yield house
    house.bot.procountor.world.faults.clear()
    house.asked.take()


def test_a_press_is_carried_out(hand: Hand) -> None:
    bill = hand.arrived()
    hand.approve(MIKAEL, bill)
    assert hand.states(bill) == [("approve:1", MIKAEL, decisions.DONE)]
    assert hand.practice.doc(bill)["status"] == "APPROVED"


def test_what_has_no_answer_is_looked_for_ever_more_rarely(hand: Hand) -> None:
    bill = hand.arrived()
    hand.bot.procountor.world.faults.add(route=APPROVE, what="drop", invoice=bill)
    hand.press(MIKAEL, bill)
    pauses = []
    while found := hand.asked.take("bill.decide"):
        (asked,) = found
        hand.later(asked[2])
        pauses.append(round(asked[2], 1))
        decide.carry(hand.desk, *asked[1])
    settle, retry = hand.desk.timing.settle, hand.desk.timing.retry
    assert pauses[:3] == [0.0, retry, retry]
    assert sum(pauses) == pytest.approx(settle, abs=0.3)
    assert hand.states(bill) == [("approve:1", MIKAEL, decisions.REFUSED)]
    assert hand.practice.acts(bill) == 0


def test_a_decision_that_waits_for_its_turn_is_not_asked_for_again_and_again(hand: Hand) -> None:
    bill = hand.arrived()
    hand.press(MIKAEL, bill)
    (first,) = hand.asked.take("bill.decide")
    asked = 0
    for _ in range(40):  # twenty minutes
        hand.later(30)
        decide.rouse(hand.desk)
        asked += len(hand.asked.take("bill.decide"))
    assert 1 <= asked <= 3
    decide.carry(hand.desk, *first[1])
    assert hand.practice.acts(bill) == 1
    hand.later(600)
    decide.rouse(hand.desk)
    assert hand.asked.take("bill.decide") == []
