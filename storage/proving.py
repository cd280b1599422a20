"""Looks through all that has a hash: the trail, documents, claims, files, registers, batches. Slow; done at night."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from storage import audit, claims, damage, references, registers, runs, sums
from storage.claim_tables import claim
from storage.database import Tx
from storage.tables import document, file, reference, register_entry, run_item

PIECE = 200  # rows read at a time


def look(tx: Tx) -> None:
    """Raises `storage.damage.Damaged` for the first thing that is not as it was written."""
    for what, content, sha256 in _everything(tx):
        damage.proven(content, sha256, what)
    for name, text in _words(tx):
        sums.proven(text, name)
    broken = audit.verify(tx)
    if broken is not None:
        raise damage.Damaged(f"Row {broken} of the trail")


def _everything(tx: Tx) -> Iterator[tuple[str, str | bytes, str]]:
    """What it is, its content and its hash; files whose content was forgotten are left out."""
    for table, name in ((document, "Document"), (claim, "Claim")):
        rows = select(table.c.id, table.c.content, table.c.content_hash)
        for id, content, sha256 in tx.execute(rows.execution_options(yield_per=PIECE)):
            yield f"{name} {id}", content, sha256
    files = select(file.c.id, file.c.content, file.c.sha256).where(file.c.content != b"")
    for id, content, sha256 in tx.execute(files.execution_options(yield_per=1)):
        yield f"File {id}", bytes(content), sha256


def _words(tx: Tx) -> Iterator[tuple[str, str]]:
    """What it is, and the words that carry their own sum."""
    kept = (
        (claims.HABITS, claim.c.habits),
        (references.KEPT, reference.c.content),
        (registers.ENTRY, register_entry.c.content),
        (runs.PICTURE, run_item.c.faults),
        (runs.PICTURE, run_item.c.summary),
    )
    for name, column in kept:
        for text in tx.execute(select(column).execution_options(yield_per=PIECE)).scalars():
            yield name, text
