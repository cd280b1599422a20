"""Where a company's news of payments is posted to, and the secret it is signed with, sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select

from storage.database import Tx
from storage.putting import put
from storage.sales_tables import webhook
from storage.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Webhook:
    """An https address and the secret shared with who listens there. ``set_by`` is a person as the trail names him."""

    url: str
    secret: str = field(repr=False)
    set_by: str
    set_at: datetime


def get(tx: Tx, company: str) -> Webhook | None:
    """None when the company has none."""
    row = tx.execute(select(webhook).where(webhook.c.company == company)).one_or_none()
    return None if row is None else Webhook(row.url, unseal(tx, row.secret), row.set_by, row.set_at)


def url(tx: Tx, company: str) -> str:
    """The address alone; "" for none. The secret is not opened for it."""
    return str(tx.execute(select(webhook.c.url).where(webhook.c.company == company)).scalar() or "")


def keep(tx: Tx, company: str, url: str, secret: str, who: str, now: datetime) -> None:
    """Sets or replaces it."""
    values = {"url": url, "secret": seal(tx, secret), "set_by": who, "set_at": now}
    put(tx, webhook, {"company": company}, values)


def remove(tx: Tx, company: str) -> bool:
    """False when there was none."""
    return bool(tx.execute(delete(webhook).where(webhook.c.company == company)).rowcount)
