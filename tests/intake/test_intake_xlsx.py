"""XLSX into invoices: typed cells, the right sheet, and containers that are refused before they are opened."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from intake_samples import HEADERS, codes, read_one, workbook

from intake.tables import containers

D = Decimal
NAMES = HEADERS.split(";")
DAY = date(2026, 9, 30)
LINE = [1042, DAY, date(2026, 10, 14), "Rantatie Kauppa Oy", "0201256-6", "Työ", "", 7.5, "h", 95.5, 25.5]


def altered(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same container with one of its parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            after.writestr(entry.filename, data.replace(old, new) if entry.filename == part else data)
    return result.getvalue()


def test_typed_cells_are_read_exactly() -> None:
    reading = read_one(workbook([NAMES, LINE]))
    (invoice,) = reading.documents
    assert reading.faults == ()
    assert (invoice.number, invoice.issued, invoice.payment.due) == ("1042", DAY, date(2026, 10, 14))
    (line,) = invoice.lines
    assert (line.quantity, line.unit_price, line.vat_percent) == (D("7.5"), D("95.5"), D("25.5"))
    assert reading.columns["A-hinta"] == "unit_price"


def test_binary_fractions_are_what_the_sheet_shows() -> None:
    line = [*LINE[:7], 0.1 + 0.2, "h", 1.1 * 3, 25.5]
    read = read_one(workbook([NAMES, line])).documents[0].lines[0]
    assert (read.quantity, read.unit_price) == (D("0.3"), D("3.3"))


def test_a_formatted_percentage_is_a_percentage() -> None:
    assert read_one(workbook([NAMES, [*LINE[:10], 0.255]])).documents[0].lines[0].vat_percent == D("25.5")
    discount = read_one(workbook([[*NAMES, "Alennus %"], [*LINE, 0.1]]))
    assert codes(discount) == ["intake.cell.fraction"]


def test_days_as_numbers_and_as_text() -> None:
    serial = (DAY - date(1899, 12, 30)).days
    for written in (serial, 20260930, "30.9.2026", "2026-09-30"):
        assert read_one(workbook([NAMES, [1, written, *LINE[2:]]])).documents[0].issued == DAY
    assert codes(read_one(workbook([NAMES, [1, 7, *LINE[2:]]]))) == ["intake.cell.date"]


def test_text_numbers_follow_the_rules_of_text() -> None:
    assert read_one(workbook([NAMES, [*LINE[:9], "1 234,50", 25.5]])).documents[0].lines[0].unit_price == D("1234.5")
    assert codes(read_one(workbook([NAMES, [*LINE[:9], "1.234", 25.5]]))) == ["intake.cell.ambiguous_number"]


def test_codes_that_a_sheet_took_for_numbers() -> None:
    names = [*NAMES, "Postinumero", "Maa", "Asiakasnumero"]
    buyer = read_one(workbook([names, [*LINE, 100, "", 17]])).documents[0].buyer
    assert (buyer.address.post_code, buyer.customer_number) == ("00100", "17")
    assert read_one(workbook([names, [*LINE, 150, "Norja", 17]])).documents[0].buyer.address.post_code == "150"
    rounded = read_one(workbook([[*NAMES, "Viitenumero"], [*LINE, 10107445000100946200]]))
    assert codes(rounded) == ["intake.cell.precision"]


def test_headers_are_found_on_the_first_sheet_that_has_them_and_rows_keep_their_numbers() -> None:
    content = workbook([["Laskut"], [], NAMES, LINE, [*LINE[:9], "x", 25.5]], top=5, sheets={"Ohje": [["Lue tämä"]]})
    (fault,) = read_one(content).faults
    assert (fault.code, fault.place) == ("intake.cell.number", "row 10")
    assert len(read_one(workbook([NAMES, LINE], top=19)).documents) == 1


def test_headers_too_far_down_are_not_found() -> None:
    rows = [[f"teksti {n}"] for n in range(25)]
    assert codes(read_one(workbook([*rows, NAMES, LINE]))) == ["intake.no_headers"]


def test_a_hidden_sheet_is_not_read() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("Näkyvä").write_row(0, 0, ["Lue tämä"])
        hidden = book.add_worksheet("Piilo")
        hidden.write_row(0, 0, NAMES)
        hidden.hide()
    assert codes(read_one(content.getvalue())) == ["intake.no_headers"]


def test_formula_errors_are_told() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*NAMES, "Lisätiedot"])
        for place, value in enumerate(LINE):
            if isinstance(value, date):
                sheet.write(1, place, value.isoformat())
            else:
                sheet.write(1, place, value)
        sheet.write_formula(1, len(LINE), "=1/0", None, "#DIV/0!")
    reading = read_one(content.getvalue())
    assert [(f.code, f.found, f.warning) for f in reading.faults] == [("intake.formula_errors", "L2", True)]
    assert len(reading.documents) == 1


def test_broken_containers_are_told() -> None:
    good = workbook([NAMES, LINE])
    assert codes(read_one(altered(good, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<<<"))) == ["intake.xlsx_broken"]
    assert codes(read_one(good[: len(good) // 2] + good[len(good) // 2 + 9 :])) == ["intake.xlsx_broken"]


def test_macros_and_links_are_left_behind() -> None:
    good = workbook([NAMES, LINE])
    with_more = io.BytesIO(good)
    with zipfile.ZipFile(with_more, "a") as container:
        container.writestr("xl/vbaProject.bin", b"macro")
        container.writestr("xl/externalLinks/externalLink1.xml", b"<x/>")
    clean, errors = containers.repacked("x", with_more.getvalue())
    with zipfile.ZipFile(io.BytesIO(clean)) as container:
        names = container.namelist()
    assert (errors, "xl/workbook.xml" in names) == ((), True)
    assert not [n for n in names if "vba" in n or "external" in n]
    assert len(read_one(with_more.getvalue()).documents) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="XFD1048576"'),
        (b'<row r="2"', b'<row r="104857600"'),
        (b"</sheetData>", b"</sheetData>" + b" " * (60 * 1024 * 1024)),
    ],
)
def test_bombs_are_refused_before_they_go_off(old: bytes, new: bytes) -> None:
    content = altered(workbook([NAMES, LINE]), "xl/worksheets/sheet1.xml", old, new)
    before = time.perf_counter()
    assert codes(read_one(content)) == ["intake.xlsx_size"]
    assert time.perf_counter() - before < 5


def test_a_long_text_shared_by_every_cell_is_refused() -> None:
    rng = random.Random(7)
    text = "".join(chr(rng.randrange(33, 127)) for _ in range(30_000))
    content = workbook([NAMES, *([1, "", "", text, *[text] * 7] for _ in range(1200))])
    assert codes(read_one(content)) == ["intake.xlsx_size"]


def test_too_many_entries_and_false_sizes_are_refused() -> None:
    many = io.BytesIO(workbook([NAMES, LINE]))
    with zipfile.ZipFile(many, "a") as container:
        for n in range(2001):
            container.writestr(f"x{n}", b"")
    assert codes(read_one(many.getvalue())) == ["intake.xlsx_size"]
    content = bytearray(workbook([NAMES, LINE]))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", content, at + 24, 10)
    assert codes(read_one(bytes(content))) == ["intake.xlsx_broken"]


def test_a_locked_container_is_told() -> None:
    content = bytearray(workbook([NAMES, LINE]))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    assert codes(read_one(bytes(content))) == ["intake.xlsx_locked"]
