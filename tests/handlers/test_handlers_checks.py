"""The steps of the setup about booking and about what both sides must agree on: each state of the registers, in words.

A step is looked at as the list of the setup looks at it, over registers and waiting documents that the test lays out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from finance.company import Choices
from finance.invoice import Invoice, Kind, Line, Payment
from finance.reference import Account, BankAccount, Dimension, DimensionItem, Product, Reference, VatRate
from finance.registers import index
from handlers.checks import agreement, booking
from handlers.steps import Look
from handlers.views.steps import Mark
from handlers.views.tongue import Tongue
from storage.companies import Company

OWN, OLD, STRANGE = "FI2112345600000785", "FI5510093000123458", "FI1410093000123458"
CENTRES = Dimension(1, "Kustannuspaikka", (DimensionItem(1, "110", "Talous"), DimensionItem(2, "120", open=False)))
PROJECTS = Dimension(2, "Projekti", (DimensionItem(3, "P-1001"),))
WHOLE = Reference(
    12001,
    "Pohjantuuli Konsultointi Oy",
    "2077474-0",
    datetime(2026, 11, 1, tzinfo=UTC),
    accounts=(Account("3000", "Myynti"), Account("3090", "Vanha", active=False)),
    vat_rates=(VatRate(Decimal("25.5")), VatRate(Decimal("13.5"), purchase=False), VatRate(Decimal(10), sales=False)),
    dimensions=(CENTRES, PROJECTS),
    products=(
        Product(1, "KONS", "Konsultointi", account="3000", vat_percent=Decimal("25.5")),
        Product(2, "VANHA", "Vanha", active=False),
        Product(3, "MUU", "Muu"),
    ),
    bank_accounts=(BankAccount(OWN, "NDEAFIHH", default_for_invoice=True), BankAccount(OLD, "OKOYFIHH", active=False)),
)
STEPS: dict[str, Any] = {
    "accounts": booking.accounts,
    "cost centres": booking.cost_centres,
    "products": booking.products,
    "bank": agreement.bank,
    "percents": agreement.percents,
    "work types": agreement.work_types,
}


def look(reference: Reference | None, waiting: tuple[Invoice, ...] = (), **choices: Any) -> Look:
    chosen = Choices(**choices)
    company = Company("c1", "Oy", "2077474-0", 12001, 1, "ready", chosen)
    known = index(reference, chosen) if reference else None
    return Look(None, company, Tongue("en"), {"registers": known, "waiting": waiting})  # type: ignore[arg-type]


def waits(
    kind: Kind = Kind.SALES_INVOICE, iban: str = "", bic: str = "", cost_centre: str = "", **line: Any
) -> Invoice:
    """A document that waits, with one row."""
    row = Line(**{"name": "Työ", "vat_percent": Decimal("25.5"), **line})
    payment = Payment(iban=iban, bic=bic)
    return Invoice("1", date(2026, 11, 1), kind, lines=(row,), payment=payment, cost_centre=cost_centre)


@pytest.mark.parametrize("name", STEPS)
def test_before_the_registers_are_fetched_a_step_says_so_and_can_be_looked_at_again(name: str) -> None:
    step = STEPS[name](look(None))
    assert (step.name, step.mark, step.action) == (name, Mark.TODO, "setup.look")
    assert step.told == "The registers have not been fetched from Procountor yet."


NONE_OPEN = replace(WHOLE, bank_accounts=(BankAccount(OWN, active=False, default_for_invoice=True),))
NOT_DEFAULT = replace(WHOLE, bank_accounts=(BankAccount(OWN),))
LOST = (Product(1, "KONS", "K", account="3090"), Product(2, "", "Nimetön *työ*", account="9999"))
CASES: list[tuple[str, Reference, tuple[Invoice, ...], dict[str, Any], Mark, str, str]] = [
    # the account of a row that names none
    ("accounts", WHOLE, (), {}, Mark.TODO, "No account has been chosen", "settings.part"),
    ("accounts", WHOLE, (), {"decided": ("accounts",)}, Mark.OK, "None chosen: every invoice row or product", ""),
    ("accounts", WHOLE, (), {"default_account": {"25.5": "3000"}}, Mark.OK, "3000", ""),
    ("accounts", WHOLE, (), {"default_account": {"25.5": "3000", "": "3090", "10": "77"}}, Mark.WRONG,
     "Not open in Procountor’s chart of accounts: 3090, 77$", "settings.part"),
    # cost centres
    ("cost centres", WHOLE, (), {}, Mark.OK, "1 open one in the dimension Kustannuspaikka; .* name none get none", ""),
    ("cost centres", WHOLE, (), {"default_cost_centre": "110"}, Mark.OK, "rows that name none get 110", ""),
    ("cost centres", WHOLE, (), {"default_cost_centre": "120"}, Mark.WRONG, "default cost centre 120 is not open",
     "settings.part"),
    ("cost centres", WHOLE, (), {"default_cost_centre": "999"}, Mark.WRONG, "default cost centre 999 is not open",
     "settings.part"),
    ("cost centres", WHOLE, (), {"project_dimension": "Hanke"}, Mark.WRONG, "no dimension called Hanke",
     "settings.part"),
    ("cost centres", WHOLE, (), {"project_dimension": "projekti"}, Mark.OK, "1 open one", ""),
    ("cost centres", WHOLE, (), {"cost_centre_dimension": "Osasto"}, Mark.WRONG,
     "no dimension called Osasto. It has: Kustannuspaikka, Projekti", "settings.part"),
    ("cost centres", replace(WHOLE, dimensions=()), (waits(),), {}, Mark.OK, "Procountor has no dimensions", ""),
    ("cost centres", replace(WHOLE, dimensions=()), (waits(), waits(cost_centre="110")), {}, Mark.WRONG,
     "Procountor has no dimensions", "setup.look"),
    # products
    ("products", WHOLE, (), {}, Mark.OK, "2 products in use, 1 with its account", ""),
    ("products", replace(WHOLE, products=(Product(2, "VANHA", "V", active=False),)), (), {}, Mark.OPEN,
     "product register is empty", ""),
    ("products", replace(WHOLE, products=LOST), (), {}, Mark.OPEN,
     "2 products have an account that is closed: Nimetön ∗työ∗, KONS", "setup.look"),
    ("products", replace(WHOLE, products=LOST[:1]), (), {}, Mark.OPEN,
     "1 product has an account that is closed: KONS", "setup.look"),
    # the account that invoices are paid to
    ("bank", WHOLE, (waits(iban=OWN, bic="NDEAFIHHXXX"),), {}, Mark.OK, "FI21 •••• 0785 on both sides", ""),
    ("bank", WHOLE, (waits(iban=STRANGE), waits(iban=STRANGE)), {}, Mark.WRONG,
     "2 waiting invoices are to be paid to FI14 •••• 3458, which is not the company’s account", "setup.look"),
    ("bank", WHOLE, (waits(iban=OLD),), {}, Mark.WRONG, "FI55 •••• 3458, which is closed in Procountor", "setup.look"),
    ("bank", WHOLE, (waits(iban=OWN, bic="OKOYFIHH"),), {}, Mark.WRONG,
     "gives FI21 •••• 0785 the BIC OKOYFIHH; Procountor has NDEAFIHH", "setup.look"),
    ("bank", WHOLE, (waits(Kind.BILL, iban=STRANGE),), {}, Mark.OPEN,
     "paid to FI21 •••• 0785 NDEAFIHH. No waiting invoice names an account yet", "setup.same"),
    ("bank", WHOLE, (), {"decided": ("bank",)}, Mark.OK, "Invoices are paid to FI21 •••• 0785", ""),
    ("bank", NONE_OPEN, (), {}, Mark.WRONG, "no open account that invoices are paid to", "setup.look"),
    ("bank", NOT_DEFAULT, (), {}, Mark.WRONG, "no open account that invoices are paid to", "setup.look"),
    # VAT percentages
    ("percents", WHOLE, (waits(), waits(Kind.BILL)), {}, Mark.OK, r"In use for sales: 25\.5 %, 13\.5 %",
     "percents.compare"),
    ("percents", WHOLE, (waits(vat_percent=Decimal(10)), waits(Kind.BILL, vat_percent=Decimal("13.5"))), {},
     Mark.WRONG, r"Waiting invoices have VAT 10 %, not (?s:.*)\nWaiting bills have VAT 13\.5 %, not in use for purch",
     "percents.compare"),
    ("percents", replace(WHOLE, vat_rates=(VatRate(Decimal(10), sales=False),)), (), {}, Mark.WRONG,
     "No VAT percentage is in use for sales", "percents.compare"),
    # work types
    ("work types", WHOLE, (), {}, Mark.OK, "No waiting invoice has any", ""),
    ("work types", WHOLE, (waits(work_type="Testaus"), waits(work_type="testaus "), waits(work_type="Koulutus")), {},
     Mark.TODO, "2 work types of waiting invoices have no product: Testaus, Koulutus", "settings.part"),
    ("work types", WHOLE, (waits(work_type="Testaus", product_code="KONS"),), {}, Mark.OK, "No waiting invoice", ""),
    ("work types", WHOLE, (waits(work_type="Testaus"),), {"work_types": {"Testaus": "VANHA"}}, Mark.TODO,
     "1 work type of waiting invoices has no product: Testaus", "settings.part"),
    ("work types", WHOLE, (), {"work_types": {"Testaus": "VANHA"}}, Mark.OPEN,
     "1 work type has a product that is not in use any more: Testaus", "settings.part"),
    ("work types", WHOLE, (waits(work_type="Testaus"),), {"work_types": {"Testaus": "KONS", "Muu": ""}}, Mark.OK,
     "2 work types have their products", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reference", "waiting", "choices", "mark", "told", "action"), CASES)
def test_a_step_says_what_is_so_and_offers_what_to_do(
    name: str,
    reference: Reference,
    waiting: tuple[Invoice, ...],
    choices: dict[str, Any],
    mark: Mark,
    told: str,
    action: str,
) -> None:
    step = STEPS[name](look(reference, waiting, **choices))
    assert (step.name, step.mark, step.action) == (name, mark, action), step
    assert re.search(told, step.told.replace("\u2060", "")), step.told
    assert mark is Mark.OK or step.todo, "what is not well says what to do"
    assert not re.search(f"{OWN}|{OLD}|{STRANGE}", step.told + step.todo), "accounts come masked"
