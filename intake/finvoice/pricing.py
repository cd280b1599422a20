"""Quantity, unit price and discount of a Finvoice row, which may be told in several ways that must mean one thing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from finance.invoice import ONE, ZERO
from intake.finvoice.nodes import Element, Source
from intake.prices import comes_to, compounded, percent_of, price_from_total
from intake.text import one_line
from intake.values import divided

_QUANTITIES = ("InvoicedQuantity", "DeliveredQuantity", "OrderedQuantity")


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a row costs. ``silent`` rows have no amounts: they are headings. ``gross`` prices include VAT."""

    quantity: Decimal | None = None
    unit_word: str = ""
    unit_un: str = ""
    unit_price: Decimal | None = None
    discount_percent: Decimal = ZERO
    gross: bool | None = None
    net: Decimal | None = None
    silent: bool = False


def pricing(source: Source, row: Element, prefix: str, where: str) -> Pricing:
    """The price of ``row``; what cannot be read exactly is noted as a fault and left out."""
    return _Reader(source, row, prefix, where).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    source: Source
    row: Element
    prefix: str
    where: str

    def read(self) -> Pricing:
        net, total = self._amount("RowVatExcludedAmount"), self._amount("RowAmount")
        quantity, word, un = self._quantity()
        priced = [self._amount(f"UnitPrice{kind}Amount") for kind in ("", "Net", "VatIncluded")]
        if all(p is None for p in priced) and not net and not total and not quantity:
            return Pricing(silent=not self._amount("RowVatAmount"))
        price, discount, gross = self._price(priced, ONE if quantity is None else quantity, net, total)
        self._charges()
        return Pricing(quantity, word, un, price, discount, gross, net)

    def _price(
        self, priced: list[Decimal | None], quantity: Decimal, net: Decimal | None, total: Decimal | None
    ) -> tuple[Decimal | None, Decimal, bool | None]:
        listed, after, with_vat = priced
        discount = self._discount(listed if listed is not None else after, quantity)
        if listed is not None:
            off = self._amount("UnitPriceDiscountAmount") or ZERO
            price = self._choice(listed - abs(off), after, quantity, discount, net)
        elif after is not None:
            price = after
        elif with_vat is not None:
            return self._per_unit(with_vat), discount, True
        elif net is not None:
            return price_from_total(net, quantity, discount), discount, False
        elif total is not None:
            return price_from_total(total, quantity, discount), discount, True
        else:
            return None, discount, None
        return self._per_unit(price), discount, False

    def _choice(
        self, listed: Decimal, after: Decimal | None, quantity: Decimal, discount: Decimal, net: Decimal | None
    ) -> Decimal:
        """UnitPriceNetAmount is the price after the unit's own discount (EN 16931 BT-146).

        Some systems write the price after the row's percentage there: then only the list price gives the row's total.
        """
        if after is None:
            return listed
        if discount and comes_to(net, quantity, self._per_unit(listed) or listed, discount):
            return listed
        return after

    def _per_unit(self, price: Decimal) -> Decimal | None:
        base = self._amount("UnitPriceBaseQuantity")
        if not base or base == ONE:
            return price
        single = divided(price, base)
        if single is None:
            self._fault("base_quantity", "UnitPriceBaseQuantity", f"{price} / {base}")
        return single

    def _discount(self, price: Decimal | None, quantity: Decimal) -> Decimal:
        percents = [p for p in (self._amount("RowDiscountPercent"),) if p]
        amount = self._amount("RowDiscountAmount") or ZERO
        base = self._amount("RowDiscountBaseAmount")
        for step in self.source.below(self.row, f"{self.prefix}RowProgressiveDiscountDetails"):
            percent = self.source.number_at(step, f"{self.prefix}RowDiscountPercent")
            if percent:
                percents.append(percent)
            elif self.source.number_at(step, f"{self.prefix}RowDiscountAmount"):
                self._fault("discount", "RowProgressiveDiscountDetails", self.prefix)
        if percents or not amount:
            return compounded(percents)
        per_unit = self._per_unit(price) if price is not None else None
        whole = abs(per_unit * quantity) if per_unit is not None else abs(base or ZERO)
        exact = percent_of(abs(amount), whole)
        if exact is None:
            self._fault("discount", "RowDiscountAmount", f"{amount} / {whole}")
        return exact or ZERO

    def _charges(self) -> None:
        for charge in self.source.below(self.row, f"{self.prefix}RowChargeDetails"):
            if self.source.number_at(charge, "Amount", "Percent"):
                found = self.source.text(charge, "Amount", "Percent")
                self.source.fault("intake.element.charge", charge, self.where, found)

    def _quantity(self) -> tuple[Decimal | None, str, str]:
        """The quantity that is invoiced; of several, the one in the price's unit."""
        prices = self.source.below(self.row, f"{self.prefix}UnitPriceAmount")
        unit = prices[0].get("UnitPriceUnitCode", "").strip() if prices else ""
        for name in _QUANTITIES:
            told = [e for e in self.source.below(self.row, f"{self.prefix}{name}") if one_line(e.text or "")]
            if told:
                same = [e for e in told if unit and e.get("QuantityUnitCode", "").strip() == unit]
                chosen = (same or told)[0]
                value = self.source.number_of(chosen, f"{self.where}.quantity")
                word = one_line(chosen.get("QuantityUnitCode", "")) or one_line(unit)
                un = chosen.get("QuantityUnitCodeUN", "").strip().upper()
                return value, word, un
        return None, one_line(unit), ""

    def _amount(self, name: str) -> Decimal | None:
        return self.source.number_at(self.row, f"{self.prefix}{name}", where=self.where)

    def _fault(self, reason: str, tag: str, found: str) -> None:
        at = self.row.find(f"{self.prefix}{tag}")
        self.source.fault(f"intake.element.{reason}", at if at is not None else self.row, self.where, found)
