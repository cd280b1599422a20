"""Slack says when it takes a method again: everybody waits that long, and then they go one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from bot import brake
from bot.brake import APART, LATELY, Brake
from bot.chat import SlackChat
from sandbox.slack import Person, PracticeSlack, Workspace

OPEN = "conversations.open"


@dataclass
class Time:
    """A clock that goes on when somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))


@pytest.fixture
def at() -> Time:
    return Time()


@pytest.fixture
def held(at: Time) -> Brake:
    return Brake(at, at.sleep)


def test_nobody_waits_before_a_refusal(held: Brake, at: Time) -> None:
    for _ in range(100):
        held.wait(OPEN)
    assert at.slept == []


def test_all_wait_after_one_and_go_apart(held: Brake, at: Time) -> None:
    held.refused(OPEN, 30)
    for _ in range(3):
        held.wait(OPEN)
    held.wait("users.info")
    assert at.slept == [30.0, 30.0 + APART, 30.0 + 2 * APART]


def test_a_later_refusal_lasts_longer_and_an_earlier_end_does_not_shorten_it(held: Brake, at: Time) -> None:
    held.refused(OPEN, 30)
    held.refused(OPEN, 5)
    held.wait(OPEN)
    held.refused(OPEN, 100_000)
    held.wait(OPEN)
    assert at.slept == [30.0, brake.LONGEST]


def test_after_a_quiet_minute_it_is_forgotten(held: Brake, at: Time) -> None:
    held.refused(OPEN, 1)
    at.now += 1 + LATELY + 1
    held.wait(OPEN)
    held.wait(OPEN)
    assert at.slept == []


def test_a_channel_that_is_full_keeps_no_other_waiting(held: Brake, at: Time) -> None:
    held.refused("chat.postMessage", 30)
    held.wait("chat.postMessage")
    assert at.slept == []


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack(Workspace(people=[Person("U1AINO", "aino"), Person("U2BO", "bo")])) as made:
        made.limits = "off"
        yield made


def test_what_slack_answers_is_heard(slack: PracticeSlack, at: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real client: the refused call is made again, and the next one keeps its distance."""
    monkeypatch.setattr(brake.time, "sleep", at.sleep)
    chat = SlackChat(slack.bot_token, slack.api_url, team="T0PRACTICE")
    stopped = Brake(at, at.sleep)
    for handler in chat._web.retry_handlers:
        if isinstance(handler, brake.Obeying):
            handler._brake = stopped
    chat._web.brake = stopped  # type: ignore[attr-defined]
    slack.faults.add(OPEN, 1, "429", seconds=7)
    assert chat.direct("U1AINO")
    assert chat.direct("U2BO")
    assert any(7.0 <= seconds <= 8.0 for seconds in at.slept)
    assert slack.faults.counts[OPEN] == 3
