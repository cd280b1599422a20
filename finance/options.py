"""What may be picked to mend a fault: the whole register, searched by what somebody types."""

from __future__ import annotations

from finance import countries, languages, operators, units
from finance.company import Choices
from finance.faults import Choice, Fault
from finance.invoice import Invoice
from finance.menus import (
    MOST_CHOICES,
    account_choices,
    accounts_like,
    bank_choices,
    best,
    item_choices,
    percent_choices,
    product_choices,
    products_like,
    status_choices,
)
from finance.reference import Reference
from finance.registers import Registers, index
from finance.rules import accounts

LIKELY = 8  # operators worth showing to somebody who has begun to type
_LIKENED = ("account.missing", "account.unknown", "account.closed", "work_type.unmapped")


def options(
    fault: Fault, invoice: Invoice, reference: Reference, choices: Choices, query: str = ""
) -> tuple[Choice, ...]:
    """What may be picked for ``fault`` from its whole register, best first for ``query``; at most 100.

    Without a query what is most like the thing found comes first. A product for a work type is picked for the
    whole company, an account never one that Procountor has refused with the row's VAT percentage.
    """
    registers = index(reference, choices, invoice.kind)
    if fault.register in ("account", "product", "cost_centre", "project"):
        return _large(fault, invoice, registers, query.strip())
    match fault.register:
        case "operator":
            wanted = query or invoice.buyer.e_invoice.operator
            most = LIKELY if query else MOST_CHOICES
            return operators.nearest(wanted, registers.operators, most, registers.operators_often)
        case "vat":
            return fault.choices if fault.choices and not query else best(percent_choices(registers.percents), query)
        case "vat_status":
            return best(status_choices(registers.statuses.values()), query)
        case "bank_account":
            return best(bank_choices(registers), query)
    return best(_listed(fault.register) or fault.choices, query)


def _listed(register: str) -> tuple[Choice, ...]:
    match register:
        case "country":
            return countries.choices()
        case "language":
            return languages.choices()
        case "unit":
            return units.choices()
    return ()


def _large(fault: Fault, invoice: Invoice, registers: Registers, query: str) -> tuple[Choice, ...]:
    match fault.register:
        case "account":
            taking = accounts.percents(fault.where, invoice)
            if query or fault.code not in _LIKENED:
                return account_choices(registers, query, MOST_CHOICES, taking)
            return accounts_like(registers, fault.found, MOST_CHOICES, taking)
        case "product":
            if query or fault.code not in _LIKENED:
                return product_choices(registers, query, MOST_CHOICES)
            return products_like(registers, fault.found, MOST_CHOICES)
        case "cost_centre":
            return item_choices(registers.cost_centres, query, MOST_CHOICES)
    return item_choices(registers.projects, query, MOST_CHOICES)
