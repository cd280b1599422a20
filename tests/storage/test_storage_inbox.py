"""What Slack says is heard once, however often and wherever it is delivered, and is kept sealed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import inbox
from storage.database import Store
from storage.tables import inbox as table
from tests.support.stores import KEY, NOON


def test_of_many_deliveries_at_once_one_is_the_first(store: Store) -> None:
    second = Store(store.url, (KEY,))  # as another process would
    try:
        with ThreadPoolExecutor(8) as pool:
            heard = list(pool.map(lambda n: inbox.first((store, second)[n % 2], f"key {n // 20}", NOON), range(200)))
        assert heard.count(True) == 10
        assert [sum(heard[n : n + 20]) for n in range(0, 200, 20)] == [1] * 10
    finally:
        second.close()


def test_one_taken_back_is_heard_again(store: Store) -> None:
    assert inbox.first(store, "taken back", NOON)
    inbox.forget(store, "taken back")
    assert inbox.first(store, "taken back", NOON)
    assert not inbox.first(store, "taken back", NOON)


def test_what_was_said_is_kept_once_and_sealed(store: Store) -> None:
    with store.write() as tx:
        assert inbox.keep(tx, "said once", "send invoices", NOON)
        assert not inbox.keep(tx, "said once", "something else", NOON)
        assert inbox.take(tx, "said once") == ("send invoices", False)
        sealed = tx.execute(select(table.c.said).where(table.c.key == "said once")).scalar_one()
        assert b"invoices" not in bytes(sealed)
        inbox.done(tx, "said once", NOON)
        assert inbox.take(tx, "said once") == ("send invoices", True)


def test_what_was_never_said_cannot_be_taken(store: Store) -> None:
    with store.read() as tx, pytest.raises(LookupError):
        inbox.take(tx, "never said")


def test_tidying_forgets_the_old_and_nothing_else(store: Store) -> None:
    inbox.first(store, "old delivery", NOON - timedelta(minutes=16))
    inbox.first(store, "young delivery", NOON - timedelta(minutes=14))
    with store.write() as tx:
        for key, at, done in (("old", 31, True), ("young", 29, True), ("undone", 90, False)):
            inbox.keep(tx, f"tidy {key}", "…", NOON - timedelta(days=at))
            if done:
                inbox.done(tx, f"tidy {key}", NOON - timedelta(days=at))
        inbox.tidy(tx, NOON)
        with pytest.raises(LookupError):
            inbox.take(tx, "tidy old")
        assert inbox.take(tx, "tidy young")[1]
        assert not inbox.take(tx, "tidy undone")[1]
    assert inbox.first(store, "old delivery", NOON)
    assert not inbox.first(store, "young delivery", NOON)
