"""Bills as last read from Procountor: the columns lists are made of, and the whole bill, sealed for its account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update

from finance.bill import Bill, print_of
from finance.bill_doubts import Doubtful, Earlier
from finance.canonical import dump, load
from finance.targeting import Aim
from storage.bill_tables import bill as table
from storage.bill_tables import card
from storage.database import Tx
from storage.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Listed:
    """A bill as lists show it. ``due`` is None where the bill has no due date; ``gross`` in ``currency``."""

    id: int
    status: str
    open: bool
    number: int | None
    original_number: str
    supplier: str
    issued: date
    due: date | None
    gross: Decimal
    currency: str
    project: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A bill with what has been found out about it. ``print`` is that of what a person sees of it.

    ``previous`` is what it said before it last said something else, at ``changed_at``.
    """

    bill: Bill
    print: str
    aim: Aim
    doubts: tuple[Doubtful, ...]
    seen_at: datetime
    changed_at: datetime
    previous: Bill | None = None


@dataclass(frozen=True, slots=True)
class _Doubts:
    all: tuple[Doubtful, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows: open bills unless told otherwise, the first due first.

    ``holder`` is a Slack user (team, user) with a live card; ``overdue_on`` a day before which they were due.
    """

    holder: tuple[str, str] | None = None
    project: str = ""
    overdue_on: date | None = None
    settled: bool = False


def keep(tx: Tx, company: str, bill: Bill, aim: Aim, doubts: Sequence[Doubtful], now: datetime) -> str:
    """Keeps the bill as it now is: "new", "changed" (what is shown differs), "moved" (only where it stands), "same"."""
    where = (table.c.company == company, table.c.id == bill.id)
    row = tx.execute(select(table.c.print, table.c.content).where(*where)).one_or_none()
    values: dict[str, Any] = {
        "version": bill.version,
        "status": bill.status,
        "open": int(bill.is_open),
        "number": bill.number,
        "original_number": bill.original_number,
        "supplier": bill.supplier,
        "partner_id": bill.partner_id,
        "issued": bill.issued.isoformat(),
        "due": bill.due.isoformat() if bill.due else "",
        "gross": f"{bill.gross:f}",
        "currency": bill.currency,
        "project": aim.project,
        "content": seal(tx, dump(bill)),
        "print": print_of(bill),
        "doubts": dump(_Doubts(tuple(doubts))),
        "aim": dump(aim),
    }
    if row is None:
        tx.execute(insert(table).values(company=company, id=bill.id, seen_at=now, changed_at=now, **values))
        return "new"
    if load(Bill, unseal(tx, row.content)) == bill:
        tx.execute(update(table).where(*where).values(doubts=values["doubts"], aim=values["aim"], project=aim.project))
        return "same"
    if row.print == values["print"]:
        tx.execute(update(table).where(*where).values(**values))
        return "moved"
    tx.execute(update(table).where(*where).values(previous=row.content, changed_at=now, **values))
    return "changed"


def get(tx: Tx, company: str, id: int) -> Kept | None:
    """None for a bill that was never read."""
    row = tx.execute(select(table).where(table.c.company == company, table.c.id == id)).one_or_none()
    return None if row is None else _kept(tx, row)


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


def listed(tx: Tx, company: str, wanted: Wanted, first: int = 0, most: int = 20) -> tuple[Listed, ...]:
    """A page of the list, the first due first."""
    columns = [table.c[name] for name in Listed.__dataclass_fields__]
    asked = select(*columns).where(*_where(company, wanted)).order_by(table.c.due, table.c.id)
    return tuple(_listed(row) for row in tx.execute(asked.offset(first).limit(most)))


def count(tx: Tx, company: str, wanted: Wanted) -> int:
    return int(tx.execute(select(func.count()).select_from(table).where(*_where(company, wanted))).scalar_one())


def by_number(tx: Tx, company: str, number: str) -> tuple[Listed, ...]:
    """Bills with this number, the supplier's or Procountor's, the newest first."""
    columns = [table.c[name] for name in Listed.__dataclass_fields__]
    same = [table.c.original_number == number]
    if number.isascii() and number.isdigit() and len(number) < 10:
        same += [table.c.number == int(number), table.c.id == int(number)]
    asked = select(*columns).where(table.c.company == company, or_(*same)).order_by(table.c.id.desc()).limit(10)
    return tuple(_listed(row) for row in tx.execute(asked))


def of_supplier(tx: Tx, company: str, partner_id: int, most: int = 200) -> tuple[Earlier, ...]:
    """The supplier's bills that are kept, the newest first."""
    asked = select(table).where(table.c.company == company, table.c.partner_id == partner_id)
    rows = tx.execute(asked.order_by(table.c.issued.desc(), table.c.id.desc()).limit(most))
    return tuple(
        Earlier(
            row.id, row.status, row.original_number, date.fromisoformat(row.issued), Decimal(row.gross), row.currency
        )
        for row in rows
    )


def past(tx: Tx, company: str, since: date, most: int = 5000) -> tuple[Kept, ...]:
    """Bills dated since a day, by id, whatever has become of them: for a rehearsal of rules."""
    asked = select(table).where(table.c.company == company, table.c.issued >= since.isoformat()).order_by(table.c.id)
    return tuple(_kept(tx, row) for row in tx.execute(asked.limit(most)))


def _kept(tx: Tx, row: Row[Any]) -> Kept:
    found, before = (load(Bill, unseal(tx, sealed)) if sealed else None for sealed in (row.content, row.previous))
    assert found is not None
    return Kept(
        found, row.print, load(Aim, row.aim), load(_Doubts, row.doubts).all, row.seen_at, row.changed_at, before
    )


def _where(company: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    where = [table.c.company == company]
    if not wanted.settled:
        where.append(table.c.open == 1)
    if wanted.project:
        where.append(table.c.project == wanted.project)
    if wanted.overdue_on:
        where += [table.c.due < wanted.overdue_on.isoformat(), table.c.due != ""]
    if wanted.holder:
        team, user = wanted.holder
        mine = select(card.c.bill).where(
            card.c.company == company, card.c.team == team, card.c.slack_user == user, card.c.state == "live"
        )
        where.append(table.c.id.in_(mine))
    return where


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        row.id, row.status, bool(row.open), row.number, row.original_number, row.supplier,
        date.fromisoformat(row.issued), date.fromisoformat(row.due) if row.due else None,
        Decimal(row.gross), row.currency, row.project, row.seen_at,
    )  # fmt: skip
