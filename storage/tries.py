"""How often a task was taken up, as the engine counts it before the work begins, and how often it has failed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import TableClause, column, delete, select, table, update

from storage.database import Tx
from storage.pace_tables import failure
from storage.putting import put


def _table(schema: str | None) -> TableClause:
    return table("workflow_status", column("workflow_uuid"), column("recovery_attempts"), schema=schema)


_SQLITE, _POSTGRESQL = _table(None), _table("dbos")


class Tries(NamedTuple):
    """``taken``: by a worker, this time counted. ``failed``: by the task's own doing, while its worker lived on."""

    taken: int
    failed: int


def of(tx: Tx, task: str) -> Tries:
    """What is known of the task; zeros for one that is not known."""
    work = works(tx)
    taken = tx.execute(select(work.c.recovery_attempts).where(work.c.workflow_uuid == task)).scalar()
    failed = tx.execute(select(failure.c.count).where(failure.c.task == task)).scalar()
    return Tries(int(taken or 0), int(failed or 0))


def failed(tx: Tx, task: str, now: datetime) -> None:
    """Counts a failure that was the task's own doing."""
    put(tx, failure, {"task": task}, {"count": failure.c.count + 1, "at": now}, fresh={"count": 1})


def taken_at_least(tx: Tx, task: str, tries: int) -> None:
    """Counts the task as taken up so often."""
    work = works(tx)
    fewer = (work.c.workflow_uuid == task) & (work.c.recovery_attempts < tries)
    tx.execute(update(work).where(fewer).values(recovery_attempts=tries))


def tidy(tx: Tx, before: datetime) -> None:
    """Forgets failures older than that: their tasks have long come to an end."""
    tx.execute(delete(failure).where(failure.c.at < before))


def works(tx: Tx) -> TableClause:
    """The engine's own table."""
    return _SQLITE if tx.dialect.name == "sqlite" else _POSTGRESQL
