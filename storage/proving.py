"""Looks through all that stands beside its hash: the trail, documents, claims and files. Slow; done at night."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from storage import audit, damage
from storage.claim_tables import claim
from storage.database import Tx
from storage.tables import document, file

PIECE = 200  # rows read at a time


def look(tx: Tx) -> None:
    """Raises `storage.damage.Damaged` for the first thing that is not as it was written."""
    for what, content, sha256 in _everything(tx):
        damage.proven(content, sha256, what)
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
