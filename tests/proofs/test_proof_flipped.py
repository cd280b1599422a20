"""F10: bytes of the SQLite file are changed at hundreds of places, and it is told what is found, when, and what is not.

Each time the file is opened as at a start, looked through as at night, and all its rows held against what they were.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bot import practice
from bot.compose import build
from sandbox.procountor import seed
from sandbox.procountor.server import PracticeProcountor
from sandbox.slack.server import PracticeSlack
from storage import proving, resealing
from storage.damage import Damaged
from storage.database import Store
from storage.sealing import KeyMissing
from tests.kills import paperwork

PLACES = int(os.environ.get("KIERTO_PROOF_FLIPS", "500"))
BATCHES = 3
MOST = 64  # bytes at one place
PROVEN = {
    *("document.content", "claim.content", "claim.habits", "file.content"),
    *("reference.content", "register_entry.content", "run_item.faults", "run_item.summary"),
}
Rows = dict[str, Counter[tuple[object, ...]]]


@pytest.fixture
def store_file(tmp_path: Path) -> tuple[Path, tuple[str, ...]]:
    """The database of a company with a few hundred documents on their way, and its keys."""
    file, whole = tmp_path / "kierto.db", tmp_path / "whole.db"
    with (
        PracticeProcountor(seed.month(), rate=1000) as procountor,
        PracticeSlack(practice.workspace(practice.today())) as slack,
    ):
        settings = practice.practice_settings(procountor, slack, f"sqlite:///{file}", 1, 2.0, 60)
        company, house = practice.prepare(settings), build(settings)
        paperwork.know_people(house, company)
        for place in range(BATCHES):
            paperwork.send_batch(house, company, paperwork.FIRST + place * paperwork.BATCH)
        house.close()
    with closing(sqlite3.connect(file)) as db, closing(sqlite3.connect(whole)) as copy:
        db.backup(copy)
    return whole, settings.keys


def rows(file: Path) -> Rows:
    """All rows of all tables. Raises sqlite3.DatabaseError when they cannot be read."""
    with closing(sqlite3.connect(file)) as db:
        db.text_factory = bytes
        tables = [name.decode() for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: Counter(db.execute(f'SELECT * FROM "{table}"')) for table in tables}


def changed(before: Rows, after: Rows, file: Path) -> set[str]:
    """The columns in which rows are no more what they were."""
    found = set()
    with closing(sqlite3.connect(file)) as db:
        for table in before:
            lost, new = before[table] - after.get(table, Counter()), after.get(table, Counter()) - before[table]
            names = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
            for old, now in zip(sorted(lost, key=repr), sorted(new, key=repr), strict=False):
                found |= {f"{table}.{name}" for name, a, b in zip(names, old, now, strict=False) if a != b}
            if lost.total() != new.total():
                found.add(f"{table} (rows)")
    return found


def found_by(file: Path, keys: tuple[str, ...]) -> str:
    """Which of the product's own looks refuses the file: at the start, or at night; "" for none."""
    for end in ("-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    store = Store(f"sqlite:///{file}", keys)
    try:
        looks = {"at the start": store.check, "at night": lambda: _night(store)}
        for name, look in looks.items():
            try:
                look()
            except (Damaged, KeyMissing):
                return name
    finally:
        store.close()
    return ""


def _night(store: Store) -> None:
    store.check(wholly=True)
    with store.read() as tx:
        proving.look(tx)
        resealing.check(tx)


@pytest.mark.proof
def test_bytes_are_changed_at_many_places(store_file: tuple[Path, tuple[str, ...]], tmp_path: Path) -> None:
    whole, keys = store_file
    content, before, dice = whole.read_bytes(), rows(whole), random.Random(20261126)
    file, ends, left = tmp_path / "flipped.db", Counter[str](), Counter[str]()
    for _ in range(PLACES):
        flipped, at, many = bytearray(content), dice.randrange(len(content) - MOST), dice.randint(1, MOST)
        flipped[at : at + many] = bytes(byte ^ dice.randint(1, 255) for byte in content[at : at + many])
        file.write_bytes(flipped)
        end = found_by(file, keys)
        if not end:
            try:
                columns = changed(before, rows(file), file)
            except (sqlite3.DatabaseError, UnicodeDecodeError):  # the driver stumbles over broken words, too
                columns = {"said when it is read"}
            left.update(columns)
            end = "not found, other values" if columns else "not found, every row as it was"
        ends[end] += 1
    told = ", ".join(f"{count} {end}" for end, count in ends.most_common())
    print(f"\n  {PLACES} places of {len(content):,} bytes changed: {told}; the values: {dict(left.most_common())}")
    assert ends["at the start"], sys.modules[__name__].__doc__
    assert not PROVEN & set(left)
    assert not [column for column in left if column.startswith("audit.")]
