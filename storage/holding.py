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
CLEARED = "held.cleared"  # the bookmark: when an admin last said that sending goes on


@dataclass(frozen=True, slots=True)
class Hold:
    """Since when; ``ends`` is when the newest row of the trail was written that is there, None in an empty one.

    ``lost`` is the number of the newest row known to have been written, 0 when nobody knows. ``stranger`` is a draft in
    Procountor that another installation seems to have made, when that is why.
    """

    since: datetime
    ends: datetime | None
    lost: int = 0
    stranger: str = ""


def begin(tx: Tx, now: datetime, lost: Head | None) -> None:
    """Holds every company. ``lost`` is the head noted outside the database that does not fit it, when that is why."""
    ends = tx.execute(select(trail.c.at).order_by(trail.c.seq.desc()).limit(1)).scalar()
    hold = Hold(now, ends, lost.seq if lost else 0)
    for company in companies.everyone(tx):
        references.mark(tx, company.id, MARK, dump(hold))
        details = {"lost": f"{lost.seq}:{lost.hash}"} if lost else {}
        audit.note(tx, company.id, "kierto", "safe mode.begun", company.id, now, **details)


def met(tx: Tx, company: str, now: datetime, stranger: str) -> None:
    """Holds one company, because another installation seems to be at work in its books."""
    references.mark(tx, company, MARK, dump(Hold(now, None, 0, stranger)))
    audit.note(tx, company, "kierto", "safe mode.begun", company, now, stranger=stranger)


def held(tx: Tx, company: str) -> Hold | None:
    """Why the company is held; None when it is not."""
    told = references.marked(tx, company, MARK)
    return None if told is None else load(Hold, told)


def end(tx: Tx, company: str, now: datetime) -> bool:
    """False when it was not held."""
    mine = delete(bookmark).where(bookmark.c.company == company, bookmark.c.name == MARK)
    if not tx.execute(mine).rowcount:
        return False
    references.mark(tx, company, CLEARED, now.isoformat())
    return True


def cleared(tx: Tx, company: str) -> datetime | None:
    """When an admin last said that sending goes on."""
    told = references.marked(tx, company, CLEARED)
    return datetime.fromisoformat(told) if told else None
