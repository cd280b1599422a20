"""One fetch of reference data with its indexes as sales or as purchases need them, built once for a whole batch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from finance import identifiers, operators
from finance.company import Choices
from finance.invoice import Kind
from finance.reference import (
    Account,
    BankAccount,
    Customer,
    Dimension,
    DimensionItem,
    Operator,
    Product,
    Reference,
    VatStatus,
)

_STATED_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True, slots=True, eq=False)
class Registers:
    """Look-ups over a ``Reference`` and a company's ``Choices``; see ``index``. Compared by identity.

    ``kind`` is the direction they are for: its VAT percentages and statuses, its register of partners. For bills there
    are no products, default accounts and dimensions: bills are accounted for in Procountor (R03).
    """

    kind: Kind
    reference: Reference
    choices: Choices
    accounts: Mapping[str, Account]
    account_percents: Mapping[str, tuple[Decimal, ...]]  # percentages that the account's name states
    default_accounts: Mapping[Decimal | None, str]
    refused: frozenset[tuple[str, Decimal]]
    percents: tuple[Decimal, ...]  # enabled for the direction, highest first
    statuses: Mapping[int, VatStatus]  # enabled for the direction
    products: Mapping[str, Product]
    cost_centres: Dimension | None
    projects: Dimension | None
    items: Mapping[tuple[int, str], DimensionItem]
    own_accounts: Mapping[str, BankAccount]
    partners_by_number: Mapping[str, tuple[Customer, ...]]
    partners_by_id: Mapping[str, tuple[Customer, ...]]
    partners_by_name: Mapping[str, tuple[Customer, ...]]
    discounts: bool  # whether cash discounts are in use
    units: Mapping[str, str]
    work_types: Mapping[str, str]
    operators: tuple[Operator, ...]  # beside those of our own list
    operators_often: tuple[str, ...]  # identifiers the company's customers have, the commonest first

    def item(self, dimension: Dimension, text: str) -> DimensionItem | None:
        """The item whose code, "code description" or description is ``text``."""
        return self.items.get((dimension.id, key(text)))


def key(text: str) -> str:
    """How codes and names are compared: case and surrounding blanks do not matter."""
    return " ".join(text.split()).casefold()


def index(reference: Reference, choices: Choices, kind: Kind = Kind.SALES_INVOICE) -> Registers:
    """The indexes of ``reference`` as ``choices`` use it for documents of a kind; the same objects are indexed once."""
    return _indexed(_Same(reference), _Same(choices), kind)


class _Same:
    """Makes an object that cannot be hashed (or only slowly) a cache key by its identity."""

    __slots__ = ("it",)

    def __init__(self, it: Reference | Choices) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


@lru_cache(maxsize=32)
def _indexed(reference_key: _Same, choices_key: _Same, kind: Kind) -> Registers:
    reference, choices = reference_key.it, choices_key.it
    assert isinstance(reference, Reference)
    assert isinstance(choices, Choices)
    bills = kind is not Kind.SALES_INVOICE
    rates = sorted((r.percent for r in reference.vat_rates if (r.purchase if bills else r.sales)), reverse=True)
    partners = reference.customers if not bills else (reference.suppliers or ()) if kind is Kind.BILL else ()
    dimensions = {} if bills else {key(d.name): d for d in reference.dimensions}
    return Registers(
        kind=kind,
        reference=reference,
        choices=choices,
        accounts={a.code: a for a in reference.accounts},
        account_percents={a.code: _stated(a.name) for a in reference.accounts},
        default_accounts={} if bills else {_percent(k): account for k, account in choices.default_account.items()},
        refused=frozenset((account, percent) for account, percent in choices.refused_pairs),
        percents=tuple(rates),
        statuses={s.number: s for s in reference.vat_statuses if (s.purchase if bills else s.sales)},
        products={} if bills else {key(p.code): p for p in reversed(reference.products) if p.code},
        cost_centres=dimensions.get(key(choices.cost_centre_dimension)),
        projects=dimensions.get(key(choices.project_dimension)) if choices.project_dimension else None,
        items=_items(reference),
        own_accounts={identifiers.iban(a.iban): a for a in reference.bank_accounts},
        partners_by_number=_grouped((key(c.number), c) for c in partners if c.number),
        partners_by_id=_grouped((identity(c.business_id), c) for c in partners if c.business_id),
        partners_by_name=_grouped((key(c.name), c) for c in partners),
        discounts=reference.purchase_discounts if bills else reference.cash_discounts,
        units={key(word): code for word, code in choices.units.items()},
        work_types={key(word): code for word, code in choices.work_types.items()},
        operators=operators.with_seen(choices.operators, reference.operators or ()),
        operators_often=tuple(one.id for one in reference.operators or ()),
    )


def identity(text: str) -> str:
    """A business id for comparing: the eight digits of a Finnish one, else letters and digits only."""
    return identifiers.digits_of(text) or re.sub(r"\W", "", text).upper()


def _items(reference: Reference) -> dict[tuple[int, str], DimensionItem]:
    """Codes win over descriptions; of equal descriptions an open item wins."""
    found: dict[tuple[int, str], DimensionItem] = {}
    for dimension in reference.dimensions:
        for item in sorted(dimension.items, key=lambda i: i.open):
            found |= {(dimension.id, key(item.description)): item} if item.description else {}
            found[dimension.id, key(f"{item.code} {item.description}")] = item
        found |= {(dimension.id, key(i.code)): i for i in sorted(dimension.items, key=lambda i: i.open)}
    return found


def _grouped(pairs: Iterable[tuple[str, Customer]]) -> dict[str, tuple[Customer, ...]]:
    found: dict[str, tuple[Customer, ...]] = {}
    for name, customer in pairs:
        found[name] = (*found.get(name, ()), customer)
    return found


def _stated(name: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(percent.replace(",", ".")) for percent in _STATED_PERCENT.findall(name))


def _percent(text: str) -> Decimal | None:
    """The percentage a default account is kept under; None for the one that serves all."""
    bare = text.replace("%", "").replace(",", ".").strip()
    return Decimal(bare) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", bare) else None
