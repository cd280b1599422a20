"""How many bills are open and what they come to, by day: kept up with every bill, so that no list has to count.

A shelf is all of a company's bills (ALL), or those of one project.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, delete, func, select

from storage.bill_tables import bill_tally as table
from storage.database import Tx
from storage.putting import put

ALL = "all"

Key = tuple[str, str, str]  # shelf, due, currency


@dataclass(frozen=True, slots=True)
class Totals:
    """How many, and what they come to in each currency. ``more``: there are more than were counted."""

    n: int = 0
    sums: tuple[tuple[str, Decimal], ...] = ()
    more: bool = False


def of_project(number: str) -> str:
    """The shelf of a project."""
    return f"project:{number}"


def open_(tx: Tx, company: str, shelf: str = ALL, before: date | None = None) -> Totals:
    """What is open on a shelf; of that what was due ``before`` a day."""
    where = [table.c.company == company, table.c.shelf == shelf]
    if before is not None:
        where.append(table.c.due < before.isoformat())
    asked = select(table.c.currency, func.sum(table.c.n), func.sum(table.c.cents)).where(*where)
    return totals([tuple(row) for row in tx.execute(asked.group_by(table.c.currency).order_by(table.c.currency))])


def totals(rows: list[Any], more: bool = False) -> Totals:
    """From (currency, how many, hundredths)."""
    found = [(currency, int(n), int(cents)) for currency, n, cents in rows if n]
    sums = tuple((currency, Decimal(cents) / 100) for currency, _, cents in found)
    return Totals(sum(n for _, n, _ in found), sums, more)


def move(tx: Tx, company: str, before: Row[Any] | None, after: Mapping[str, Any]) -> None:
    """A bill was ``before`` (None: nothing) and is ``after``: the sums follow.

    The caller holds the bill's row, so that nobody else moves it meanwhile. The sums are changed in the order of their
    keys: two who change several never wait for each other in a ring.
    """
    changes: dict[Key, list[int]] = {}
    for sign, row in ((-1, before._mapping if before is not None else None), (1, after)):
        if row is None or not row["open"]:
            continue
        for shelf in (ALL, of_project(row["project"])) if row["project"] else (ALL,):
            change = changes.setdefault((shelf, row["due"], row["currency"]), [0, 0])
            change[0] += sign
            change[1] += sign * row["cents"]
    for key, (n, cents) in sorted(changes.items()):
        if n or cents:
            add(tx, company, key, n, cents)


def add(tx: Tx, company: str, key: Key, n: int, cents: int) -> None:
    """Adds ``n`` bills of together ``cents`` to a day of a shelf; fewer than none take them away."""
    shelf, due, currency = key
    where = (
        table.c.company == company, table.c.shelf == shelf, table.c.due == due, table.c.currency == currency,
    )  # fmt: skip
    row = {"company": company, "shelf": shelf, "due": due, "currency": currency}
    put(tx, table, row, {"n": table.c.n + n, "cents": table.c.cents + cents}, {"n": n, "cents": cents})
    if n < 0:
        tx.execute(delete(table).where(*where, table.c.n == 0))
