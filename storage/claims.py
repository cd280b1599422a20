"""Claims as they came, each kept once; their documents are made from them anew until one of them has gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, insert, select, update

from finance.canonical import content_hash, dump, load
from finance.claim import Claim, Habits
from storage import damage
from storage.claim_tables import claim as table
from storage.database import Tx
from storage.sums import proven, summed

HABITS = "The habits a claim was split by"


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """``habits`` are those it was split by the last time."""

    id: int
    company: str
    source: str
    claim: Claim
    habits: Habits
    file: str | None


def keep(
    tx: Tx, company: str, claim: Claim, source: str, habits: Habits, file: str | None, now: datetime
) -> tuple[str, Claim | None]:
    """Keeps a claim; gives "new", "same" or "changed", and for "changed" the claim as it was."""
    before = find(tx, company, source, claim.source_id)
    values = {"content": dump(claim), "content_hash": content_hash(claim), "file": file, "received_at": now}
    if before is None:
        about = {"company": company, "source": source, "source_id": claim.source_id, "number": claim.number}
        tx.execute(insert(table).values(**about, **values, habits=summed(dump(habits))))
        return "new", None
    if before.claim == claim:
        return "same", None
    tx.execute(update(table).where(table.c.id == before.id).values(**values))
    return "changed", before.claim


def set_habits(tx: Tx, id: int, habits: Habits) -> None:
    """Notes how the claim is split from now on."""
    tx.execute(update(table).where(table.c.id == id).values(habits=summed(dump(habits))))


def find(tx: Tx, company: str, source: str, source_id: str) -> KeptClaim | None:
    """One claim of a source."""
    where = (table.c.company == company, table.c.source == source, table.c.source_id == source_id)
    row = tx.execute(select(table).where(*where)).one_or_none()
    return None if row is None else _kept(row)


def some(tx: Tx, company: str, source_ids: Iterable[str]) -> tuple[KeptClaim, ...]:
    """The claims with these ids, whatever their source, in the order they came."""
    found: list[KeptClaim] = []
    for ids in batched(sorted(source_ids), 500):
        asked = select(table).where(table.c.company == company, table.c.source_id.in_(ids))
        found += [_kept(row) for row in tx.execute(asked).all()]
    return tuple(sorted(found, key=lambda kept: kept.id))


def batched(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Pieces of at most ``most``: databases bear only so many parameters."""
    return (ids[at : at + most] for at in range(0, len(ids), most))


def _kept(row: Row[tuple[object, ...]]) -> KeptClaim:
    damage.proven(row.content, row.content_hash, f"Claim {row.id}")
    habits = load(Habits, proven(row.habits, HABITS))
    return KeptClaim(row.id, row.company, row.source, load(Claim, row.content), habits, row.file)
