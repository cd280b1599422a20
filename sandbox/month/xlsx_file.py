"""The table as a workbook, in the least XML that Excel opens: typed dates, percentages and numbers, Swedish headers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from sandbox.month.story import Told
from sandbox.month.tables import SWEDISH, Value, table

COLUMNS = (
    ("Fakturanummer", "number"),
    ("Fakturadatum", "issued"),
    ("Förfallodag", "due"),
    ("Leverans börjar", "delivery_start"),
    ("Leverans slutar", "delivery_end"),
    ("Kund", "buyer_name"),
    ("Kundnummer", "customer_number"),
    ("FO-nummer", "buyer_business_id"),
    ("Momsnummer", "buyer_vat_number"),
    ("Gatuadress", "buyer_street"),
    ("Postnummer", "buyer_post_code"),
    ("Postort", "buyer_city"),
    ("Land", "buyer_country"),
    ("Språk", "language"),
    ("Sändningssätt", "channel"),
    ("E-postadress", "buyer_email"),
    ("Nätfakturaadress", "e_invoice_address"),
    ("Förmedlare", "e_invoice_operator"),
    ("Referensnummer", "reference"),
    ("Kontonummer", "iban"),
    ("Valuta", "currency"),
    ("Valutakurs", "rate"),
    ("Er referens", "buyer_reference"),
    ("Radtyp", "row_type"),
    ("Produktkod", "product_code"),
    ("Benämning", "name"),
    ("Arbetsart", "work_type"),
    ("Raddatum", "start"),
    ("Antal", "quantity"),
    ("Enhet", "unit"),
    ("Enhetspris", "unit_price"),
    ("Rabatt %", "discount_percent"),
    ("Moms %", "vat_percent"),
    ("Momskod", "vat_category"),
    ("Radsumma exkl. moms", "net"),
    ("Konto", "account"),
    ("Kostnadsställe", "cost_centre"),
    ("Projekt", "project"),
    ("Beskrivning", "description"),
    ("Fakturans slutsumma", "total_gross"),
)
_EPOCH = date(1899, 12, 30)
_STAMP = (2026, 1, 1, 0, 0, 0)  # the same bytes for the same invoices
_PLAIN, _DATE, _PERCENT, _MONEY, _BOLD = range(5)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}">'
    '<sheets><sheet name="Fakturor" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
}


def xlsx_file(told: Sequence[Told]) -> bytes:
    """The workbook's bytes, always the same for the same invoices."""
    fields = [field for _, field in COLUMNS]
    return workbook([header for header, _ in COLUMNS], fields, table(told, fields, SWEDISH))


def workbook(headers: Sequence[str], fields: Sequence[str], lines: Iterable[Sequence[Value]]) -> bytes:
    """A workbook of one sheet: bold headers, and below them the cells of each line in the order of ``fields``."""
    rows = [_row(1, (_string(header, _BOLD) for header in headers))]
    for number, cells in enumerate(lines, start=2):
        rows.append(_row(number, (_cell(cell, field) for cell, field in zip(cells, fields, strict=True))))
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for path, text in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            part = zipfile.ZipInfo(path, _STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            container.writestr(part, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return made.getvalue()


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(cell: Value, field: str) -> str:
    """Excel keeps a date as a day number, 25,5 % as 0.255, and 00100 as the number 100."""
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, date):
        return _numeric((cell - _EPOCH).days, _DATE)
    if isinstance(cell, Decimal):
        percent = field == "vat_percent"
        value = (cell / 100 if percent else cell).normalize()
        return _numeric(f"{value:f}", _PERCENT if percent else _MONEY)
    if field == "buyer_post_code" and cell.isdigit():
        return _numeric(int(cell), _PLAIN)
    return _string(cell, _PLAIN)


def _numeric(value: int | str, style: int) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def _string(text: str, style: int) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
