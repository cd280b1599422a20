"""Payment: the company's own account, a right reference, a currency with its rate, and discounts in their limits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finance import bank_reference, identifiers
from finance.case import Case
from finance.currencies import CURRENCIES
from finance.faults import Fact, Fault, Repair
from finance.menus import bank_choices
from finance.resolve import account_to_pay

HIGHEST_RATE = Decimal(1_000_000)
LONGEST_DAYS, HIGHEST_DISCOUNT, MOST_DISCOUNTS = 999, Decimal("99.99"), 3


def account(case: Case) -> Iterator[Fault]:
    """The account is an IBAN and one of the company's own (rules R19, R22)."""
    registers, iban = case.registers, account_to_pay(case.invoice, case.registers)
    choices = bank_choices(registers)
    own = registers.own_accounts.get(iban)
    if own and own.active:
        return
    if not iban:
        code = "payment.account_missing"
    elif not identifiers.right_iban(iban):
        code = "payment.account_form"
    else:
        code = "payment.account_closed" if own else "payment.account_not_ours"
    shown = identifiers.masked(iban)
    expected = ", ".join(choice.label for choice in choices[:3])
    yield Fault(code, "payment.iban", shown, expected, {}, Repair.CHOOSE, "bank_account", choices)


def bic(case: Case) -> Iterator[Fault]:
    """A bank code that is not the one Procountor knows for the account (R19)."""
    payment = case.invoice.payment
    own = case.registers.own_accounts.get(payment.iban)
    given = payment.bic.replace(" ", "").upper()
    if own and own.bic and given and given[:8] != own.bic.upper()[:8]:
        yield Fault("payment.bic", "payment.bic", payment.bic[:20], own.bic, proposal=own.bic, warning=True)


def reference(case: Case) -> Iterator[Fault]:
    """The reference has a right check digit; without one Procountor makes it (rule R26)."""
    text = case.invoice.payment.reference
    if text and not bank_reference.right(text):
        better = bank_reference.corrected(text)
        code = "payment.reference" if better else "payment.reference_form"
        yield Fault(code, "payment.reference", text[:40], better, {}, Repair.TEXT, proposal=better)


def currency(case: Case) -> Iterator[Fault]:
    """The currency exists; a foreign one has a rate, the own one has none (rule R25, R39)."""
    payment, own = case.invoice.payment, case.registers.reference.currency
    facts: dict[str, Fact] = {"currency": payment.currency, "own": own, "rate": payment.rate}
    if payment.currency not in CURRENCIES:
        proposal = payment.currency.strip().upper()
        proposal = proposal if proposal in CURRENCIES else own
        found = payment.currency[:20]
        yield Fault("payment.currency", "payment.currency", found, own, facts, Repair.TEXT, proposal=proposal)
    elif not 0 < payment.rate <= HIGHEST_RATE:
        rate = "1" if payment.currency == own else _rate(case)
        yield Fault("payment.rate", "payment.rate", str(payment.rate), rate, facts, Repair.TEXT, proposal=rate)
    elif payment.currency == own and payment.rate != 1:
        yield Fault("payment.rate_own", "payment.rate", str(payment.rate), "1", facts, Repair.TEXT, proposal="1")
    elif payment.currency != own and payment.rate == 1:
        rate = _rate(case)
        yield Fault("payment.rate_missing", "payment.rate", "1", rate, facts, Repair.TEXT, proposal=rate)


def _rate(case: Case) -> str:
    """Procountor's latest rate of the invoice's currency; "" when it has none, or one that says nothing."""
    wanted = case.invoice.payment.currency
    told = (r.rate for r in case.registers.reference.rates if r.currency == wanted)
    return next((f"{rate.normalize():f}" for rate in told if 0 < rate <= HIGHEST_RATE and rate != 1), "")


def penalty(case: Case) -> Iterator[Fault]:
    """Penal interest has at most two decimals and is not negative."""
    percent = case.invoice.payment.penalty_percent
    if percent is not None and (not 0 <= percent <= 100 or percent != round(percent, 2)):
        facts = {"percent": percent}
        proposal = str(round(percent, 2)) if 0 <= percent <= 100 else ""
        where = "payment.penalty_percent"
        yield Fault("payment.penalty", where, str(percent), "", facts, Repair.TEXT, proposal=proposal)


def discounts(case: Case) -> Iterator[Fault]:
    """Cash discounts are in use in the company (rule R28), at most three, and in their limits."""
    offered = case.invoice.payment.discounts
    where = "payment.discounts"
    if offered and not case.registers.discounts:
        yield Fault("payment.discounts_off", where, str(len(offered)), repair=Repair.DROP)
        return
    if len(offered) > MOST_DISCOUNTS:
        facts = {"count": len(offered), "limit": MOST_DISCOUNTS}
        yield Fault("payment.discounts_many", where, str(len(offered)), "", facts, Repair.DROP, warning=True)
    for discount in offered:
        if not (0 <= discount.days <= LONGEST_DAYS and 0 < discount.percent <= HIGHEST_DISCOUNT):
            facts_of: dict[str, Fact] = {"days": discount.days, "percent": discount.percent}
            yield Fault("payment.discount", where, f"{discount.days}/{discount.percent}", "", facts_of, Repair.DROP)


RULES = (account, bic, reference, currency, penalty, discounts)
