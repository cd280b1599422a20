"""Whose claim it is, in Procountor: the person and the account he is paid to (R58, R60); looked up anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from finance.invoice import Invoice, Kind, Party
from finance.people import address, plain


@dataclass(frozen=True, slots=True)
class Payee:
    """A person of Procountor's register. ``iban`` is "" when the register has no account."""

    person: int
    iban: str = ""


Payees = Mapping[str, Payee]
"""By ``key`` of the claimant."""

NO_PAYEES: Payees = {}


def key(claimant: Party) -> str:
    """One text for one claimant: his number in the PSA, else his address, else his name."""
    return plain(claimant.customer_number) or address(claimant.email) or plain(claimant.name)


def with_payee(invoice: Invoice, payees: Payees) -> Invoice:
    """A claim's document with its person, and his account when he is to be paid; any other document as it is."""
    if invoice.claim is None:
        return invoice
    found = payees.get(key(invoice.seller))
    if found is None:
        return invoice
    paid = replace(invoice.payment, iban=found.iban) if invoice.kind is Kind.CLAIM else invoice.payment
    return replace(invoice, claim=replace(invoice.claim, person=found.person), payment=paid)
