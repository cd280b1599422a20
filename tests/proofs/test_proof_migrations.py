"""G20: a migration is killed before and after each of its statements and run again, on both databases, with rows.

All of a staircase is one transaction. So a death leaves the tables and rows exactly as they were, and who runs the
migration after any number of deaths has what he has who ran it once. A death in the commit leaves one or the other.
"""

from __future__ import annotations

import os
import re
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from storage.database import Store, migrations
from tests.storage.test_storage_migrations import steps
from tests.support.databases import KINDS, fresh

EVERY = int(os.environ.get("KIERTO_PROOF_MIGRATIONS", "1"))  # each so many-th point of death
MANY = int(os.environ.get("KIERTO_PROOF_MIGRATED", "1000000"))  # rows of the large one
ROWS = 12
PIECE = 10_000
NOW = re.compile(r"20(?!01)\d\d-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*(\+\S+)?")  # what a migration writes of its own moment
BILLS = "0004"  # the migration that makes their table
Picture = dict[str, Any]


def filled(store: Store, rows: int, only: tuple[str, ...], start: int = 0) -> None:
    """Rows numbered from ``start`` in these tables: values tell their column and number, references lead somewhere."""
    found = reflected(store)
    with store.write() as tx:
        for table in found.sorted_tables:
            for begin in range(start, start + rows if table.name in only else start, PIECE):
                made = [_row(table, n) for n in range(begin, min(start + rows, begin + PIECE))]
                tx.execute(table.insert(), made)


def reflected(store: Store) -> sa.MetaData:
    found = sa.MetaData()
    with warnings.catch_warnings(action="ignore"), store.read() as tx:  # company and workspace name each other
        found.reflect(tx)
        found.sorted_tables  # noqa: B018
    return found


def _row(table: sa.Table, number: int) -> dict[str, object]:
    circle = {"company": "team"}  # the other end of a circle is not there yet
    return {c.name: None if circle.get(table.name) == c.name else _value(c, number) for c in table.columns}


def _value(column: sa.Column[Any], number: int) -> object:
    for key in column.foreign_keys:
        column = key.column
        return _value(column, number % ROWS)
    kind = column.type
    if isinstance(kind, sa.Integer):
        return number + 1
    if isinstance(kind, sa.Boolean):
        return bool(number % 2)
    if isinstance(kind, sa.DateTime):
        return datetime(2001, 11, 1, 12, number % 60, tzinfo=UTC)
    if column.name == "gross":
        return f"{number}.05"
    words = f"{number:x}-{column.name}"
    return words.encode() if isinstance(kind, sa.LargeBinary) else words[: getattr(kind, "length", None) or 40]


def picture(store: Store) -> Picture:
    """Tables with their columns, keys and indexes, and all rows: what must not differ."""
    look = sa.inspect(store.engine)
    shape: Picture = {}
    for name in sorted(look.get_table_names()):
        shape[name] = (
            [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(name)],
            look.get_pk_constraint(name)["constrained_columns"],
            sorted((k["constrained_columns"], k["referred_table"]) for k in look.get_foreign_keys(name)),
            sorted((i["name"], i["column_names"], bool(i["unique"])) for i in look.get_indexes(name)),
            sorted(u["column_names"] for u in look.get_unique_constraints(name)),
        )
    with store.read() as tx:
        for name in list(shape):
            every = tx.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            shape[f"rows of {name}"] = sorted(NOW.sub("now", " | ".join(map(_plain, row))) for row in every)
    return shape


def _plain(value: object) -> str:
    return bytes(value).decode() if isinstance(value, memoryview | bytes) else str(value)


@contextmanager
def watched(seen: Callable[[str], None]) -> Iterator[None]:
    """``seen`` hears of each statement "before" and "after" it is carried out, and of the commit before it."""

    def before(*_: object) -> None:
        seen("before")

    def after(*_: object) -> None:
        seen("after")

    pairs = (("before_cursor_execute", before), ("after_cursor_execute", after), ("commit", before))
    for name, hear in pairs:
        sa.event.listen(sa.Engine, name, hear)
    try:
        yield
    finally:
        for name, hear in pairs:
            sa.event.remove(sa.Engine, name, hear)


def points(store: Store, step: str) -> int:
    """Goes up to ``step`` undisturbed; gives at how many points a death could have struck."""
    seen: list[str] = []
    with watched(seen.append):
        command.upgrade(migrations(store.url), step)
    return len(seen)


def dies(store: Store, step: str, at: int) -> None:
    """A process of its own goes up and is killed at the point ``at``; at 0 just after it has gone up."""
    store.close()
    pid = os.fork()
    if pid == 0:
        try:
            passed = count(1)
            with watched(lambda _: os.kill(os.getpid(), signal.SIGKILL) if next(passed) == at else None):
                command.upgrade(migrations(store.url), step)
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), "it failed by itself, before it could be killed"


@pytest.mark.gate("G20")
@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_each_statement_and_run_again(kind: str, tmp_path: Path) -> None:
    began, deaths, kept = time.monotonic(), 0, 0
    killed, calm = Store(fresh(kind, tmp_path)), Store(fresh(kind, tmp_path))
    for step in steps():
        before = picture(killed)
        kept += sum(len(rows) for name, rows in before.items() if name.startswith("rows of"))
        for at in range(1 + (deaths % EVERY), points(calm, step) + 1, EVERY):
            dies(killed, step, at)
            deaths += 1
            assert picture(killed) == before, f"{step} left something when it was killed at its point {at}"
        dies(killed, step, 0)
        deaths += 1
        after = picture(killed)
        assert after == picture(calm), f"{step} came out otherwise after {deaths} deaths"
        command.upgrade(migrations(killed.url), step)
        assert picture(killed) == after
        for store in (killed, calm):
            _more(store, before)
    print(
        f"\n  {kind}: {len(steps())} migrations, killed {deaths} times with {kept} rows in the tables, run again: "
        f"0 differences; {time.monotonic() - began:.0f} s"
    )
    for store in (killed, calm):
        store.close()


def _more(store: Store, before: Picture) -> None:
    """Rows in the tables that are new and that the migration has left empty."""
    now = picture(store)
    filled(store, ROWS, tuple(name for name in now if name not in before and now.get(f"rows of {name}") == []))


@pytest.mark.gate("G20")
@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_a_large_database_goes_up(kind: str, tmp_path: Path) -> None:
    """Half of the rows are documents, half bills: what grows, and what migrations have changed most."""
    store, staircase = Store(fresh(kind, tmp_path)), steps()
    bills = next(place for place, step in enumerate(staircase) if step == BILLS)
    for step in staircase[: bills + 1]:
        before = picture(store)
        command.upgrade(migrations(store.url), step)
        _more(store, before)
    for name in ("document", "bill"):
        filled(store, MANY // 2, (name,), start=ROWS)
    began = time.monotonic()
    store.upgrade()
    spent = time.monotonic() - began
    with store.read() as tx:
        counts = [tx.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in ("document", "bill")]
    store.close()
    print(f"\n  {kind}: {MANY:,} rows went up from {BILLS} to {staircase[-1]} in {spent:.1f} s, none lost")
    assert counts == [ROWS + MANY // 2] * 2
