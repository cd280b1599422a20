"""Registers brought in from the PSA (people, projects, customers …): entries by their own key, as JSON of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from finance.canonical import dump, load
from storage.database import Tx
from storage.sums import proven, summed
from storage.tables import register_entry as entry

T = TypeVar("T")
ENTRY = "An entry of a register"


@dataclass(frozen=True, slots=True)
class Kept:
    """How many entries came new, were changed, stood there already, and were taken away."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0


def keep(
    tx: Tx, company: str, register: str, entries: Mapping[str, object], now: datetime, *, whole: bool = False
) -> Kept:
    """Keeps entries by key. ``whole``: the file is the whole register, and what is not in it goes."""
    rows = tx.execute(select(entry.c.key, entry.c.content).where(*_of(company, register)))
    there: dict[str, str] = {key: proven(content, ENTRY) for key, content in rows}
    new = changed = 0
    for key, record in entries.items():
        content = dump(record)
        if key not in there:
            values = {"company": company, "register": register, "key": key, "content": summed(content)}
            tx.execute(insert(entry).values(**values, changed_at=now))
            new += 1
        elif there[key] != content:
            where = (*_of(company, register), entry.c.key == key)
            tx.execute(update(entry).where(*where).values(content=summed(content), changed_at=now))
            changed += 1
    gone = [key for key in there if key not in entries] if whole else []
    for key in gone:
        tx.execute(delete(entry).where(*_of(company, register), entry.c.key == key))
    return Kept(new, changed, len(entries) - new - changed, len(gone))


def drop(tx: Tx, company: str, register: str, keys: Iterable[str]) -> int:
    """Takes single entries away; gives how many were there."""
    where = (*_of(company, register), entry.c.key.in_(tuple(keys)))
    return int(tx.execute(delete(entry).where(*where)).rowcount)


def all(tx: Tx, company: str, register: str, kind: type[T]) -> dict[str, T]:
    """Every entry by key, in the order of the keys."""
    rows = tx.execute(select(entry.c.key, entry.c.content).where(*_of(company, register)).order_by(entry.c.key))
    return {key: load(kind, proven(content, ENTRY)) for key, content in rows}


def get(tx: Tx, company: str, register: str, key: str, kind: type[T]) -> T | None:
    """One entry; None when there is none with this key."""
    where = (*_of(company, register), entry.c.key == key)
    content = tx.execute(select(entry.c.content).where(*where)).scalar()
    return None if content is None else load(kind, proven(content, ENTRY))


def stamp(tx: Tx, company: str, register: str) -> tuple[int, datetime | None]:
    """Changes with every change of a register: how many entries there are, and when the last one was changed."""
    found = select(func.count(), func.max(entry.c.changed_at)).where(*_of(company, register))
    size, latest = tx.execute(found).one()
    return int(size), latest


def count(tx: Tx, company: str, register: str) -> int:
    return int(tx.execute(select(func.count()).select_from(entry).where(*_of(company, register))).scalar_one())


def _of(company: str, register: str) -> tuple[ColumnElement[bool], ...]:
    return entry.c.company == company, entry.c.register == register
