"""A bill's supplier: in Procountor's register, and the account he is paid to (rule R22)."""

from __future__ import annotations

from collections.abc import Iterator

from finance import identifiers
from finance.case import Case
from finance.faults import Fact, Fault, Repair
from finance.suppliers import How, match


def register(case: Case) -> Iterator[Fault]:
    """The supplier is found in the register, by business id; by his name alone is told, and so is not at all."""
    if case.registers.reference.suppliers is None:
        yield Fault("supplier.hidden", "seller")
        return
    found, seller = match(case.invoice.seller, case.registers), case.invoice.seller
    if found.how is How.ID or not seller.name.strip():
        return
    near = found.entry or (found.near[0] if found.near else None)
    facts: dict[str, Fact] = {"supplier": seller.name, "id": seller.business_id or seller.vat_number or "–"}
    facts |= {"other": near.business_id or near.number or str(near.id)} if near else {}
    yield Fault(f"supplier.{found.how}", "seller", seller.name[:80], facts=facts, warning=True)


def account(case: Case) -> Iterator[Fault]:
    """The account is given, an IBAN, and not one of our own (rule R22)."""
    iban = case.invoice.payment.iban
    if not iban:
        code = "supplier.account_missing"
    elif not identifiers.right_iban(iban):
        code = "supplier.account_form"
    elif iban in case.registers.own_accounts:
        code = "supplier.account_ours"
    else:
        yield from _known(case, iban)
        return
    yield Fault(code, "payment.iban", identifiers.masked(iban), repair=Repair.TEXT)


def _known(case: Case, iban: str) -> Iterator[Fault]:
    """A new account is how bills are forged: it is told beside the one that the register has."""
    entry = match(case.invoice.seller, case.registers).entry
    known = case.taken.accounts.get(entry.id) if entry else None
    if known is None or iban in known:
        return
    shown, facts = identifiers.masked(iban), {"supplier": case.invoice.seller.name}
    if known:
        other = identifiers.masked(known[0])
        yield Fault("supplier.account_other", "payment.iban", shown, other, facts, warning=True)
    else:
        yield Fault("supplier.account_first", "payment.iban", shown, facts=facts, warning=True)


RULES = (register, account)
