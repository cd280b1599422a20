"""The ledger account of a row: which it is, that it is open, and that it takes the row's VAT percentage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from finance.case import explained, of_row, product_lines
from finance.faults import Fact, Fault, Repair, Who
from finance.invoice import Invoice, Line
from finance.menus import account_choices, accounts_like
from finance.reference import Product
from finance.registers import Registers


def account(line: Line, invoice: Invoice, product: Product | None, registers: Registers) -> str:
    """The row's own account, else the invoice's, the product's, the company's for the percentage; "" if none (R14)."""
    of_company = registers.default_accounts
    default = of_company.get(line.vat_percent) if line.vat_percent is not None else None
    return (
        line.account
        or invoice.account
        or (product.account if product else "")
        or (of_company.get(None, "") if default is None else default)
    ).strip()


def percents(where: str, invoice: Invoice) -> frozenset[Decimal]:
    """VAT percentages of the rows an account at ``where`` is for: the row named, or all that have none of their own."""
    rows = product_lines(invoice)
    named = [line for i, line in rows if where.startswith(f"lines[{i}].")]
    shared = [line for _, line in rows if not line.account] or [line for _, line in rows]
    return frozenset(line.vat_percent for line in named or shared if line.vat_percent is not None)


def check(invoice: Invoice, chosen: Mapping[int, str], registers: Registers) -> Iterator[Fault]:
    """Faults of the accounts ``chosen`` by row; a missing one is told once when no row has any."""
    rows = product_lines(invoice)
    if rows and not any(chosen[i] for i, _ in rows):
        i, line = rows[0]
        percent = line.vat_percent or Decimal(0)
        facts = of_row(i, line, percent=percent)
        yield _choose("account.missing", "account", "", registers, facts, percents("account", invoice))
        return
    for i, line in rows:
        yield from _of_row(i, line, invoice, chosen[i], registers)


def _of_row(i: int, line: Line, invoice: Invoice, code: str, registers: Registers) -> Iterator[Fault]:
    where = "account" if invoice.account and not line.account else f"lines[{i}].account"
    percent, taking = line.vat_percent, percents(where, invoice)
    if not code:
        facts = of_row(i, line, percent=percent or Decimal(0))
        yield _choose("account.missing", where, "", registers, facts, taking)
        return
    known = registers.accounts.get(code)
    if known is None or not known.active:
        wrong = "account.closed" if known else "account.unknown"
        facts = of_row(i, line, account=f"{code} {known.name if known else ''}")
        yield _choose(wrong, where, code, registers, facts, taking)
    elif percent is not None and (code, percent) in registers.refused:
        facts = of_row(i, line, account=f"{code} {known.name}", percent=percent)
        yield _choose("account.vat_refused", f"lines[{i}].account", code, registers, facts, frozenset((percent,)))
    elif percent is not None and (stated := registers.account_percents[code]) and percent not in stated:
        facts = of_row(i, line, account=f"{code} {known.name}", percent=percent, stated=stated[0])
        fault = _choose("account.name_percent", f"lines[{i}].account", code, registers, facts, frozenset((percent,)))
        yield replace(fault, warning=True)


def _choose(
    code: str, where: str, found: str, registers: Registers, facts: Mapping[str, Fact], taking: frozenset[Decimal]
) -> Fault:
    if code in ("account.vat_refused", "account.name_percent"):  # another account, one for this percentage first
        (percent,) = taking
        words = f"{percent.normalize():f} %".replace(".", ",")
        listed = tuple(c for c in account_choices(registers, words, percents=taking) if c.value != found)
    else:
        listed = accounts_like(registers, found, percents=taking)
    return Fault(code, where, found, "", facts, Repair.CHOOSE, "account", listed)


EXPLANATIONS = (
    explained(
        "account.missing",
        Who.SENDER,
        (
            "Riville {row} ”{name}” (ALV {percent} %) ei ole valittu myyntitiliä.",
            "Valitse kirjanpitotili. Ylläpitäjä voi asettaa oletustilin, jolloin tätä ei enää kysytä.",
        ),
        (
            "Rad {row} ”{name}” (moms {percent} %) saknar försäljningskonto.",
            "Välj ett bokföringskonto. Administratören kan ange ett standardkonto, så frågas detta inte längre.",
        ),
        (
            "Row {row} “{name}” (VAT {percent} %) has no sales account.",
            "Choose a ledger account. An admin can set a default account so that this is not asked again.",
        ),
    ),
    explained(
        "account.unknown",
        Who.SENDER,
        ("Tiliä {found} ei ole yrityksen tilikartassa.", "Valitse tili, joka on Procountorissa käytössä."),
        ("Kontot {found} finns inte i företagets kontoplan.", "Välj ett konto som används i Procountor."),
        ("Account {found} is not in the company's chart of accounts.", "Choose an account that Procountor has."),
    ),
    explained(
        "account.closed",
        Who.SENDER,
        ("Tili {account} ei ole enää käytössä.", "Valitse käytössä oleva tili."),
        ("Kontot {account} används inte längre.", "Välj ett konto som är i bruk."),
        ("Account {account} is no longer in use.", "Choose an account that is in use."),
    ),
    explained(
        "account.vat_refused",
        Who.SENDER,
        (
            "Procountor ei ole hyväksynyt tilille {account} arvonlisäveroa {percent} % (rivi {row}).",
            "Valitse toinen tili tai tarkista rivin ALV-prosentti.",
        ),
        (
            "Procountor har inte godtagit moms {percent} % på kontot {account} (rad {row}).",
            "Välj ett annat konto eller kontrollera radens momsprocent.",
        ),
        (
            "Procountor has refused VAT {percent} % on account {account} (row {row}).",
            "Choose another account or check the row's VAT percentage.",
        ),
    ),
    explained(
        "account.name_percent",
        Who.SENDER,
        (
            "Tilin {account} nimessä on {stated} %, mutta rivin {row} ALV on {percent} %.",
            "Tarkista, että tili on oikea. Laskun voi lähettää näinkin.",
        ),
        (
            "Kontot {account} nämner {stated} %, men rad {row} har moms {percent} %.",
            "Kontrollera att kontot är rätt. Fakturan kan skickas ändå.",
        ),
        (
            "The name of account {account} says {stated} %, but row {row} has VAT {percent} %.",
            "Check that the account is right. The invoice can be sent as it is.",
        ),
    ),
)
