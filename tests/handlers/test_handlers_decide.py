"""A decision taken step by step: what the world may do between two of them, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.perform import bury
from finance.authority import Right
from finance.bill_doubts import Doubt, holds
from finance.bill_rules import Rule
from finance.circulation import Act
from finance.outcomes import Held, Refusal
from finance.signing import Bar
from handlers import arriving, contesting, decide, rights, stuck
from handlers.chat import ChatTrouble
from handlers.desk import Here
from handlers.said import Said
from procountor import bills as resource
from procountor.errors import Unsure
from sandbox.procountor import seed
from storage import audit, companies, decisions, own_keys
from tests.support.bills import KARI, MARIA
from tests.support.by_hand import SIGNING, Hand, signers, signing
from tests.support.kept_bills import brought
from tests.support.practice import ANNA, EMMA, MIKAEL

APPROVE = "PUT /invoices/{invoiceId}/approve"
UNDO = "PUT /invoices/{invoiceId}/unfinished"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    with signers(tmp_path_factory.mktemp("decide")) as hand:
        yield hand


@pytest.fixture
def hand(house: Hand) -> Iterator[Hand]:
    with signing(house):
        yield house


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


def test_one_whose_looking_after_breaks_down_waits_for_a_person(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have taken effect: it is asked for no more by itself, its person is told, and he has it looked for."""
    bill = hand.arrived()
    hand.bot.procountor.world.faults.add(route=APPROVE, what="drop", when="after", invoice=bill, nth=1)
    with monkeypatch.context() as broken:
        broken.setattr(decide.rules, "after_sending", lambda *_: 1 / 0)
        hand.press(MIKAEL, bill)
        (asked,) = hand.asked.take("bill.decide")
        with pytest.raises(ZeroDivisionError):
            decide.carry(hand.desk, *asked[1])
    bury(hand.desk, hand.bot.house.table, "bill.decide", asked[1], ZeroDivisionError())
    assert stood(hand, bill) == (decisions.UNSURE, decisions.STUCK)
    hand.later(3600)
    decide.rouse(hand.desk)
    decide.carry(hand.desk, *asked[1])  # what had been asked for before
    assert hand.asked.take("bill.decide") == []
    ((_, told, _),) = hand.asked.take("bill.stuck")
    stuck.tell(hand.desk, *told)
    for _ in range(2):  # the second time there is nothing left to be looked for
        pressed(hand, MIKAEL, "bill.look", stuck.look_again)
    assert stood(hand, bill) == (decisions.UNSURE, "")
    hand.turn()
    assert stood(hand, bill)[0] == decisions.DONE
    assert hand.practice.acts(bill) == 1


def test_one_that_breaks_down_before_anything_left_is_given_back(hand: Hand) -> None:
    bill = hand.arrived()
    hand.press(MIKAEL, bill)
    (asked,) = hand.asked.take("bill.decide")
    bury(hand.desk, hand.bot.house.table, "bill.decide", asked[1], ZeroDivisionError())
    assert stood(hand, bill) == (decisions.REFUSED, "broken|")
    decide.carry(hand.desk, *asked[1])
    assert hand.practice.acts(bill) == 0
    hand.later(1)
    hand.approve(MIKAEL, bill)
    assert hand.practice.acts(bill) == 1


@pytest.mark.parametrize("passing", [Unsure("no answer"), ChatTrouble("no_answer", certain=False)], ids=repr)
def test_one_that_something_passing_kept_back_comes_again_by_itself(hand: Hand, passing: Exception) -> None:
    bill = hand.arrived()
    hand.press(MIKAEL, bill)
    (asked,) = hand.asked.take("bill.decide")
    bury(hand.desk, hand.bot.house.table, "bill.decide", asked[1], passing)
    assert stood(hand, bill) == (decisions.NOTED, "")
    hand.later(600)
    decide.rouse(hand.desk)
    (again,) = hand.asked.take("bill.decide")
    decide.carry(hand.desk, *again[1])
    assert hand.practice.acts(bill) == 1


def pressed(hand: Hand, user: str, action: str, run: Callable[[Here], None]) -> None:
    """The newest message of the user's with such a button is pressed, and carried out."""
    slack = hand.bot.slack
    asked = next(m for m in reversed(slack.messages(slack.dm(user))) if action in str(m.blocks))
    value = next(one["value"] for block in asked.blocks for one in block.get("elements", ()) if "value" in one)
    here = rights.here(hand.desk, Said("click", action, hand.team, user, slack.dm(user), asked.ts, value=value))
    assert here is not None
    run(here)


