"""Safe mode: after an older copy of the database was put back nothing is sent to Procountor until an admin says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from finance.canonical import dump, load
from storage import audit, companies, references
from storage.audit import Head
from storage.database import Tx
from storage.tables import audit as trail
from storage.tables import bookmark

MARK = "held"


@dataclass(frozen=True, slots=True)
class Hold:
    """Since when; ``ends`` is when the newest row of the trail was written that is there, None in an empty one.

    ``lost`` is the number of the newest row known to have been written, 0 when nobody knows.
    """

    since: datetime
    ends: datetime | None
    lost: int = 0


def begin(tx: Tx, now: datetime, lost: Head | None) -> None:
    """Holds every company. ``lost`` is the head noted outside the database that does not fit it, when that is why."""
    ends = tx.execute(select(trail.c.at).order_by(trail.c.seq.desc()).limit(1)).scalar()
    hold = Hold(now, ends, lost.seq if lost else 0)
    for company in companies.everyone(tx):
        references.mark(tx, company.id, MARK, dump(hold))
        details = {"lost": f"{lost.seq}:{lost.hash}"} if lost else {}
        audit.note(tx, company.id, "kierto", "safe mode.begun", company.id, now, **details)


def held(tx: Tx, company: str) -> Hold | None:
    """Why the company is held; None when it is not."""
    told = references.marked(tx, company, MARK)
    return None if told is None else load(Hold, told)


def end(tx: Tx, company: str) -> bool:
    """False when it was not held."""
    mine = delete(bookmark).where(bookmark.c.company == company, bookmark.c.name == MARK)
    return bool(tx.execute(mine).rowcount)
