"""What a Finvoice claims it comes to, its discounts and charges on the whole, and the sign of a credit note."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finance.invoice import ZERO, Invoice, Line, StatedTotals, StatedVat
from intake.codes import vat_category
from intake.finvoice.nodes import Element, Source

_D = "InvoiceDetails"


def stated(source: Source) -> StatedTotals:
    """The totals and the VAT breakdown as the file has them."""
    details = source.root.find(_D)
    return StatedTotals(
        net=source.number_at(details, "InvoiceTotalVatExcludedAmount", where="stated.net"),
        vat=source.number_at(details, "InvoiceTotalVatAmount", where="stated.vat"),
        gross=source.number_at(details, "InvoiceTotalVatIncludedAmount", where="stated.gross"),
        breakdown=tuple(
            v for e in source.root.findall(f"{_D}/VatSpecificationDetails") if (v := _vat(source, e)) is not None
        ),
    )


def _vat(source: Source, element: Element) -> StatedVat | None:
    """One row of the breakdown; None for a row without figures."""
    base = source.number_at(element, "VatBaseAmount", where="stated.breakdown")
    percent = source.number_at(element, "VatRatePercent", where="stated.breakdown")
    vat = source.number_at(element, "VatRateAmount", where="stated.breakdown")
    if base is None or (percent is None and vat):
        return None
    return StatedVat(percent or ZERO, base, vat or ZERO, vat_category(source.text(element, "VatCode")) or "")


def whole_discount(source: Source, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], Decimal]:
    """Discounts and charges on the whole invoice: rows of their own where the file gives amounts, else a percentage."""
    extra: list[Line] = []
    percents: list[Decimal] = []
    for tag, sign in (("DiscountDetails", -1), ("ChargeDetails", 1)):
        for element in source.root.findall(f"{_D}/{tag}"):
            amount = source.number_at(element, "Amount")
            percent = source.number_at(element, "Percent")
            if amount:
                extra.append(_extra_line(source, element, abs(amount) * sign, lines))
            elif percent and sign < 0 and not percents:
                percents.append(percent)
            elif percent:
                found = source.text(element, "Percent")
                source.fault("intake.element.charge", element, "discount_percent", found)
    return tuple(extra), percents[0] if percents else ZERO


def _extra_line(source: Source, element: Element, amount: Decimal, lines: tuple[Line, ...]) -> Line:
    rate = source.number_at(element, "VatRatePercent")
    rates = {line.vat_percent for line in lines if line.vat_percent is not None}
    if rate is None and len(rates) == 1:
        rate = rates.pop()
    elif rate is None and rates:
        source.fault("intake.discount_rate", element, "discount_percent", str(amount))
    name = source.text(element, "FreeText", "ReasonText") or ("Alennus" if amount < 0 else "Lisä")
    category = vat_category(source.text(element, "VatCategoryCode")) or ""
    return Line(name=name, unit_price=amount, vat_percent=rate, vat_category=category, stated_net=amount)


def credited(source: Source) -> str:
    """The number of the invoice that is credited: the document's own, else the one its rows agree on."""
    told: list[str] = []
    for path in ("OriginalInvoiceNumber", "OriginalInvoiceReference/InvoiceNumber"):
        told.extend(source.texts(source.root.find(_D), path))
    if not told:
        for row in source.root.findall("InvoiceRow"):
            told.extend(source.texts(row, "OriginalInvoiceNumber"))
            told.extend(source.texts(row, "OriginalInvoiceReference/InvoiceNumber"))
    several = list(dict.fromkeys(told))
    if len(several) > 1:
        source.fault("intake.many_credited", None, "credited_number", ", ".join(several), several[0], warning=True)
    return several[0] if several else ""


def as_credit(source: Source, invoice: Invoice) -> Invoice:
    """A credit note with its amounts negative, also when the file writes them without a sign (which is told)."""
    if not invoice.credited_number:
        source.fault("intake.credits_nothing", None, "credited_number", warning=True)
    total = invoice.stated.gross or invoice.stated.net
    if total is None:
        total = sum((line.quantity * line.unit_price for line in invoice.lines), ZERO)
    if total <= 0:
        return invoice
    source.fault("intake.credit_sign", None, "lines", str(total), str(-total), amount=total, warning=True)
    before = invoice.stated
    turned = StatedTotals(
        _minus(before.net),
        _minus(before.vat),
        _minus(before.gross),
        tuple(replace(v, base=-v.base, vat=-v.vat) for v in before.breakdown),
    )
    return replace(invoice, lines=tuple(_turned(line) for line in invoice.lines), stated=turned)


def _turned(line: Line) -> Line:
    return replace(
        line,
        quantity=-line.quantity if line.quantity else line.quantity,
        stated_net=_minus(line.stated_net),
        stated_vat=_minus(line.stated_vat),
        stated_gross=_minus(line.stated_gross),
    )


def _minus(amount: Decimal | None) -> Decimal | None:
    return -amount if amount else amount
