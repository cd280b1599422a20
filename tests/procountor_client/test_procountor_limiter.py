"""Never more than the allowed number of requests in any second, and hardly fewer than agreed."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from procountor.connection import Client, connect
from procountor.limiter import Limiter, limit_of
from tests.procountor_client.loopback import answer, loopback

THREADS = 16


def together(work: Callable[[], None], threads: int = THREADS) -> None:
    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def busiest_second(moments: list[float]) -> int:
    """The most moments in any half-open window of one second."""
    moments = sorted(moments)
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def test_the_count_counts() -> None:
    assert busiest_second([0, 0.5, 0.999, 1.0, 1.2]) == 4
    assert busiest_second([5.0]) == 1


@pytest.mark.parametrize(("rate", "seconds"), [(48, 2.5), (10, 1.2), (200, 1.2)])
def test_departures_never_exceed_the_limit_however_they_are_delayed(rate: int, seconds: float) -> None:
    """Between permission and departure a thread may be held up: the block is where that can be seen."""
    limiter, left, end = Limiter(rate), [], time.monotonic() + seconds

    def work() -> None:
        delays = random.Random(threading.get_ident())
        while time.monotonic() < end or len(left) <= rate:  # a busy machine takes its time to come to the limit
            with limiter.wait():
                time.sleep(delays.choice([0, 0, 0, 0.002]))
                left.append(time.monotonic())
            limiter.answered()

    together(work)
    assert busiest_second(left) <= limit_of(rate)
    assert len(left) > rate
    assert len(left) - 1 <= rate * (left[-1] - left[0] + 1)


class Noting:
    """The limiter, noting when the head of each request was out."""

    def __init__(self, rate: float) -> None:
        self.limiter = Limiter(rate)
        self.left: list[float] = []

    @contextmanager
    def wait(self) -> Iterator[None]:
        with self.limiter.wait():
            yield
            self.left.append(time.monotonic())

    def answered(self) -> None:
        self.limiter.answered()


def test_a_server_that_takes_requests_up_late_never_sees_more_than_the_limit() -> None:
    """Between departure and answer lies the moment the server counts, anywhere."""
    limiter, seen, end = Limiter(20), [], time.monotonic() + 3.5

    def work() -> None:
        delays = random.Random(threading.get_ident())
        while time.monotonic() < end:
            with limiter.wait():
                pass
            before, after = delays.choice([(0, 0), (0.4, 0), (0, 0.2), (0.1, 0.1)])
            time.sleep(before)
            seen.append(time.monotonic())
            time.sleep(after)
            limiter.answered()

    together(work, 24)
    assert busiest_second(seen) <= limit_of(20)
    assert len(seen) > limit_of(20)


def test_requests_over_http_leave_within_the_rate() -> None:
    pace = Noting(48)
    with loopback(lambda _: [answer()]) as server:
        client = Client(server.url, "id", "secret", "https://kierto.test/back")
        with connect(client, pace) as procountor:
            api, end = procountor.company("key"), time.monotonic() + 2.5

            def work() -> None:
                while time.monotonic() < end:
                    api.get("coa")

            together(work)
    assert busiest_second(pace.left) <= limit_of(48)
    assert len(pace.left) == len(server.seen) > 60


@pytest.mark.parametrize(
    ("rate", "limit"), [(48, 60), (16, 20), (60, 60), (1.5, 1), (0.5, 1), (10, 12), (200, 200), (100, 100)]
)
def test_the_rate_is_four_fifths_of_the_limit(rate: float, limit: int) -> None:
    assert limit_of(rate) == limit


@pytest.mark.parametrize(("rate", "gap"), [(1.5, 0.66), (4, 0.2)])
def test_slow_rates_are_spread(rate: float, gap: float) -> None:
    limiter, left = Limiter(rate), []
    for _ in range(3):
        with limiter.wait():
            left.append(time.monotonic())
        limiter.answered()
    assert min(b - a for a, b in itertools.pairwise(left)) >= gap


@pytest.mark.parametrize("rate", [0, -1])
def test_no_rate_is_no_limiter(rate: int) -> None:
    with pytest.raises(ValueError, match="rate above zero"):
        Limiter(rate)
