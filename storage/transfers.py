"""The transfer table: the intent before the call, the outcome after it, fenced so that a stale worker cannot write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from finance.canonical import dump, load
from finance.invoice import Kind
from finance.transfer import FINAL, Problem, State
from storage.database import Tx
from storage.documents import PSA, Document
from storage.tables import document, run, transfer


class Fenced(RuntimeError):
    """Another worker has taken this transfer over: stop at once, touch nothing."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One document on its way. ``fence`` rises with every worker that takes it up; ``number`` is its ``source_id``."""

    company: str
    kind: Kind
    document: int
    run: int
    marker: str
    number: str
    state: State
    remote_id: int | None
    remote_number: int | None
    fingerprint: str
    tries: int
    create_at: datetime | None
    next_at: datetime | None
    fence: int
    problems: tuple[Problem, ...]
    note: str
    forced: bool


class Sent(NamedTuple):
    """What stands in Procountor by our log: its number in the PSA (or the supplier's), and Procountor's own."""

    source_id: str
    number: str
    remote_number: int
    remote_id: int
    document: int


@dataclass(frozen=True, slots=True)
class _Problems:
    problems: tuple[Problem, ...] = ()


def problems_text(problems: Sequence[Problem]) -> str:
    """What Procountor refused, as it is kept."""
    return dump(_Problems(tuple(problems))) if problems else ""


def problems_of(text: str | None) -> tuple[Problem, ...]:
    """What was kept by `problems_text`."""
    return load(_Problems, text).problems if text else ()


def queue(tx: Tx, doc: Document, batch: int, marker: str) -> bool:
    """Notes that the document is to be sent; False when it is on its way, sent, or waits for a person.

    A refused one starts again: Procountor said no, so nothing was made, or what was made is known by its id.
    """
    inv = doc.source
    key = {"company": doc.company, "kind": inv.kind.value, "source": PSA, "source_id": inv.source_id}
    same = [transfer.c[name] == value for name, value in (*key.items(), ("revision", doc.revision))]
    values: dict[str, Any] = {"run": batch, "state": State.NEW.value, "problems": "", "note": "", "next_at": None}
    if tx.execute(select(func.count()).select_from(transfer).where(*same)).scalar():
        again = update(transfer).where(*same, transfer.c.state == State.REFUSED.value)
        return bool(tx.execute(again.values(**values, tries=0)).rowcount)
    fresh = {"document": doc.id, "marker": marker, "fingerprint": "", "tries": 0, "fence": 0, "forced": 0}
    tx.execute(insert(transfer).values(**key, revision=doc.revision, **fresh, **values))
    return True


def claim(tx: Tx, company: str, document: int) -> Transfer | None:
    """Takes the transfer up and raises its fence; None when it is finished."""
    where = (transfer.c.company == company, transfer.c.document == document)
    open_ = transfer.c.state.not_in([s.value for s in FINAL])
    row = tx.execute(
        update(transfer).where(*where, open_).values(fence=transfer.c.fence + 1).returning(transfer)
    ).one_or_none()
    return None if row is None else _transfer(row)


def commit(tx: Tx, t: Transfer, **values: Any) -> Transfer:
    """Writes the next state. Raises Fenced when the fence has risen since ``t`` was claimed."""
    where = (transfer.c.company == t.company, transfer.c.document == t.document, transfer.c.fence == t.fence)
    row = tx.execute(update(transfer).where(*where).values(**values).returning(transfer)).one_or_none()
    if row is None:
        raise Fenced(f"transfer of document {t.document} has another worker")
    return _transfer(row)


def wake(tx: Tx, company: str, document: int, *, forced: bool) -> bool:
    """Takes a parked transfer up again by a person's word; ``forced`` when the number's being taken is no obstacle."""
    where = (transfer.c.company == company, transfer.c.document == document, transfer.c.state == State.PARKED.value)
    values = {"state": State.NEW.value, "note": "", "next_at": None, "tries": 0, "forced": int(forced)}
    return bool(tx.execute(update(transfer).where(*where).values(**values)).rowcount)


def of(tx: Tx, company: str, document: int) -> Transfer | None:
    """The transfer of a document."""
    where = (transfer.c.company == company, transfer.c.document == document)
    row = tx.execute(select(transfer).where(*where)).one_or_none()
    return None if row is None else _transfer(row)


