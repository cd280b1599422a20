"""Slack is away, then wants fewer calls, and two workers work: each thing is said once, in a channel in order.

KIERTO_PROOF_LINES sets how many people hear something (2,000).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot import practice
from handlers.lanes import lane
from sandbox.slack.faults import What
from sandbox.slack.workspace import Person
from storage import companies
from tests.support.databases import fresh
from tests.support.practice import Bot, running

pytestmark = pytest.mark.proof
PEOPLE = int(os.environ.get("KIERTO_PROOF_LINES", "2000"))
EACH = 12  # more than ten: the order of numbers is not that of words
CHANNELS = ("C01TALOUS", "C02YLEINEN")
AWAY = 6.0  # seconds that stand for an hour: so many attempts are made in it as there are in an hour of life
FASTER = 0.01  # Slack's minute is six tenths of a second


@pytest.mark.parametrize(("kind", "workers"), [("postgresql", 2), ("sqlite", 1)])
@pytest.mark.parametrize("what", ["500", "429"])
def test_nothing_is_lost_and_channels_hear_in_order(kind: str, workers: int, what: What, tmp_path: Path) -> None:
    people = PEOPLE if what == "429" else max(20, PEOPLE // 10)
    with running(fresh(kind, tmp_path), working=False) as bot, ExitStack() as stack:
        bot.slack.workspace.people += [Person(f"U5{n:05}", f"p{n}") for n in range(people)]
        bot.slack.limits, bot.slack.limit_scale = "real", FASTER
        bot.slack.faults.down = what
        for _ in range(workers):
            stack.enter_context(worker(bot))
        began = time.monotonic()
        ask(bot, people)
        time.sleep(AWAY)  # the fault lasts: nothing is waited for
        assert said(bot, people) == {}
        bot.slack.faults.down = None
        bot.wait(lambda: sum(said(bot, people).values()) >= people + EACH * len(CHANNELS), 60 + people)
        bot.settled(60)
        took, found = time.monotonic() - began, said(bot, people)
        assert {place: n for place, n in found.items() if n != (EACH if place in CHANNELS else 1)} == {}
        for channel in CHANNELS:
            assert [m.text for m in bot.slack.messages(channel)] == [str(n) for n in range(EACH)], channel
        refused = len(bot.slack._limits.refused)
        print(f"{kind}, {workers} workers, away with {what}: {people} people and {EACH} things in each of "
              f"{len(CHANNELS)} channels in {took:.0f} s; {refused} calls refused for their number")  # fmt: skip


def ask(bot: Bot, people: int) -> None:
    """All people at once; what the channels hear one after the other, each in a moment of its own.

    As in life: one look at Procountor is one message in a channel. The engine counts moments in milliseconds, on SQLite
    in seconds; what is asked for in one moment has no order.
    """
    with bot.house.store.read() as tx:
        team = companies.team_of(tx, bot.company) or ""
    _soon(bot, team, [(f"U5{n:05}", 0) for n in range(people)])
    moment = 1_000_000_000 if bot.house.store.embedded else 1_000_000
    for n in range(EACH):
        _soon(bot, team, [(channel, n) for channel in CHANNELS])
        asked = time.time_ns() // moment
        while time.time_ns() // moment == asked:
            time.sleep(0.0005)


def _soon(bot: Bot, team: str, wanted: list[tuple[str, int]]) -> None:
    with bot.house.store.write() as tx:
        for to, n in wanted:
            bot.house.engine.soon(tx, lane(to), "say", f"{to}:{n}", bot.company, [bot.company, to, team, str(n)])


def said(bot: Bot, people: int) -> Counter[str]:
    places = {channel: channel for channel in CHANNELS}
    places |= {f"U5{n:05}": bot.slack.dm(f"U5{n:05}") for n in range(people)}
    return Counter({to: n for to, room in places.items() if (n := len(bot.slack.messages(room)))})


@contextmanager
def worker(bot: Bot) -> Iterator[None]:
    """A process of its own."""
    command = [sys.executable, "-m", "tests.proofs.line_worker"]
    environment = practice.environment(bot.house.settings)
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running_:
        assert running_.stdout is not None
        assert running_.stdout.readline().strip() == "ready"
        try:
            yield
        finally:
            running_.terminate()
            running_.wait(timeout=60)
