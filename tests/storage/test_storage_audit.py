"""The trail: whatever is altered in it shows, and the first altered row is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from storage import audit
from storage.database import Store, Tx
from storage.tables import audit as table
from tests.support.databases import KINDS, fresh
from tests.support.stores import NOON

ROWS = 20


@pytest.fixture(params=KINDS)
def trail(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A trail of twenty rows in a database of its own."""
    store = Store(fresh(request.param, tmp_path))
    store.upgrade()
    for n in range(1, ROWS + 1):
        with store.write() as tx:
            audit.note(tx, "c1", "T1/U1", "run.sent", f"run:{n}", NOON + timedelta(seconds=n), invoices=n, nimi="Åsa")
    yield store
    store.close()


def verified(store: Store, head: audit.Head | None = None) -> int | None:
    with store.read() as tx:
        return audit.verify(tx, *([head] if head else []))


def alter(tx: Tx, seq: int, **values: object) -> None:
    tx.execute(update(table).where(table.c.seq == seq).values(**values))


def swap(tx: Tx, one: int, other: int) -> None:
    for before, after in ((one, 1000), (other, one), (1000, other)):
        tx.execute(update(table).where(table.c.seq == before).values(seq=after))


def forge(tx: Tx) -> None:
    """A row put in the place of another, rightly computed from the one before it."""
    tx.execute(delete(table).where(table.c.seq >= 8))
    audit.note(tx, "c1", "T1/U9", "run.sent", "run:8", NOON, invoices=1)


WRONGS: list[tuple[str, Callable[[Tx], object], int]] = [
    ("who", lambda tx: alter(tx, 7, who="T1/U2"), 7),
    ("what", lambda tx: alter(tx, 1, what="run.cancelled"), 1),
    ("subject", lambda tx: alter(tx, 20, subject="run:21"), 20),
    ("details", lambda tx: alter(tx, 13, details='{"invoices": 14}'), 13),
    ("company", lambda tx: alter(tx, 13, company="c2"), 13),
    ("at", lambda tx: alter(tx, 5, at=NOON), 5),
    ("hash", lambda tx: alter(tx, 5, hash="0" * 64), 5),
    ("before", lambda tx: alter(tx, 5, prev_hash="0" * 64), 5),
    ("delete", lambda tx: tx.execute(delete(table).where(table.c.seq == 9)), 9),
    ("first", lambda tx: tx.execute(delete(table).where(table.c.seq == 1)), 1),
    ("swap", lambda tx: swap(tx, 4, 15), 4),
    ("neighbours", lambda tx: swap(tx, 10, 11), 10),
    ("end", lambda tx: tx.execute(delete(table).where(table.c.seq > 15)), 16),
    ("all", lambda tx: tx.execute(delete(table)), 1),
    ("forged", forge, 9),
]


def test_an_unaltered_trail_is_whole(trail: Store) -> None:
    with trail.read() as tx:
        head = audit.head(tx)
        assert [e.subject for e in audit.trail(tx, "c1")] == [f"run:{n}" for n in range(1, ROWS + 1)]
        assert [e.seq for e in audit.trail(tx, "c1", "run:7")] == [7]
        assert list(audit.trail(tx, "c2")) == []
    assert head.seq == ROWS
    assert verified(trail) is None
    assert verified(trail, head) is None


@pytest.mark.parametrize(("name", "wrong", "first"), WRONGS, ids=[name for name, _, _ in WRONGS])
def test_the_first_altered_row_is_named(trail: Store, name: str, wrong: Callable[[Tx], object], first: int) -> None:
    with trail.read() as tx:
        head = audit.head(tx)
    with trail.write() as tx:
        wrong(tx)
    assert verified(trail, head) == first


def test_a_head_noted_earlier_proves_the_rows_up_to_it(trail: Store) -> None:
    with trail.read() as tx:
        head = audit.head(tx)
    with trail.write() as tx:
        audit.note(tx, "c1", "T1/U1", "run.sent", "run:21", NOON)
    assert verified(trail, head) is None
    with trail.write() as tx:
        tx.execute(delete(table).where(table.c.seq >= ROWS))
        audit.note(tx, "c1", "T1/U1", "run.sent", "run:21", NOON)
    assert verified(trail, head) == ROWS


def test_many_writers_make_one_chain(trail: Store) -> None:
    def write(n: int) -> None:
        with trail.write() as tx:
            audit.note(tx, "c1", "T1/U1", "run.sent", f"more:{n}", NOON)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(60)))
    assert verified(trail) is None
    with trail.read() as tx:
        assert audit.head(tx).seq == ROWS + 60
