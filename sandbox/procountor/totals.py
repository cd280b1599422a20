"""What an invoice comes to: nothing of it is in the request, Procountor computes it from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sandbox.procountor.wire import Doc

_CENT, _HUNDRED = Decimal("0.01"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Sums:
    """Net and VAT in the invoice currency, to the cent."""

    net: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        return self.net + self.vat


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


def number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def row_amount(invoice: Doc, row: Doc) -> Decimal:
    """Quantity by price less row and header discount, net or gross as the invoice says; not rounded."""
    amount = number(row["quantity"]) * number(row["unitPrice"])
    for percent in (row["discountPercent"], invoice["discountPercent"]):
        amount *= 1 - number(percent) / _HUNDRED
    return amount


def row_net(invoice: Doc, row: Doc) -> Decimal:
    """What a row brings to its account, to the cent."""
    amount = row_amount(invoice, row)
    if invoice["extraInfo"]["unitPricesIncludeVat"]:
        amount = amount * _HUNDRED / (_HUNDRED + number(row["vatPercent"]))
    return cents(amount)


def sums(invoice: Doc, rounding: str = "row") -> Sums:
    """VAT is computed per percentage; amounts are rounded per row or, with "rate", per percentage."""
    base: dict[Decimal, Decimal] = {}
    for row in invoice["invoiceRows"]:
        amount = row_amount(invoice, row)
        percent = number(row["vatPercent"])
        base[percent] = base.get(percent, Decimal(0)) + (cents(amount) if rounding == "row" else amount)
    pairs = [_split(invoice, percent, cents(amount)) for percent, amount in base.items()]
    return Sums(_sum(net for net, _ in pairs), _sum(vat for _, vat in pairs))


def _split(invoice: Doc, percent: Decimal, amount: Decimal) -> tuple[Decimal, Decimal]:
    if invoice["extraInfo"]["unitPricesIncludeVat"]:
        vat = cents(amount * percent / (_HUNDRED + percent))
        return amount - vat, vat
    return amount, cents(amount * percent / _HUNDRED)


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal("0.00"))


def sum_info(invoice: Doc, own_currency: str, rounding: str = "row") -> list[Doc]:
    """`invoiceSumInfo`: one entry, or two when the invoice is in another currency."""
    found = sums(invoice, rounding)
    currency = invoice["paymentInfo"]["currency"]
    if currency == own_currency:
        return [_entry(currency, True, found)]
    rate = number(invoice["paymentInfo"]["currencyRate"]) or Decimal(1)
    own = Sums(cents(found.net / rate), cents(found.vat / rate))
    return [_entry(own_currency, True, own), _entry(currency, False, found)]


def _entry(currency: str, own: bool, found: Sums) -> Doc:
    return {
        "currency": currency,
        "inAccountingCurrency": own,
        "excludingVatTotal": found.net,
        "vatSumTotal": found.vat,
        "invoiceSumTotal": found.total,
    }
