"""What people hear of a decision that comes to nothing or is contested: by itself, and in a pile signed together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from bot.perform import perform
from finance.bill import Bill
from finance.circulation import Act
from handlers import decide, sign_pile
from procountor import bills as resource
from procountor.api import Api
from procountor.errors import Broken
from storage import companies, decisions, piles
from tests.support.by_hand import Hand, signers, signing
from tests.support.practice import ANNA, EMMA, MIKAEL

APPROVE, DENY = "PUT /invoices/{invoiceId}/approve", "PUT /invoices/{invoiceId}/reject"
UNDO = "PUT /invoices/{invoiceId}/unfinished"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    with signers(tmp_path_factory.mktemp("told")) as hand:
        hand.desk = replace(hand.desk, timing=replace(hand.desk.timing, beat=0.1))
        yield hand


@pytest.fixture
def hand(house: Hand) -> Iterator[Hand]:
    with signing(house):
        yield house
    with house.desk.store.write() as tx:
        companies.set_state(tx, house.bot.company, companies.READY)


def heard(hand: Hand, user: str, task: str) -> str:
    """Does what is asked for of this task; gives what the person has newly heard by it."""
    before = len(hand.bot.slack.messages(hand.bot.slack.dm(user)))
    for name, args, _ in hand.asked.take(task):
        perform(hand.desk, hand.bot.house.table, name, args)
    new = hand.bot.slack.messages(hand.bot.slack.dm(user))[before:]
    return "\n".join(map(hand.bot.shown, new))


def number(hand: Hand, bill: int) -> str:
    return str(hand.practice.doc(bill)["originalInvoiceNumber"])


@pytest.mark.parametrize(
    ("act", "route", "status", "told"),
    [
        (Act.APPROVE, APPROVE, "APPROVED", "Somebody else was quicker, here or in Procountor"),
        (Act.APPROVE, APPROVE, "PAYMENT_DENIED", "Procountor said no: nothing was done.*\n.*[A-Z_]{5}"),
        (Act.REJECT, DENY, "PAYMENT_DENIED", "Somebody else was quicker, here or in Procountor"),
    ],
)
def test_what_procountor_refuses_is_told_with_the_reason(
    hand: Hand, act: Act, route: str, status: str, told: str
) -> None:
    bill = hand.arrived()
    hand.bot.procountor.world.faults.add(route=route, what="edit", invoice=bill, changes={"status": status})
    hand.press(MIKAEL, bill, act)
    hand.turn()
    assert [state for *_, state in hand.states(bill)] == [decisions.REFUSED]
    said = heard(hand, MIKAEL, "bill.sorry")
    assert number(hand, bill) in said
    assert re.search(told, said), said
    assert hand.kept(bill).bill.status == status, "the card shows what is so"


def test_a_decision_that_cannot_leave_is_given_back_after_a_while(hand: Hand) -> None:
    bill = hand.arrived()
    hand.press(MIKAEL, bill)
    moments = count(step=1000)
    late = replace(hand.desk, ticks=lambda: float(next(moments)))  # no request leaves within its window
    waited = 0.0
    while found := hand.asked.take("bill.decide"):
        ((_, args, after),) = found
        waited += after
        hand.later(after)
        decide.carry(late, *args)
    assert 600 < waited < 700
    assert hand.practice.acts(bill) == 0
    assert "Procountor could not be reached: nothing was done. You can press again" in heard(hand, MIKAEL, "bill.sorry")
    hand.approve(MIKAEL, bill)
    assert hand.practice.acts(bill) == 1


def test_a_key_that_is_refused_pauses_the_company_and_the_decision_is_given_back(hand: Hand) -> None:
    bill = hand.arrived()
    hand.press(MIKAEL, bill)
    with hand.bot.key_revoked():
        hand.bot.procountor.world.tokens.expire()
        hand.turn()
    assert hand.company.state == companies.PAUSED
    assert hand.practice.acts(bill) == 0
    assert "could not be reached" in heard(hand, MIKAEL, "bill.sorry")


def test_a_right_that_is_lost_after_the_press_is_not_used(hand: Hand) -> None:
    bill = hand.arrived()
    hand.press(MIKAEL, bill)
    hand.practice.give(MIKAEL)
    hand.turn()
    assert "You may not do this any more: nothing was done" in heard(hand, MIKAEL, "bill.sorry")
    assert hand.practice.acts(bill) == 0


@pytest.mark.parametrize(("undone", "told"), [(True, "has been taken back"), (False, "could not be taken back")])
def test_a_bill_changed_in_the_moment_of_its_approval_alarms_the_approver_and_finance(
    hand: Hand, undone: bool, told: str
) -> None:
    bill = hand.arrived()
    changes = {"paymentInfo": {"bankReferenceCode": "1009"}}
    faults = hand.bot.procountor.world.faults
    faults.add(route=APPROVE, what="edit", when="after", invoice=bill, changes=changes)
    if not undone:
        faults.add(route=UNDO, what="500json", invoice=bill)
    hand.approve(MIKAEL, bill)
    before = hand.bot.text(ANNA)
    said = heard(hand, MIKAEL, "bill.alarm")
    for words in (said, hand.bot.text(ANNA).removeprefix(before)):
        assert re.search(
            rf"{number(hand, bill)}.*was changed in Procountor in the moment @U02MIKAEL approved it", words
        )
        assert re.search(r"Reference: \d+ → 1009", words)
        assert f"The approval {told}" in words


# several signed together


def signed(hand: Hand, user: str, *bills: int) -> piles.Pile:
    """A pile that the person has signed, as he was shown it."""
    now, company = hand.desk.clock(), hand.bot.company
    with hand.desk.store.write() as tx:
        id = piles.begin(tx, company, hand.team, user, Act.APPROVE, piles.CHOOSING, now)
        pile = piles.get(tx, company, id)
        for bill in bills:
            piles.add(tx, pile, bill, hand.kept(bill).print, piles.IN)
        assert piles.move(tx, pile, piles.SIGNED, signed_at=now)
        return piles.get(tx, company, id)


def dealt(hand: Hand, pile: piles.Pile, *bills: int) -> str:
    """Each bill is taken up, as often as that is asked for, and carried out; gives the pile's message."""
    for bill in bills:
        perform(hand.desk, hand.bot.house.table, "pile.bill", [pile.company, str(pile.id), str(bill), "0"])
    while found := hand.asked.take("pile.bill"):
        for name, args, after in found:
            hand.later(after)
            perform(hand.desk, hand.bot.house.table, name, args)
    hand.turn()
    hand.asked.take("pile.tell")
    perform(hand.desk, hand.bot.house.table, "pile.tell", [pile.company, str(pile.id)])
    return hand.bot.shown(hand.bot.latest(pile.user))


