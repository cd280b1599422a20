"""Whatever the bytes, reading ends in a Reading, and never by the net for what nobody foresaw."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_samples import BUYER, FILES, HEADERS, LINE, SELLER, SOAP, codes, finvoice, read_one, table, workbook

from finance.canonical import dump, load
from finance.invoice import Invoice
from intake.attachments import kind_of, matches
from intake.reading import Reading
from intake.sentences import EXPLANATIONS

KNOWN = {row.code for row in EXPLANATIONS}
SAMPLES = [
    (FILES / "plain-1.3.xml").read_bytes(),
    SOAP.format(to="A", body="").encode() + finvoice(encoding="ISO-8859-15") + finvoice("2"),
    table(LINE, LINE.replace("1042", "7"), LINE.replace("Työ", '"Työ\nkaksi"')),
    workbook([HEADERS.split(";"), [1, 46000, "1.1.2026", "A", "B", "C", "", 1.5, "h", 2.25, 25.5]]),
]
PIECES = [b"<", b">", b"&x;", b'"', b";", b"\x00", b"\xff", b"<Finvoice>", b"</Finvoice>", b"<?xml ", b"-", b"9" * 40]


def judged(reading: Reading) -> None:
    assert reading.documents or reading.faults
    assert set(codes(reading)) <= KNOWN - {"intake.unforeseen"}
    for invoice in reading.documents:
        assert load(Invoice, dump(invoice)) == invoice


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    judged(read_one(content))
    assert kind_of(content)


@settings(max_examples=150)
@given(st.text(max_size=200))
def test_any_text_under_our_headers(text: str) -> None:
    judged(read_one(table(LINE, text)))
    judged(read_one(text.encode("utf-8", "replace") + b"\n" + table(LINE)))


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["1042", "1,5", "1.234", "25,5 %", "€", "5/6/2026", "31.12.2026", "0", "-", "#", "=1+1", "'1"]),
)


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, min_size=11, max_size=11), max_size=5))
def test_any_cells_in_our_columns(rows: list[list[str]]) -> None:
    lines = [";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = "\n".join((HEADERS, *lines)).encode("utf-8", "replace")
    judged(read_one(content))


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(st.one_of(CELLS, st.floats(), st.integers(-(10**20), 10**20), st.booleans()), max_size=12),
        max_size=4,
    )
)
def test_any_cells_in_a_sheet(rows: list[list[object]]) -> None:
    kept = [[c if not isinstance(c, float) or abs(c) < 1e300 else "inf" for c in row] for row in rows]
    plain = [[c if not isinstance(c, str) else "".join(x for x in c if x.isprintable()) for c in row] for row in kept]
    judged(read_one(workbook([HEADERS.split(";"), *plain])))


@pytest.mark.parametrize("sample", range(len(SAMPLES)))
@settings(max_examples=120)
@given(st.integers(0, 2**32))
def test_mutated_files(sample: int, seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(SAMPLES[sample])
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(content) + 1)
        change = rng.randrange(4)
        if change == 0 and content:
            content[at % len(content)] = rng.randrange(256)
        elif change == 1:
            content[at:at] = rng.choice(PIECES)
        elif change == 2:
            del content[at : at + rng.randint(1, 60)]
        else:
            other = rng.randrange(len(content) + 1)
            content[at:at] = content[other : other + rng.randint(1, 200)]
    judged(read_one(bytes(content), rng.choice([SELLER, BUYER])))


@given(st.text(max_size=30))
def test_any_name_finds_an_invoice_or_none(name: str) -> None:
    invoice = read_one(finvoice()).documents[0]
    assert matches(name, [invoice]) in {None, invoice}
    assert matches(name, []) is None


HOSTILE = {
    "comments left open": b"<Finvoice>" + b"<!--" * 400_000,
    "sections left open": b"<Finvoice>" + b"<![CDATA[" * 200_000,
    "comments before nothing": b"<!-- a -->" * 50_000 + b"x",
    "comments before a page": b"<?xml version='1.0'?>" + b"<!-- a -->" * 350 + b"<htmx>",
    "brackets in a header": b"(" * 2_000_000,
    "blanks in a number": table(LINE.replace("50,00", "1" + " " * 60_000 + "x")),
    "letters in a number": table(LINE.replace("50,00", "1" + "a" * 60_000 + "1")),
    "cells without end": b";" * 3_000_000,
    "quotes left open": b'"a\n' * 90_000,
    "quotes left open once in a while": (b'a;"b\n' + b"c;d\n" * 58) * 1_000,
    "empty documents": b"<Finvoice/>" * 200_000,
    "rows of faults": finvoice(rows="<InvoiceRow><UnitPriceAmount>x</UnitPriceAmount></InvoiceRow>" * 20_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_little(name: str) -> None:
    before = time.process_time()
    judged(read_one(HOSTILE[name]))
    assert time.process_time() - before < 10
