"""The files themselves: what is written is what is read back, always the same, and of the kinds people really have."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from finance.invoice import Invoice, Line
from finance.totals import totals
from intake.attachments import kind_of
from intake.reading import Owner, read
from sandbox.month import papers
from sandbox.month.days import days
from sandbox.month.expected import told
from sandbox.month.files import MonthFile, files

OWNER = Owner("Pohjantuuli Konsultointi Oy", "2077474-0")
TODAY = date(2026, 11, 22)


def by_name(today: date, part: str) -> MonthFile:
    (file,) = (f for f in files(today) if part in f.name)
    return file


def essence(invoice: Invoice) -> dict[str, object]:
    """What a file must carry, whichever format it is."""
    return {
        "number": invoice.number,
        "kind": invoice.kind,
        "days": (invoice.issued, invoice.payment.due, invoice.delivery_start, invoice.delivery_end),
        "buyer": (invoice.buyer.name, invoice.buyer.business_id, invoice.buyer.customer_number, invoice.buyer.email),
        "address": (invoice.buyer.address.street, invoice.buyer.address.post_code, invoice.buyer.address.country),
        "target": (invoice.buyer.e_invoice.operator, invoice.buyer.e_invoice.address),
        "payment": (invoice.payment.iban, invoice.payment.reference, invoice.payment.currency, invoice.payment.rate),
        "language": invoice.language,
        "channel": invoice.channel,
        "references": (invoice.buyer_reference, invoice.credited_number, invoice.attachments),
        "targets": (invoice.cost_centre, invoice.project),
        "seller": (invoice.seller.name, invoice.seller.business_id),
        "lines": [line_essence(line) for line in invoice.lines],
        "totals": (totals(invoice).net, totals(invoice).vat, totals(invoice).gross),
    }


def line_essence(line: Line) -> tuple[object, ...]:
    amounts = (line.quantity, line.unit_price, line.discount_percent, line.vat_percent, line.vat_category or "S")
    about = (line.product_code, line.work_type, line.account, line.cost_centre, line.project)
    return (line.kind, line.name, line.unit_code, *amounts, *about, line.descriptions, line.start, line.end)


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 3), date(2028, 2, 29)], ids=str)
def test_every_document_is_read_back_as_it_was_told(today: date) -> None:
    documents: dict[str, Invoice] = {}
    for file in files(today):
        documents |= {d.number: d for d in read(file.name, file.content, OWNER).documents}
    for one in told(today):
        if one.outcome != "unreadable":
            assert essence(documents[one.invoice.number]) == essence(one.invoice)


def test_the_files_are_of_the_kinds_people_have() -> None:
    kinds = {file.name: kind_of(file.content) for file in files(TODAY)}
    assert kinds == {
        "laskut-marraskuu.xml": "xml",
        "lasku-1063-soap.xml": "xml",
        "projektilaskut.csv": "txt",
        "fakturor.xlsx": "xlsx",
        "1041-tuntierittely.pdf": "pdf",
        "lasku 1046 matkat.pdf": "pdf",
        "Lasku_1066.pdf": "pdf",
        "1072-matkaselvitys.docx": "docx",
        "ostolasku-KU-20451.xml": "xml",
        "henkilot.csv": "txt",
        "projekt.xlsx": "xlsx",
        "customers.csv": "txt",
        "ostolaskut.csv": "txt",
        "silta-118.pdf": "pdf",
        "KU-20451.pdf": "pdf",
    }
    assert all(file.note and "\n" not in file.note for file in files(TODAY))


def test_encodings_are_the_old_ones() -> None:
    rows = by_name(TODAY, "projektilaskut.csv").content
    rows = by_name(TODAY, "projektilaskut").content
    with pytest.raises(UnicodeDecodeError):
        rows.decode()
    text = rows.decode("windows-1252")
    assert text.startswith("Laskunumero;Laskupäivä;")
    assert ";7,5;" in text
    assert '"Haastattelut ""Ensiasunto""; 12 asiakasta"' in text
    soap = by_name(TODAY, "soap").content
    assert soap.startswith(b"<SOAP-ENV:Envelope")
    assert "5 000 €".encode("iso-8859-15") in soap
    assert by_name(TODAY, "marraskuu").content.count(b"<?xml") == 22


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)], ids=str)
def test_the_same_day_gives_the_same_bytes(today: date) -> None:
    assert files(today) == files(today)


def test_another_day_gives_other_files() -> None:
    assert by_name(date(2026, 12, 2), "marraskuu").content != by_name(TODAY, "marraskuu").content


@pytest.mark.parametrize(
    ("today", "start", "end", "month"),
    [
        (date(2026, 11, 22), date(2026, 11, 1), date(2026, 11, 22), "marraskuu"),
        (date(2026, 11, 20), date(2026, 11, 1), date(2026, 11, 20), "marraskuu"),
        (date(2026, 11, 19), date(2026, 10, 1), date(2026, 10, 31), "lokakuu"),
        (date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31), "joulukuu"),
        (date(2028, 3, 1), date(2028, 2, 1), date(2028, 2, 29), "helmikuu"),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29), "helmikuu"),
    ],
)
def test_which_work_is_invoiced(today: date, start: date, end: date, month: str) -> None:
    round_ = days(today)
    assert (round_.start, round_.end, round_.month, round_.issued) == (start, end, month, today)
    assert all((one.invoice.delivery_end or today) <= today for one in told(today))


def test_a_year_without_the_present_vat_rates_is_refused() -> None:
    with pytest.raises(ValueError, match="2026"):
        files(date(2025, 12, 31))


def test_a_workbook_keeps_dates_and_percentages_as_excel_does() -> None:
    with zipfile.ZipFile(io.BytesIO(by_name(TODAY, "fakturor.xlsx").content)) as container:
        assert container.testzip() is None
        sheet = container.read("xl/worksheets/sheet1.xml").decode()
    assert f'<c s="1"><v>{(TODAY - date(1899, 12, 30)).days}</v></c>' in sheet
    assert '<c s="2"><v>0.255</v></c>' in sheet
    assert '<c s="0"><v>20100</v></c>' in sheet


def test_every_object_of_a_pdf_stands_where_its_table_says() -> None:
    made = papers.pdf(("Lasku (1041)", "Sähköä \\ 5 €", "→"))
    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF", made)[0])
    assert made[start:].startswith(b"xref\n0 6\n")
    places = [int(text) for text in re.findall(rb"(\d{10}) 00000 n ", made)]
    assert [made[at:].split(b" ", 1)[0] for at in places] == [b"1", b"2", b"3", b"4", b"5"]
    length = int(re.findall(rb"/Length (\d+)", made)[0])
    stream = made.split(b"stream\n", 1)[1].split(b"\nendstream", 1)[0]
    assert len(stream) == length
    assert rb"(Lasku \(1041\)) Tj" in stream
    assert b"(S\xe4hk\xf6\xe4 \\\\ 5 \x80) Tj" in stream


def test_prices_have_no_more_decimals_than_they_are_written_with() -> None:
    for one in told(TODAY):
        for line in one.invoice.lines:
            assert line.unit_price == line.unit_price.quantize(Decimal("0.01"))
