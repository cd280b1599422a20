"""Which documents have been put into which card's thread, so that they are put there once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.circle_tables import shown_document as table
from storage.database import Tx

ASKED, PUT, FAILED = "asked", "put", "failed"


@dataclass(frozen=True, slots=True)
class Shown:
    """``put`` is how many files are there so far, ``tries`` how often it was asked for."""

    state: str
    tries: int
    put: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Where:
    """The card in whose thread they are put, and the print of the bill they belong to."""

    company: str
    bill: int
    team: str
    user: str
    print: str


def get(tx: Tx, where: Where) -> Shown | None:
    row = tx.execute(select(table).where(*_at(where))).one_or_none()
    return None if row is None else Shown(row.state, row.tries, row.put, row.asked_at)


def ask(tx: Tx, where: Where, now: datetime) -> int:
    """Notes that they are asked for; which try it is, or 0 when they are there or on their way."""
    values = {"company": where.company, "bill": where.bill, "team": where.team, "slack_user": where.user}
    try:
        with tx.begin_nested():
            fresh = {"print": where.print, "state": ASKED, "tries": 1, "put": 0, "asked_at": now}
            tx.execute(insert(table).values(**values, **fresh))
    except IntegrityError:
        again = {"state": ASKED, "tries": table.c.tries + 1, "asked_at": now}
        if not tx.execute(update(table).where(*_at(where), table.c.state == FAILED).values(**again)).rowcount:
            return 0
    return int(tx.execute(select(table.c.tries).where(*_at(where))).scalar_one())


def change(tx: Tx, where: Where, **changed: Any) -> None:
    """Changes ``state`` or ``put``."""
    tx.execute(update(table).where(*_at(where)).values(**changed))


def _at(where: Where) -> tuple[Any, ...]:
    return (
        table.c.company == where.company, table.c.bill == where.bill, table.c.team == where.team,
        table.c.slack_user == where.user, table.c.print == where.print,
    )  # fmt: skip
