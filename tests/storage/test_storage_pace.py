"""One rate for all processes: the moments given out are spaced, and no second holds more than the rate."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import pace as shared
from bot.pace import SharedPace
from procountor.turns import overtaking
from storage import pace
from storage.database import Store
from tests.support.databases import fresh

RATE = 50.0
STEP = 1 / RATE


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Two programs on one PostgreSQL."""
    url = fresh("postgresql", Path(tmp_path_factory.mktemp("pace")))
    one = Store(url)
    one.upgrade()
    other = Store(url)
    yield one, other
    one.close()
    other.close()


def test_moments_of_many_threads_of_two_programs_keep_their_distance(stores: tuple[Store, Store]) -> None:
    def moment(n: int) -> float:
        found = pace.reserve(stores[n % 2], "busy", RATE)
        assert found.flight is not None
        return time.monotonic() + found.pause

    with ThreadPoolExecutor(8) as pool:
        moments = sorted(pool.map(moment, range(40)))
    assert moments[-1] - moments[0] >= 39 * STEP - 0.05
    for first, later in zip(moments, moments[10:], strict=False):
        assert later - first >= 10 * STEP - 0.05


def test_who_comes_alone_need_not_wait(stores: tuple[Store, Store]) -> None:
    assert pace.reserve(stores[0], "quiet", RATE).pause <= STEP
    time.sleep(3 * STEP)
    assert pace.reserve(stores[1], "quiet", RATE).pause <= STEP


def test_two_rates_do_not_wait_for_each_other(stores: tuple[Store, Store]) -> None:
    for _ in range(20):
        pace.reserve(stores[0], "one", 1.0)
    assert pace.reserve(stores[0], "another", 1.0).pause <= 1.0


def test_a_request_counts_until_a_second_after_its_answer_or_until_it_is_lost(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "LOST", 60 * pace.SECOND)
    flights = [pace.reserve(stores[n % 2], "full", 3.0).flight for n in range(3)]
    full = pace.reserve(stores[0], "full", 3.0)
    assert full.flight is None
    assert full.pause > 50  # until the first of them is taken for lost
    assert flights[1] is not None
    pace.answered(stores[1], flights[1])
    soon = pace.reserve(stores[0], "full", 3.0)
    assert soon.flight is None
    assert 0 < soon.pause <= 1
    time.sleep(soon.pause + 0.01)
    assert pace.reserve(stores[0], "full", 3.0).flight is not None


def test_a_server_that_takes_requests_up_late_never_sees_more_than_the_rate(stores: tuple[Store, Store]) -> None:
    """Two programs, and between departure and answer lies the moment the server counts, anywhere."""
    paces = [SharedPace(store, "late", 20.0) for store in stores]
    seen: list[float] = []
    end = time.monotonic() + 3.5

    def work(place: int) -> None:
        delays, mine = random.Random(place), paces[place % 2]
        while time.monotonic() < end:
            mine.wait()
            before, after = delays.choice([(0, 0), (0.4, 0), (0, 0.2), (0.1, 0.1)])
            time.sleep(before)
            seen.append(time.monotonic())
            time.sleep(after)
            mine.answered()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    seen.sort()
    assert len(seen) > 20
    assert all(later - first >= 1 for first, later in zip(seen, seen[20:], strict=False))


def test_a_decision_overtakes_what_waits_in_the_process(stores: tuple[Store, Store]) -> None:
    mine, left, started = SharedPace(stores[0], "overtaken", 10.0), [], threading.Barrier(13)

    def batch() -> None:
        started.wait()
        mine.wait()
        left.append("batch")

    def decision() -> None:
        with overtaking():
            mine.wait()
        left.append("decision")

    threads = [threading.Thread(target=batch) for _ in range(12)]
    for thread in threads:
        thread.start()
    started.wait()
    end = time.monotonic() + 5
    while len(mine._turn._waiting) < 5 and time.monotonic() < end:
        time.sleep(0.001)
    urgent = threading.Thread(target=decision)
    urgent.start()
    for thread in (*threads, urgent):
        thread.join(20)
    assert len(left) == 13
    assert left.index("decision") < 11, "it came last, as everything else"


def test_one_that_overslept_its_moment_asks_for_another(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was frozen between permission and departure would send what others have been given since."""
    mine, given = SharedPace(stores[0], "asleep", 10.0), []
    reserve = pace.reserve

    def noted(*args: object) -> pace.Moment:
        given.append(reserve(*args))  # type: ignore[arg-type]
        return given[-1]

    monkeypatch.setattr(pace, "reserve", noted)
    moments = iter([0.0, 0.0, 99.0, 99.0, 99.0, 99.0])
    clock = SimpleNamespace(monotonic=lambda: next(moments), sleep=lambda _: None)
    monkeypatch.setattr(shared, "time", clock)
    mine.wait()
    assert len(given) == 2
    assert len(mine._flights) == 1
