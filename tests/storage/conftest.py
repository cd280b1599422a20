"""A store on each database, with two companies of the test's own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.database import Store
from tests.support.databases import KINDS, fresh
from tests.support.stores import KEY, found_company


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for a module; each test has companies of its own."""
    opened = Store(fresh(request.param, tmp_path_factory.mktemp("store")), (KEY,))
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def company(store: Store) -> str:
    return found_company(store)


@pytest.fixture
def other(store: Store) -> str:
    """A second company in the same database."""
    return found_company(store)
