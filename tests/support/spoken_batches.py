"""Words of tests about batches in the company that is spoken to by hand: documents, and a checked batch of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from finance.invoice import Kind
from finance.reference import Account, BankAccount, Period, Reference, VatRate, VatStatus
from handlers import (
    gather,
    papers,
)
from storage import documents, references, runs
from storage.documents import Document
from tests.support.invoices import IBAN, invoice
from tests.support.office import ANNA, TEAM
from tests.support.spoken import Spoken

NUMBERS = count(5001)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

TODAY = NOW.date()

REFERENCE = Reference(
    1, "Yhtiö Oy", "2077474-0", NOW,
    accounts=(Account("3000", "Myynti"), Account("3010", "Myynti 2")),
    vat_rates=(VatRate(Decimal("25.5")),),
    vat_statuses=(VatStatus(1, "Kotimaan myynti"),),
    bank_accounts=(BankAccount(IBAN, "NDEAFIHH", default_for_invoice=True),),
    periods=(Period(date(2026, 10, 1), date(2026, 12, 31)),),
)  # fmt: skip


def brought(house: Spoken, number: str = "", **changes: Any) -> Document:
    made = replace(invoice(number or f"L{next(NUMBERS)}", TODAY), **changes)
    with house.write() as tx:
        return documents.keep(tx, house.id, made, documents.PSA, None, house.now).document


def batch(house: Spoken, *docs: Document, state: str = "preview", kind: Kind = Kind.SALES_INVOICE) -> int:
    """A checked batch."""
    judge = gather.Judge.now(house.desk, house.company, papers.kept_reference(house.desk, house.company), kind)
    items = [judge.item(doc, place) for place, doc in enumerate(docs)]
    named = {"kind": kind.value, "selection": "all", "dry": 0}
    with house.write() as tx:
        run = runs.start(tx, house.id, (TEAM, ANNA), f"asked {next(NUMBERS)}", house.now, **named)
        runs.put_items(tx, run, items)
        runs.move(tx, run, ("checking",), state)
    return run


def faulty(house: Spoken, **changes: Any) -> Document:
    """Without an account that is open."""
    made = invoice(f"L{next(NUMBERS)}", TODAY)
    lines = tuple(replace(line, account="9999") for line in made.lines)
    return brought(house, made.number, lines=lines, **changes)


@contextmanager
def checking(opened: Spoken) -> Iterator[Spoken]:
    """In November, with the registers as they were fetched."""
    opened.at[0] = NOW
    with opened.write() as tx:
        if references.fetched_at(tx, opened.id) is None:
            references.keep(tx, opened.id, REFERENCE)
    opened.asked.calls()
    yield opened
    opened.at[0] = NOW
