"""Which documents of claims have been put together into which: what is a part of another is never sent by itself."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from finance.invoice import CLAIMS
from storage.claim_tables import claim_join as table
from storage.database import Tx
from storage.tables import document


def put(tx: Tx, company: str, whole: int, parts: tuple[int, ...]) -> None:
    """Notes the parts of a document, in their order."""
    tx.execute(delete(table).where(table.c.part.in_(parts)))
    tx.execute(insert(table), [{"part": part, "whole": whole, "company": company} for part in parts])


def forget(tx: Tx, whole: int) -> None:
    """The parts stand by themselves again."""
    tx.execute(delete(table).where(table.c.whole == whole))


def parts(tx: Tx, whole: int) -> tuple[int, ...]:
    """The parts of a document; none for one that was never put together."""
    return tuple(tx.execute(select(table.c.part).where(table.c.whole == whole).order_by(table.c.part)).scalars())


def whole_of(tx: Tx, part: int) -> int | None:
    """The document that a part went into."""
    return tx.execute(select(table.c.whole).where(table.c.part == part)).scalar()


def waiting(tx: Tx, company: str) -> tuple[int, ...]:
    """The documents put together that still wait, locked: nothing of them is sent meanwhile."""
    kinds = document.c.kind.in_([kind.value for kind in CLAIMS])
    joined = document.c.id.in_(select(table.c.whole).where(table.c.company == company))
    asked = select(document.c.id).where(document.c.company == company, kinds, joined, document.c.state == "open")
    return tuple(tx.execute(asked.order_by(document.c.id).with_for_update()).scalars())
