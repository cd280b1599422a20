"""What is remembered of suppliers' accounts, sealed: the register's, since when, and those of the last paid bills."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.bill_tables import supplier_account as table
from storage.database import Tx
from storage.putting import put
from storage.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Account:
    """``registered`` is the register's account, ``changed_at`` when it was seen to be another than before."""

    registered: str
    paid_to: tuple[str, ...]
    looked_at: datetime
    changed_at: datetime | None


def get(tx: Tx, company: str, partner_id: int) -> Account | None:
    """None for a supplier that was never looked at."""
    row = tx.execute(select(table).where(table.c.company == company, table.c.partner_id == partner_id)).one_or_none()
    if row is None:
        return None
    paid_to = tuple(json.loads(unseal(tx, row.paid_to)))
    return Account(unseal(tx, row.account), paid_to, row.looked_at, row.changed_at)


def keep(tx: Tx, company: str, partner_id: int, registered: str, paid_to: Sequence[str], now: datetime) -> None:
    """Keeps what Procountor says now; that the register's account became another is remembered with its moment."""
    before = get(tx, company, partner_id)
    changed = now if before is not None and before.registered != registered else before and before.changed_at
    values = {
        "account": seal(tx, registered),
        "paid_to": seal(tx, json.dumps(list(paid_to))),
        "looked_at": now,
        "changed_at": changed,
    }
    put(tx, table, {"company": company, "partner_id": partner_id}, values)
