"""`kierto export numbers`: what stands under which number here and in Procountor, and when it was paid, for the PSA."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_company import Name, company_named
from bot.compose import build
from bot.console import complain, settings
from finance.invoice import Kind
from finance.paid import What
from finance.selection import number_key
from finance.totals import totals
from handlers.views.details import formula_safe
from storage import documents, sales, transfers
from storage.companies import Company
from storage.database import Store
from storage.sales import Kept

HEAD = (
    "number", "procountor_number", "procountor_id", "kind", "party", "total", "currency", "status", "due", "paid",
    "paid_on",
)  # fmt: skip
PAGE = 500

Cell = str | int | Decimal | date | None
Row = tuple[Cell, ...]


def export_numbers(
    file: Annotated[Path | None, typer.Argument(help="….csv or ….xlsx; left out: CSV to standard output")] = None,
    company: Name = "",
) -> None:
    """Every sent invoice and bill: its number here and in Procountor, where it stands, the day it was paid.

    Example: [bold]kierto export numbers paid.xlsx[/], [bold]kierto export numbers > numbers.csv[/]
    """
    if file is not None and file.suffix.casefold() not in (".csv", ".xlsx"):
        complain("The file's name ends with .csv or .xlsx.")
        raise typer.Exit(2)
    house = build(settings())
    chosen = company_named(house, company)
    try:
        _write(file, rows(house.store, chosen))
    except OSError as failed:
        complain(f"{file}: {failed.strerror}")
        raise typer.Exit(2) from failed
    finally:
        house.close()


def _write(file: Path | None, found: Iterator[Row]) -> None:
    if file is None:
        _csv(sys.stdout, found)
    elif file.suffix.casefold() == ".csv":
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            _csv(out, found)
    else:
        _xlsx(file, found)


def rows(store: Store, company: Company) -> Iterator[Row]:
    """Sales invoices, then bills, each by its number. Each page is read in a transaction of its own."""
    with store.read() as tx:
        known = sales.everything(tx, company.id)
    for kind in (Kind.SALES_INVOICE, Kind.BILL):
        with store.read() as tx:
            sent = sorted(transfers.everything(tx, company.id, kind.value), key=lambda one: number_key(one.number))
        for start in range(0, len(sent), PAGE):
            page = sent[start : start + PAGE]
            with store.read() as tx:
                found = documents.many(tx, company.id, [one.document for one in page])
            for one in page:
                invoice = found[one.document].invoice
                money: Row = (invoice.counterparty.name, totals(invoice).gross, invoice.payment.currency)
                stands = _stands(known.get(one.remote_id) if kind is Kind.SALES_INVOICE else None)
                yield (one.number, one.remote_number, one.remote_id, kind.value, *money, *stands)


def _stands(kept: Kept | None) -> Row:
    """Procountor's status, the due date, how much was paid and the day it was paid in full; of a bill nothing."""
    if kept is None or kept.sale is None:
        return ("", None, None, None)
    settled = kept.told.stage is What.PAID
    return (kept.sale.status, kept.sale.due, kept.sale.gross if settled else kept.told.paid, kept.paid_on)


def _csv(out: object, found: Iterator[Row]) -> None:
    """With semicolons; amounts with a point, days as ISO 8601; no cell is a formula."""
    writer = csv.writer(out, delimiter=";")  # type: ignore[arg-type]
    writer.writerow(HEAD)
    for row in found:
        writer.writerow([formula_safe(cell) if isinstance(cell, str) else _text(cell) for cell in row])


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:.2f}" if isinstance(cell, Decimal) else str(cell)


def _xlsx(file: Path, found: Iterator[Row]) -> None:
    """Text is written as text, whatever it begins with: no cell is a formula or a link."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("numbers")
    day, money, bold = (book.add_format(style) for style in ({"num_format": "d.m.yyyy"}, {"num_format": "0.00"},
                                                             {"bold": True}))  # fmt: skip
    for column, title in enumerate(HEAD):
        sheet.write_string(0, column, title, bold)
    for line, row in enumerate(found, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell, day)
            elif isinstance(cell, Decimal):
                sheet.write_number(line, column, cell, money)
            elif isinstance(cell, int):
                sheet.write_number(line, column, cell)
            elif cell:
                sheet.write_string(line, column, cell)
    sheet.freeze_panes(1, 0)
    book.close()
