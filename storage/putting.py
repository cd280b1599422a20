"""A row that is there or not yet: one statement, so that two processes at once leave one row and no error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Tx


def put(
    tx: Tx, table: Table, key: Mapping[str, Any], values: Mapping[str, Any], fresh: Mapping[str, Any] | None = None
) -> None:
    """Writes ``values`` into the row with this ``key``, which must be unique.

    A new row gets ``fresh``, too, in their place where they differ.

    An update that finds nothing, followed by an insert, fails on PostgreSQL when another process inserts in between.
    """
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    made = insert(table).values(**{**values, **(fresh or {}), **key})
    tx.execute(made.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


def add(tx: Tx, table: Table, values: Mapping[str, Any]) -> bool:
    """Adds the row; False when one with its unique key stands there already, which stays as it is."""
    return tx.execute(_adding(tx.dialect.name, table), dict(values)).first() is not None


@cache
def _adding(dialect: str, table: Table) -> Any:
    """Built once: rows are added for each thing that is heard."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
