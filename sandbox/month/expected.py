"""What is to become of each of the month's invoices: the measure that the story and its tests are held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sandbox.month.by_bills import finvoice_bill, listed_bills
from sandbox.month.by_csv import csv_month
from sandbox.month.by_finvoice import finvoice_month
from sandbox.month.by_itself import framed_invoice
from sandbox.month.by_xlsx import xlsx_month
from sandbox.month.days import days
from sandbox.month.story import Outcome, Told


@dataclass(frozen=True, slots=True)
class Expected:
    """``ready`` arrives in Procountor; ``refused`` passes our checks and Procountor says no to it (an account that does
    not take the row's VAT percentage); ``faulty`` stays with us. A ``bill`` is sent as a bill, a ``faulty bill`` stays
    with us, and one that has ``arrived`` is in Procountor already; ``unreadable`` is no document at all. ``codes`` are
    all codes the checks find, warnings too (of an unreadable one those of its reading).
    """

    number: str
    outcome: Outcome
    codes: frozenset[str] = frozenset()


def told(today: date) -> tuple[Told, ...]:
    """Every document of the round in the order of its number, the bills last. Raises ValueError before 2026."""
    round_ = days(today)
    sales = (*finvoice_month(round_), framed_invoice(round_), *csv_month(round_), *xlsx_month(round_))
    bills = (finvoice_bill(round_), *listed_bills(round_))
    return (*sorted(sales, key=lambda one: int(one.invoice.number)), *bills)


def expected(today: date) -> tuple[Expected, ...]:
    """One entry for each document, in the order of the numbers."""
    return tuple(Expected(one.invoice.number, one.outcome, one.codes) for one in told(today))
