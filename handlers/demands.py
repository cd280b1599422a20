"""What the company's own rules ask of a bill, with the cost centres it is accounted to where a rule looks at them."""

from __future__ import annotations

from finance import bill_rules
from finance.bill import Bill
from finance.bill_rules import Demand
from handlers import papers
from handlers.desk import Desk
from procountor import ledger
from procountor.errors import Refused
from storage import bills, shares
from storage.companies import Company

STALE = 60.0  # seconds for which a receipt's cost centres are taken as read


def of(desk: Desk, company: Company, bill: Bill) -> Demand:
    """What is asked of the bill now. Raises ProcountorError when Procountor does not answer."""
    rules = [rule for rule in company.choices.bill_rules if rule.on]
    centres = centres_of(desk, company, bill) if bill_rules.needs_centres(rules) else frozenset()
    return _of(desk, company, bill, centres)


def known(desk: Desk, company: Company, bill: Bill) -> Demand:
    """The same by the company's own rows alone: rules for cost centres, which stand in Procountor, are left out."""
    return _of(desk, company, bill, frozenset())


def _of(desk: Desk, company: Company, bill: Bill, centres: frozenset[str] | None) -> Demand:
    rules = [rule for rule in company.choices.bill_rules if rule.on]
    if not rules:
        return bill_rules.NOTHING
    return bill_rules.demand(bill, projects_of(desk, company, bill), centres, rules)


def projects_of(desk: Desk, company: Company, bill: Bill) -> tuple[str, ...]:
    """The project the bill names ("" for none) and those it is divided between: dividing it leads around no rule."""
    with desk.store.read() as tx:
        divided = shares.of(tx, company.id, bill.id)
        kept = bills.get(tx, company.id, bill.id)
    return (kept.aim.project if kept else "", *(project for project, _ in divided))


def centres_of(desk: Desk, company: Company, bill: Bill) -> frozenset[str] | None:
    """Codes and names of the cost centres that stand on the bill's ledger receipt; None when we may not look."""
    if bill.receipt is None:
        return frozenset()
    receipt, api = bill.receipt, desk.books(company.id)
    try:
        there = desk.memo.get(("centres", company.id, receipt), STALE, lambda: ledger.items(api, receipt))
    except Refused:
        return None
    reference = papers.kept_reference(desk, company)
    known = {(d.id, item.id): item for d in reference.dimensions for item in d.items}
    found = [known[key] for key in there if key in known]
    return frozenset(text for item in found for text in (item.code, item.description) if text)
