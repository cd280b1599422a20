"""Bills as last read from Procountor: the columns lists are made of, and the whole bill, sealed for its account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, and_, delete, insert, select, update

from finance.bill import Bill
from finance.bill_doubts import Doubtful, Earlier, number_key
from finance.bill_waiting import hundredths
from finance.canonical import load
from finance.targeting import Aim
from storage import bill_rows, bill_search, tallies
from storage.bill_rows import Doubts, Listed
from storage.bill_tables import bill as table
from storage.bill_tables import bill_place as place
from storage.bill_tables import card
from storage.database import Tx
from storage.sealing import unseal

__all__ = ["Kept", "Listed"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A bill with what has been found out about it. ``print`` is that of what a person sees of it.

    ``previous`` is what it said before it last said something else, at ``changed_at``. ``read_at`` is when it was asked
    for.
    """

    bill: Bill
    print: str
    aim: Aim
    doubts: tuple[Doubtful, ...]
    seen_at: datetime
    changed_at: datetime
    previous: Bill | None = None
    read_at: datetime | None = None


def keep(
    tx: Tx,
    company: str,
    bill: Bill,
    aim: Aim,
    doubts: Sequence[Doubtful],
    now: datetime,
    *,
    asked: datetime | None = None,
) -> str:
    """Keeps the bill as it now is: "new", "changed" (what is shown differs), "moved" (only where it stands), "same".

    ``asked`` is when it was asked for (None: just now). What was asked for before what is kept is "older": a page of
    many bills takes its time, and meanwhile one of them may have been approved.
    """
    where = (table.c.company == company, table.c.id == bill.id)
    row = tx.execute(select(table).where(*where).with_for_update()).one_or_none()
    if row is not None and older(row.read_at, asked or now):
        return "older"
    values = {**bill_rows.values(tx, bill, aim, doubts), "read_at": asked or now}
    tallies.move(tx, company, row, values)
    if row is None:
        tx.execute(insert(table).values(company=company, id=bill.id, seen_at=now, changed_at=now, **values))
        _place(tx, company, bill)
        return "new"
    if load(Bill, unseal(tx, row.content)) == bill:
        tx.execute(
            update(table)
            .where(*where)
            .values(**{name: values[name] for name in ("doubts", "aim", "project", "project_key", "read_at")})
        )
        return "same"
    if row.due != values["due"]:
        tx.execute(update(card).where(card.c.company == company, card.c.bill == bill.id).values(due=values["due"]))
    _place(tx, company, bill)
    if row.print == values["print"]:
        tx.execute(update(table).where(*where).values(**values))
        return "moved"
    tx.execute(update(table).where(*where).values(previous=row.content, changed_at=now, **values))
    return "changed"


def older(kept: datetime | None, asked: datetime) -> bool:
    """Whether something asked for then is older than what was asked for at ``kept``."""
    return kept is not None and asked < kept


def _place(tx: Tx, company: str, bill: Bill) -> None:
    """Whom Procountor names for it."""
    tx.execute(delete(place).where(place.c.company == company, place.c.bill == bill.id))
    rows = bill_rows.places(company, bill)
    if rows:
        tx.execute(insert(place), rows)


def get(tx: Tx, company: str, id: int) -> Kept | None:
    """None for a bill that was never read."""
    return many(tx, company, [id]).get(id)


def many(tx: Tx, company: str, ids: Iterable[int]) -> Mapping[int, Kept]:
    """Those of the bills that were read, by id."""
    rows = tx.execute(select(table).where(table.c.company == company, table.c.id.in_(list(ids))))
    return {row.id: _kept(tx, row) for row in rows}


def _kept(tx: Tx, row: Row[Any]) -> Kept:
    found, before = (load(Bill, unseal(tx, sealed)) if sealed else None for sealed in (row.content, row.previous))
    assert found is not None
    doubts = load(Doubts, row.doubts).all
    return Kept(found, row.print, load(Aim, row.aim), doubts, row.seen_at, row.changed_at, before, row.read_at)


def versions(tx: Tx, company: str, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Version and status of those of the bills that are kept."""
    wanted = select(table.c.id, table.c.version, table.c.status).where(
        table.c.company == company, table.c.id.in_(list(ids))
    )
    return {row.id: (row.version, row.status) for row in tx.execute(wanted)}


def open_ids(tx: Tx, company: str) -> tuple[int, ...]:
    """The bills that waited for a decision when they were last read, by id."""
    wanted = select(table.c.id).where(table.c.company == company, table.c.open == 1).order_by(table.c.id)
    return tuple(tx.execute(wanted).scalars())


def by_number(tx: Tx, company: str, number: str) -> tuple[Listed, ...]:
    """Bills with this number, the supplier's or Procountor's, or this id; the newest first, ten at most."""
    return bill_search.numbered(tx, company, number)


def alike(tx: Tx, company: str, bill: Bill, most: int = 20) -> tuple[Earlier, ...]:
    """The supplier's other bills with the same number, or the same amount and date: the newest first.

    Asked for apart, so that each finds its index.
    """
    key, total = number_key(bill.original_number), table.c.cents == hundredths(bill.gross)
    same = [and_(total, table.c.issued == bill.issued.isoformat(), table.c.currency == bill.currency)]
    if key:
        same.append(table.c.number_key == key)
    columns = [table.c[name] for name in ("id", "status", "original_number", "issued", "gross", "currency")]
    mine = (table.c.company == company, table.c.partner_id == bill.partner_id, table.c.id != bill.id)
    found = {
        row.id: row
        for alike_ in same
        for row in tx.execute(select(*columns).where(*mine, alike_).order_by(table.c.id.desc()).limit(most))
    }
    return tuple(
        Earlier(
            row.id, row.status, row.original_number, date.fromisoformat(row.issued), Decimal(row.gross), row.currency
        )
        for row in sorted(found.values(), key=lambda row: -row.id)[:most]
    )


def past(tx: Tx, company: str, since: date, most: int = 5000) -> tuple[Kept, ...]:
    """Bills dated since a day, by id, whatever has become of them: for a rehearsal of rules."""
    asked = select(table).where(table.c.company == company, table.c.issued >= since.isoformat()).order_by(table.c.id)
    return tuple(_kept(tx, row) for row in tx.execute(asked.limit(most)))
