"""One rate for all processes: the moments given out are spaced, and no second holds more than the rate."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import pace as shared
from bot.pace import AHEAD, SharedPace
from procountor.limiter import limit_of
from procountor.turns import overtaking
from storage import pace
from storage.database import Store
from storage.pace import Answered, Ledger, Moment, Terms
from tests.support.databases import fresh

RATE = 50.0
STEP = 1 / RATE
TERMS = Terms(RATE, 100)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PostgreSQL for several programs."""
    url = fresh("postgresql", Path(tmp_path_factory.mktemp("pace")))
    store = Store(url)
    store.upgrade()
    store.close()
    return url


@pytest.fixture
def ledgers(url: str, request: pytest.FixtureRequest) -> Iterator[tuple[Ledger, Ledger]]:
    """Two programs at one rate."""
    two = Ledger(url, request.node.name), Ledger(url, request.node.name)
    yield two
    for ledger in two:
        ledger.close()


def test_moments_of_many_threads_of_two_programs_keep_their_distance(ledgers: tuple[Ledger, Ledger]) -> None:
    def moment(n: int) -> float:
        found = ledgers[n % 2].reserve(TERMS)
        assert found.flight is not None
        return time.monotonic() + found.pause

    with ThreadPoolExecutor(8) as pool:
        moments = sorted(pool.map(moment, range(40)))
    assert moments[-1] - moments[0] >= 39 * STEP - 0.05
    for first, later in zip(moments, moments[10:], strict=False):
        assert later - first >= 10 * STEP - 0.05


def test_who_comes_alone_need_not_wait(ledgers: tuple[Ledger, Ledger]) -> None:
    assert ledgers[0].reserve(TERMS).pause == 0
    time.sleep(3 * STEP)
    assert ledgers[1].reserve(TERMS).pause == 0


def test_two_rates_do_not_wait_for_each_other(url: str, ledgers: tuple[Ledger, Ledger]) -> None:
    for _ in range(20):
        ledgers[0].reserve(Terms(1.0, 100))
    other = Ledger(url, "another")
    assert other.reserve(Terms(1.0, 100)).pause == 0
    other.close()


def test_unused_turns_are_made_up_for_but_not_hoarded(ledgers: tuple[Ledger, Ledger]) -> None:
    terms = Terms(0.1, 100, behind=30.0)  # so slow that the test's own time does not matter
    found = [ledgers[n % 2].reserve(terms).pause for n in range(3)]
    assert found[0] == 0  # a new row: nothing was left unused
    assert found[1] == pytest.approx(10, abs=1)
    with ledgers[0]._opened() as db:
        db.execute("UPDATE pace SET next_free = next_free - 500 * 1000000 WHERE name = %s", (ledgers[0]._name,))
    assert [ledgers[n % 2].reserve(terms).pause > 1 for n in range(5)] == [False, False, False, False, True]


