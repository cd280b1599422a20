"""Everything preflight needs to know of a company, in one fetch."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from finance.reference import Customer, Product, Reference
from procountor import (
    accounts,
    bank_accounts,
    company,
    currencies,
    dimensions,
    fiscal_years,
    operators,
    partners,
    products,
    session,
    vats,
)
from procountor.api import Api
from procountor.errors import Forbidden


def fetch(api: Api, now: datetime) -> Reference:
    """The company's reference data as of ``now`` (aware UTC), read in a fixed order: thirteen calls and more pages.

    Raises as any read, and then nothing of it is kept: half of a company's data would let faults through.
    """
    who = session.info(api)
    mine = company.get(api)
    country = who.country or mine.country or "FI"
    sales_discounts, purchase_discounts = company.cash_discounts(api)
    rates, statuses = vats.both(api, country)
    found = Reference(
        company_id=who.company_id,
        name=who.company_name or mine.name,
        business_id=mine.business_id,
        fetched=now,
        country=country,
        currency=mine.currency,
        accounts=accounts.all(api),
        vat_rates=rates,
        vat_statuses=statuses,
        dimensions=dimensions.all(api),
        products=products.all(api),
        bank_accounts=bank_accounts.all(api),
        periods=fiscal_years.periods(api),
        customers=partners.all_customers(api),
        suppliers=_suppliers(api),
        cash_discounts=sales_discounts,
        purchase_discounts=purchase_discounts,
        rates=currencies.latest(api),
        travel=_travel(api),
    )
    return replace(found, operators=operators.seen(api, found.customers))


def _travel(api: Api) -> tuple[Product, ...] | None:
    """None for a key that may not make claims."""
    try:
        return products.all(api, "TRAVEL")
    except Forbidden:
        return None


def _suppliers(api: Api) -> tuple[Customer, ...] | None:
    """None for a key that may not see them: it may still be one for sales."""
    try:
        return partners.all_suppliers(api)
    except Forbidden:
        return None
