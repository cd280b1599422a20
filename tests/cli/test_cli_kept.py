"""`kierto run` killed from one moment to the next takes its worker with it, and the next one begins."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot import practice
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from tests.support.databases import fresh

T = TypeVar("T")


def test_the_worker_of_a_killed_program_ends(tmp_path: Path) -> None:
    with (
        PracticeProcountor(seed.month(), rate=1000) as procountor,
        PracticeSlack(practice.workspace(practice.today())) as slack,
    ):
        settings = practice.practice_settings(
            procountor, slack, fresh("sqlite", tmp_path), practice.free_port(), 2.0, 60.0
        )
        practice.prepare(settings)
        with practice.running_bot(settings, tmp_path / "one.log") as bot:
            (worker,) = until(lambda: children(bot.pid))
            until(lambda: "the worker is at work" in (tmp_path / "one.log").read_text())
            bot.kill()
            until(lambda: not alive(worker))
        with practice.running_bot(settings, tmp_path / "two.log"):
            until(lambda: "the worker is at work" in (tmp_path / "two.log").read_text())


def children(pid: int) -> list[int]:
    """The processes it has started, by whichever of its threads."""
    of_threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for listed in of_threads for child in listed.read_text().split()]


def alive(pid: int) -> bool:
    """Whether it runs: one that has ended may wait to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(asked: Callable[[], T]) -> T:
    """What is asked, as soon as there is something to say."""
    end = time.monotonic() + 60
    while not (found := asked()):
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.05)
    return found


def test_no_worker_begins_where_the_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kierto.db"
    file.write_bytes(b"not a database at all" * 500)
    with (
        PracticeProcountor(seed.month(), rate=1000) as procountor,
        PracticeSlack(practice.workspace(practice.today())) as slack,
    ):
        settings = practice.practice_settings(procountor, slack, f"sqlite:///{file}", practice.free_port(), 2.0, 60.0)
        with (
            pytest.raises(practice.DidNotStart, match=r"damaged,\s+so\s+nothing\s+is\s+begun") as ended,
            practice.running_bot(settings, tmp_path / "bot.log"),
        ):
            pass
        assert "the worker is at work" not in str(ended.value)
        assert procountor.world.counts.routes.total() == 0