def stood(hand: Hand, bill: int) -> tuple[str, str]:
    """The state and the problem of the bill's only decision."""
    (d,) = hand.decisions(bill)
    return d.state, d.problem


def test_a_bill_made_unfinished_in_procountor_can_be_approved_again(hand: Hand) -> None:
    bill = hand.arrived()
    for places in (1, 2):
        hand.approve(MIKAEL, bill)
        assert hand.practice.doc(bill)["status"] == "APPROVED"
        assert hand.practice.acts(bill) == places
        resource.undo(hand.desk.books(hand.company.id), bill)
        hand.note(bill)
    assert [state for _, _, state in hand.states(bill)] == [decisions.DONE, decisions.DONE]


def test_a_bill_rejected_and_made_unfinished_can_be_rejected_again(hand: Hand) -> None:
    bill = hand.arrived()
    for times in (1, 2):
        hand.press(MIKAEL, bill, Act.REJECT)
        hand.turn()
        assert hand.practice.doc(bill)["status"] == "PAYMENT_DENIED"
        assert hand.practice.acts(bill, "DENY_PAYMENT") == times
        resource.undo(hand.desk.books(hand.company.id), bill)
        hand.note(bill)


def test_an_account_that_is_new_stays_so_when_the_bill_is_opened_again(hand: Hand) -> None:
    bill = hand.arrived(old_supplier=False, supplier=hand.practice.new_supplier())
    assert holds(hand.kept(bill).doubts)
    hand.approve(MIKAEL, bill)
    hand.approve(EMMA, bill, digits=hand.kept(bill).bill.iban[-4:])
    assert hand.practice.doc(bill)["status"] == "APPROVED"
    resource.undo(hand.desk.books(hand.company.id), bill)
    hand.note(bill)
    assert holds(hand.kept(bill).doubts)


def test_a_bill_first_seen_approved_is_looked_at_when_it_is_opened(hand: Hand) -> None:
    bill = hand.arrived(old_supplier=False, supplier=hand.practice.new_supplier(), changes={"status": "APPROVED"})
    assert hand.kept(bill).doubts == ()
    resource.undo(hand.desk.books(hand.company.id), bill)
    hand.note(bill)
    assert [found.doubt for found in hand.kept(bill).doubts] == [Doubt.ACCOUNT_FIRST]


def test_what_was_read_earlier_does_not_replace_what_was_read_later(hand: Hand) -> None:
    bill = hand.arrived()
    asked, slow = hand.desk.clock(), hand.read(bill)
    hand.later(1)
    hand.approve(MIKAEL, bill)
    assert hand.kept(bill).bill.status == "APPROVED"
    assert arriving.note(hand.desk, hand.company, hand.desk.books(hand.company.id), slow, asked=asked) == "older"
    assert hand.kept(bill).bill.status == "APPROVED"
    assert hand.live(bill) == []


def test_the_first_signature_of_one_who_may_not_sign_any_more_counts_for_nothing(hand: Hand) -> None:
    bill = hand.arrived(old_supplier=False, supplier=hand.practice.new_supplier())
    assert isinstance(hand.press(MIKAEL, bill), Held)
    hand.practice.give(MIKAEL)
    digits = hand.kept(bill).bill.iban[-4:]
    outcome = hand.press(EMMA, bill, digits=digits)
    assert isinstance(outcome, Held)
    assert outcome.mine
    assert hand.practice.acts(bill) == 0
    hand.practice.give(MIKAEL, *SIGNING)
    hand.approve(MIKAEL, bill, digits=digits)
    assert hand.practice.acts(bill) == 1


