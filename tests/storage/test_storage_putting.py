"""Two processes that write the same new row at once: one row, the later value, and no error."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import divisions, members, messages, references, tallies
from storage.database import Store, Tx
from storage.messages import Message
from tests.support.databases import fresh
from tests.support.stores import KEY, found_company

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
Write = Callable[[Tx, str, str], object]

WRITES: dict[str, tuple[Write, Callable[[Tx, str], object], object]] = {
    "bookmark": (
        lambda tx, company, value: references.mark(tx, company, "read", value),
        lambda tx, company: references.marked(tx, company, "read"),
        "second",
    ),
    "message": (
        lambda tx, company, value: messages.keep(tx, company, "run:1", Message("C1", "1.1", value, NOON)),
        lambda tx, company: getattr(messages.find(tx, company, "run:1"), "picture", None),
        "second",
    ),
    "member": (
        lambda tx, company, value: members.choose(tx, company[:20], "U1", quiet=value),
        lambda tx, company: members.get(tx, company[:20], "U1").quiet,
        "second",
    ),
    "division": (
        lambda tx, company, value: divisions.keep(tx, company, 1, value, "T1/U1", NOON),
        lambda tx, company: getattr(divisions.get(tx, company, 1), "state", None),
        "second",
    ),
    "tally": (
        lambda tx, company, value: tallies.add(tx, company, ("all", "2026-12-01", "EUR"), 1, len(value)),
        lambda tx, company: tx.execute(
            text("SELECT n, cents FROM bill_tally WHERE company = :c"), {"c": company}
        ).one(),
        (2, len("first") + len("second")),
    ),
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    """Two programs on one PostgreSQL: on SQLite only one writes at a time."""
    url = fresh("postgresql", Path(tmp_path_factory.mktemp("putting")))
    one = Store(url, (KEY,))
    one.upgrade()
    return one, Store(url, (KEY,))


@pytest.mark.parametrize("what", WRITES)
def test_the_second_waits_and_has_the_last_word(stores: tuple[Store, Store], what: str) -> None:
    one, other = stores
    write, read, expected = WRITES[what]
    company = found_company(one)

    def second() -> None:
        with other.write() as tx:
            write(tx, company, "second")

    with ThreadPoolExecutor(1) as pool:
        with one.write() as tx:
            write(tx, company, "first")
            later = pool.submit(second)
            _until_waiting(one)
        later.result(timeout=30)
    with one.read() as tx:
        assert read(tx, company) == expected


def _until_waiting(store: Store) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with store.read() as tx:
            if tx.execute(WAITING).scalar():
                return
        time.sleep(0.01)
    raise AssertionError("the second writer never came")
