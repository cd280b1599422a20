"""Writing together: one transaction for many, an answer after the commit, and nobody spoiled by another's failure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import delete, select

from storage.database import Store, Tx
from storage.putting import add
from storage.tables import seen
from storage.together import Together
from tests.support.stores import NOON


def _adds(key: str) -> Callable[[Tx], bool]:
    return lambda tx: add(tx, seen, {"key": key, "at": NOON})


@pytest.fixture(autouse=True)
def _empty(store: Store) -> None:
    with store.write() as tx:
        tx.execute(delete(seen))


def _kept(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(tx.execute(select(seen.c.key)).scalars())


class Gate:
    """The first transaction waits until it is let on, so that all that comes meanwhile waits together."""

    def __init__(self, store: Store, fails: bool = False) -> None:
        self.store, self.fails = store, fails
        self.begun, self.on, self.transactions = threading.Event(), threading.Event(), 0

    @contextmanager
    def write(self) -> Iterator[Any]:
        self.transactions += 1
        with self.store.write() as tx:
            yield tx
            if self.transactions == 1:
                self.begun.set()
                assert self.on.wait(30)
        if self.fails and self.transactions > 1:
            raise OSError("the connection went away")

    def all(self, together: Together, *works: Callable[[Tx], Any]) -> list[Any]:
        """What came of each; the first alone, the others gathered behind it."""
        with ThreadPoolExecutor(len(works)) as many:
            first = many.submit(together.do, works[0])
            assert self.begun.wait(30)
            others = [many.submit(together.do, work) for work in works[1:]]
            while len(together._waiting) < len(others):
                threading.Event().wait(0.001)
            self.on.set()
            return [one.exception() or one.result() for one in (first, *others)]


def test_what_waits_is_written_in_one_transaction(store: Store) -> None:
    gate = Gate(store)
    told = gate.all(Together(gate.write, 30), *(_adds(f"k{n}") for n in range(20)))
    assert told == [True] * 20
    assert gate.transactions == 2
    assert len(_kept(store)) == 20


def test_of_equal_ones_in_one_transaction_one_is_the_first(store: Store) -> None:
    gate = Gate(store)
    told = gate.all(Together(gate.write, 30), _adds("a"), *(_adds("b") for _ in range(9)))
    assert sorted(told[1:]) == [False] * 8 + [True]


def test_one_that_fails_spoils_nothing_for_the_others(store: Store) -> None:
    def broken(tx: Tx) -> None:
        _adds("half done")(tx)
        raise KeyError("broken")

    def unfit(tx: Tx) -> None:
        tx.exec_driver_sql("SELECT no_such_column FROM seen")

    gate = Gate(store)
    told = gate.all(Together(gate.write, 30), *map(_adds, "ab"), broken, unfit, *map(_adds, "cd"))
    assert [one for one in told if one is True] == [True] * 4
    assert isinstance(told[2], KeyError)
    assert isinstance(told[3], Exception)
    assert _kept(store) == ["a", "b", "c", "d"]


def test_when_nobody_knows_what_stands_everybody_hears_it_and_nothing_is_done_anew(store: Store) -> None:
    gate = Gate(store, fails=True)
    told = gate.all(Together(gate.write, 30), *map(_adds, "abcd"))
    assert told[0] is True
    assert all(isinstance(one, OSError) for one in told[1:])
    assert gate.transactions == 2


def test_nobody_waits_for_ever(store: Store) -> None:
    gate = Gate(store)
    together = Together(gate.write, 30)
    with ThreadPoolExecutor(1) as many:
        first = many.submit(together.do, _adds("a"))
        assert gate.begun.wait(30)
        together._patience = 0.01
        with pytest.raises(TimeoutError):
            together.do(_adds("b"))
        gate.on.set()
        assert first.result() is True
    assert together.do(lambda _: "still at work") == "still at work"
    assert _kept(store) == ["a"]


def test_it_ends_when_nobody_comes_and_begins_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.together.IDLE", 0.01)
    together = Together(store.write, 30)
    for number in range(3):
        assert together.do(_adds(f"k{number}"))
        while together._writing:
            threading.Event().wait(0.001)
    assert len(_kept(store)) == 3
