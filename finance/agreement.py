"""Whether the project system and Procountor agree: bank accounts, VAT percentages, work types. Pure comparisons.

Rules: domain.md R17, R19, R21, R22.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from finance import identifiers
from finance.case import product_lines
from finance.invoice import Invoice, Kind
from finance.reference import BankAccount, Product
from finance.registers import Registers, key


class Differs(StrEnum):
    """Why an account on an invoice is not the company's as Procountor has it."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    BIC = "bic"


@dataclass(frozen=True, slots=True)
class Named:
    """An account that ``count`` waiting invoices are to be paid to; ``differs`` is None when it is the company's."""

    iban: str
    bic: str
    count: int
    differs: Differs | None = None


@dataclass(frozen=True, slots=True)
class Percent:
    """A VAT percentage in one direction.

    ``documents`` wait with it, ``products`` of Procountor's register have it; ``enabled``: Procountor takes it.
    """

    percent: Decimal
    documents: int
    products: int
    enabled: bool

    @property
    def missing(self) -> bool:
        """Documents with it would be refused."""
        return self.documents > 0 and not self.enabled


@dataclass(frozen=True, slots=True)
class WorkType:
    """A work type of the project system: its product's code and the product, None when it has none that is in use.

    ``mapped`` also when the company has said that it needs no product (an empty code).
    """

    name: str
    documents: int
    mapped: bool = False
    code: str = ""
    product: Product | None = None

    @property
    def settled(self) -> bool:
        """Invoices with it can go."""
        return self.mapped and (not self.code or self.product is not None)


def accounts(waiting: Iterable[Invoice], registers: Registers) -> tuple[Named, ...]:
    """The accounts that waiting sales invoices name themselves, the differing ones first (R19).

    IBANs are compared without spaces and in upper case, BICs where both sides give one.
    """
    ours = (i.payment for i in waiting if i.kind is Kind.SALES_INVOICE and i.payment.iban.strip())
    counted = Counter((identifiers.iban(p.iban), bic(p.bic)) for p in ours)
    found = (
        Named(iban, code, count, _differs(registers.own_accounts.get(iban), code))
        for (iban, code), count in counted.items()
    )
    return tuple(sorted(found, key=lambda n: (n.differs is None, n.iban, n.bic)))


def _differs(own: BankAccount | None, code: str) -> Differs | None:
    if own is None:
        return Differs.UNKNOWN
    if not own.active:
        return Differs.CLOSED
    return Differs.BIC if code and own.bic and code != bic(own.bic) else None


def bic(text: str) -> str:
    """A BIC for comparing: eight characters in upper case where the branch is the head office (XXX)."""
    bare = identifiers.iban(text)
    return bare[:8] if len(bare) == 11 and bare.endswith("XXX") else bare


def percents(waiting: Iterable[Invoice], registers: Registers, *, purchase: bool = False) -> tuple[Percent, ...]:
    """Every VAT percentage that either side has, highest first (R21 for sales, R22 for purchases)."""
    kind = Kind.BILL if purchase else Kind.SALES_INVOICE
    documents: Counter[Decimal] = Counter()
    for invoice in waiting:
        if invoice.kind is kind:
            documents.update({line.vat_percent for _, line in product_lines(invoice) if line.vat_percent is not None})
    register = () if purchase else registers.reference.products
    products = Counter(p.vat_percent for p in register if p.active and p.vat_percent is not None)
    rates = registers.reference.vat_rates
    enabled = {rate.percent for rate in rates if (rate.purchase if purchase else rate.sales)}
    every = sorted({*documents, *products, *enabled}, reverse=True)
    return tuple(Percent(p, documents[p], products[p], p in enabled) for p in every)


def work_types(waiting: Iterable[Invoice], registers: Registers) -> tuple[WorkType, ...]:
    """The work types of waiting invoices and those mapped before, the unsettled ones first (R17)."""
    used: Counter[str] = Counter()
    names: dict[str, str] = {key(name): name for name in registers.choices.work_types}
    for invoice in waiting:
        words = {key(word): word for word in _words(invoice)}
        names |= {bare: word for bare, word in words.items() if bare not in names}
        used.update(words.keys())
    found = [_work_type(bare, name, used[bare], registers) for bare, name in names.items()]
    return tuple(sorted(found, key=lambda w: (w.settled, -w.documents, w.name.casefold())))


def _words(invoice: Invoice) -> Iterator[str]:
    """Work types that decide a product: a row with a product code of its own needs none."""
    if invoice.kind is Kind.SALES_INVOICE:
        for _, line in product_lines(invoice):
            if line.work_type.strip() and not line.product_code.strip():
                yield " ".join(line.work_type.split())


def _work_type(bare: str, name: str, documents: int, registers: Registers) -> WorkType:
    code = registers.work_types.get(bare)
    if code is None:
        return WorkType(name, documents)
    product = registers.products.get(key(code)) if code else None
    return WorkType(name, documents, True, code, product if product and product.active else None)