def test_an_approval_taken_back_before_the_worker_died_is_not_called_standing(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    bill = hand.arrived()
    _edited_after(hand, bill)
    hand.press(MIKAEL, bill)
    (task,) = hand.asked.take("bill.decide")
    with monkeypatch.context() as dying:
        dying.setattr(contesting, "_alarm", _die)
        with pytest.raises(SystemExit):
            decide.carry(hand.desk, *task[1])
    assert hand.practice.doc(bill)["status"] == "UNFINISHED"
    decide.carry(hand.desk, *task[1])
    (made,) = hand.decisions(bill)
    assert (made.state, made.problem) == (decisions.CONTESTED, "undone")


@pytest.mark.parametrize(("when", "what"), [("after", "drop"), ("before", "drop"), ("before", "500html")])
def test_a_lost_answer_to_taking_back_is_looked_for(hand: Hand, when: str, what: str) -> None:
    bill = hand.arrived()
    _edited_after(hand, bill)
    hand.bot.procountor.world.faults.add(route=UNDO, what=what, when=when, invoice=bill, nth=1)
    hand.approve(MIKAEL, bill)
    assert hand.practice.doc(bill)["status"] == "UNFINISHED"
    (made,) = hand.decisions(bill)
    assert (made.state, made.problem) == (decisions.CONTESTED, "undone")


def test_what_cannot_be_taken_back_is_said_so(hand: Hand) -> None:
    bill = hand.arrived()
    _edited_after(hand, bill)
    hand.bot.procountor.world.faults.add(route=UNDO, what="500json", invoice=bill)
    hand.approve(MIKAEL, bill)
    (made,) = hand.decisions(bill)
    assert (made.state, made.problem) == (decisions.CONTESTED, "Unsure")
    assert [task for task, *_ in hand.asked.take("bill.alarm")] == ["bill.alarm"]


def _edited_after(hand: Hand, bill: int) -> None:
    changes = {"paymentInfo": {"bankReferenceCode": "1009"}}
    hand.bot.procountor.world.faults.add(route=APPROVE, what="edit", when="after", invoice=bill, changes=changes)


def _die(*_: object, **__: object) -> None:
    raise SystemExit


def test_a_signature_that_is_void_leaves_its_place_to_another(hand: Hand) -> None:
    before = hand.bot.decide(bill_rules=(Rule("Kolme", signatures=3),))
    hand.practice.give(ANNA, *SIGNING)
    try:
        bill = hand.arrived()
        for user, left in ((MIKAEL, 2), (EMMA, 1)):
            outcome = hand.press(user, bill)
            assert isinstance(outcome, Held)
            assert (outcome.mine, outcome.left) == (True, left)
        hand.practice.give(MIKAEL)
        outcome = hand.press(ANNA, bill)
        assert isinstance(outcome, Held)
        assert (outcome.mine, outcome.by, outcome.left) == (True, ANNA, 1)
        assert hand.practice.acts(bill) == 0
        hand.practice.give(MIKAEL, *SIGNING)
        hand.approve(MIKAEL, bill)
        assert hand.practice.acts(bill) == 1
        signed = {(step, user) for step, user, state in hand.states(bill) if state == decisions.SIGNED}
        assert signed == {("sign:1", ANNA), ("sign:2", EMMA)}
    finally:
        hand.bot.decide(bill_rules=before.bill_rules)
        hand.practice.give(ANNA, Right.FINANCE, Right.ADMIN)


def test_what_was_taken_back_counts_no_more_although_another_has_acted_since(hand: Hand) -> None:
    bill = hand.arrived(acceptors=[901, 902])
    hand.approve(MIKAEL, bill)
    resource.undo(hand.desk.books(hand.company.id), bill)
    places = [{"userId": 901}, {"userId": 902, "eventPerformed": f"{hand.desk.clock():%Y-%m-%d}"}]
    hand.practice.edit(bill, invoiceApprovalInformation={"verifiers": [], "acceptors": places})
    hand.note(bill)
    assert isinstance(hand.press(EMMA, bill), Refusal)  # she has acted in Procountor
    hand.approve(MIKAEL, bill)
    assert hand.practice.doc(bill)["status"] == "APPROVED"
    assert [state for _, _, state in hand.states(bill)] == [decisions.DONE, decisions.DONE]


def test_whoever_calls_himself_a_mark_speaks_for_himself_only(hand: Hand) -> None:
    """Two are to approve; Emma’s name claims a decision that is not hers, and her approval is hers all the same."""
    first = hand.arrived()
    hand.approve(MIKAEL, first)
    (made,) = hand.decisions(first)
    bill = hand.arrived(acceptors=[902, 901])
    with named(hand, EMMA, f"[k:{made.id + 2}]"):
        hand.approve(EMMA, bill)
    hand.approve(MIKAEL, bill)
    assert [d.state for d in hand.decisions(bill)] == [decisions.DONE, decisions.DONE]
    assert hand.practice.acts(bill) == 2
    assert hand.practice.doc(bill)["status"] == "APPROVED"


@contextmanager
def named(hand: Hand, user: str, name: str) -> Iterator[None]:
    """The person has another name in Slack for a while."""
    chat = hand.desk.chats(hand.team)
    shelf = chat._profiles  # type: ignore[attr-defined]
    before = chat.profile(user)
    shelf.put(user, replace(before, name=name))
    try:
        yield
    finally:
        shelf.put(user, before)


def test_an_own_key_that_is_refused_is_forgotten_and_nothing_is_done_on_the_companys(hand: Hand) -> None:
    hand.practice.known(MIKAEL, "Mikael Lindqvist", procountor=KARI)
    bill = hand.arrived(acceptors=[KARI, MARIA])
    with own_key_of(hand, MIKAEL, KARI):
        hand.press(MIKAEL, bill)
        hand.bot.books.keys[seed.USER_KEYS[KARI]]["revoked"] = True
        hand.bot.procountor.world.tokens.expire()
        hand.turn()
        assert [state for _, _, state in hand.states(bill)] == [decisions.REFUSED]
        assert hand.practice.acts(bill) == 0
        with hand.desk.store.read() as tx:
            assert own_keys.get(tx, hand.company.id, hand.team, MIKAEL) is None
        assert [args[-1] for _, args, _ in hand.asked.take("own.lost")] == [MIKAEL]
        assert hand.company.state == companies.READY, "the company's own key is as good as before"


def test_an_own_key_that_was_taken_away_after_the_press_leaves_the_bill_alone(hand: Hand) -> None:
    bill = hand.arrived()
    hand.practice.known(MIKAEL, "Mikael Lindqvist", procountor=KARI)
    with own_key_of(hand, MIKAEL, KARI):
        hand.press(MIKAEL, bill)
    hand.turn()
    assert [state for _, _, state in hand.states(bill)] == [decisions.REFUSED]
    assert hand.practice.acts(bill) == 0


def test_who_had_a_bill_sent_does_not_approve_it_unless_the_company_lets_him(hand: Hand) -> None:
    bill = hand.arrived()
    sent_by(hand, MIKAEL, bill)
    refused = hand.press(MIKAEL, bill)
    assert isinstance(refused, Refusal)
    assert refused.signing.bar is Bar.ENTERED
    before = hand.bot.decide(verify_and_approve=True)
    try:
        hand.approve(MIKAEL, bill)
        assert hand.practice.acts(bill) == 1
    finally:
        hand.bot.decide(verify_and_approve=before.verify_and_approve)


def test_in_a_company_of_one_each_approval_is_noted_and_told(hand: Hand) -> None:
    before = hand.bot.decide(one_person=True)
    try:
        bill = hand.arrived()
        hand.approve(MIKAEL, bill)
        told = [args for _, args, _ in hand.asked.take("alone.tell")]
        assert ANNA in {args[2] for args in told}
        with hand.desk.store.read() as tx:
            noted = [e for e in audit.trail(tx, hand.company.id, f"bill:{bill}") if e.what == "alone.used"]
        assert [(e.who, json.loads(e.details)["right"]) for e in noted] == [(f"{hand.team}/{MIKAEL}", "approve")]
    finally:
        hand.bot.decide(one_person=before.one_person)


def sent_by(hand: Hand, user: str, bill: int) -> None:
    """The bill was brought in by a batch of this person's."""
    with hand.desk.store.write() as tx:
        brought(tx, hand.company.id, (hand.team, user), bill, hand.desk.clock())


@contextmanager
def own_key_of(hand: Hand, user: str, id: int) -> Iterator[None]:
    """The person has connected his own API key for a while."""
    with hand.desk.store.write() as tx:
        own_keys.keep(tx, hand.company.id, hand.team, user, seed.USER_KEYS[id], id, "", hand.desk.clock())
    try:
        yield
    finally:
        hand.bot.books.keys[seed.USER_KEYS[id]]["revoked"] = False
        with hand.desk.store.write() as tx:
            own_keys.forget(tx, hand.company.id, hand.team, user)
