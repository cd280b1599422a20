"""What concerns bills alone: not there already, not waiting twice, and nothing that belongs to accounting (R03)."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case import Case
from finance.faults import Fault

ARRIVED = "bill.arrived"
"""The code of a bill that came to Procountor by itself: it is approved there and never sent."""

_ACCOUNTING = ("account", "cost_centre", "project")


def arrived(case: Case) -> Iterator[Fault]:
    """The same supplier's bill with the same number has come to Procountor by itself."""
    theirs = case.taken.elsewhere.get(case.invoice.source_id)
    if theirs is not None:
        facts = {"existing": theirs, "supplier": case.invoice.seller.name or "–"}
        yield Fault(ARRIVED, "number", case.invoice.number, facts=facts)


def twice(case: Case) -> Iterator[Fault]:
    """Two waiting bills are one: two files wrote the supplier in two ways."""
    if case.invoice.source_id in case.taken.doubles:
        facts = {"supplier": case.invoice.seller.name or "–"}
        yield Fault("bill.twice", "number", case.invoice.number, facts=facts)


def accounting(case: Case) -> Iterator[Fault]:
    """Accounts, cost centres and projects of a file are not sent with a bill, and that is said."""
    parts = (case.invoice, *case.invoice.lines)
    if any(getattr(part, name).strip() for part in parts for name in _ACCOUNTING):
        yield Fault("bill.accounting", "lines", warning=True)


RULES = (arrived, twice, accounting)
