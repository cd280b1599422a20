"""The company's own data and settings."""

from __future__ import annotations

from dataclasses import dataclass

from procountor import codes
from procountor.api import Api
from procountor.errors import Forbidden, NotFound
from procountor.wire import base
from procountor.wire import registers as wire


@dataclass(frozen=True, slots=True)
class Company:
    """``country`` is an ISO code ("" when not known here), ``currency`` the one its books are kept in."""

    id: int
    name: str
    business_id: str
    country: str
    currency: str


def get(api: Api) -> Company:
    """The company of the key. Raises as any read; Forbidden without the right to basic company info."""
    told = base.read(wire.Company, api.get("company"))
    return Company(
        id=told.id,
        name=told.name,
        business_id=told.business_identifier.code if told.business_identifier else "",
        country=codes.iso_country(told.country),
        currency=told.company_currency or "EUR",
    )


def cash_discounts(api: Api) -> tuple[bool, bool]:
    """Whether sales invoices and whether bills may have cash discounts (rule R28); True where it is not to be seen."""
    try:
        told = base.read(wire.UsageSettings, api.get("company/usagesettings"))
    except (Forbidden, NotFound):
        return True, True
    found = told.cash_discount or wire.CashDiscount()
    return found.cash_discount_for_sales is not False, found.cash_discount_for_purchase is not False
