"""What happens rarely to whoever runs it: a worker that freezes, a task that hangs, a port that is taken."""

from __future__ import annotations

import io
import os
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr

from bot import kept, later, program, skew, takeover, watch
from bot.aside import Failed
from bot.clock import Clock
from bot.compose import House, build
from bot.figures import Figures
from bot.heads import HeadFile
from bot.program import Ears, NotReady
from bot.settings import Settings
from bot.takeover import LOCK_LOST, Occupied, OneWorker, Takeover
from handlers.checks import clock
from storage import audit, references
from storage.database import Store
from tests.support.databases import fresh
from tests.support.stores import KEY, NOON, found_company


def settings(url: str, **more: Any) -> Settings:
    return Settings(_env_file=None, database_url=url, kierto_secret_key=SecretStr(KEY), **more)  # type: ignore[call-arg]


class Ended(BaseException):
    """Where the process would have ended."""


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the process is raised instead."""

    def ends(code: int) -> None:
        raise Ended(code)

    monkeypatch.setattr(os, "_exit", ends)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    made = build(settings(fresh("sqlite", folder), kierto_head_file=str(folder / "elsewhere.heads")))
    yield made
    made.close()


def test_a_house_of_a_copied_process_leaves_the_tables_alone(tmp_path: Path) -> None:
    found = settings(fresh("sqlite", tmp_path))
    build(found, migrate=False).close()
    store = Store(found.database_url)
    with store.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    store.close()


def test_heads_are_kept_where_the_setting_says(house: House) -> None:
    with house.store.write() as tx:
        audit.note(tx, "c1", "T1/U1", "run.sent", "run:1", NOON)
        head = audit.head(tx)
    Clock(house)._note(None)
    assert [one.head for one in HeadFile(Path(house.settings.kierto_head_file)).read()] == [head]


# one worker, and the work of others


def test_a_lock_is_given_back_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kierto.db"
    one, two = OneWorker(url), OneWorker(url)
    two.give()
    one.take()
    with pytest.raises(Occupied):
        two.take()
    one.give()
    one.give()
    two.take()
    two.give()


def test_a_frozen_worker_is_cut_off_finds_it_out_and_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: None
) -> None:
    url = fresh("postgresql", tmp_path)
    mine, frozen = Takeover(url, "mine"), Takeover(url, "frozen")
    idle = Takeover(url, "idle")
    idle.stop()
    mine.hold()
    frozen.hold()
    monkeypatch.setattr(takeover, "FROZEN", 3600.0)
    mine._cut_off()
    assert frozen._alive(), "whoever gives a sign of life is left alone"
    monkeypatch.setattr(takeover, "FROZEN", -1.0)
    mine._cut_off()
    assert mine._alive()
    end = time.monotonic() + 30
    while frozen._alive():  # the database ends its connection in a moment of its own
        assert time.monotonic() < end
    with pytest.raises(Ended) as ended:
        frozen._watch()
    assert ended.value.args == (LOCK_LOST,)
    mine.stop()
    assert not mine._alive()


def test_only_the_work_of_the_dead_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = fresh("postgresql", tmp_path)
    mine, living = Takeover(url, "mine"), Takeover(url, "living")
    living.hold()
    under_way = [SimpleNamespace(executor_id=name) for name in ("mine", "living", "dead", "empty", None)]
    resumed: list[str] = []

    def recover(owners: list[str]) -> list[str]:
        resumed.extend(owners)
        return ["a task", "another"] if owners == ["dead"] else []

    engine = SimpleNamespace(list_workflows=lambda **_: under_way, _recover_pending_workflows=recover)
    monkeypatch.setattr(takeover, "DBOS", engine)
    assert mine.sweep() == 2
    assert sorted(resumed) == ["dead", "empty"]
    with psycopg.connect(takeover.driverless(url)) as other:
        got = other.execute("SELECT pg_try_advisory_lock(hashtextextended('dead', 0))").fetchone()
    assert got == (True,), "its lock is free again"
    living.stop()


def test_a_task_that_hangs_is_noted_and_the_worker_ends(monkeypatch: pytest.MonkeyPatch, ending: None) -> None:
    noted: list[str] = []

    def suspect(id: str) -> None:
        noted.append(id)
        if id == "first":
            raise OSError("the database is away")

    over = watch.Watch(suspect)
    monkeypatch.setattr(over, "_stop", SimpleNamespace(wait=lambda _: False))
    monkeypatch.setattr(watch, "LONGEST", -1.0)
    over._under_way[0] = ("second", "send", 0.0)
    with over.over("first", "send"), pytest.raises(Ended) as ended:
        over._look()
    assert (ended.value.args, sorted(noted)) == ((LOCK_LOST,), ["first", "second"])


def test_a_task_in_its_time_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter((False, True))
    over = watch.Watch(lambda id: pytest.fail(f"{id} does not hang"))
    monkeypatch.setattr(over, "_stop", SimpleNamespace(wait=lambda _: next(looks)))
    with over.over("first", "send"):
        over._look()
    assert list(looks) == [], "it has looked"


# the program


class Child:
    """A worker as the program keeps it."""

    def __init__(self, code: int | None) -> None:
        self.returncode = code

    def poll(self) -> int | None:
        return self.returncode


def test_a_worker_that_died_is_started_again_and_the_last_one_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, may_work, told = threading.Event(), threading.Event(), []
    children = [Child(1), Child(LOCK_LOST), Child(None)]
    waiting = iter(children)

    def go(child: Child) -> None:
        told.append(("go", children.index(child)))
        if child.returncode is None:
            stop.set()

    monkeypatch.setattr(program, "SHORTEST_PAUSE", 0.0)
    monkeypatch.setattr(program, "LONGEST_PAUSE", 0.0)
    monkeypatch.setattr(kept, "start", lambda: next(waiting))
    monkeypatch.setattr(kept, "go", go)
    monkeypatch.setattr(kept, "end", lambda child: told.append(("end", children.index(child))))
    may_work.set()
    program._keep_working(stop, may_work)
    assert told == [("go", 0), ("go", 1), ("go", 2), ("end", 2)]
    program._keep_working(stop, may_work)
    assert len(told) == 4, "whoever is asked to stop starts nothing"


def test_a_kept_worker_that_is_not_let_go_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    def watched(*said: bytes) -> bool:
        stop = threading.Event()
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"".join(said))))
        monkeypatch.setattr(kept, "_until_alone", lambda stop: None)
        assert kept.watch(stop)
        return stop.is_set()

    monkeypatch.setenv(kept.KEPT, "1")
    assert (watched(kept.GO), watched(), watched(b"stop\n")) == (False, True, True)
    monkeypatch.setenv(kept.KEPT, "")
    assert not kept.watch(threading.Event())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # the server's own end
def test_a_port_that_is_taken_is_said(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        house.settings.port = taken.getsockname()[1]
        with pytest.raises(NotReady, match="The port is taken: set PORT to another one"):
            Ears(house).start()


def test_whoever_hears_hangs_up_when_it_is_asked_to_stop(house: House) -> None:
    house.settings.port = 0
    ears, hung_up = Ears(house), []
    port = ears.start()
    live = f"http://127.0.0.1:{port}/health/live"
    with urllib.request.urlopen(live) as answer:
        assert answer.status == 200
    ears._socket = SimpleNamespace(close=lambda: hung_up.append("the line"))  # type: ignore[assignment]
    ears.stop()
    assert hung_up == ["the line"]
    with pytest.raises(OSError):
        urllib.request.urlopen(live)


def test_a_worker_tells_its_health_where_it_has_a_port(house: House) -> None:
    assert program._vitals(house) is None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        house.settings.kierto_worker_port = free.getsockname()[1]
    vitals = program._vitals(house)
    assert vitals is not None
    while vitals.port is None:
        assert vitals._thread.is_alive()
    with urllib.request.urlopen(f"http://127.0.0.1:{house.settings.kierto_worker_port}/health/live") as answer:
        assert answer.status == 200
    vitals.stop()


def test_figures_asked_for_twice_are_read_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = Figures(house)
    first = list(figures.collect())
    monkeypatch.setattr(figures, "_tasks", lambda: pytest.fail("read again within seconds"))
    assert list(figures.collect()) == first
    monkeypatch.setattr(figures, "_tasks", lambda: iter(()))
    figures._read = float("-inf")
    assert len(list(figures.collect())) < len(first)


def test_what_never_came_to_an_end_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("bot.clock.log.error", lambda words, *about: told.append(words % about))
    metronome = Clock(house)
    for dead in (0, 2):
        monkeypatch.setattr(house.engine, "bury", lambda dead=dead: dead)
        metronome._bury(None)
    assert told == ["2 tasks never came to an end and are given up"]


def test_while_slack_is_silent_what_was_known_of_the_clock_stands(house: House) -> None:
    company = found_company(house.store)
    for seconds, kept_ in ((45.0, "45"), (None, "45"), (0.0, "0")):
        skew.keep(house, seconds)
        with house.store.read() as tx:
            assert references.marked(tx, company, clock.MARK) == kept_


def test_what_failed_aside_says_itself_whether_it_goes_by() -> None:
    assert [later.passing(Failed("x", passing=passing)) for passing in (True, False)] == [True, False]
    assert later.passing(OSError())
    assert not later.passing(KeyError("x"))
