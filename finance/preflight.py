"""Everything that can be known before sending: all rules over one invoice, or over a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from finance.case import AttachmentFile, Case, Rule, Taken, completed, unique
from finance.company import Choices
from finance.customers import NO_CLIENTS, Clients, filled
from finance.faults import Fault
from finance.invoice import Invoice, Kind
from finance.reference import Reference
from finance.registers import Registers, index
from finance.resolve import resolved
from finance.rules import (
    addresses,
    attachments,
    bills,
    claims,
    dates,
    duplicates,
    e_invoice,
    identities,
    parties,
    payment,
    rows,
    suppliers,
    texts,
    vat,
)

__all__ = ["AttachmentFile", "Taken", "check", "check_many", "clean"]

_NOTHING = Taken()
_OF_CLAIMS: tuple[Rule, ...] = (
    *duplicates.RULES, *claims.RULES, dates.period, dates.distance, payment.currency, *rows.RULES,
    vat.categories, vat.dated, *texts.RULES, *attachments.RULES,
)  # fmt: skip
_RULES: Mapping[Kind, tuple[Rule, ...]] = {
    Kind.SALES_INVOICE: tuple(
        rule
        for module in (
            duplicates, parties, identities, addresses, e_invoice, dates, payment, rows, vat, texts, attachments
        )
        for rule in module.RULES
    ),
    Kind.BILL: (
        *duplicates.RULES, bills.arrived, bills.twice, parties.named, parties.ourselves, *identities.RULES,
        *suppliers.RULES, addresses.country, *dates.RULES, payment.reference, payment.currency, payment.penalty,
        payment.discounts, *rows.RULES, vat.categories, vat.dated, *texts.RULES, *attachments.RULES, bills.accounting,
    ),
    Kind.CLAIM: _OF_CLAIMS,
    Kind.COMPANY_COST: _OF_CLAIMS,
}  # fmt: skip


def check(
    invoice: Invoice,
    reference: Reference,
    choices: Choices,
    *,
    today: date,
    taken: Taken = _NOTHING,
    files: Collection[AttachmentFile] = (),
    clients: Clients = NO_CLIENTS,
) -> tuple[Fault, ...]:
    """What is wrong with the invoice, in the order of the rules; faults that are warnings do not stop it.

    ``today`` is the company's local date. ``files`` are the attachments at hand, ``clients`` the PSA's customers, who
    complete invoices that lack an address. Never raises.
    """
    return _check(invoice, index(reference, choices, invoice.kind), today, taken, files, clients)


def check_many(
    invoices: Iterable[Invoice],
    reference: Reference,
    choices: Choices,
    *,
    today: date,
    taken: Taken = _NOTHING,
    files: Mapping[str, Collection[AttachmentFile]] | None = None,
    clients: Clients = NO_CLIENTS,
) -> dict[str, tuple[Fault, ...]]:
    """Faults by invoice number, in the order given; ``files`` by invoice number. Each number once: two are a fault."""
    given = files or {}
    found: dict[str, tuple[Fault, ...]] = {}
    numbers: Counter[str] = Counter()
    for invoice in invoices:
        number = invoice.number
        numbers[number] += 1
        registers = index(reference, choices, invoice.kind)
        faults = _check(invoice, registers, today, taken, given.get(number, ()), clients)
        again = (duplicates.twice(number),) if numbers[number] == 2 else ()
        found[number] = unique((*found.get(number, ()), *faults, *again))
    return found


def clean(faults: Iterable[Fault]) -> bool:
    """Whether an invoice with these faults can be sent: there are none but warnings."""
    return all(fault.warning for fault in faults)


def _check(
    invoice: Invoice,
    registers: Registers,
    today: date,
    taken: Taken,
    files: Collection[AttachmentFile],
    clients: Clients,
) -> tuple[Fault, ...]:
    impossible = tuple(rows.possible(invoice))
    if impossible:
        return impossible
    whole, put_in = filled(completed(invoice, registers.choices), clients)
    case = Case(whole, registers, today, taken, tuple(files))
    _, unresolved = resolved(case.invoice, registers)
    told = chain.from_iterable(rule(case) for rule in _RULES[invoice.kind])
    return unique(_without_echo((*told, *unresolved, *put_in)))


def _without_echo(faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """Without what only follows from another fault: the VAT question that hangs on a missing country, and an account
    whose name says another percentage than one that is wrong in any case."""
    no_country = any(f.where == "buyer.address.country" and not f.warning for f in faults)
    old = {f.where.replace(".vat_percent", ".account") for f in faults if f.code == "vat.percent_not_on_date"}
    for fault in faults:
        of_country = no_country and fault.code == "vat.no_country"
        of_percent = fault.code == "account.name_percent" and fault.where in old
        if not (of_country or of_percent):
            yield fault
