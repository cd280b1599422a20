"""Alembic's entry: migrates the database named by the caller, SQLite and PostgreSQL alike."""

from __future__ import annotations

from alembic import context

from storage import bill_tables, capture_tables, circle_tables, claim_tables, pace_tables, sales_tables, tables
from storage.columns import metadata
from storage.database import Store

TABLES = (
    tables,
    bill_tables,
    capture_tables,
    circle_tables,
    claim_tables,
    pace_tables,
    sales_tables,
)  # known to metadata


def run() -> None:
    """One transaction for the whole staircase, so that a crash in the middle leaves the old form whole."""
    store = Store(context.config.attributes["url"])
    with store.rebuild() as tx:
        context.configure(connection=tx, target_metadata=metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    store.close()


run()
