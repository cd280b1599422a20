"""One rate for all processes: the moments given out are spaced, whoever asks for them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage import pace
from storage.database import Store
from tests.support.databases import fresh

STEP = 0.02


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
        wait = pace.reserve(stores[n % 2], "busy", STEP)
        return time.monotonic() + wait

    with ThreadPoolExecutor(8) as pool:
        moments = sorted(pool.map(moment, range(60)))
    assert moments[-1] - moments[0] >= 59 * STEP - 0.05
    for first, later in zip(moments, moments[10:], strict=False):
        assert later - first >= 10 * STEP - 0.05


def test_who_comes_alone_need_not_wait(stores: tuple[Store, Store]) -> None:
    assert pace.reserve(stores[0], "quiet", STEP) <= STEP
    time.sleep(3 * STEP)
    assert pace.reserve(stores[1], "quiet", STEP) <= STEP


def test_two_rates_do_not_wait_for_each_other(stores: tuple[Store, Store]) -> None:
    for _ in range(20):
        pace.reserve(stores[0], "one", 1.0)
    assert pace.reserve(stores[0], "another", 1.0) <= 1.0