def test_a_person_leaves_before_his_turn_and_the_batch_a_turn_later(ledgers: tuple[Ledger, Ledger]) -> None:
    batch, person = Terms(0.1, 100), Terms(0.1, 100, ahead=25.0)
    assert [round(ledgers[0].reserve(batch).pause / 10) for _ in range(3)] == [0, 1, 2]
    assert [round(ledgers[1].reserve(person).pause) // 5 for _ in range(2)] == [1, 3]  # 25 s before 30 s and 40 s
    assert round(ledgers[0].reserve(batch).pause / 10) == 5


def test_a_request_counts_until_a_second_after_its_answer_or_until_it_is_lost(
    ledgers: tuple[Ledger, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_TAKE", pace._TAKE.replace(str(pace.LOST + pace.SECOND), str(60 * pace.SECOND)))
    three = Terms(1000.0, 3)
    flights = [ledgers[n % 2].reserve(three).flight for n in range(3)]
    full = ledgers[0].reserve(three)
    assert full.flight is None
    assert full.pause > 50  # until the first of them is taken for lost
    assert flights[1] is not None
    ledgers[1].answered([Answered(flights[1], 0.0)])
    soon = ledgers[0].reserve(three)
    assert soon.flight is None
    assert 0 < soon.pause <= 1
    assert flights[2] is not None
    late = ledgers[0].reserve(three, [Answered(flights[2], 2.0)])  # noted late: its second is over
    assert late.flight is not None


def test_a_connection_that_died_is_made_anew(ledgers: tuple[Ledger, Ledger]) -> None:
    one, other = ledgers
    one.reserve(TERMS)
    pid = one._opened().info.backend_pid
    other._opened().execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    assert one.reserve(TERMS).flight is not None
    assert one._opened().info.backend_pid != pid


@contextmanager
def running(url: str, name: str, rate: float, programs: int = 1) -> Iterator[list[SharedPace]]:
    paces = [SharedPace(url, name, rate) for _ in range(programs)]
    try:
        yield paces
    finally:
        for one in paces:
            one.close()


def test_a_server_that_takes_requests_up_late_never_sees_more_than_the_limit(url: str) -> None:
    """Two programs, and between departure and answer lies the moment the server counts, anywhere."""
    seen: list[float] = []

    def work(place: int, paces: list[SharedPace], end: float) -> None:
        delays, mine = random.Random(place), paces[place % 2]
        with overtaking(place % 5 == 0):
            while time.monotonic() < end:
                mine.wait()
                before, after = delays.choice([(0, 0), (0.4, 0), (0, 0.2), (0.1, 0.1)])
                time.sleep(before)
                seen.append(time.monotonic())
                time.sleep(after)
                mine.answered()

    with running(url, "late", 20.0, 2) as paces, ThreadPoolExecutor(16) as pool:
        end = time.monotonic() + 3.5
        list(pool.map(lambda place: work(place, paces, end), range(16)))
    seen.sort()
    most = limit_of(20.0)
    assert len(seen) > most
    assert all(later - first >= 1 for first, later in zip(seen, seen[most:], strict=False))


def test_a_decision_overtakes_what_waits_in_the_process(url: str) -> None:
    left, started = [], threading.Barrier(13)

    def batch(mine: SharedPace) -> None:
        started.wait()
        mine.wait()
        left.append("batch")

    def decision(mine: SharedPace) -> None:
        with overtaking():
            mine.wait()
        left.append("decision")

    with running(url, "overtaken", 10.0) as (mine,):
        threads = [threading.Thread(target=batch, args=(mine,)) for _ in range(12)]
        for thread in threads:
            thread.start()
        started.wait()
        end = time.monotonic() + 5
        while len(mine._turn._waiting) < 5 and time.monotonic() < end:
            time.sleep(0.001)
        urgent = threading.Thread(target=decision, args=(mine,))
        urgent.start()
        for thread in (*threads, urgent):
            thread.join(20)
    assert len(left) == 13
    assert left.index("decision") < 11, "it came last, as everything else"


def test_a_decision_has_places_of_its_own(url: str) -> None:
    """A batch holds as many as it may, and no answer comes."""
    with running(url, "full", 50.0) as (mine,):
        while mine._ledgers[0].reserve(mine._batch).flight is not None:
            pass
        assert mine._ledgers[1].reserve(mine._person).flight is not None
        assert mine._person.most <= limit_of(50.0)
        assert mine._person.ahead == AHEAD


def test_one_that_overslept_its_moment_asks_for_another(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was frozen between permission and departure would send what others have been given since."""
    given: list[Moment] = []
    reserve = Ledger.reserve

    def noted(ledger: Ledger, *args: object) -> Moment:
        given.append(reserve(ledger, *args))  # type: ignore[arg-type]
        return given[-1]

    with running(url, "asleep", 10.0) as (mine,):
        monkeypatch.setattr(Ledger, "reserve", noted)
        moments = iter([0.0, 0.0, 99.0, 99.0, 99.0, 99.0, 99.0, 99.0])
        clock = SimpleNamespace(monotonic=lambda: next(moments, 99.0), sleep=lambda _: None)
        monkeypatch.setattr(shared, "time", clock)
        mine.wait()
        assert len(given) == 2
        assert len(mine._flights) == 1
        monkeypatch.undo()
