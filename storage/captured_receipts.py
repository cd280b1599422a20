"""Receipts of claims made in Slack: asked for, looked into, kept; each file once in a company."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from finance.canonical import dump, load
from finance.capture import Sheet
from finance.invoice import Attachment
from finance.receipts import Flaw, Seen
from storage.capture_tables import captured, captured_receipt
from storage.database import Tx
from storage.sealing import unseal
from storage.tables import company as companies

ASKED, GOOD, BAD, TWICE, LOST = "asked", "good", "bad", "twice", "lost"
"""Waits to be looked into; may go with the claim; cannot be one; is in a claim already; could not be fetched."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """``flaw`` tells why a bad one is bad, ``seen`` what a good one shows; ``origin`` is the hash of what was sent."""

    id: int
    company: str
    captured: int
    row: int
    file: str
    name: str
    state: str
    flaw: Flaw | None
    origin: str
    seen: Seen | None
    sha256: str = ""
    size: int = 0

    def attachment(self, number: str, place: int) -> Attachment:
        """The receipt as documents name it: by the claim and its place, whatever it was called."""
        kind = self.seen.kind if self.seen else "jpg"
        return Attachment(f"{number}-{place}.{kind}", self.size, self.sha256)


def ask(tx: Tx, company: str, claim: int, row: int, files: Iterable[str], now: datetime) -> tuple[int, ...]:
    """Notes that Slack's files are receipts of a row; gives the ids of those that were not noted already."""
    known = {one.file for one in of_claim(tx, company, claim)}
    made = []
    for file in dict.fromkeys(files):
        if file and file not in known:
            values = {"company": company, "captured": claim, "row": row, "slack_file": file, "state": ASKED, "at": now}
            empty = {"name": "", "flaw": "", "origin": "", "look": "", "seen": "", "sha256": "", "size": 0}
            asked = insert(captured_receipt).values(**values, **empty).returning(captured_receipt.c.id)
            made.append(int(tx.execute(asked).scalar_one()))
    return tuple(made)


def of_claim(tx: Tx, company: str, claim: int) -> tuple[Receipt, ...]:
    """The receipts of a claim, in the order they came."""
    where = (captured_receipt.c.company == company, captured_receipt.c.captured == claim)
    return tuple(_receipt(row) for row in tx.execute(_asked().where(*where).order_by(captured_receipt.c.id)))


def get(tx: Tx, company: str, id: int) -> Receipt | None:
    row = tx.execute(_asked().where(*_one(company, id))).one_or_none()
    return None if row is None else _receipt(row)


def keep(tx: Tx, one: Receipt, name: str, origin: str, seen: Seen, content: bytes) -> bool:
    """Keeps a good one; False, and noted as such, when the same bytes are a receipt in the company already."""
    tx.execute(select(companies.c.id).where(companies.c.id == one.company).with_for_update())  # one at a time
    same = (
        captured_receipt.c.company == one.company,
        captured_receipt.c.origin == origin,
        captured_receipt.c.state == GOOD,
        captured_receipt.c.id != one.id,
    )
    twice = tx.execute(select(captured_receipt.c.id).where(*same).limit(1)).scalar() is not None
    values: dict[str, Any] = {"name": name, "origin": origin, "state": TWICE if twice else GOOD, "flaw": ""}
    if not twice:
        values |= {"look": seen.print, "seen": dump(seen), "content": content, "size": len(content)}
        values["sha256"] = hashlib.sha256(content).hexdigest()
    tx.execute(update(captured_receipt).where(*_one(one.company, one.id)).values(**values))
    return not twice


def fail(tx: Tx, one: Receipt, name: str, state: str, flaw: Flaw | None = None) -> None:
    """Notes that it cannot be taken."""
    values = {"name": name, "state": state, "flaw": flaw.value if flaw else ""}
    tx.execute(update(captured_receipt).where(*_one(one.company, one.id)).values(**values))


def drop(tx: Tx, company: str, claim: int, ids: Iterable[int] = (), *, row: int | None = None) -> None:
    """Takes receipts off a claim: these, or all of a row."""
    where = [captured_receipt.c.company == company, captured_receipt.c.captured == claim]
    where.append(captured_receipt.c.id.in_(list(ids)) if row is None else captured_receipt.c.row == row)
    tx.execute(delete(captured_receipt).where(*where))


def looks(tx: Tx, company: str, besides: int) -> tuple[tuple[int, str], ...]:
    """The looks of the good receipts of all other claims, each with its claim."""
    where = (
        captured_receipt.c.company == company,
        captured_receipt.c.state == GOOD,
        captured_receipt.c.captured != besides,
    )
    rows = tx.execute(select(captured_receipt.c.captured, captured_receipt.c.look).where(*where))
    return tuple((row.captured, row.look) for row in rows)


def own_looks(tx: Tx, company: str, claim: int) -> dict[int, str]:
    """The looks of a claim's own good receipts, by receipt."""
    where = (captured_receipt.c.company == company, captured_receipt.c.captured == claim)
    rows = tx.execute(select(captured_receipt.c.id, captured_receipt.c.look).where(*where))
    return {row.id: row.look for row in rows if row.look}


def contents(tx: Tx, company: str, claim: int) -> tuple[tuple[Receipt, bytes], ...]:
    """The good receipts of a claim with what may be sent on; those that Procountor has had for long are gone."""
    where = (captured_receipt.c.company == company, captured_receipt.c.captured == claim)
    good = (captured_receipt.c.state == GOOD) & captured_receipt.c.content.is_not(None)
    rows = tx.execute(select(captured_receipt).where(*where, good).order_by(captured_receipt.c.id))
    return tuple((_receipt(row), bytes(row.content)) for row in rows)


def others(tx: Tx, company: str, besides: int) -> tuple[tuple[int, Sheet], ...]:
    """The newest other claims of the company: for finding a purchase that is claimed twice."""
    where = (captured.c.company == company, captured.c.id != besides)
    rows = tx.execute(select(captured.c.id, captured.c.sheet).where(*where).order_by(captured.c.id.desc()).limit(300))
    return tuple((row.id, load(Sheet, unseal(tx, row.sheet))) for row in rows)


def _asked() -> Any:
    kept = [column for column in captured_receipt.c if column.name not in ("content", "look", "at")]
    return select(*kept)


def _one(company: str, id: int) -> tuple[ColumnElement[bool], ...]:
    return captured_receipt.c.company == company, captured_receipt.c.id == id


def _receipt(row: Row[Any]) -> Receipt:
    return Receipt(
        row.id, row.company, row.captured, row.row, row.slack_file, row.name, row.state,
        Flaw(row.flaw) if row.flaw else None, row.origin, load(Seen, row.seen) if row.seen else None,
        row.sha256, row.size,
    )  # fmt: skip
