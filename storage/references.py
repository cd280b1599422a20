"""The newest fetch of each company's reference data, and bookmarks of how far something has been read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from finance.canonical import dump, load
from finance.reference import Reference
from storage.database import Tx
from storage.putting import put
from storage.sums import proven, summed
from storage.tables import bookmark, reference

KEPT = "The copy of a company’s registers"
BILLS_SINCE, SALES_SINCE = "bills.since", "sales.since"
"""The bookmark of the last look at Procountor's bills that succeeded: an instant, ISO 8601."""


def keep(tx: Tx, company: str, fetched: Reference) -> None:
    """Replaces what was fetched before."""
    values = {"fetched_at": fetched.fetched, "content": summed(dump(fetched))}
    put(tx, reference, {"company": company}, values)


def fetched_at(tx: Tx, company: str) -> datetime | None:
    """When the reference data was last fetched."""
    return tx.execute(select(reference.c.fetched_at).where(reference.c.company == company)).scalar()


def get(tx: Tx, company: str) -> Reference | None:
    """The newest fetch; None before the first."""
    content = tx.execute(select(reference.c.content).where(reference.c.company == company)).scalar()
    return None if content is None else load(Reference, proven(content, KEPT))


def mark(tx: Tx, company: str, name: str, value: str) -> None:
    """Sets a bookmark."""
    put(tx, bookmark, {"company": company, "name": name}, {"value": value})


def marked(tx: Tx, company: str, name: str) -> str | None:
    """Where a bookmark stands."""
    where = (bookmark.c.company == company, bookmark.c.name == name)
    return tx.execute(select(bookmark.c.value).where(*where)).scalar()


def tidy(tx: Tx, begins: str, before: datetime) -> None:
    """Forgets the bookmarks that begin so and hold an earlier instant (ISO 8601, UTC)."""
    where = bookmark.c.name.startswith(begins, autoescape=True)
    tx.execute(delete(bookmark).where(where, bookmark.c.value < before.isoformat()))
