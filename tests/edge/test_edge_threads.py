"""Words written in a thread: meant for the message it stands under, or a command as everywhere else."""

from __future__ import annotations

import pytest
from edge_support import GUEST, House, event, message

from bot import payloads
from bot.perform import perform
from handlers.routing import Router, Table
from storage import companies, messages
from storage.messages import Message

CHANNEL = "D0ANNA"


@pytest.fixture
def house(house: House) -> House:
    """Answers to the threads of two kinds of messages."""
    on = Router()
    on.reply("question")(house.journeys._note("question"))
    on.reply("bill", commands=True)(house.journeys._note("bill"))
    known = [route for kind in ("command", "file", "home") for route in house.journeys.table.of(kind)]
    house.journeys.table = Table([*known, *on.routes])
    with house.store.write() as tx:
        for topic, ts in (("question:7", "1.1"), ("bill:9:U1", "2.2"), ("run:3", "3.3")):
            messages.keep(tx, house.company, topic, Message(CHANNEL, ts, "", house.clock()))
    return house


def ran(house: House, words: str, thread: str, **more: object) -> list[str]:
    """What was run after these words in that thread."""
    house.hear(event(message(words, thread_ts=thread, **more), f"Ev{words}{thread}{len(house.work.asked)}"))
    perform(house.desk, house.journeys.table, "hear", [house.work.asked[-1][2]])
    return [name for name, _ in house.journeys.ran]


@pytest.mark.parametrize(
    ("words", "thread", "route"),
    [
        ("runs", "1.1", "question"),
        ("send invoices all", "1.1", "question"),
        ("yes", "1.1", "question"),
        ("ok", "2.2", "bill"),
        ("approved", "2.2", "bill"),
        ("what is this?", "2.2", "bill"),
        ("runs", "2.2", "runs"),
        ("help", "2.2", "help"),
        ("runs", "3.3", "runs"),
        ("runs", "9.9", "runs"),
    ],
)
def test_words_go_where_they_are_meant(house: House, words: str, thread: str, route: str) -> None:
    assert ran(house, words, thread) == [route]
    _, said = house.journeys.ran[0]
    assert (said.thread, said.words) == (thread, words)


def test_files_under_a_question_are_its_answer_and_elsewhere_an_import(house: House) -> None:
    files = [{"id": "F1", "name": "a.pdf"}]
    assert ran(house, "here", "1.1", files=files, subtype="file_share") == ["question"]
    assert ran(house, "here", "2.2", files=files, subtype="file_share") == ["question", "file"]


def test_the_first_message_of_a_thread_is_no_reply(house: House) -> None:
    said = payloads.read(event(message("runs", thread_ts="1700.2"), "Ev1"), house.journeys.table)
    assert said is not None
    assert (said.thread, said.words) == ("", "")


def test_a_guest_answers_nothing(house: House) -> None:
    assert ran(house, "yes", "1.1", user=GUEST) == []
    assert [told[:2] for told in house.paper.told] == [("whisper", GUEST)]


def test_a_thread_of_another_workspaces_company_is_nobodys(house: House) -> None:
    with house.store.write() as tx:
        foreign = companies.connect(tx, "Muu Oy", "1572860-0", 102, 8, "key", house.clock())
        messages.keep(tx, foreign, "question:1", Message(CHANNEL, "5.5", "", house.clock()))
    assert ran(house, "runs", "5.5") == ["runs"]
