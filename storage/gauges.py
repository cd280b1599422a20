"""How much of what stands in the database, for the operator's figures: counts and instants, no names and no amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Table, func, select

from finance.transfer import FINAL
from storage import holding
from storage.bill_tables import decision
from storage.database import Tx
from storage.references import BILLS_SINCE, SALES_SINCE
from storage.tables import audit, bookmark, company, inbox, transfer

POLLS: Mapping[str, str] = {BILLS_SINCE: "bills", SALES_SINCE: "sales"}


@dataclass(frozen=True, slots=True)
class Polled:
    """When a company's ``what`` ("bills", "sales") was last looked at; ``company`` is our id of it."""

    company: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """``oldest_*`` is when the oldest that is not over began; None when there is none.

    ``uncertain``: transfers whose request may have left and whose outcome is not known yet.
    """

    companies: Mapping[str, int]
    transfers: Mapping[tuple[str, str], int]
    uncertain: int
    oldest_transfer: datetime | None
    decisions: Mapping[str, int]
    heard: int
    oldest_heard: datetime | None
    polled: Sequence[Polled]
    trail: int
    held: int


def look(tx: Tx) -> Standing:
    """All of it, at one moment."""
    kinds = select(transfer.c.kind, transfer.c.state, func.count()).group_by(transfer.c.kind, transfer.c.state)
    open_ones = transfer.c.state.not_in([state.value for state in FINAL])
    uncertain, oldest = tx.execute(
        select(func.count(transfer.c.create_at), func.min(transfer.c.create_at)).where(open_ones)
    ).one()
    heard, since = tx.execute(
        select(func.count(), func.min(inbox.c.received_at)).where(inbox.c.done_at.is_(None))
    ).one()
    marks = select(bookmark.c.company, bookmark.c.name, bookmark.c.value).where(bookmark.c.name.in_(POLLS))
    return Standing(
        companies=companies(tx),
        transfers={(kind, state): count for kind, state, count in tx.execute(kinds)},
        uncertain=uncertain,
        oldest_transfer=oldest,
        decisions=_counted(tx, decision, decision.c.state),
        heard=heard,
        oldest_heard=since,
        polled=[
            Polled(mark.company, POLLS[mark.name], datetime.fromisoformat(mark.value)) for mark in tx.execute(marks)
        ],
        held=tx.execute(select(func.count()).where(bookmark.c.name == holding.MARK)).scalar() or 0,
        trail=tx.execute(select(func.max(audit.c.seq))).scalar() or 0,
    )


def companies(tx: Tx) -> Mapping[str, int]:
    """How many companies are new, ready, paused."""
    return _counted(tx, company, company.c.state)


def _counted(tx: Tx, table: Table, column: Column[str]) -> Mapping[str, int]:
    rows = tx.execute(select(column, func.count()).select_from(table).group_by(column))
    return {str(state): int(count) for state, count in rows}
