"""Who is away and who stands in: one absence at a time for each person; there are no chains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select

from storage.bill_tables import away
from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Absence:
    """From ``first`` to ``last``, both included; ``substitute`` is a Slack user of the same workspace."""

    company: str
    team: str
    user: str
    first: date
    last: date
    substitute: str

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last


def keep(tx: Tx, absence: Absence) -> None:
    """Notes an absence in the place of an earlier one."""
    end(tx, absence.company, absence.team, absence.user)
    tx.execute(
        insert(away).values(
            company=absence.company, team=absence.team, slack_user=absence.user, first=absence.first.isoformat(),
            last=absence.last.isoformat(), substitute=absence.substitute,
        )
    )  # fmt: skip


def end(tx: Tx, company: str, team: str, user: str) -> bool:
    """Ends an absence; False when there was none."""
    return bool(tx.execute(delete(away).where(*_mine(company, team, user))).rowcount)


def of(tx: Tx, company: str, team: str, user: str) -> Absence | None:
    """The person's absence, begun or to come."""
    row = tx.execute(select(away).where(*_mine(company, team, user))).one_or_none()
    return None if row is None else _absence(row)


def all(tx: Tx, company: str) -> tuple[Absence, ...]:
    rows = tx.execute(select(away).where(away.c.company == company).order_by(away.c.first, away.c.slack_user))
    return tuple(_absence(row) for row in rows)


def _mine(company: str, team: str, user: str) -> tuple[Any, ...]:
    return away.c.company == company, away.c.team == team, away.c.slack_user == user


def _absence(row: Row[Any]) -> Absence:
    first, last = date.fromisoformat(row.first), date.fromisoformat(row.last)
    return Absence(row.company, row.team, row.slack_user, first, last, row.substitute)
