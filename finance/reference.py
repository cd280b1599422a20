"""What Procountor knows of the company at a moment: the data that decides whether a document will be accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger account of the company's chart."""

    code: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class VatRate:
    """A VAT percentage the company has switched on, by direction."""

    percent: Decimal
    sales: bool = True
    purchase: bool = True


@dataclass(frozen=True, slots=True)
class VatStatus:
    """How VAT is handled (1 domestic, 3 outside the EU, 5 EU sales, 12 none …): Procountor's number and name."""

    number: int
    description: str
    sales: bool = True
    purchase: bool = True


@dataclass(frozen=True, slots=True)
class DimensionItem:
    id: int
    code: str
    description: str = ""
    open: bool = True


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way of tracking (cost centre, project …) and its items."""

    id: int
    name: str
    items: tuple[DimensionItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """``start`` and ``end`` are the days a travel product is valid on, both included; None for any other."""

    id: int
    code: str
    name: str
    unit: str = ""
    account: str = ""
    vat_percent: Decimal | None = None
    price: Decimal | None = None
    active: bool = True
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class BankAccount:
    """One of the company's own accounts; ``iban`` without spaces."""

    iban: str
    bic: str = ""
    currency: str = "EUR"
    active: bool = True
    default_for_invoice: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A tracking period (or a fiscal year without any): both days included."""

    start: date
    end: date
    open: bool = True


@dataclass(frozen=True, slots=True)
class Operator:
    """An e-invoice operator; ``names`` are other spellings people use for it."""

    id: str
    name: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OperatorSeen:
    """An e-invoice operator that customers of the company have in Procountor, and how many of them."""

    id: str
    customers: int


@dataclass(frozen=True, slots=True)
class Customer:
    """An entry of the customer register, or of the supplier register."""

    id: int
    name: str
    number: str = ""
    business_id: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class CurrencyRate:
    """``rate`` is what one unit of the company's own currency costs in ``currency`` (rule R25); ``day`` if told."""

    currency: str
    rate: Decimal
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One fetch of everything above for one company. ``fetched`` is an aware UTC instant.

    ``suppliers`` are None when the API key may not see their register (or none was fetched yet).
    """

    company_id: int
    name: str
    business_id: str
    fetched: datetime
    country: str = "FI"
    currency: str = "EUR"
    accounts: tuple[Account, ...] = ()
    vat_rates: tuple[VatRate, ...] = ()
    vat_statuses: tuple[VatStatus, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    products: tuple[Product, ...] = ()
    bank_accounts: tuple[BankAccount, ...] = ()
    periods: tuple[Period, ...] = ()
    customers: tuple[Customer, ...] = ()
    cash_discounts: bool = True
    rates: tuple[CurrencyRate, ...] = ()
    suppliers: tuple[Customer, ...] | None = None
    purchase_discounts: bool = True
    travel: tuple[Product, ...] | None = None  # kilometres and per diems of every year; None: not visible to the key
    operators: tuple[OperatorSeen, ...] | None = None  # the commonest first; None: not looked at
