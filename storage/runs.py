"""Batches: who asked for what, what was found in the check, and where each one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, case, delete, insert, select, update

from finance.canonical import dump, load
from finance.faults import Fault
from finance.invoice import Kind
from finance.transfer import Problem
from storage.database import Tx
from storage.sums import proven, summed
from storage.tables import run, run_item, transfer
from storage.transfers import problems_of

PICTURE = "What is shown of a batch"
HELD = "held"  # the verdict of what a person has left out of a batch


@dataclass(frozen=True, slots=True)
class Run:
    """One batch. ``state``: checking, preview, sending, done, cancelled, failed. ``by`` is a Slack user."""

    id: int
    company: str
    kind: Kind
    team: str
    by: str
    selection: str
    dry: bool
    state: str
    problem: str
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list needs to know of an invoice without reading it again; amounts in its own currency."""

    number: str
    buyer: str
    currency: str
    net: Decimal
    vat: Decimal
    gross: Decimal
    by_hand: tuple[str, ...] = ()  # attachments a person adds in Procountor


@dataclass(frozen=True, slots=True)
class Found:
    """The faults of one item as they are kept."""

    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One invoice of a batch. ``verdict``: ready, faulty, held. The transfer's fields are None until it was queued."""

    document: int
    position: int
    verdict: str
    faults: tuple[Fault, ...]
    summary: Summary
    state: str | None = None
    remote_id: int | None = None
    remote_number: int | None = None
    problems: tuple[Problem, ...] = ()
    note: str = ""
    next_at: datetime | None = None
    create_at: datetime | None = None


def start(tx: Tx, company: str, who: tuple[str, str], asked: str, now: datetime, **wanted: Any) -> int:
    """A new batch asked for by ``who`` (team, Slack user); gives its number.

    ``asked`` names the request: the same request begins one batch, however often it is carried out.
    ``wanted``: kind, selection, dry.
    """
    found = tx.execute(select(run.c.id).where(run.c.asked == asked)).scalar()
    if found is not None:
        return int(found)
    values = {"company": company, "team": who[0], "by": who[1], "asked": asked, "state": "checking", "problem": ""}
    made = tx.execute(insert(run).values(**values, **wanted, created_at=now).returning(run.c.id))
    return int(made.scalar_one())


def get(tx: Tx, company: str, id: int) -> Run:
    """Raises LookupError for a batch the company does not have."""
    row = tx.execute(select(run).where(run.c.company == company, run.c.id == id)).one_or_none()
    if row is None:
        raise LookupError(f"no batch {id}")
    return _run(row)


def recent(tx: Tx, company: str, most: int = 10) -> tuple[Run, ...]:
    """The newest batches first."""
    rows = tx.execute(select(run).where(run.c.company == company).order_by(run.c.id.desc()).limit(most)).all()
    return tuple(_run(row) for row in rows)


def in_state(tx: Tx, state: str) -> tuple[Run, ...]:
    """Every company's batches in a state."""
    return tuple(_run(row) for row in tx.execute(select(run).where(run.c.state == state)).all())


def move(tx: Tx, id: int, before: tuple[str, ...], after: str, now: datetime | None = None, problem: str = "") -> bool:
    """Takes the batch from one of the states ``before`` to ``after``; False when somebody else was quicker."""
    where = (run.c.id == id, run.c.state.in_(before))
    changed = tx.execute(update(run).where(*where).values(state=after, finished_at=now, problem=problem))
    return bool(changed.rowcount)


def put_items(tx: Tx, id: int, items: Sequence[Item]) -> None:
    """The batch's invoices, all at once; what was found before is forgotten."""
    tx.execute(delete(run_item).where(run_item.c.run == id))
    rows = [{"run": id, "document": i.document, "position": i.position, "verdict": i.verdict} | _kept(i) for i in items]
    if rows:
        tx.execute(insert(run_item), rows)


def put_item(tx: Tx, id: int, item: Item) -> None:
    """One invoice's newest verdict; what a person has left out stays left out."""
    where = (run_item.c.run == id, run_item.c.document == item.document)
    verdict = case((run_item.c.verdict == HELD, HELD), else_=item.verdict)
    tx.execute(update(run_item).where(*where).values(verdict=verdict, **_kept(item)))


def turn(tx: Tx, id: int, document: int, before: str, after: str) -> bool:
    """Takes an invoice of a batch that has not begun from one verdict to another; False when it stands otherwise.

    The item is locked before the batch, as by the one who sends: of a press that sends and one that leaves out, the
    second sees what the first has done.
    """
    where = (run_item.c.run == id, run_item.c.document == document)
    changed = tx.execute(update(run_item).where(*where, run_item.c.verdict == before).values(verdict=after))
    if not changed.rowcount:
        return False
    if move(tx, id, ("preview",), "preview"):
        return True
    tx.execute(update(run_item).where(*where).values(verdict=before))
    return False


def held(tx: Tx, id: int) -> frozenset[int]:
    """The documents a person has left out of the batch."""
    asked = select(run_item.c.document).where(run_item.c.run == id, run_item.c.verdict == HELD)
    return frozenset(tx.execute(asked).scalars())


def items(tx: Tx, id: int) -> tuple[Item, ...]:
    """The batch's invoices in sending order, each with where its transfer stands."""
    joined = run_item.outerjoin(transfer, transfer.c.document == run_item.c.document)
    columns = (transfer.c.state, transfer.c.remote_id, transfer.c.remote_number, transfer.c.problems)
    asked = select(run_item, *columns, transfer.c.note, transfer.c.next_at, transfer.c.create_at).select_from(joined)
    rows = tx.execute(asked.where(run_item.c.run == id).order_by(run_item.c.position)).all()
    return tuple(_item(row) for row in rows)


def place(tx: Tx, id: int, document: int) -> int:
    """The invoice's place in the batch's sending order; 0 when it does not stand in it."""
    asked = select(run_item.c.position).where(run_item.c.run == id, run_item.c.document == document)
    return int(tx.execute(asked).scalar() or 0)


def runs_with(tx: Tx, document: int) -> tuple[int, ...]:
    """The batches an invoice stands in, newest first."""
    asked = select(run_item.c.run).where(run_item.c.document == document).order_by(run_item.c.run.desc())
    return tuple(tx.execute(asked).scalars())


def _kept(item: Item) -> dict[str, str]:
    return {"faults": summed(dump(Found(item.faults))), "summary": summed(dump(item.summary))}


def _item(row: Row[tuple[object, ...]]) -> Item:
    return Item(
        row.document,
        row.position,
        row.verdict,
        _found(row.faults),
        _summary(row.summary),
        row.state,
        row.remote_id,
        row.remote_number,
        problems_of(row.problems),
        row.note or "",
        row.next_at,
        row.create_at,
    )


@lru_cache(maxsize=8192)
def _found(text: str) -> tuple[Fault, ...]:
    return load(Found, proven(text, PICTURE)).faults  # read again at every redraw of a progress bar: worth keeping


@lru_cache(maxsize=8192)
def _summary(text: str) -> Summary:
    return load(Summary, proven(text, PICTURE))


def _run(row: Row[tuple[object, ...]]) -> Run:
    return Run(
        row.id,
        row.company,
        Kind(row.kind),
        row.team,
        row.by,
        row.selection,
        bool(row.dry),
        row.state,
        row.problem,
        row.created_at,
        row.finished_at,
    )
