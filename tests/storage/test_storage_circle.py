"""What people do with bills beside deciding: each company's own, each thing once, and words that are sealed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from storage import (
    bill_pictures,
    cards,
    circle_tables,
    divisions,
    messages,
    passings,
    questions,
    recipient_rules,
    shown_documents,
)
from storage.bill_tables import question
from storage.database import Store
from storage.messages import Message
from storage.questions import Words
from storage.recipient_rules import PROJECT, SUPPLIER, Rule
from storage.shown_documents import FAILED, PUT, Where
from tests.support.stores import NOON

TEAM = "T1"


def counted(store: Store, act: Callable[[], bool]) -> int:
    """How many of eight who do it at once are told that it was they."""
    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(lambda _: act(), range(8)))


def test_a_bill_leaves_a_desk_once(store: Store, company: str) -> None:
    with store.write() as tx:
        cards.deal(tx, company, 1, TEAM, "U1", "{}", NOON)

    def leave() -> bool:
        with store.write() as tx:
            return passings.leave(tx, company, 1, TEAM, "U1")

    assert counted(store, leave) == 1
    with store.write() as tx:
        assert passings.return_(tx, company, 1, TEAM, "U1")
        assert not passings.return_(tx, company, 1, TEAM, "U1")
        assert passings.put_off(tx, company, 1, TEAM, "U1", NOON)
        assert passings.leave(tx, company, 1, TEAM, "U1")
        assert not passings.put_off(tx, company, 1, TEAM, "U1", NOON)
        card = cards.of(tx, company, 1, TEAM, "U1")
    assert card is not None
    assert card.snoozed_until is None


def test_a_passing_is_kept_with_its_word_sealed_and_taken_back_once(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        id = passings.add(tx, company, 1, TEAM, "U1", "U2", "U1", "secret word", NOON, dealt=True)
        raw = tx.execute(select(circle_tables.passing.c.note).where(circle_tables.passing.c.id == id)).scalar_one()
        assert b"secret" not in bytes(raw)
        (one,) = passings.of(tx, company, 1)
        assert (one.note, one.giver, one.receiver, one.dealt, one.back_at) == ("secret word", "U1", "U2", True, None)
        assert passings.of(tx, other, 1) == ()
        assert passings.get(tx, other, id) is None

    def back() -> bool:
        with store.write() as tx:
            return passings.back(tx, one, NOON)

    assert counted(store, back) == 1


def test_a_rule_stands_once_for_a_project_and_a_supplier(store: Store, company: str, other: str) -> None:
    def rule(user: str, kind: str = PROJECT) -> Rule:
        return Rule(kind, "7", "P-7", user, "T1/U9", NOON)

    def make() -> bool:
        with store.write() as tx:
            return recipient_rules.make(tx, company, rule("U1"))

    assert counted(store, make) >= 1
    with store.write() as tx:
        assert recipient_rules.make(tx, company, rule("U2"))
        assert not recipient_rules.make(tx, company, rule("U2"))
        assert recipient_rules.make(tx, company, rule("U3", SUPPLIER))
        assert recipient_rules.all(tx, company) == (rule("U2"), rule("U3", SUPPLIER))
        assert recipient_rules.all(tx, other) == ()
        assert not recipient_rules.end(tx, other, PROJECT, "7")
        assert recipient_rules.end(tx, company, PROJECT, "7")
        assert recipient_rules.get(tx, company, PROJECT, "7") is None


def test_a_document_is_asked_for_once_and_again_after_it_failed(store: Store, company: str) -> None:
    where = Where(company, 1, TEAM, "U1", "print")

    def ask() -> bool:
        with store.write() as tx:
            return bool(shown_documents.ask(tx, where, NOON))

    assert counted(store, ask) == 1
    with store.write() as tx:
        shown_documents.change(tx, where, state=FAILED, put=1)
        assert shown_documents.ask(tx, where, NOON) == 2
        shown = shown_documents.get(tx, where)
        assert shown is not None
        assert shown.put == 1
        shown_documents.change(tx, where, state=PUT)
        assert shown_documents.ask(tx, where, NOON) == 0
        assert shown_documents.ask(tx, Where(company, 1, TEAM, "U1", "another"), NOON) == 1


def test_questions_and_answers_are_sealed_and_have_an_end(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        id = questions.ask(tx, company, 1, TEAM, "U1", "U2", Words("secret question", ("amount",)), NOON)
        assert questions.get(tx, other, id) is None
        numbers = [questions.answer(tx, company, id, f"secret {n}", NOON) for n in range(questions.MOST + 2)]
        row = tx.execute(select(question.c.text, question.c.answer).where(question.c.id == id)).one()
        one = questions.get(tx, company, id)
        assert questions.of_bill(tx, company, 1) == (one,)
        assert questions.of_bill(tx, other, 1) == ()
    assert numbers == [*range(1, questions.MOST + 1), 0, 0]
    assert b"secret" not in bytes(row.text) + bytes(row.answer)
    assert one is not None
    assert (one.words, one.replies[1].text) == (Words("secret question", ("amount",)), "secret 1")


def test_no_answer_is_lost_when_two_come_at_once(store: Store, company: str) -> None:
    with store.write() as tx:
        id = questions.ask(tx, company, 1, TEAM, "U1", "U2", Words("?"), NOON)

    def answer() -> bool:
        with store.write() as tx:
            return bool(questions.answer(tx, company, id, "yes", NOON))

    assert counted(store, answer) == 8
    with store.read() as tx:
        one = questions.get(tx, company, id)
    assert one is not None
    assert len(one.replies) == 8


def test_what_came_of_an_older_division_does_not_count(store: Store, company: str) -> None:
    with store.write() as tx:
        divisions.keep(tx, company, 1, divisions.ASKED, "T1/U1", NOON)
        divisions.keep(tx, company, 1, divisions.ASKED, "T1/U2", NOON + timedelta(seconds=1))
        assert not divisions.settle(tx, company, 1, NOON, divisions.DONE)
        assert divisions.settle(tx, company, 1, NOON + timedelta(seconds=1), divisions.REFUSED, "silent")
        found = divisions.get(tx, company, 1)
    assert found is not None
    assert (found.state, found.problem, found.by) == (divisions.REFUSED, "silent", "T1/U2")


def test_a_picture_is_of_one_content(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        bill_pictures.keep(tx, company, 1, TEAM, "a", "F1", NOON)
        bill_pictures.keep(tx, company, 1, TEAM, "b", "F2", NOON)
        found = bill_pictures.get(tx, company, 1, TEAM)
        assert found is not None
        assert (found.print, found.file) == ("b", "F2")
        assert bill_pictures.get(tx, other, 1, TEAM) is None


def test_a_message_is_found_by_its_place(store: Store, company: str) -> None:
    with store.write() as tx:
        messages.keep(tx, company, "bill:1:U1", Message(f"D{company[:8]}", "1.1", "", NOON))
        assert messages.at(tx, f"D{company[:8]}", "1.1") == (company, "bill:1:U1")
        assert messages.at(tx, f"D{company[:8]}", "1.2") is None
