"""Slack is away or wants fewer calls: nothing is lost, order is kept in a channel, and what is over is not repeated."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from edge_support import TEAM as EDGE_TEAM
from edge_support import House

from bot import later
from bot.chat import SlackChat
from bot.lines import Lines
from bot.perform import bury
from handlers.chat import ChatTrouble, Picture
from handlers.routing import routes
from handlers.views.blocks import section
from sandbox.slack import Channel, Command, Person, PracticeSlack, Workspace
from storage.database import Tx


@dataclass
class Asked:
    """What is asked for, with how long it waits."""

    asked: list[tuple[str, str, float]] = field(default_factory=list)

    def soon(self, tx: Tx, lane: str, task: str, key: str, company: str, args: list[str], after: float = 0.0) -> None:
        self.asked.append((task, key, after))


@pytest.mark.parametrize("code", ["no_answer", "ratelimited", "http_503", "internal_error"])
def test_what_slack_does_not_take_for_hours_is_asked_for_again_and_never_lost(house: House, code: str) -> None:
    work, at = Asked(), [house.clock()]
    desk = replace(house.desk, work=work, clock=lambda: at[0])
    args = [house.company, EDGE_TEAM, "U1", "2026-11-26"]
    for _ in range(12 * 20):  # each attempt fails again, for twenty hours
        bury(desk, routes(), "waiting.digest", args, ChatTrouble(code))
        at[0] += later.AGAIN
    assert len(work.asked) == len({key for _, key, _ in work.asked}) == 240
    assert {(task, after) for task, _, after in work.asked} == {("waiting.digest", 300.0)}


def test_after_a_day_it_is_given_up_and_said_so_and_a_later_trouble_counts_anew(house: House) -> None:
    work, at = Asked(), [house.clock()]
    desk = replace(house.desk, work=work, clock=lambda: at[0])
    args = [house.company, EDGE_TEAM, "U1", "2026-11-26"]

    def fails(when: datetime) -> int:
        at[0] = when
        before = len(work.asked)
        bury(desk, routes(), "waiting.digest", args, ChatTrouble("no_answer"))
        return len(work.asked) - before

    begin = at[0]
    assert [fails(begin + timedelta(hours=hours)) for hours in (0, 12, 24, 25, 40)] == [1, 1, 1, 0, 1]


@pytest.mark.parametrize(
    ("task", "failed"),
    [
        ("waiting.digest", ChatTrouble("channel_not_found")),
        ("waiting.digest", OSError()),
        ("bills.fetch", ChatTrouble("no_answer")),
        ("no.such", ChatTrouble("no_answer")),
    ],
)
def test_what_does_not_go_by_itself_is_given_up(house: House, task: str, failed: Exception) -> None:
    work = Asked()
    bury(replace(house.desk, work=work), routes(), task, [house.company], failed)
    assert work.asked == []


# order in a channel


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    space = Workspace(people=[Person("U1AINO", "aino")], channels=[Channel("C1", "one"), Channel("C2", "two")],
                      commands=[Command("/procountor")])  # fmt: skip
    with PracticeSlack(space) as made:
        made.limits = "off"
        yield made


def said(slack: PracticeSlack, channel: str) -> list[str]:
    return [message.text for message in slack.messages(channel)]


def post(chat: SlackChat, channel: str, text: str) -> threading.Thread:
    picture = Picture(text, (section(text),))
    thread = threading.Thread(target=lambda: chat.post(channel, picture))
    thread.start()
    return thread


def test_a_message_that_must_wait_is_overtaken_by_none_of_its_channel(slack: PracticeSlack) -> None:
    """The first is told to come back in a second; the second comes meanwhile; another channel waits for neither."""
    chat = SlackChat(slack.bot_token, slack.api_url, team="T0PRACTICE")
    slack.faults.add("chat.postMessage", 1, "429")
    first = post(chat, "C1", "first")
    slack.wait_for(lambda: slack.faults.counts.get("chat.postMessage"), 10)
    second, other = post(chat, "C1", "second"), post(chat, "C2", "other")
    other.join(20)
    assert (said(slack, "C1"), said(slack, "C2")) == ([], ["other"])
    first.join(20)
    second.join(20)
    assert said(slack, "C1") == ["first", "second"]


def test_many_for_one_channel_under_its_limit_are_all_said(slack: PracticeSlack) -> None:
    """Ten times as quick as Slack: ten a second after the first five."""
    slack.limits, slack.limit_scale = "real", 0.1
    chat = SlackChat(slack.bot_token, slack.api_url, team="T0PRACTICE")
    for thread in [post(chat, "C1", f"n{n}") for n in range(12)]:
        thread.join(60)
    assert sorted(said(slack, "C1")) == sorted(f"n{n}" for n in range(12))


def test_a_line_that_breaks_lets_the_next_one_pass() -> None:
    lines, done = Lines(), list[Any]()

    def falls() -> None:
        with lines.turn("C1"):
            raise OSError

    with pytest.raises(OSError):
        falls()
    with lines.turn("C1"):
        done.append(1)
    assert done == [1]
