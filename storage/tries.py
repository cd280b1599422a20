"""How often a task was taken up, as the engine counts it before the work begins, and how often it has failed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, text, update

from storage.database import Tx
from storage.pace_tables import failure

_TAKEN = "SELECT recovery_attempts FROM {table} WHERE workflow_uuid = :task"
_AT_LEAST = "UPDATE {table} SET recovery_attempts = :tries WHERE workflow_uuid = :task AND recovery_attempts < :tries"


class Tries(NamedTuple):
    """``taken``: by a worker, this time counted. ``failed``: by the task's own doing, while its worker lived on."""

    taken: int
    failed: int


def of(tx: Tx, task: str) -> Tries:
    """What is known of the task; zeros for one that is not known."""
    taken = tx.execute(text(_named(tx, _TAKEN)), {"task": task}).scalar()
    failed = tx.execute(select(failure.c.count).where(failure.c.task == task)).scalar()
    return Tries(int(taken or 0), int(failed or 0))


def failed(tx: Tx, task: str, now: datetime) -> None:
    """Counts a failure that was the task's own doing."""
    more = update(failure).where(failure.c.task == task).values(count=failure.c.count + 1, at=now)
    if not tx.execute(more).rowcount:
        tx.execute(insert(failure).values(task=task, count=1, at=now))


def taken_at_least(tx: Tx, task: str, tries: int) -> None:
    """Counts the task as taken up so often."""
    tx.execute(text(_named(tx, _AT_LEAST)), {"task": task, "tries": tries})


def tidy(tx: Tx, before: datetime) -> None:
    """Forgets failures older than that: their tasks have long come to an end."""
    tx.execute(delete(failure).where(failure.c.at < before))


def _named(tx: Tx, sql: str) -> str:
    return sql.format(table="workflow_status" if tx.dialect.name == "sqlite" else "dbos.workflow_status")
