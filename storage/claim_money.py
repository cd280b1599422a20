"""What became of claims' money: days on which the company paid, and what people are still to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from storage.claim_tables import claim_debt as debt
from storage.claim_tables import claim_mark as mark
from storage.database import Tx

NEW, MARKING, DONE, TODO = "new", "marking", "done", "todo"
OPEN, PAID, GONE = "open", "paid", "gone"


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on which the company paid ``amount`` of a document, which Procountor has under ``remote_id``.

    ``state``: new, marking (noted, the answer not known), done, todo (a person has to do something; ``why`` tells).
    ``fence`` rises with everybody who takes it up.
    """

    document: int
    paid_on: date
    company: str
    remote_id: int
    amount: Decimal
    currency: str
    state: str
    why: str
    tries: int
    fence: int
    noted_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Debt:
    """A document somebody is to be paid for. ``state``: open, paid, gone (cancelled in Procountor)."""

    document: int
    company: str
    remote_id: int
    status: str
    state: str
    paid_on: date | None


def want_marks(tx: Tx, company: str, document: int, remote_id: int, currency: str, days: dict[date, Decimal]) -> None:
    """Notes what is to be marked paid; what is noted already stays as it is."""
    known = set(tx.execute(select(mark.c.paid_on).where(mark.c.document == document)).scalars())
    for day, amount in sorted(days.items()):
        if day.isoformat() not in known:
            about = {"document": document, "paid_on": day.isoformat(), "company": company, "remote_id": remote_id}
            state = {"state": NEW, "why": "", "tries": 0, "fence": 0}
            tx.execute(insert(mark).values(**about, amount=str(amount), currency=currency, **state))


def claim_marks(tx: Tx, company: str, document: int) -> tuple[Mark, ...]:
    """Takes up what is not done of a document, by its days; the fences rise."""
    where = (mark.c.company == company, mark.c.document == document, mark.c.state != DONE)
    rows = tx.execute(update(mark).where(*where).values(fence=mark.c.fence + 1).returning(mark)).all()
    return tuple(sorted((_mark(row) for row in rows), key=lambda one: one.paid_on))


def commit(tx: Tx, m: Mark, **values: Any) -> Mark | None:
    """Writes the next state; None when somebody else has taken it up meanwhile."""
    where = (mark.c.document == m.document, mark.c.paid_on == m.paid_on.isoformat(), mark.c.fence == m.fence)
    row = tx.execute(update(mark).where(*where).values(**values).returning(mark)).one_or_none()
    return None if row is None else _mark(row)


def marks(
    tx: Tx, company: str | None = None, state: str | None = None, document: int | None = None
) -> tuple[Mark, ...]:
    """Days of payment, of one company or all, in one state or any."""
    where = [mark.c.company == company] if company is not None else []
    where += [mark.c.state == state] if state is not None else []
    where += [mark.c.document == document] if document is not None else []
    rows = tx.execute(select(mark).where(*where).order_by(mark.c.document, mark.c.paid_on)).all()
    return tuple(_mark(row) for row in rows)


def owe(tx: Tx, company: str, document: int, remote_id: int) -> None:
    """Notes that somebody is to be paid; once."""
    if tx.execute(select(debt.c.document).where(debt.c.document == document)).first() is None:
        about = {"document": document, "company": company, "remote_id": remote_id}
        tx.execute(insert(debt).values(**about, status="", state=OPEN))


def debts(tx: Tx, company: str, state: str = OPEN) -> tuple[Debt, ...]:
    """Documents by whether they have been paid."""
    rows = tx.execute(select(debt).where(debt.c.company == company, debt.c.state == state).order_by(debt.c.document))
    return tuple(_debt(row) for row in rows.all())


def left(tx: Tx, company: str) -> tuple[int, int]:
    """How many documents are still to be paid, and how many days of payment need a person's hand."""
    owed = select(func.count()).select_from(debt).where(debt.c.company == company, debt.c.state == OPEN)
    todo = select(func.count()).select_from(mark).where(mark.c.company == company, mark.c.state == TODO)
    return int(tx.execute(owed).scalar_one()), int(tx.execute(todo).scalar_one())


def debt_of(tx: Tx, company: str, document: int) -> Debt | None:
    """What is known of a document's payment."""
    row = tx.execute(select(debt).where(debt.c.company == company, debt.c.document == document)).one_or_none()
    return None if row is None else _debt(row)


def companies_owing(tx: Tx) -> tuple[str, ...]:
    """The companies that still have to pay somebody."""
    return tuple(tx.execute(select(debt.c.company).where(debt.c.state == OPEN).distinct()).scalars())


def saw(tx: Tx, one: Debt, status: str, state: str, paid_on: date | None, now: datetime) -> bool:
    """Notes how it stands; True when it has just ceased to be open."""
    where = (debt.c.document == one.document, debt.c.state == OPEN)
    day = paid_on.isoformat() if paid_on else None
    done = tx.execute(update(debt).where(*where).values(status=status, state=state, paid_on=day, looked_at=now))
    return bool(done.rowcount) and state != OPEN


def _mark(row: Row[Any]) -> Mark:
    return Mark(
        row.document, date.fromisoformat(row.paid_on), row.company, row.remote_id, Decimal(row.amount), row.currency,
        row.state, row.why, row.tries, row.fence, row.noted_at, row.next_at,
    )  # fmt: skip


def _debt(row: Row[Any]) -> Debt:
    day = date.fromisoformat(row.paid_on) if row.paid_on else None
    return Debt(row.document, row.company, row.remote_id, row.status, row.state, day)
