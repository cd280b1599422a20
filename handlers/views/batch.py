"""A batch as its messages show it: plain facts, gathered by the journey, drawn by the views.

A batch is of sales invoices or of bills; the views speak of invoices, and the reader's tongue turns the words
(``Tongue.about``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from finance.faults import Fault
from finance.invoice import Kind
from finance.transfer import Problem

Handle = Callable[[str], str]  # purpose → opaque handle


class Stand(StrEnum):
    """Where one invoice stands, in the order a reader wants to hear of it."""

    READY = "ready"
    HELD = "held"  # a person has left it out of this batch
    FAULTY = "faulty"
    WAITING = "waiting"  # queued, not yet taken up
    SENT = "sent"
    REFUSED = "refused"
    CHECKING = "checking"  # the outcome is not known yet
    PARKED = "parked"  # a person must look


@dataclass(frozen=True, slots=True)
class Entry:
    """One invoice of the batch. Amounts are in ``currency``; ``theirs`` is Procountor's own number.

    ``buyer`` is the other side: of a bill its supplier.
    """

    document: int
    number: str
    buyer: str
    currency: str
    net: Decimal
    vat: Decimal
    gross: Decimal
    stand: Stand
    theirs: int | None = None
    faults: tuple[Fault, ...] = ()
    problems: tuple[Problem, ...] = ()
    note: str = ""
    by_hand: tuple[str, ...] = ()
    queued: bool = False  # it was sent off, whatever became of it since


@dataclass(frozen=True, slots=True)
class Sum:
    """What a number of invoices come to in one currency."""

    currency: str
    count: int
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Batch:
    """``state`` as in the store; ``absent`` are asked-for numbers that are not here (with Procountor's, if sent)."""

    number: int
    state: str
    company: str
    dry: bool
    entries: tuple[Entry, ...]
    absent: tuple[tuple[str, int | None], ...] = ()
    problem: str = ""
    paused: bool = False  # Procountor does not accept the company's key
    waiting: int = 0  # invoices in the inbox altogether, for an empty batch
    kind: Kind = Kind.SALES_INVOICE

    @property
    def troubled(self) -> tuple[Entry, ...]:
        """What somebody must attend to."""
        return self.of(Stand.REFUSED, Stand.PARKED, Stand.FAULTY)

    def of(self, *stands: Stand) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.stand in stands)

    def sums(self, *stands: Stand) -> tuple[Sum, ...]:
        """Per currency, the currency with most invoices first."""
        entries = self.of(*stands)
        counts = Counter(entry.currency for entry in entries)
        return tuple(_sum(currency, entries) for currency, _ in counts.most_common())


def _sum(currency: str, entries: tuple[Entry, ...]) -> Sum:
    of = [entry for entry in entries if entry.currency == currency]
    zero = Decimal(0)
    return Sum(
        currency,
        len(of),
        sum((e.net for e in of), zero),
        sum((e.vat for e in of), zero),
        sum((e.gross for e in of), zero),
    )
