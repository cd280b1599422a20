"""A store of each test's own, on each database; and a terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import console
from storage import companies
from storage.database import Store
from tests.support.databases import KINDS, fresh
from tests.support.stores import KEY, NOON
from tests.support.terminal import Terminal


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = Store(fresh(request.param, tmp_path), (KEY,))
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = fresh("sqlite", tmp_path_factory.mktemp("commands"))
    store = Store(url, (KEY,))
    store.upgrade()
    with store.write() as tx:
        companies.connect(tx, "Yhtiö [/] Oy", "2077474-0", 12_001, 501, "avain", NOON)
    store.close()
    return url


@pytest.fixture
def terminal(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    for name, value in {"DATABASE_URL": database, "KIERTO_SECRET_KEY": KEY, "COLUMNS": "200"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console, "log_as", lambda *how, **more: None)  # of the tests' own process
    monkeypatch.setattr(logging, "captureWarnings", lambda on: None)
    store = Store(database, (KEY,))
    with store.read() as tx:
        (only,) = companies.everyone(tx)
    yield Terminal(store, only.id, capsys, monkeypatch)
    store.close()
