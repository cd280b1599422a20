"""How often a task is tried: by what it did itself, not by how often workers died around it; and what is given up."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import engine
from bot.engine import BURIAL, Engine
from bot.later import passing
from bot.trying import ATTEMPTS, OPEN, TriedEnough, Trying
from handlers.chat import ChatTrouble
from procountor.errors import Unsure
from storage import tries
from storage.database import Store
from tests.support.databases import fresh

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    url = fresh("sqlite", Path(tmp_path_factory.mktemp("trying")))
    made = Store(url)
    made.upgrade()
    engine.migrate(url)
    yield made
    made.close()


def asked(store: Store, id: str, status: str = "ENQUEUED", taken: int = 0) -> str:
    """A task as the engine keeps it; gives its id."""
    with store.write() as tx:
        Engine(store).soon(tx, "hear", "greet", id, "c1", ["c1", "7"])
        tx.exec_driver_sql(
            f"UPDATE workflow_status SET status = '{status}', recovery_attempts = {taken} "
            f"WHERE workflow_uuid = 'greet:c1:{id}'"
        )
    return f"greet:c1:{id}"


@pytest.mark.parametrize(
    ("taken", "failed", "aside", "left"),
    [
        (1, 0, False, ATTEMPTS),
        (2, 0, False, ATTEMPTS - 1),
        (3, 0, True, ATTEMPTS - OPEN),
        (90, 0, True, ATTEMPTS - OPEN),  # killed from outside, again and again: never given up for it
        (1, 2, False, ATTEMPTS - 2),
        (2, 3, False, 1),
        (3, 2, True, 1),
    ],
)
def test_five_tries_in_all(store: Store, taken: int, failed: int, aside: bool, left: int) -> None:
    id, ran = asked(store, f"{taken}-{failed}", taken=taken), []
    with store.write() as tx:
        for _ in range(failed):
            tries.failed(tx, id, NOW)
    trying = Trying(store, lambda *_: ran.append("open"), lambda *_: ran.append("aside"), lambda _: True)
    perform, attempts = trying.way(id)
    perform("greet", [])
    assert (ran, attempts) == (["aside" if aside else "open"], left)


@pytest.mark.parametrize(("taken", "failed"), [(1, 5), (2, 4), (3, 3), (9, 7)])
def test_one_that_was_tried_enough_is_refused(store: Store, taken: int, failed: int) -> None:
    id = asked(store, f"enough-{taken}-{failed}", taken=taken)
    with store.write() as tx:
        for _ in range(failed):
            tries.failed(tx, id, NOW)
    perform, attempts = Trying(store, lambda *_: None, None, lambda _: True).way(id)
    assert attempts == 1
    with pytest.raises(TriedEnough):
        perform("greet", [])


@pytest.mark.parametrize(
    ("raised", "counted"), [(KeyError("x"), 1), (ChatTrouble("ratelimited"), 0), (Unsure(), 0), (OSError(), 0)]
)
def test_only_its_own_failures_count(store: Store, raised: Exception, counted: int) -> None:
    id = asked(store, f"own-{type(raised).__name__}", taken=1)

    def fail(*_: object) -> None:
        raise raised

    perform, _ = Trying(store, fail, None, lambda failed: not passing(failed)).way(id)
    with pytest.raises(type(raised)):
        perform("greet", [])
    with store.read() as tx:
        assert tries.of(tx, id).failed == counted


def test_one_that_hangs_is_carried_out_aside_from_then_on(store: Store) -> None:
    id = asked(store, "hangs", taken=1)
    trying = Trying(store, lambda *_: None, lambda *_: None, lambda _: True)
    trying._hangs(id)
    with store.read() as tx:
        assert tries.of(tx, id).taken == OPEN  # taken up once more it is over the mark


def test_failures_are_forgotten(store: Store) -> None:
    with store.write() as tx:
        tries.failed(tx, "old", NOW - timedelta(days=31))
        tries.failed(tx, "new", NOW)
        tries.tidy(tx, NOW - timedelta(days=30))
        assert (tries.of(tx, "old").failed, tries.of(tx, "new").failed) == (0, 1)


def test_what_the_engine_gives_up_is_buried_once(store: Store) -> None:
    asked(store, "dead", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", 102)
    asking = Engine(store)
    assert asking.bury() == 1
    assert asking.bury() == 0
    with store.read() as tx:
        rows: list[Any] = list(
            tx.exec_driver_sql("SELECT workflow_uuid, queue_name FROM workflow_status WHERE name = ?", (BURIAL,))
        )
    assert [tuple(row) for row in rows] == [("bury:greet:c1:dead", "hear")]
    asking.close()


def test_a_process_aside_tells_what_became_of_a_task_and_survives_its_death() -> None:
    """Of two requests one dies with its task: its place in the worker's pace is free again, too."""
    command = [sys.executable, "-m", "tests.edge.aside_tasks"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout
    *found, let_go, over = json.loads(told)
    assert found == [
        "done", found[1], "ratelimited", "its process died (SIGKILL)", "its process died (SIGALRM)", "done", "done",
    ]  # fmt: skip
    assert found[1].startswith("ZeroDivisionError")
    assert (let_go, over) == (2, 2)
