"""One row of a table of claims into a cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from finance.claim import Cost
from finance.invoice import ONE, Attachment
from intake.codes import currency_code
from intake.tables.cells import Cells
from intake.units import unit_code

_BETWEEN_NAMES = re.compile(r"[;|\n]|(?<=\.\w{3})\s*,\s*|(?<=\.\w{4})\s*,\s*")
HOME = "EUR"


def cost_of(cells: Cells, units: Mapping[str, str]) -> Cost | None:
    """The cost a row holds; None when its day or its sum is missing or cannot be read, which is then a fault."""
    day, gross = cells.day("day"), cells.number("gross")
    for name, value in (("day", day), ("gross", gross)):
        if value is None and not cells.has(name):
            cells.fault("intake.claim.empty", name)
    currency = _currency(cells)
    word = cells.text("unit")
    if word and not unit_code(word, units):
        cells.fault("intake.claim.unit", "unit", word, "km, pv, kpl", warning=True)
    if not (cells.text("description") or cells.text("cost_type")):
        cells.fault("intake.claim.empty", "description" if "description" in cells.headers.places else "cost_type")
    quantity = cells.number("quantity")
    if day is None or gross is None:
        return None
    return Cost(
        day=day,
        gross=gross,
        kind=cells.text("cost_type"),
        description=cells.text("description"),
        vat_percent=cells.percent("vat_percent"),
        quantity=ONE if quantity is None else quantity,
        unit=word,
        unit_price=cells.number("unit_price"),
        project=cells.text("project"),
        account=cells.text("account"),
        cost_centre=cells.text("cost_centre"),
        product_code=cells.text("product_code"),
        payment_type=cells.text("payment_type"),
        currency=currency,
        rate=_rate(cells, currency, gross),
        number=cells.text("row_number"),
        receipts=_receipts(cells),
    )


def _currency(cells: Cells) -> str:
    text = cells.text("currency")
    code = currency_code(text)
    if code is None:
        cells.fault("intake.cell.currency", "currency", text, HOME)
    marked = next((mark for mark, field in cells.marks.items() if field == "gross"), "")
    return code or marked or HOME


def _rate(cells: Cells, currency: str, gross: Decimal) -> Decimal:
    """The rate of the row, or the one that its sum in euro comes to; another currency without either is a fault."""
    home, rate = cells.number("home"), cells.number("rate")
    if currency == HOME:
        return ONE
    if home:
        return gross / home
    if rate is None or rate <= 0:
        cells.fault("intake.claim.rate", "rate", currency, "11,30")
        return ONE
    return rate


def _receipts(cells: Cells) -> tuple[Attachment, ...]:
    names = [part.strip() for text in cells.all("attachment") for part in _BETWEEN_NAMES.split(text) if part.strip()]
    return tuple(Attachment(re.split(r"[/\\]", name)[-1]) for name in dict.fromkeys(names))
