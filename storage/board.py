"""Figures of a whole company for finance: what waits by age and by person, what is to be paid, what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, exists, func, or_, select

from finance.bill import APPROVED
from finance.transfer import State
from storage import tallies
from storage.bill_rows import due_of
from storage.bill_tables import bill, bill_tally, decision
from storage.database import Tx
from storage.decisions import UNSURE
from storage.tables import run, run_item, transfer
from storage.tallies import Totals


@dataclass(frozen=True, slots=True)
class Day:
    """The open bills due on a day (None: those without a due date) in one currency."""

    due: date | None
    currency: str
    n: int
    amount: Decimal


def open_by_day(tx: Tx, company: str) -> tuple[Day, ...]:
    """How much is open by due date, the earliest first: from the sums that are kept, whatever is open."""
    where = (bill_tally.c.company == company, bill_tally.c.shelf == tallies.ALL, bill_tally.c.n > 0)
    asked = select(bill_tally).where(*where).order_by(bill_tally.c.due, bill_tally.c.currency)
    return tuple(Day(due_of(row.due), row.currency, row.n, Decimal(row.cents) / 100) for row in tx.execute(asked))


def to_pay(tx: Tx, company: str) -> Totals:
    """Bills that are approved and not on their way to the bank yet."""
    asked = select(bill.c.currency, func.count(), func.sum(bill.c.cents))
    mine = asked.where(bill.c.company == company, bill.c.status == APPROVED)
    return tallies.totals([tuple(row) for row in tx.execute(mine.group_by(bill.c.currency).order_by(bill.c.currency))])


def dated_until(tx: Tx, company: str, day: date) -> Totals:
    """Bills of up to a day that nobody has approved yet: what a month cannot be closed with."""
    asked = select(bill.c.currency, func.count(), func.sum(bill.c.cents))
    mine = asked.where(bill.c.company == company, bill.c.open == 1, bill.c.issued <= day.isoformat())
    return tallies.totals([tuple(row) for row in tx.execute(mine.group_by(bill.c.currency).order_by(bill.c.currency))])


@dataclass(frozen=True, slots=True)
class Doubts:
    """Documents whose way to Procountor, and decisions whose effect there, nobody knows for sure."""

    transfers: int = 0
    decisions: int = 0

    @property
    def all(self) -> int:
        return self.transfers + self.decisions


def in_doubt(tx: Tx, company: str) -> Doubts:
    """What a person may have to look at."""
    parked = (transfer.c.company == company, transfer.c.state == State.PARKED.value)
    unsure = (decision.c.company == company, decision.c.state == UNSURE)
    counted = [
        tx.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
        for table, where in ((transfer, parked), (decision, unsure))
    ]
    return Doubts(*counted)


def runs(tx: Tx, company: str) -> Mapping[str, int]:
    """How many batches there are in each state; without checks only, and without those nothing was found for."""
    any_item = exists().where(run_item.c.run == run.c.id)
    begun = or_(run.c.state != "preview", and_(run.c.dry == 0, any_item))
    asked = select(run.c.state, func.count()).where(run.c.company == company, begun).group_by(run.c.state)
    return {state: int(n) for state, n in tx.execute(asked)}
