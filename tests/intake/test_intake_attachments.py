"""What a dropped file is, and whose invoice it belongs to."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from intake_samples import codes, finvoice, read_one, table, workbook

from finance.invoice import Attachment, Invoice
from intake.attachments import kind_of, matches


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as container:
        for name in names:
            container.writestr(name, b"x")
    return content.getvalue()


KINDS = [
    (b"%PDF-1.7\n", "pdf"),
    (b"\n\n%PDF-1.4", "pdf"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpg"),
    (b"GIF89a\x01\x00", "gif"),
    (b"\x89PNG\r\n\x1a\n\x00", "png"),
    (b"II*\x00\x08\x00", "tif"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
    (b"\x00\x00\x00\x18ftypheic\x00", "heic"),
    (b"BM\x36\x00\x00\x00\x00\x00", "bmp"),
    (b"BM tilaus 17", "txt"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "xls"),
    (b"\x1f\x8b\x08\x00", "gz"),
    (b"{\\rtf1 x}", "rtf"),
    (archive("a.txt"), "zip"),
    (archive("word/document.xml"), "docx"),
    (archive("xl/workbook.xml"), "xlsx"),
    (b"PK\x03\x04 broken", "zip"),
    (b"<!DOCTYPE html><html>", "html"),
    (b"  <HTML lang='fi'>", "html"),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='x'>", "html"),
    (b"<?xml version='1.0'?><Finvoice/>", "xml"),
    (b"\xef\xbb\xbf<Finvoice Version='3.0'>", "xml"),
    ("<?xml version='1.0'?><Finvoice/>".encode("utf-16"), "xml"),
    (b"hei vaan", "txt"),
    ("Käsin tehty".encode("cp1252"), "txt"),
    ("teksti".encode("utf-16"), "txt"),
    (b"\x00\x01\x02\x03", "unknown"),
    (b"", "empty"),
    (b"\xef\xbb\xbf  \r\n", "empty"),
]


@pytest.mark.parametrize(("content", "kind"), KINDS)
def test_a_file_is_what_its_content_is(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_our_own_samples_are_what_they_are() -> None:
    assert [kind_of(c) for c in (finvoice(), table(), workbook([["x"]]))] == ["xml", "txt", "xlsx"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n", "intake.attachment"),
        (b"\xff\xd8\xff\xe0", "intake.attachment"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "intake.old_office"),
        (archive("a.txt"), "intake.archive"),
        (archive("word/document.xml"), "intake.word"),
        (b"<html>", "intake.html"),
        (b"\x00\x01", "intake.unknown"),
        (b"x" * (20 * 1024 * 1024 + 1), "intake.too_large"),
    ],
)
def test_what_is_no_list_of_invoices_ends_in_one_fault(content: bytes, code: str) -> None:
    reading = read_one(content, name="x.csv")
    assert (reading.documents, codes(reading)) == ((), [code])
    assert reading.faults[0].file == "x.csv"


def invoice(number: str, *attachments: str) -> Invoice:
    return Invoice(number, date(2026, 9, 30), attachments=tuple(Attachment(a) for a in attachments))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("1042.pdf", "1042"),
        ("lasku-1042.pdf", "1042"),
        ("Lasku 1042 liite.pdf", "1042"),
        ("lasku_1042_v2.PDF", "1042"),
        ("C:\\viennit\\1042.pdf", "1042"),
        ("10421.pdf", None),
        ("21042.pdf", None),
        ("a1042b.pdf", None),
        ("1042 ja 1043.pdf", None),
        ("kuitti.pdf", "1043"),
        ("KUITTI.PDF", "1043"),
        ("yhteinen.pdf", None),
        ("2026-77.pdf", "2026-77"),
        ("77.pdf", "77"),
        ("liite.pdf", None),
    ],
)
def test_a_file_finds_its_invoice_by_name(name: str, number: str | None) -> None:
    invoices = [
        invoice("1042", "yhteinen.pdf"),
        invoice("1043", "Kuitti.pdf", "yhteinen.pdf"),
        invoice("2026-77"),
        invoice("77"),
    ]
    found = matches(name, invoices)
    assert (found.number if found else None) == number


def test_a_mentioned_name_comes_before_a_number() -> None:
    assert matches("1042.pdf", [invoice("1042"), invoice("1043", "1042.pdf")]) == invoice("1043", "1042.pdf")
