"""R2: a clock that is off Slack's is told, and one that is far off begins nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import cli_run, practice, program, skew
from bot.compose import build, now
from bot.settings import Settings
from bot.skew import WrongClock, admit, measured, off
from handlers import checklist
from handlers.checks.clock import length
from handlers.views.tongue import Tongue
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage import companies
from tests.support.databases import fresh

DATE = "Thu, 26 Nov 2026 10:00:00 GMT"
TOLD = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The warnings; how the program's logs are set up is no matter here."""
    found: list[str] = []
    monkeypatch.setattr(skew.log, "warning", lambda words, *about: found.append(words % about))
    return found


@contextmanager
def slack_ahead(seconds: float) -> Iterator[PracticeSlack]:
    """A Slack whose clock is ahead of this machine's."""
    place = practice.workspace(practice.today(), setup=True)
    with PracticeSlack(place, clock=lambda: time.time() + seconds) as slack:
        yield slack


def settings_for(slack: PracticeSlack, tmp_path: Path) -> Settings:
    procountor = PracticeProcountor(seed.month())  # never started: a start asks Slack first
    made = practice.practice_settings(procountor, slack, fresh("sqlite", tmp_path), 0, 2.0, 48.0)
    return made.model_copy(update={"procountor_api_key": type(made.procountor_api_key)("")})


@pytest.mark.parametrize(
    ("told", "asked", "took", "found"),
    [
        (DATE, 0.0, 0.1, 0.0),
        (DATE, 0.9, 0.1, 0.0),  # Date leaves out what is less than a second
        (DATE, -0.5, 1.0, 0.0),
        (DATE, 32.0, 0.1, 31.0),
        (DATE, -31.0, 0.5, -30.5),
        (DATE, -31.0, 40.0, 0.0),  # a slow answer proves nothing
        (DATE, 7200.0, 0.1, 7199.0),
        ("Thu, 26 Nov 2026 12:00:00 +0200", 61.0, 0.0, 60.0),
        ("Thu, 26 Nov 2026 10:00:00 -0000", 61.0, 0.0, 60.0),
        ("", 300.0, 0.1, None),
        ("yesterday", 300.0, 0.1, None),
        ("Thu, 99 Nov 2026 10:00:00 GMT", 300.0, 0.1, None),
    ],
)
def test_the_distance_is_what_is_certain(told: str, asked: float, took: float, found: float | None) -> None:
    begun = TOLD + timedelta(seconds=asked)
    assert off(told, begun, begun + timedelta(seconds=took)) == found


@pytest.mark.parametrize(
    ("seconds", "warned", "refused"),
    [
        (None, False, False), (0.0, False, False), (29.0, False, False), (-30.0, False, False), (31.0, True, False),
        (-31.0, True, False), (240.0, True, False), (241.0, False, True), (-241.0, False, True), (3600.0, False, True),
    ],
)  # fmt: skip
def test_half_a_minute_is_told_and_four_are_refused(
    seconds: float | None, warned: bool, refused: bool, logged: list[str]
) -> None:
    said = ""
    try:
        admit(seconds)
    except WrongClock as told:
        said = str(told)
    assert (bool(logged), bool(said)) == (warned, refused)
    if seconds is not None and (warned or refused):
        words = said or " ".join(logged)
        assert f"{length(seconds)} {'ahead of' if seconds > 0 else 'behind'} Slack's" in words
        assert "NTP" in words


def test_the_program_does_not_start_with_a_clock_that_is_five_minutes_behind(tmp_path: Path) -> None:
    with slack_ahead(312.5) as slack:
        settings = settings_for(slack, tmp_path)
        command = [sys.executable, "-m", "bot", "run"]
        done = subprocess.run(
            command, env=practice.environment(settings), cwd=tmp_path, capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
    assert done.returncode == 2
    said = " ".join(done.stderr.split())
    assert "clock is 5 min 1" in said
    assert "behind Slack's" in said
    assert "timedatectl set-ntp true" in said
    assert "Traceback" not in said


def test_nor_does_a_worker_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Settings] = []
    monkeypatch.setattr(program, "stopping", threading.Event)
    monkeypatch.setattr(program, "work", lambda settings, _: begun.append(settings))
    with slack_ahead(-400) as slack:
        settings = settings_for(slack, tmp_path)
        monkeypatch.setattr(cli_run, "settings", lambda **_: settings)
        with pytest.raises(WrongClock, match="ahead of Slack's"):
            cli_run.worker()
    assert not begun
    cli_run.worker()  # Slack is gone: there is nothing to compare with
    assert begun == [settings]
    assert measured(settings, now) is None


def test_what_was_found_stands_in_the_checklist_until_it_is_right(tmp_path: Path, logged: list[str]) -> None:
    with slack_ahead(-90) as slack:
        settings = settings_for(slack, tmp_path)
        practice.unconnected(settings)
        house = build(settings)
        skew.look(house)
        assert "seconds off Slack's" in logged[0]
        with house.store.read() as tx:
            (company,) = companies.everyone(tx)

        def said() -> list[str]:
            found = checklist.gathered(house.desk, company, Tongue("en"))
            return [step.told for step in found if step.name == "clock"]

        (told,) = said()
        assert "1 min" in told
        assert "ahead of Slack’s" in told
        earlier = replace(house, desk=replace(house.desk, clock=lambda: now() - timedelta(seconds=90)))
        skew.look(earlier)
        assert said() == []
        house.close()
