"""How often a task was taken up, as the engine counts it before the work begins, and how often it has failed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import TableClause, column, delete, insert, select, table, update

from storage.database import Tx
from storage.pace_tables import failure


class Tries(NamedTuple):
    """``taken``: by a worker, this time counted. ``failed``: by the task's own doing, while its worker lived on."""

    taken: int
    failed: int


def of(tx: Tx, task: str) -> Tries:
    """What is known of the task; zeros for one that is not known."""
    engine = _engine(tx)
    taken = tx.execute(select(engine.c.recovery_attempts).where(engine.c.workflow_uuid == task)).scalar()
    failed = tx.execute(select(failure.c.count).where(failure.c.task == task)).scalar()
    return Tries(int(taken or 0), int(failed or 0))


def failed(tx: Tx, task: str, now: datetime) -> None:
    """Counts a failure that was the task's own doing."""
    more = update(failure).where(failure.c.task == task).values(count=failure.c.count + 1, at=now)
    if not tx.execute(more).rowcount:
        tx.execute(insert(failure).values(task=task, count=1, at=now))


def taken_at_least(tx: Tx, task: str, tries: int) -> None:
    """Counts the task as taken up so often."""
    engine = _engine(tx)
    known = (engine.c.workflow_uuid == task, engine.c.recovery_attempts < tries)
    tx.execute(update(engine).where(*known).values(recovery_attempts=tries))


def tidy(tx: Tx, before: datetime) -> None:
    """Forgets failures older than that: their tasks have long come to an end."""
    tx.execute(delete(failure).where(failure.c.at < before))


def _engine(tx: Tx) -> TableClause:
    """The engine's own table of tasks."""
    schema = None if tx.dialect.name == "sqlite" else "dbos"
    return table("workflow_status", column("workflow_uuid"), column("recovery_attempts"), schema=schema)
