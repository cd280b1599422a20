"""The registers and settings of a company as Procountor answers them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from pydantic import Field

from procountor.wire.base import Flag, Text, Wire


class CompanySettings(Wire):
    invoice_discussion_enabled: Flag = False


class Session(Wire):
    company_id: int
    name: Text = ""
    country: Text = ""
    user_id: int
    user_name: Text = ""
    company_settings: CompanySettings | None = None


class BusinessIdentifier(Wire):
    code: Text = ""


class Company(Wire):
    id: int
    name: Text = ""
    country: Text = ""
    business_identifier: BusinessIdentifier | None = None
    company_currency: Text = ""


class CashDiscount(Wire):
    cash_discount_for_sales: bool | None = None
    cash_discount_for_purchase: bool | None = None


class UsageSettings(Wire):
    cash_discount: CashDiscount | None = None


class OwnAccount(Wire):
    iban: Text = ""
    bic: Text = ""
    currency: Text = "EUR"
    status: Text = "ACTIVE"
    default_for_invoice: Flag = False


class LedgerAccount(Wire):
    ledger_account_code: Text
    name: Text = ""
    active: bool | None = None


class Chart(Wire):
    ledger_accounts: list[LedgerAccount]


class VatPercent(Wire):
    vat_percent: Decimal
    sales: Flag = False
    purchase: Flag = False


class VatCountry(Wire):
    country: Text = ""
    percentages: list[VatPercent] | None = None


class VatStatus(Wire):
    vat_status: int
    description: Text = ""
    sales: Flag = False
    purchase: Flag = False


class Vats(Wire):
    vat_information: list[VatCountry] | None = None
    vat_statuses: list[VatStatus] | None = None


class DimensionItem(Wire):
    id: int
    code_name: Text = ""
    status: Text = ""
    description: Text = ""


class Dimension(Wire):
    id: int
    name: Text = ""
    items: list[DimensionItem] | None = None


class Product(Wire):
    id: int
    code: Text = ""
    name: Text = ""
    unit: Text = ""
    default_account: Text = ""
    vat: Decimal | None = None
    price: Decimal | None = None
    active: bool | None = None
    start_date: datetime.date | None = None
    end_date: datetime.date | None = None


class TrackingPeriod(Wire):
    start_date: datetime.date
    end_date: datetime.date
    status: Text = ""


class FiscalYear(Wire):
    start_date: datetime.date
    end_date: datetime.date
    open: bool | None = Field(default=None, alias="isOpen")
    tracking_periods: list[TrackingPeriod] | None = None


class FiscalYears(Wire):
    fiscal_years: list[FiscalYear]


class CurrencyRate(Wire):
    currency_code: Text = ""
    currency_rate: Decimal | None = None


class CurrencyRates(Wire):
    base_currency: Text = ""
    currency_date: datetime.date | None = None
    rates: list[CurrencyRate] | None = None


class PartnerNumbers(Wire):
    customer_number: Text = ""
    identifier: Text = ""


class Registry(Wire):
    active: bool | None = None


class Partner(Wire):
    id: int
    name: Text = ""
    invoicing_info: PartnerNumbers | None = None
    registry_info: Registry | None = None


class PartnerPayment(Wire):
    bank_account: Text = ""


class PartnerAccount(Wire):
    id: int
    payment_info: PartnerPayment | None = None


class PersonNumbers(Wire):
    person_number: Text = ""


class Person(Wire):
    id: int
    first_name: Text = ""
    last_name: Text = ""
    invoicing_info: PersonNumbers | None = None
    registry_info: Registry | None = None


class PersonContact(Wire):
    email: Text = ""


class PersonDetails(Wire):
    id: int
    registry_info: PersonContact | None = None


class Rights(Wire):
    role: Text = ""
    rights: dict[str, dict[str, bool | str | None] | None] | None = None