def knows(tx: Tx, marker: str) -> bool:
    """Whether a document with this marker (Procountor's company is in it) is or was on its way from here."""
    return tx.execute(select(transfer.c.document).where(transfer.c.marker == marker).limit(1)).first() is not None


def unfinished(tx: Tx, company: str | None = None) -> tuple[Transfer, ...]:
    """Everything under way, of one company or of all."""
    where: list[ColumnElement[bool]] = [transfer.c.state.not_in([s.value for s in FINAL])]
    if company is not None:
        where.append(transfer.c.company == company)
    return tuple(_transfer(row) for row in tx.execute(select(transfer).where(*where)).all())


def done_numbers(tx: Tx, company: str, kind: str) -> dict[str, tuple[int, int]]:
    """What is in Procountor already by our log: a document's ``source_id`` → (Procountor's number, its id)."""
    return {one.source_id: (one.remote_number, one.remote_id) for one in _sent(tx, company, kind)}


def done_as(tx: Tx, company: str, kind: str) -> dict[str, int]:
    """The same by the number that stands on the document; several suppliers' bills may have one."""
    return {one.number: one.remote_number for one in _sent(tx, company, kind)}


def everything(tx: Tx, company: str, kind: str) -> tuple[Sent, ...]:
    """All that is in Procountor by our log, the newest first."""
    return _sent(tx, company, kind)


def known(tx: Tx, company: str, kind: str, most: int = 5) -> tuple[Sent, ...]:
    """The newest that certainly are in Procountor: a look must find one of them, or it was blind."""
    return _sent(tx, company, kind, most)


def _sent(tx: Tx, company: str, kind: str, most: int | None = None) -> tuple[Sent, ...]:
    """The newest first."""
    columns = (transfer.c.source_id, document.c.number, transfer.c.remote_number, transfer.c.remote_id, document.c.id)
    where = (transfer.c.company == company, transfer.c.kind == kind, transfer.c.state == State.DONE.value)
    joined = select(*columns).join(document, document.c.id == transfer.c.document).where(*where)
    rows = tx.execute(joined.order_by(transfer.c.done_at.desc()).limit(most)).all()
    return tuple(Sent(row.source_id, row.number, row.remote_number or 0, row.remote_id or 0, row.id) for row in rows)


def done_since(tx: Tx, company: str, since: datetime) -> Sequence[Transfer]:
    """What was finished since then."""
    where = (transfer.c.company == company, transfer.c.state == State.DONE.value, transfer.c.done_at >= since)
    return [_transfer(row) for row in tx.execute(select(transfer).where(*where)).all()]


def left_standing(tx: Tx, company: str) -> Sequence[Transfer]:
    """What was made in Procountor and was then refused in part, or left to a person."""
    states = [State.REFUSED.value, State.PARKED.value]
    where = (transfer.c.company == company, transfer.c.state.in_(states), transfer.c.remote_id.is_not(None))
    return [_transfer(row) for row in tx.execute(select(transfer).where(*where)).all()]


def made(tx: Tx, company: str, remote_ids: Iterable[int]) -> frozenset[int]:
    """Which of these ids in Procountor our log knows as documents of ours."""
    where = (transfer.c.company == company, transfer.c.remote_id.in_(remote_ids))
    return frozenset(tx.execute(select(transfer.c.remote_id).where(*where)).scalars())


def started_by(tx: Tx, company: str, remote_id: int) -> str:
    """Who had the document with this id in Procountor sent, as the trail names him; "" when we did not make it."""
    where = (transfer.c.company == company, transfer.c.remote_id == remote_id, transfer.c.run == run.c.id)
    row = tx.execute(select(run.c.team, run.c.by).where(*where)).first()
    return "" if row is None else f"{row.team}/{row.by}"


def by_remote_number(tx: Tx, company: str, number: int) -> Transfer | None:
    """The transfer whose document has this number in Procountor."""
    where = (transfer.c.company == company, transfer.c.remote_number == number)
    row = tx.execute(select(transfer).where(*where)).one_or_none()
    return None if row is None else _transfer(row)


def _transfer(row: Row[tuple[object, ...]]) -> Transfer:
    return Transfer(
        row.company,
        Kind(row.kind),
        row.document,
        row.run,
        row.marker,
        row.source_id,
        State(row.state),
        row.remote_id,
        row.remote_number,
        row.fingerprint,
        row.tries,
        row.create_at,
        row.next_at,
        row.fence,
        problems_of(row.problems),
        row.note,
        bool(row.forced),
    )
