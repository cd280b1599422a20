"""How a bill is divided between projects: percentages that make a hundred."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select

from storage.bill_tables import share
from storage.database import Tx


def of(tx: Tx, company: str, bill: int) -> tuple[tuple[str, Decimal], ...]:
    """Project and percentage, in the order of the projects; nothing when it was not divided."""
    asked = select(share.c.project, share.c.percent).where(share.c.company == company, share.c.bill == bill)
    return tuple((row.project, Decimal(row.percent)) for row in tx.execute(asked.order_by(share.c.project)))


def divide(tx: Tx, company: str, bill: int, parts: Mapping[str, Decimal], by: str, now: datetime) -> None:
    """Divides the bill anew; no parts take the division back. The caller has seen to it that they make a hundred."""
    tx.execute(delete(share).where(share.c.company == company, share.c.bill == bill))
    for project, percent in parts.items():
        values = {"project": project, "percent": f"{percent:f}", "set_by": by, "set_at": now}
        tx.execute(insert(share).values(company=company, bill=bill, **values))
