"""What has become of a bill's division in Procountor; the parts themselves are in `storage.shares`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.circle_tables import division as table
from storage.database import Tx
from storage.putting import put

KEPT, ASKED, DONE, REFUSED = "kept", "asked", "done", "refused"


@dataclass(frozen=True, slots=True)
class Division:
    """``state``: kept (here only, by the company's rules), asked, done, refused; ``problem`` says why not.

    ``by`` as the trail names people.
    """

    state: str
    problem: str
    by: str
    at: datetime


def get(tx: Tx, company: str, bill: int) -> Division | None:
    where = (table.c.company == company, table.c.bill == bill)
    row = tx.execute(select(table).where(*where)).one_or_none()
    return None if row is None else Division(row.state, row.problem, row.set_by, row.set_at)


def keep(tx: Tx, company: str, bill: int, state: str, by: str, now: datetime, problem: str = "") -> None:
    """A new division, by whom."""
    values = {"state": state, "problem": problem, "set_by": by, "set_at": now}
    put(tx, table, {"company": company, "bill": bill}, values)


def settle(tx: Tx, company: str, bill: int, at: datetime, state: str, problem: str = "") -> bool:
    """What came of the division of the moment ``at``; False when there is a newer one."""
    where = (table.c.company == company, table.c.bill == bill, table.c.set_at == at)
    return bool(tx.execute(update(table).where(*where).values(state=state, problem=problem)).rowcount)
