"""The pictures of bills' first pages: Slack's file for each bill and workspace, and of which content it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.circle_tables import bill_picture as table
from storage.database import Tx
from storage.putting import put


@dataclass(frozen=True, slots=True)
class Drawn:
    """``file`` is Slack's id, empty when no picture could be made; ``print`` that of the bill it was made of."""

    print: str
    file: str
    made_at: datetime


def get(tx: Tx, company: str, bill: int, team: str) -> Drawn | None:
    """None before anybody tried."""
    where = (table.c.company == company, table.c.bill == bill, table.c.team == team)
    row = tx.execute(select(table.c.print, table.c.file, table.c.made_at).where(*where)).one_or_none()
    return None if row is None else Drawn(row.print, row.file, row.made_at)


def keep(tx: Tx, company: str, bill: int, team: str, print: str, file: str, now: datetime) -> None:
    """Keeps what came of it."""
    key = {"company": company, "bill": bill, "team": team}
    put(tx, table, key, {"print": print, "file": file, "made_at": now})


def leave_out(tx: Tx, company: str, bill: int, team: str) -> None:
    """It is not shown any more, nor made again while the bill stays as it is."""
    where = (table.c.company == company, table.c.bill == bill, table.c.team == team)
    tx.execute(update(table).where(*where).values(file=""))
