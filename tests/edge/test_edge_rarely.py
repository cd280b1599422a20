"""What comes rarely from Slack and its neighbours: other tokens, other shapes, connections that are cut."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from edge_support import TEAM, House, command
from pydantic import SecretStr

from bot import acks, connect, elements, install
from bot.bodies import CutShort, body_of
from bot.chat import SlackChat
from bot.chats import Chats
from bot.compose import build
from bot.connect import NotConnected, _owner
from bot.install import Installer, Unfit
from bot.meters import Metered
from bot.outgoing import Outgoing
from bot.perform import bury
from bot.settings import Settings
from bot.shelf import Shelf
from finance.webhook import Reply
from handlers.chat import ChatTrouble, Picture
from handlers.connecting import Found
from handlers.said import Said
from handlers.views.blocks import section
from procountor.limiter import Unpaced
from sandbox.slack import Channel, Person, PracticeSlack, Workspace
from storage import companies, workspaces
from storage.installations import Standing
from tests.support.databases import fresh
from tests.support.stores import KEY, found_company


@pytest.fixture(scope="module")
def slack() -> Iterator[PracticeSlack]:
    people = [Person(f"U{n:04}", f"person{n}") for n in range(205)]
    with PracticeSlack(Workspace(people=people, channels=[Channel("C1FIN", "finance")])) as made:
        made.limits = "off"
        yield made


def settings(folder: Path, **values: Any) -> Settings:
    known = {"database_url": fresh("sqlite", folder), "kierto_secret_key": SecretStr(KEY), "port": 0}
    return Settings(_env_file=None, **(known | values))


READ: list[tuple[dict[str, Any], str]] = [
    ({"type": "rich_text_input", "rich_text_value": "words"}, ""),
    ({"type": "rich_text_input", "rich_text_value": {"type": "rich_text", "elements": [None, {"text": "a"}]}}, "a"),
    ({"type": "multi_users_select", "selected_users": "U1"}, ""),
    ({"type": "static_select", "selected_option": ["x"]}, ""),
    ({"type": "plain_text_input", "value": True}, ""),
    ({"type": "plain_text_input", "value": 7}, "7"),
]


@pytest.mark.parametrize(("element", "value"), READ)
def test_an_element_of_another_shape_says_nothing(element: dict[str, Any], value: str) -> None:
    assert elements.value_of(element) == value


def test_what_is_no_element_is_passed_over() -> None:
    state = {"state": {"values": {"a": {"x": None, "y": {"value": "1"}}, "b": "words"}}}
    assert [(name, element["value"]) for name, element in elements.entries(state)] == [("y", "1")]


def test_an_answer_to_a_command_with_and_without_blocks() -> None:
    with_blocks = acks.aside(Picture("words", (section("*words*"),)))
    assert '"blocks"' in with_blocks.body
    assert "words" in acks.aside(Picture("words")).body
    assert '"blocks"' not in acks.aside(Picture("words")).body


def test_a_body_that_breaks_off_is_no_body() -> None:
    def read(*messages: dict[str, Any], most: int = 10) -> bytes | None:
        coming = iter(messages)

        async def receive() -> Any:
            return next(coming)

        return asyncio.run(body_of([], receive, most))

    part = {"type": "http.request", "body": b"ab", "more_body": True}
    last = {"type": "http.request", "body": b"c"}
    assert read(part, last) == b"abc"
    assert read(part, last, most=2) is None
    with pytest.raises(CutShort):
        read(part, {"type": "http.disconnect"})


def test_a_shelf_keeps_what_was_used_last() -> None:
    now = [0.0]
    shelf: Shelf[int] = Shelf(2, 10, lambda: now[0])
    shelf.put("a", 1)
    shelf.put("b", 2)
    assert shelf.get("a") == 1
    shelf.put("c", 3)
    assert [shelf.get(key) for key in "abc"] == [1, None, 3]
    now[0] = 10.0
    assert shelf.get("a") is None


def test_a_pace_that_holds_nothing_is_measured_too() -> None:
    with Metered(Unpaced(), 48).wait() as held:
        assert held is None


def test_a_name_that_leads_nowhere_is_not_spoken_to() -> None:
    out = Outgoing(lambda host, port: [])
    assert out("https://psa.example.fi/kierto", {}, b"{}") == Reply(problem="OSError")


def test_everybody_is_asked_for_page_by_page(slack: PracticeSlack) -> None:
    chat = SlackChat(slack.bot_token, slack.api_url, team="T0PRACTICE")
    before = slack.faults.counts.get("users.list", 0)
    assert {person.user for person in chat.people()} >= {"U0000", "U0204"}
    assert slack.faults.counts["users.list"] == before + 2


def test_a_whisper_that_slack_refuses_for_another_reason_is_a_trouble(slack: PracticeSlack) -> None:
    chat = SlackChat(slack.bot_token, slack.api_url, team="T0PRACTICE").hurried()
    said = Said(kind="command", team="T0PRACTICE", user="U0001", channel="C1FIN", route="help")
    slack.faults.add("chat.postEphemeral", slack.faults.counts.get("chat.postEphemeral", 0) + 1, "500")
    with pytest.raises(ChatTrouble, match="http_500"):
        chat.whisper(said, Picture("x"))
    room = slack.dm("U0001")
    assert slack.messages(room) == [], "it is not said in another place instead"
    chat.whisper(said, Picture("x"))
    assert [message.text for message in slack.whispers("U0001")] == ["x"]


def test_a_home_that_slack_refuses_for_another_reason_is_a_trouble(slack: PracticeSlack) -> None:
    chat = SlackChat(slack.bot_token, slack.api_url, team="T0PRACTICE")
    with pytest.raises(ChatTrouble):
        chat.home("U9NOBODY", Picture("x", (section("x"),)))


def test_a_token_taken_away_in_between_opens_nothing(house: House) -> None:
    made = Chats(Settings(_env_file=None, slack_client_id="1.2"), house.store)  # type: ignore[call-arg]
    with pytest.raises(ChatTrouble, match="not_installed"):
        made._opened(TEAM, Standing(workspaces.INSTALLED, "7:2026-11-27"))


def test_what_slack_says_of_its_token_and_that_it_says_nothing(tmp_path: Path, slack: PracticeSlack) -> None:
    made = build(settings(tmp_path, slack_bot_token=SecretStr("xoxb-wrong"), slack_api_url=slack.api_url))
    with pytest.raises(NotConnected, match=r"does not accept SLACK_BOT_TOKEN \(invalid_auth\)"):
        _owner(made)
    slack.faults.down = "500"
    with pytest.raises(NotConnected, match="Slack does not answer just now"):
        _owner(made)
    slack.faults.down = None
    made.close()


GIVEN = {
    "app_id": "A1", "team": {"id": "T1", "name": "Yhtiö"}, "access_token": "xoxb-1", "bot_user_id": "U0BOT",
    "authed_user": {"id": "U1"}, "scope": "chat:write", "token_type": "bot",
}  # fmt: skip
UNFIT: list[tuple[dict[str, Any], str, str]] = [
    ({"is_enterprise_install": True}, "T1", "for a whole organisation"),
    ({"team": None}, "T1", "for a whole organisation"),
    ({"refresh_token": "xoxe-1"}, "T1", "token rotation"),
    ({"expires_in": 43200}, "T1", "token rotation"),
    ({}, "T2", "another workspace's"),
]


def test_installations_of_a_kind_that_is_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build(settings(tmp_path, slack_client_id="1.2", slack_client_secret=SecretStr("s")))
    installer = Installer(made)
    for given, team, words in (*UNFIT, ({}, "T1", "")):
        answers = iter((GIVEN | given, {"team_id": team, "bot_id": "B1"}))
        monkeypatch.setattr(install, "call", lambda *_, answers=answers, **__: next(answers))
        if words:
            with pytest.raises(Unfit, match=words):
                installer._exchanged("code")
        else:
            found = installer._exchanged("code")
            assert (found.team_id, found.bot_token, found.user_id) == ("T1", "xoxb-1", "U1")
    with made.store.write() as tx:
        workspaces.join(tx, "T1", "Yhtiö", "U0BOT")
        new = companies.found(tx, "Yhtiö", "T1", made.desk.clock())
    with pytest.raises(LookupError, match="no API key yet"):
        made.desk.books(new)
    made.close()


def test_books_that_are_known_are_not_looked_at_for_strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build(settings(tmp_path))
    company = found_company(made.store)
    with made.store.read() as tx:
        number = companies.get(tx, company).procountor_id
    looked: list[object] = []
    monkeypatch.setattr(connect.other_kierto, "at_work", lambda *about: looked.append(about))
    for known, asked in ((number, 0), (1, 1)):
        connect._alone(made, "key", Found(known or 0, "Yhtiö", "2077474-0", 501, "Kierto"))
        assert len(looked) == asked
    made.close()


def test_whoever_has_left_meanwhile_is_told_nothing_and_the_trail_is_written(house: House) -> None:
    house.hear(command("runs"))
    key = house.work.asked[-1][2]
    with house.store.write() as tx:
        companies.place(tx, house.company, None)
    bury(house.desk, house.journeys.table, "hear", [key], RuntimeError())
    assert house.paper.told == []
    assert house.count("audit") == 1
