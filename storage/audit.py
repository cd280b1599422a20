"""The trail: rows that are only added, each holding the hash of the one before, so that a change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select, text

from storage.database import Tx
from storage.tables import audit

START = "0" * 64
FORGOTTEN = "trail.forgotten"


@dataclass(frozen=True, slots=True)
class Entry:
    seq: int
    company: str
    at: datetime
    who: str
    what: str
    subject: str
    details: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it is kept: with the hash of the one before it, and its own."""

    entry: Entry
    before: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row of the trail: its number and its hash."""

    seq: int
    hash: str


def note(tx: Tx, company: str, who: str, what: str, subject: str, now: datetime, **details: object) -> int:
    """Adds a row and gives its number. ``details`` hold no secrets, no full IBANs and no identity numbers."""
    if tx.dialect.name == "postgresql":  # SQLite has one writer already
        tx.execute(text("SELECT pg_advisory_xact_lock(4242)"))
    last = head(tx)
    seq, before = last.seq + 1, last.hash
    told = json.dumps(details, ensure_ascii=False, sort_keys=True, default=str)
    entry = Entry(seq, company, now, who, what, subject, told)
    values = {"company": company, "at": now, "who": who, "what": what, "subject": subject, "details": told}
    tx.execute(insert(audit).values(seq=seq, prev_hash=before, hash=digest(entry, before), **values))
    return seq


def head(tx: Tx) -> Head:
    """The newest row; noted outside the database, it proves later that no row up to it has been altered or removed."""
    last = tx.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).one_or_none()
    return Head(last.seq, last.hash) if last else Head(0, START)


def verify(tx: Tx, *noted: Head) -> int | None:
    """The number of the first row that does not fit the one before it; None when the trail is whole.

    Without heads ``noted`` earlier, rows missing at the end, and a chain made anew from some row on, cannot show.
    """
    return first_bad(_kept(tx), noted)


def first_bad(rows: Iterable[Kept], noted: Sequence[Head] = ()) -> int | None:
    """As `verify`, over rows by rising number, wherever they come from."""
    base, proven = Head(0, START), {Head(0, START)}
    before, expected = START, 1
    heads: dict[int, str] = {}
    for number, row in enumerate(rows):
        if number == 0:
            base = Head(row.entry.seq - 1, row.before)
            before, expected = base.hash, row.entry.seq
            heads = {head.seq: head.hash for head in noted if head.seq > base.seq}
        if row.entry.seq != expected or row.before != before or row.hash != digest(row.entry, before):
            return expected
        if heads.get(expected, row.hash) != row.hash:
            return expected
        if row.entry.what == FORGOTTEN:
            proven.add(Head(**json.loads(row.entry.details)))
        before, expected = row.hash, expected + 1
    if base not in proven:
        return 1
    last = max((head.seq for head in noted), default=0)
    return expected if last >= expected else None


def begins_before(tx: Tx, moment: datetime) -> bool:
    """True when the oldest row is older."""
    first = tx.execute(select(audit.c.at).order_by(audit.c.seq).limit(1)).scalar()
    return first is not None and first < moment


def forget(tx: Tx, older: datetime, now: datetime) -> int:
    """Takes away the rows from the beginning that are ``older``; gives how many.

    A new row tells the number and the hash of the last one that is gone: what begins behind it is proven by that.
    """
    young = tx.execute(select(func.min(audit.c.seq)).where(audit.c.at >= older)).scalar()
    old = audit.c.seq < young if young is not None else audit.c.at < older
    last = tx.execute(select(audit).where(old).order_by(audit.c.seq.desc()).limit(1))
    row = last.one_or_none()
    if row is None:
        return 0
    note(tx, "", "kierto", FORGOTTEN, f"row:{row.seq}", now, seq=row.seq, hash=row.hash)
    return int(tx.execute(delete(audit).where(audit.c.seq <= row.seq)).rowcount)


def fits(tx: Tx, noted: Head) -> bool:
    """True when the row noted earlier stands there as it was: nothing up to it is missing or was made anew."""
    if noted.seq == 0:
        return True
    return tx.execute(select(audit.c.hash).where(audit.c.seq == noted.seq)).scalar() == noted.hash


def _kept(tx: Tx, company: str | None = None) -> Iterator[Kept]:
    asked = select(audit).order_by(audit.c.seq).execution_options(yield_per=1000)
    for row in tx.execute(asked if company is None else asked.where(audit.c.company == company)):
        entry = Entry(row.seq, row.company, row.at, row.who, row.what, row.subject, row.details)
        yield Kept(entry, row.prev_hash, row.hash)


def sealed(tx: Tx, company: str) -> Iterator[Kept]:
    """A company's rows in order, with their hashes: each proves itself (`digest`), the chain proves their order."""
    return _kept(tx, company)


def trail(tx: Tx, company: str, subject: str | None = None) -> Iterator[Entry]:
    """A company's rows in order, of one subject or all."""
    asked = select(audit).where(audit.c.company == company)
    if subject is not None:
        asked = asked.where(audit.c.subject == subject)
    for row in tx.execute(asked.order_by(audit.c.seq)):
        yield Entry(row.seq, row.company, row.at, row.who, row.what, row.subject, row.details)


def row(tx: Tx, company: str, seq: int) -> Entry:
    """One row of a company's. Raises LookupError."""
    found = tx.execute(select(audit).where(audit.c.company == company, audit.c.seq == seq)).one_or_none()
    if found is None:
        raise LookupError(f"no row {seq} of this company in the trail")
    return Entry(found.seq, found.company, found.at, found.who, found.what, found.subject, found.details)


def digest(entry: Entry, before: str) -> str:
    """The hash of a row behind the one with the hash ``before``."""
    at = entry.at.astimezone(UTC).isoformat()
    parts = [before, entry.seq, entry.company, at, entry.who, entry.what, entry.subject, entry.details]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
