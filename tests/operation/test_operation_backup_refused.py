"""Backups that cannot be taken leave nothing behind, and one is put where nothing stood."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from test_operation_backup import filled, settings

from bot import backup
from bot.backup import Unfit
from bot.heads import heads_of
from storage import companies
from storage.audit import Head
from storage.database import Store
from tests.support.databases import fresh
from tests.support.stores import KEY, NOON


def test_tables_of_another_version_are_not_backed_up(tmp_path: Path) -> None:
    found = filled(fresh("sqlite", tmp_path))
    store = Store(found.database_url)
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    store.close()
    with pytest.raises(Unfit, match="kierto migrate"):
        backup.take(found, tmp_path / "copy", NOON)
    assert list(tmp_path.glob("copy*")) == []


def test_a_copy_that_is_not_whole_is_not_kept(tmp_path: Path) -> None:
    found = filled(fresh("sqlite", tmp_path))
    with closing(sqlite3.connect(found.database_url.removeprefix("sqlite:///"), isolation_level=None)) as file:
        file.execute("CREATE TABLE broken (x, y)")
        file.execute("CREATE INDEX by_x ON broken (x)")
        file.execute("INSERT INTO broken VALUES (1, 2)")
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX by_x ON broken (y)' WHERE name = 'by_x'")
    with pytest.raises(Unfit, match="The copy is not whole"):
        backup.take(found, tmp_path / "copy", NOON)
    assert list(tmp_path.glob("copy*")) == []


def test_postgresql_without_its_programs_and_with_one_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = filled(fresh("postgresql", tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unfit, match="pg_dump is not installed here"):
        backup.take(found, tmp_path / "copy", NOON)
    fails = tmp_path / "pg_dump"
    fails.write_text('#!/bin/sh\nfor word; do case "$word" in --file=*) echo half > "${word#--file=}";; esac; done\n'
                     "echo no space left on device >&2; exit 3\n")  # fmt: skip
    fails.chmod(0o755)
    with pytest.raises(Unfit, match="pg_dump ended with 3: no space left on device"):
        backup.take(found, tmp_path / "copy", NOON)
    assert list(tmp_path.glob("copy*")) == []


def test_a_backup_is_put_where_nothing_stood_and_the_old_heads_are_put_aside(tmp_path: Path) -> None:
    found, copy = filled(fresh("sqlite", tmp_path)), tmp_path / "copy"
    backup.take(found, copy, NOON)
    target = settings(fresh("sqlite", tmp_path))
    assert backup.restore(target, copy, NOON) is None
    store = Store(target.database_url, (KEY,))
    with store.read() as tx:
        assert len(companies.everyone(tx)) == 1
    heads = heads_of(target, store)
    store.close()
    assert heads is not None
    backup.renew_heads(None, NOON)
    backup.renew_heads(heads, NOON)
    assert list(tmp_path.glob("*.heads*")) == [], "none was noted: none is put aside"
    heads.note(Head(3, "a" * 64), NOON)
    backup.renew_heads(heads, NOON)
    assert heads.read() == ()
    assert len(list(tmp_path.glob("*before-*"))) == 1
