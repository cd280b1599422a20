"""A store of each test's own, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Store
from tests.support.databases import KINDS, fresh
from tests.support.stores import KEY


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = Store(fresh(request.param, tmp_path), (KEY,))
    opened.upgrade()
    yield opened
    opened.close()
