"""A row of a table into a line of an invoice: a product, a heading, or more words for the line before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from finance.invoice import ONE, ZERO, Line, LineKind
from intake.codes import vat_category
from intake.prices import price_from_total
from intake.tables.cells import Cells
from intake.text import bare, one_line
from intake.units import unit_code

_HEADING = frozenset({"otsikko", "otsikkorivi", "väliotsikko", "rubrik", "rubrikrad", "header", "heading", "title"})
_WORDS = frozenset(
    {"teksti", "tekstirivi", "kuvaus", "kommentti", "text", "textrad", "beskrivning", "comment", "description"}
)
_PRODUCT = frozenset(
    {"", "tuote", "tuoterivi", "rivi", "produkt", "produktrad", "rad", "product", "item", "row", "line"}
)
_AMOUNTS = ("quantity", "unit_price", "unit_price_gross", "net", "vat", "gross", "vat_percent")


@dataclass(frozen=True, slots=True)
class LineRead:
    """A line; ``words`` lines belong to the one before; ``gross_price`` None means that there is no price."""

    line: Line
    words: bool = False
    gross_price: bool | None = None


def line_of(cells: Cells, units: Mapping[str, str]) -> LineRead | None:
    """The line a row holds; None for a row that has only fields of the invoice. What is wrong is noted in ``cells``."""
    raw_type = cells.text("row_type")
    row_type = "#" if raw_type == "#" else bare(raw_type)
    texts = [t for t in (cells.text("name"), *cells.all("description")) if t]
    amounts = any(cells.has(name) for name in _AMOUNTS)
    if row_type not in _HEADING | _WORDS | _PRODUCT | {"#"}:
        cells.fault("intake.cell.row_type", "row_type", raw_type, "tuote, otsikko, teksti")
    marked = bool(texts) and texts[0].startswith("#") and not amounts
    if row_type in _HEADING or row_type == "#" or marked or (texts and not amounts and row_type not in _WORDS):
        return _heading(cells, texts)
    named = Line(name=one_line(texts[0]) if texts else "", descriptions=tuple(texts[1:]))
    if row_type in _WORDS:
        return LineRead(named, words=True) if texts else None
    return _product(cells, named, units) if texts or amounts else None


def _heading(cells: Cells, texts: list[str]) -> LineRead | None:
    for name in ("unit_price", "unit_price_gross", "net", "gross"):
        if cells.number(name):
            cells.fault("intake.cell.heading_amount", name, cells.text(name))
    if not texts:
        return None
    title = one_line(texts[0]).removeprefix("#").strip()
    return LineRead(Line(name=title, kind=LineKind.HEADER, quantity=ZERO, descriptions=tuple(texts[1:])))


def _product(cells: Cells, named: Line, units: Mapping[str, str]) -> LineRead:
    if not named.name:
        cells.fault("intake.cell.empty", "name")
    quantity = cells.number("quantity")
    discount = cells.percent("discount_percent") or ZERO
    net, gross = cells.number("net"), cells.number("gross")
    price, with_vat = _price(cells, ONE if quantity is None else quantity, discount, net, gross)
    start, end = cells.day("start"), cells.day("end")
    word = cells.text("unit")
    line = replace(
        named,
        quantity=ONE if quantity is None else quantity,
        unit=word,
        unit_code=unit_code(word, units),
        unit_price=price,
        discount_percent=discount,
        vat_percent=cells.percent("vat_percent"),
        vat_category=_category(cells),
        product_code=cells.text("product_code"),
        work_type=cells.text("work_type"),
        account=cells.text("account"),
        cost_centre=cells.text("cost_centre"),
        project=cells.text("project"),
        start=start or end,
        end=end or start,
        stated_net=net,
        stated_vat=cells.number("vat"),
        stated_gross=gross,
    )
    return LineRead(line, gross_price=with_vat)


def _price(
    cells: Cells, quantity: Decimal, discount: Decimal, net: Decimal | None, gross: Decimal | None
) -> tuple[Decimal, bool | None]:
    """The unit price, and whether it includes VAT; from the row's total when no price is given."""
    before = len(cells.faults)
    for name, with_vat in (("unit_price", False), ("unit_price_gross", True)):
        price = cells.number(name)
        if price is not None:
            return price, with_vat
    for total, with_vat in ((net, False), (gross, True)):
        price = price_from_total(total, quantity, discount) if total is not None else None
        if price is not None:
            return price, with_vat
    if len(cells.faults) == before:
        cells.fault("intake.cell.no_price", "unit_price", str(net if net is not None else gross or ""))
    return ZERO, None


def _category(cells: Cells) -> str:
    text = cells.text("vat_category")
    code = vat_category(text)
    if code is None:
        cells.fault("intake.cell.vat_code", "vat_category", text, "S, Z, E, AE, K, G, O", warning=True)
    return code or ""
