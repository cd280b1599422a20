"""Bills that change hands, are asked about and talked about: pressed too late, by the wrong one, or with Slack away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from finance.authority import Right
from finance.canonical import dump
from finance.circulation import Act
from finance.targeting import Aim, Reason
from handlers.bill_page import Spot
from handlers.chat import ChatTrouble
from procountor import bills as resource
from procountor.errors import Unsure
from storage import (
    bills,
    cards,
    decisions,
    passings,
    piles,
    questions,
    staff,
)
from storage.decisions import Claim
from storage.questions import Words
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AWAY, GONE, STRANGER, Spoken
from tests.support.spoken_bills import NO_MORE, NOT_HIS, SETTLED, arrived, bill_people, posted, settled


@pytest.fixture
def house(opened: Spoken, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoken]:
    with bill_people(opened, monkeypatch) as found:
        yield found


def decided(house: Spoken, id: int, state: str, act: Act = Act.APPROVE, user: str = MIKA, problem: str = "") -> Any:
    with house.write() as tx:
        shown = dump(bills.get(tx, house.id, id))
        wanted = Claim(house.id, id, "p", f"{act.value}:1", act, TEAM, user, None, own_key=False, shown=shown)
        made, _ = decisions.claim(tx, wanted, house.now)
        decisions.move(tx, made, state, problem=problem, done_at=house.now, sent_at=house.now)
        return decisions.get(tx, house.id, made.id)


def asked_about(house: Spoken, id: int, whom: str = MIKA) -> str:
    with house.write() as tx:
        return str(questions.ask(tx, house.id, id, TEAM, ANNA, whom, Words("Onko meidän?"), house.now))


# asking


def test_only_who_has_a_bill_asks_about_it_and_says_whom(house: Spoken) -> None:
    id = arrived(house, SAM)
    house.give(SAM, Right.RECEIVE)
    assert NOT_HIS in house.press("bill.ask", house.shown_as(id), MIKA)
    assert (
        house.send("bill.asked", house.shown_as(id), SAM, question="Onko meidän?") == "whom: Choose the person you ask."
    )
    assert house.send("bill.asked", house.shown_as(id), SAM, whom=ANNA) == "question: Write what you ask."
    assert house.asked.calls() == []


def test_the_asker_hears_that_slack_does_not_know_the_one_he_asked(house: Spoken) -> None:
    question = asked_about(house, arrived(house), STRANGER)
    assert f"D{ANNA}: " in (told := house.do("bill.question", question))
    assert STRANGER in told
    with house.refusing(post=AWAY), pytest.raises(ChatTrouble):
        house.do("bill.question", asked_about(house, arrived(house)))


def test_who_was_not_asked_answers_nothing_in_the_thread_of_a_question(house: Spoken) -> None:
    question = asked_about(house, arrived(house))
    posted(house, f"question:{question}", MIKA, "6.6")
    said = {"channel": f"D{MIKA}", "thread": "6.6", "words": "Ei ole"}
    assert house.say("reply", "question", SAM, **said) == ""
    assert house.asked.calls() == []
    assert "Ei ole" not in house.say("reply", "question", MIKA, **said)
    assert {name for name, *_ in house.asked.calls()} >= {"bill.answered", "bill.discussed"}


def test_the_discussion_is_tried_a_few_times_and_an_answer_comes_without_a_card_too(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = asked_about(house, arrived(house))
    with house.write() as tx:
        questions.answer(tx, house.id, int(question), "On meidän", house.now)

    def silent(*_: object) -> Any:
        raise Unsure("no answer")

    monkeypatch.setattr(resource, "comments", silent)
    for tries, then in (("4", [["bill.discussed", house.id, question, "1", "5"]]), ("5", [])):
        assert house.do("bill.discussed", question, "1", tries) == ""
        assert house.asked.calls() == then
    assert "On meidän" in house.do("bill.answered", question, "1")


# passing on


def test_a_bill_that_is_settled_or_on_its_way_is_passed_to_nobody(house: Spoken) -> None:
    id, moving = arrived(house), arrived(house)
    assert house.send("bill.passed", house.shown_as(id), MIKA) == "to: Choose the person it belongs to."
    decided(house, moving, decisions.NOTED)
    assert "is on its way" in house.send("bill.passed", house.shown_as(moving), MIKA, to=ANNA)
    shown = house.shown_as(id)
    settled(house, id)
    assert SETTLED in house.press("bill.pass", shown, MIKA)
    assert SETTLED in house.send("bill.passed", shown, MIKA, to=ANNA)
    assert [name for name, *_ in house.asked.calls()] == []


def test_the_one_who_may_not_receive_bills_is_named_as_the_company_knows_him(house: Spoken) -> None:
    with house.write() as tx:
        staff.add(tx, house.id, "Sami Salo", team=TEAM, user=SAM)
    assert "Sami Salo may not receive bills" in house.send("bill.passed", house.shown_as(arrived(house)), MIKA, to=SAM)


def test_a_bill_that_is_not_where_it_was_is_not_taken_back(house: Spoken) -> None:
    never, again, foreign = (arrived(house) for _ in range(3))
    assert "lies on your desk already" in house.press("bill.back", house.shown_as(never), MIKA), "he never passed it on"
    with house.write() as tx:
        passings.add(tx, house.id, again, TEAM, MIKA, ANNA, MIKA, "", house.now, dealt=True)
    assert "lies on your desk already" in house.press("bill.back", house.shown_as(again), MIKA), "it is there again"
    assert NOT_HIS in house.press("bill.back", house.shown_as(foreign), SAM)


def test_what_one_had_before_it_was_passed_to_him_stays_with_him_when_it_is_taken_back(house: Spoken) -> None:
    id = arrived(house)
    house.bill(id, ANNA)
    with house.write() as tx:
        passings.leave(tx, house.id, id, TEAM, MIKA)
        passings.add(tx, house.id, id, TEAM, MIKA, ANNA, MIKA, "", house.now, dealt=False)
    assert NO_MORE in house.press("bill.pass", house.shown_as(id), MIKA), "he may see it, but it lies elsewhere"
    assert house.press("bill.back", house.shown_as(id), MIKA) == ""
    with house.read() as tx:
        there = {card.user: card.state for card in cards.all(tx, house.id, id)}
    assert there == {MIKA: cards.LIVE, ANNA: cards.LIVE}


def test_a_bill_that_shows_no_rule_is_passed_on_without_a_question(house: Spoken) -> None:
    named = Aim(Reason.PERSON)
    for known in ({}, {"aim": named, "partner_id": 77}):
        id = arrived(house, **known)
        house.send("bill.passed", house.shown_as(id), MIKA, to=ANNA)
        assert "rule.suggest" not in [name for name, *_ in house.asked.calls()]
    house.send("bill.passed", house.shown_as(arrived(house, partner_id=77)), MIKA, to=ANNA)
    assert "rule.suggest" in [name for name, *_ in house.asked.calls()]


def test_the_first_word_about_a_rule_counts_and_an_ended_one_ends_once(house: Spoken) -> None:
    id = arrived(house, partner_id=78)
    with house.write() as tx:
        passing = str(passings.add(tx, house.id, id, TEAM, MIKA, ANNA, MIKA, "", house.now, dealt=True))
    house.give(SAM, Right.FINANCE)
    for action, user in (("rule.supplier", ANNA), ("rule.no", SAM)):
        assert house.press(action, passing, user) == ""
        assert [name for name, *_ in house.asked.calls()] == ["rule.tell"] * 2, "finance sees what came of it"
    assert house.trail().count("rule.made") == 1
    assert "From now on" in house.do("rule.tell", passing, ANNA)
    assert GONE in house.press("rule.no", "999")
    assert "Toimittaja Oy" in house.press("rule.end", "supplier|78")
    assert house.press("rule.end", "supplier|78").endswith("That rule has ended already.")
    assert house.trail().count("rule.ended") == 1


# decisions told


def test_a_reason_that_stands_in_the_discussion_is_not_written_again(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = decided(house, arrived(house), decisions.DONE, Act.REJECT)
    written: list[str] = []
    monkeypatch.setattr(resource, "comments", lambda api, bill: [SimpleNamespace(text=f"Mika: ei [k:{made.id}]")])
    monkeypatch.setattr(resource, "comment", lambda *args: written.append(args[-1]))
    assert f"@{MIKA} has rejected" in house.do("bill.rejected", str(made.id))
    assert written == []


def test_a_command_without_a_number_or_with_too_many_asks_for_one(house: Spoken) -> None:
    assert "Which number?" in house.say("command", "find", text="#")
    assert "Which number?" in house.say("command", "find", text="1" * 41)
    many = " ".join(str(n) for n in range(200))
    assert "numbers at once" in house.say("command", "approve", text=many)
    id = arrived(house)
    assert "direct conversation" in house.say("command", "trail", text=str(id), channel="C1")
    house.at[0] += timedelta(seconds=1)
    assert house.say("command", "trail", text=str(id), channel=f"D{ANNA}") == ""
    assert [name for name, *_ in house.asked.calls()] == ["trail.tell"] * 2


def test_from_the_form_of_a_pile_one_gets_back_to_the_list(house: Spoken) -> None:
    house.give(SAM, Right.RECEIVE, Right.SEE_OWN, Right.APPROVE)
    id, spot = arrived(house, SAM), Spot("mine").subject
    assert str(id) in house.press("pile.back", spot, SAM, purpose="bills.list", view="V1")
    with house.write() as tx:
        pile = piles.begin(tx, house.id, TEAM, SAM, Act.APPROVE, piles.CHOOSING, house.now)
    before = house.handle("bills.list", replace(Spot("mine"), pile=pile).subject)
    assert "Tick the bills" in house.say("click", "bills.choose", SAM, view="V1", meta=before)
    with house.read() as tx:
        assert [one.id for one in piles.in_state(tx, piles.CHOOSING)] == [pile], "no second one is begun"
