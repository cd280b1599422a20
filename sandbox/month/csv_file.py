"""The table as the CSV that a Finnish Windows program saves: Windows-1252, semicolons, decimal commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sandbox.month.story import Told
from sandbox.month.tables import FINNISH, Value, table

# header in the file, our name of the field
COLUMNS = (
    ("Laskunumero", "number"),
    ("Laskupäivä", "issued"),
    ("Eräpäivä", "due"),
    ("Laskutuskausi alkaa", "delivery_start"),
    ("Laskutuskausi päättyy", "delivery_end"),
    ("Asiakas", "buyer_name"),
    ("Asiakasnumero", "customer_number"),
    ("Y-tunnus", "buyer_business_id"),
    ("Katuosoite", "buyer_street"),
    ("Postinumero", "buyer_post_code"),
    ("Postitoimipaikka", "buyer_city"),
    ("Maa", "buyer_country"),
    ("Kieli", "language"),
    ("Lähetystapa", "channel"),
    ("Sähköposti", "buyer_email"),
    ("Verkkolaskuosoite", "e_invoice_address"),
    ("Välittäjä", "e_invoice_operator"),
    ("Viitenumero", "reference"),
    ("Maksuehto", "terms"),
    ("Tilinumero", "iban"),
    ("Viivästyskorko %", "penalty_percent"),
    ("Tilausnumero", "order_reference"),
    ("Viitteenne", "buyer_reference"),
    ("Lisätiedot", "note"),
    ("Rivityyppi", "row_type"),
    ("Tuotekoodi", "product_code"),
    ("Tuote", "name"),
    ("Työlaji", "work_type"),
    ("Rivin päivä", "start"),
    ("Määrä", "quantity"),
    ("Yksikkö", "unit"),
    ("Yksikköhinta (veroton)", "unit_price"),
    ("Alennus %", "discount_percent"),
    ("ALV %", "vat_percent"),
    ("Rivin veroton summa", "net"),
    ("Tili", "account"),
    ("Kustannuspaikka", "cost_centre"),
    ("Projekti", "project"),
    ("Kuvaus 1", "description"),
    ("Kuvaus 2", "description"),
    ("Liitteet", "attachments"),
    ("Laskun loppusumma", "total_gross"),
)


# The same of a list of bills, where the business id is the supplier's.
BILLS = (
    ("Laskunumero", "number"),
    ("Laskupäivä", "issued"),
    ("Eräpäivä", "due"),
    ("Toimittaja", "seller_name"),
    ("Y-tunnus", "seller_business_id"),
    ("Tilinumero", "iban"),
    ("Viitenumero", "reference"),
    ("Tuote", "name"),
    ("Kuvaus", "description"),
    ("Määrä", "quantity"),
    ("Yksikkö", "unit"),
    ("Yksikköhinta (veroton)", "unit_price"),
    ("ALV %", "vat_percent"),
    ("Projekti", "project"),
    ("Liitteet", "attachments"),
    ("Laskun loppusumma", "total_gross"),
)


def csv_file(told: Sequence[Told], columns: Sequence[tuple[str, str]] = COLUMNS) -> bytes:
    """The file's bytes. Raises UnicodeEncodeError for a character outside Windows-1252."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(header for header, _ in columns)
    fields = [field for _, field in columns]
    for cells in table(told, fields, FINNISH):
        writer.writerow(_text(cell, field) for cell, field in zip(cells, fields, strict=True))
    return written.getvalue().encode("windows-1252")


def _text(cell: Value, field: str) -> str:
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, Decimal):
        plain = f"{cell:.2f}" if field in {"unit_price", "net", "total_gross"} else f"{cell.normalize():f}"
        return plain.replace(".", ",")
    return cell or ""