def test_a_bill_procountor_does_not_answer_about_is_told_of_and_keeps_no_other_waiting(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, fine = hand.arrived(), hand.arrived()
    pile = signed(hand, MIKAEL, silent, fine)
    read, asked = resource.get, []

    def get(api: Api, id: int) -> Bill:
        asked.append(id)
        if id == silent:
            raise Broken("half an answer")
        return read(api, id)

    monkeypatch.setattr(resource, "get", get)
    said = dealt(hand, pile, silent, fine)
    assert asked.count(silent) == sign_pile.TRIES
    assert "1 bill approved, 1 not" in said
    assert re.search(rf"{number(hand, silent)}.*: Procountor did not answer: nothing was done", said)
    assert [hand.practice.acts(bill) for bill in (silent, fine)] == [0, 1]


def test_of_a_pile_that_could_not_be_dealt_with_every_bill_is_told(hand: Hand) -> None:
    paused, buried = hand.arrived(), hand.arrived()
    pile = signed(hand, MIKAEL, paused, buried)
    sign_pile.give_up(hand.desk, pile.company, str(pile.id), str(buried), "4")
    with hand.bot.key_revoked():
        hand.bot.procountor.world.tokens.expire()
        said = dealt(hand, pile, paused, buried)
    assert hand.company.state == companies.PAUSED
    assert "0 bills approved, 2 not" in said
    assert said.count("Procountor did not answer: nothing was done") == 2
    sign_pile.give_up(hand.desk, pile.company, str(pile.id), str(paused), "4")
    assert [hand.practice.acts(bill) for bill in (paused, buried)] == [0, 0]


def test_a_pile_says_of_each_bill_what_is_left_to_do_and_who_was_quicker(hand: Hand) -> None:
    held = hand.arrived(old_supplier=False, supplier=hand.practice.new_supplier())
    quick, taken = hand.arrived(), hand.arrived()
    first, second = signed(hand, MIKAEL, held), signed(hand, EMMA, held, quick)
    assert re.search(
        r"Your approval is noted\. 1 more person has to approve it\. The supplier’s account is new",
        dealt(hand, first, held),
    )
    hand.press(MIKAEL, quick)
    said = dealt(hand, second, held, quick)
    assert "0 bills approved, 2 not" in said
    assert f"{number(hand, held)}" in said
    assert "type the last four characters of the account" in said
    assert "@U02MIKAEL was quicker" in said
    assert [hand.practice.acts(bill) for bill in (held, quick)] == [0, 1]
    # taken up before its task was interrupted, and told of as if nothing had happened
    pile = signed(hand, EMMA, taken)
    hand.press(EMMA, taken)
    assert "1 bill approved" in dealt(hand, pile, taken)
    assert [state for *_, state in hand.states(taken)] == [decisions.DONE]
    assert hand.practice.acts(taken) == 1
