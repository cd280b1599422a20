"""The whole way: the practice Slack, real HTTP, the door, Bolt, the journeys and back to what people see."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import uvicorn
from edge_support import House
from prometheus_client import CollectorRegistry

from bot.chat import SlackChat
from bot.edge import EdgeConfig, build
from bot.hearing import bolt, hearing
from bot.listen import wire
from bot.perform import perform
from finance.authority import Right
from handlers.chat import Answer, Modal, Picture
from handlers.views.blocks import actions, button, field, section, text_input
from sandbox.slack import Channel, Command, Person, PracticeSlack, Workspace
from storage import companies, rights, workspaces

TEAM = "T0PRACTICE"
FORM = Modal(
    "Korjaa", (field("amount", "Summa", text_input("amount")), section("ohje")), "row.save", "Sulje", "Tallenna", "h"
)


class Whole:
    """A house that real HTTP leads into."""

    def __init__(self, house: House, slack: PracticeSlack) -> None:
        self.house, self.slack = house, slack
        with house.store.write() as tx:
            workspaces.join(tx, TEAM, "Practice", "U0PRACTICEBOT")
            companies.place(tx, house.company, TEAM)
            rights.give(tx, house.company, TEAM, "U1AINO", (Right.ADMIN, Right.FINANCE), "test", house.clock())
        self.chat = SlackChat(slack.bot_token, slack.api_url, team=TEAM)
        self.desk = replace(house.desk, chats=lambda team: self.chat, clock=lambda: datetime.now(UTC))
        app = bolt(slack.api_url)
        wire(app, house.journeys.table, self.desk)
        web = build(
            EdgeConfig(slack.signing_secret), hearing(app), house.store, self.desk.clock, dict, CollectorRegistry()
        )
        self.server = uvicorn.Server(uvicorn.Config(web, log_level="warning", access_log=False))
        door = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.server.run, args=([door],), daemon=True)
        self.thread.start()
        slack.bot_url = f"http://127.0.0.1:{door.getsockname()[1]}"
        deadline = time.monotonic() + 10
        while not self.server.started and time.monotonic() < deadline:
            time.sleep(0.005)

    def work(self) -> None:
        """Does all that has been asked for."""
        for _, task, _, _, args in list(self.house.work.asked):
            perform(self.desk, self.house.journeys.table, task, args)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture
def whole(house: House) -> Iterator[Whole]:
    people = [
        Person("U1AINO", "aino", "Aino", locale="fi-FI"),
        Person("U2BO", "bo"),
        Person("U3PETE", "pete", is_restricted=True),
    ]
    space = Workspace(people=people, channels=[Channel("C1FIN", "finance")], commands=[Command("/procountor")])
    with PracticeSlack(space) as slack:
        slack.limits = "off"
        made = Whole(house, slack)
        yield made
        made.close()


def answering(house: House, run: Any) -> None:
    """Lets the route that opens a form do something real."""
    table = house.journeys.table
    for kind, name in (("command", "settings"), ("click", "row.open"), ("command", "runs")):
        route = table.get(kind, name)
        assert route is not None
        table._by[kind, name] = replace(route, run=run)


def test_the_address_is_verified(whole: Whole) -> None:
    assert whole.slack.verify_url().ok


def test_a_command_opens_a_form_that_is_filled_sent_back_and_taken(whole: Whole) -> None:
    answering(whole.house, lambda here: here.chat.open(here.said, FORM))
    assert whole.slack.command("aino", "/procountor settings").ok
    (view,) = whole.slack.views("aino")
    whole.slack.fill("aino", view, {"amount": "kaksi"})
    whole.house.journeys.answer = Answer(errors={"amount": "Kirjoita luku."})
    whole.slack.submit("aino", view)
    assert whole.slack.views("aino")[0].errors == {"amount": "Kirjoita luku."}
    whole.house.journeys.answer = None
    whole.slack.fill("aino", view, {"amount": "2"})
    assert whole.slack.submit("aino", view).ok
    assert whole.slack.views("aino") == []
    assert [said.values["amount"] for _, said in whole.house.journeys.ran] == ["kaksi", "2"]


def test_a_form_that_breaks_keeps_what_was_filled_in_and_says_so(whole: Whole) -> None:
    answering(whole.house, lambda here: here.chat.open(here.said, FORM))
    whole.slack.command("aino", "/procountor settings")
    (view,) = whole.slack.views("aino")
    whole.slack.fill("aino", view, {"amount": "2"})
    whole.house.journeys.raises = RuntimeError("secret")
    assert whole.slack.submit("aino", view).ok
    (still,) = whole.slack.views("aino")
    assert list(still.errors) == ["amount"]


def test_a_button_brings_words_to_the_one_who_pressed_it(whole: Whole) -> None:
    card = Picture("kortti", (section("Kortti"), actions([button("Avaa", "row.open", "h1")])))
    posted = whole.chat.post("C1FIN", card)
    message = whole.slack.messages("finance")[0]
    assert whole.slack.click("pete", message, "row.open").ok
    (whisper,) = whole.slack.whispers("pete")
    assert "Only members" in whisper.text or "vain" in whisper.text.lower()
    answering(whole.house, lambda here: here.chat.open(here.said, FORM))
    assert whole.slack.click("aino", (posted.channel, posted.ts), "row.open").ok
    assert [v.title for v in whole.slack.views("aino")] == ["Korjaa"]


def test_what_a_worker_says_reaches_the_person(whole: Whole) -> None:
    answering(whole.house, lambda here: here.whisper(Picture(f"heard {here.said.route}")))
    assert whole.slack.command("aino", "/procountor runs", "C1FIN").ok
    whole.work()
    assert [m.text for m in whole.slack.whispers("aino")] == ["heard runs"]


def test_a_file_dropped_on_the_bot_is_kept_with_its_id(whole: Whole) -> None:
    assert whole.slack.drop_file("aino", "laskut.csv", b"a;b\n").ok
    (said,) = whole.house.kept()
    assert said.files == tuple(whole.slack.world.files)


def test_replays_do_nothing_and_acks_are_quick(whole: Whole) -> None:
    sent = whole.slack.command("aino", "/procountor send invoices")
    with ThreadPoolExecutor(8) as many:
        assert all(ack.status == 200 for ack in many.map(lambda _: whole.slack.redeliver(sent), range(20)))
    assert len(whole.house.work.asked) == 1
    assert max(ack.seconds for ack in whole.slack.acks) < 1.5


def test_a_slack_with_another_secret_is_not_heard(whole: Whole) -> None:
    whole.slack.courier.secret = "another"
    assert whole.slack.command("aino", "/procountor settings").status == 401
    assert whole.house.journeys.ran == []


def test_a_removal_is_told(whole: Whole) -> None:
    assert whole.slack.uninstall().ok
