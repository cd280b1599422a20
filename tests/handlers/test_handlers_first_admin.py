"""Of several admins of a workspace who type `setup` in the same moment, one becomes the company's first admin."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from finance.authority import Holder, Right
from handlers import setup
from storage import rights
from storage.database import Store
from tests.support.databases import KINDS, fresh
from tests.support.stores import KEY, NOON, found_company

TEAM, MANY = "T1", 6


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(fresh(request.param, tmp_path_factory.mktemp("first")), (KEY,))
    opened.upgrade()
    yield opened
    opened.close()


def test_one_is_the_first(store: Store) -> None:
    together = threading.Barrier(MANY)
    desk = SimpleNamespace(store=store, clock=lambda: NOON)
    for _ in range(5):
        company = found_company(store)

        def asks(user: str, company: str = company) -> bool:
            said = SimpleNamespace(team=TEAM, user=user)
            here: Any = SimpleNamespace(
                desk=desk, company=SimpleNamespace(id=company), said=said, holder=Holder(frozenset()), who=user
            )
            together.wait()
            return setup._becomes(here)

        with ThreadPoolExecutor(MANY) as hands:
            became = list(hands.map(asks, [f"U{n}" for n in range(MANY)]))
        with store.read() as tx:
            assert len(rights.with_right(tx, company, Right.ADMIN)) == became.count(True) == 1
