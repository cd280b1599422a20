"""The rows of a Finvoice, and how its elements hold texts, days and amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

from finance.invoice import Invoice, Line, LineKind
from finance.totals import cent, line_net


def fill_row(at: Element, line: Line, place: int, invoice: Invoice) -> None:
    """Puts a line into its InvoiceRow; ``place`` counts from one."""
    put(at, "ArticleIdentifier", line.product_code)
    put(at, "ArticleName", line.name)
    priced = line.kind is LineKind.PRODUCT
    if priced:
        units = {"QuantityUnitCode": line.unit, "QuantityUnitCodeUN": line.unit_code}
        put(at, "InvoicedQuantity", number(line.quantity), **units)
        currency = invoice.payment.currency
        put(at, "UnitPriceAmount", number(line.unit_price, 2), AmountCurrencyIdentifier=currency)
    put(at, "RowPositionIdentifier", str(place))
    put_day(at, "RowDeliveryDate", line.start)
    put(at, "RowProjectReferenceIdentifier", line.project)
    put(at, "RowNormalProposedAccountIdentifier", line.account)
    put(at, "RowAccountDimensionText", line.cost_centre)
    for description in line.descriptions:
        put(at, "RowFreeText", description)
    if priced:
        _amounts(at, line, invoice)


def _amounts(at: Element, line: Line, invoice: Invoice) -> None:
    percent, net = line.vat_percent or Decimal(0), line_net(line, invoice)
    vat = cent(net * percent / 100)
    if line.discount_percent:
        put(at, "RowDiscountPercent", number(line.discount_percent))
    put(at, "RowVatRatePercent", number(percent))
    put(at, "RowVatCode", line.vat_category or ("S" if percent else ""))
    put_money(at, "RowVatAmount", vat, invoice)
    put_money(at, "RowVatExcludedAmount", net, invoice)
    put_money(at, "RowAmount", net + vat, invoice)


def put(at: Element, tag: str, text: str, **attributes: str) -> None:
    """Adds an element with its text; nothing for an empty text, no attribute for an empty value."""
    if text:
        SubElement(at, tag, {name: value for name, value in attributes.items() if value}).text = text


def put_day(at: Element, tag: str, day: date | None) -> None:
    """Adds a day as Finvoice writes it; nothing for none."""
    if day:
        put(at, tag, f"{day:%Y%m%d}", Format="CCYYMMDD")


def put_money(at: Element, tag: str, amount: Decimal, invoice: Invoice) -> None:
    """Adds an amount in the invoice's currency, to the cent."""
    text = f"{cent(amount):f}".replace(".", ",")
    put(at, tag, text, AmountCurrencyIdentifier=invoice.payment.currency)


def number(value: Decimal, least: int = 0) -> str:
    """With a decimal comma and no needless zeros, but at least so many decimals."""
    plain = f"{value.normalize():f}"
    whole, _, part = plain.partition(".")
    part = part.ljust(least, "0")
    return f"{whole},{part}" if part else whole
