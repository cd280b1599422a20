"""InvoiceRow and SubInvoiceRow elements into lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finance.invoice import ONE, ZERO, Line, LineKind
from intake.codes import vat_category
from intake.finvoice.nodes import Element, Source
from intake.finvoice.pricing import Pricing, pricing
from intake.text import lines, one_line
from intake.units import unit_code


@dataclass(frozen=True, slots=True)
class RowRead:
    """A line, and whether its price includes VAT (None when it has no price at all)."""

    line: Line
    gross_price: bool | None = None


def rows(source: Source, units: Mapping[str, str]) -> list[RowRead]:
    """Every row of the document, in order; rows that say nothing at all are left out."""
    result: list[RowRead] = []
    for element in source.root.findall("InvoiceRow"):
        result.extend(_row(source, element, units, len(result)))
    return result


def _row(source: Source, element: Element, units: Mapping[str, str], index: int) -> Iterator[RowRead]:
    main = _Row(source, element, "", units, index).read()
    parts = source.below(element, "SubInvoiceRow")
    if not parts:
        yield from [main] if main else []
        return
    if main is None or main.line.kind is LineKind.HEADER:
        yield from [main] if main else []
        at = index + (main is not None)
        yield from (r for n, p in enumerate(parts) if (r := _Row(source, p, "Sub", units, at + n).read()))
        return
    source.fault("intake.sub_rows", element, f"lines[{index}]", str(len(parts)), count=len(parts), warning=True)
    details = tuple(d for part in parts if (d := _specification(source, part)))
    yield replace(main, line=replace(main.line, descriptions=main.line.descriptions + details))


def _specification(source: Source, part: Element) -> str:
    """A sub-row under a row that has its own amounts only explains it: its words, quantity and amount as one text."""
    words = [source.text(part, "SubArticleName"), *source.texts(part, "SubRowFreeText")]
    amounts = [source.text(part, "SubInvoicedQuantity", "SubDeliveredQuantity")]
    amounts.append(source.text(part, "SubRowVatExcludedAmount", "SubRowAmount"))
    return " · ".join(one_line(t) for t in (*words, *amounts) if t)


@dataclass(frozen=True, slots=True)
class _Row:
    source: Source
    element: Element
    prefix: str
    units: Mapping[str, str]
    index: int

    def read(self) -> RowRead | None:
        texts = self._texts()
        before = len(self.source.faults)
        price = pricing(self.source, self.element, self.prefix, f"lines[{self.index}]")
        named = Line(name=texts[0] if texts else "", descriptions=texts[1:])
        if price.silent:
            if not texts:
                return None
            return RowRead(replace(named, kind=LineKind.HEADER, quantity=ZERO))
        if price.unit_price is None and len(self.source.faults) == before:
            self._fault("no_price", "unit_price")
        return RowRead(self._product(named, price), price.gross)

    def _product(self, named: Line, price: Pricing) -> Line:
        start, end = self._days()
        word, code = self._unit(price)
        return replace(
            named,
            quantity=ONE if price.quantity is None else price.quantity,
            unit=word,
            unit_code=code,
            unit_price=price.unit_price or ZERO,
            discount_percent=price.discount_percent,
            vat_percent=self._vat_percent(),
            vat_category=self._vat_category(),
            product_code=self._text("ArticleIdentifier"),
            account=self._text("RowNormalProposedAccountIdentifier", "RowShortProposedAccountIdentifier"),
            cost_centre=self._text("RowAccountDimensionText"),
            project=self._text("RowProjectReferenceIdentifier"),
            start=start,
            end=end,
            stated_net=price.net,
            stated_vat=self.source.number_at(self.element, f"{self.prefix}RowVatAmount"),
            stated_gross=self.source.number_at(self.element, f"{self.prefix}RowAmount"),
        )

    def _texts(self) -> tuple[str, ...]:
        """Name first (the first free text when there is no article name), then descriptions and definitions."""
        source, at, prefix = self.source, self.element, self.prefix
        found = [self._text("ArticleName"), *source.texts(at, f"{prefix}ArticleDescription")]
        found.extend(source.texts(at, f"{prefix}RowFreeText"))
        for definition in source.below(at, f"{prefix}RowDefinitionDetails"):
            header = source.text(definition, f"{prefix}RowDefinitionHeaderText")
            value = definition.find(f"{prefix}RowDefinitionValue")
            told = one_line(value.text or "") if value is not None else ""
            unit = value.get("QuantityUnitCode", "") if value is not None and told else ""
            found.append(f"{header}: {told} {unit}".strip() if told else header)
        texts = [lines(t) for t in found if t]
        return (one_line(texts[0]), *texts[1:]) if texts else ()

    def _unit(self, price: Pricing) -> tuple[str, str]:
        code = price.unit_un or unit_code(price.unit_word, self.units)
        return price.unit_word or price.unit_un, code

    def _vat_percent(self) -> Decimal | None:
        tag = f"{self.prefix}RowVatRatePercent"
        where = f"lines[{self.index}].vat_percent"
        percent = self.source.number_at(self.element, tag, where=where)
        if percent is not None and ZERO < percent < ONE:
            self.source.fault("intake.element.fraction", self.element.find(tag), where, str(percent), "25,5")
        return percent

    def _vat_category(self) -> str:
        tag = f"{self.prefix}RowVatCode"
        text = self._text("RowVatCode")
        code = vat_category(text)
        if code is None:
            at, where = self.element.find(tag), f"lines[{self.index}].vat_category"
            self.source.fault("intake.element.vat_code", at, where, text, "S, Z, E, AE, K, G, O", warning=True)
        return code or ""

    def _days(self) -> tuple[date | None, date | None]:
        source, at, prefix = self.source, self.element, self.prefix
        start = source.day_at(at, f"{prefix}StartDate", where=f"lines[{self.index}].start")
        end = source.day_at(at, f"{prefix}EndDate", where=f"lines[{self.index}].end")
        if start is None and end is None:
            start = end = source.day_at(at, f"{prefix}RowDeliveryDate", where=f"lines[{self.index}].start")
        return start or end, end or start

    def _text(self, *names: str) -> str:
        return self.source.text(self.element, *(self.prefix + name for name in names))

    def _fault(self, reason: str, member: str) -> None:
        self.source.fault(f"intake.element.{reason}", self.element, f"lines[{self.index}].{member}")
