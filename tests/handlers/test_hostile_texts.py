"""Numbers, cells and signs that somebody sends to do harm: each is refused or made harmless, none is misread.

T4: what is no plain decimal number is none, wherever people type one. J2: no cell of ours is a formula. J7: Procountor
is sent no sign that it refuses, and none is lost or changed without a word.
"""

from __future__ import annotations

import csv
import io
import random
import re
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from bot import cli_numbers
from finance import dividing, limits
from finance.fixes import Fix, FixError
from finance.limits import Unfit
from finance.registers import _percent
from finance.text import acceptable, replaced, strangers
from finance.typed import parse
from handlers.views.details import formula_safe
from intake import values
from procountor import payload
from procountor.errors import NotEncodable

NONE = (
    *("NaN", "nan", "sNaN", "-NaN", "Infinity", "-Infinity", "inf", "∞", "1e5", "1E5", "1e-5", "1e999999999", "0x10"),
    *("1_000", "1__0", "_1", "1'000", "١٢٣", "１２３", "१२३", "𝟏𝟐", "²", "½", "Ⅻ", "1+1", "=1+1", "1/2", "1*2", "(5)"),
    *("", " ", ".", ",", "-", "+", "--1", "+-1", "1-2", "1..2", "1.2.3", "1,2,3", "5 %5", "\x001", "1\x00", "1\u200b2"),
    *("1\u202e2", "None", "true", "[]", "{}", "'; DROP TABLE bill; --", "1 OR 1=1", "9" * 400, "0." + "0" * 400 + "1"),
)
GOOD = {"12": "12", "12,5": "12.5", "12.50": "12.50", "0,05": "0.05", "100": "100"}
Reader = Callable[[str], Decimal | None]


def _limit(text: str) -> Decimal | None:
    found = limits.amount(text)
    return None if isinstance(found, Unfit) else found


def _fix(text: str) -> Decimal | None:
    try:
        found = parse(Decimal, Fix("lines[0].unit_price", text))
    except FixError:
        return None
    assert isinstance(found, Decimal)
    return found


def _file(text: str) -> Decimal | None:
    try:
        return values.number(text)
    except values.Unreadable:
        return None


READERS: dict[str, Reader] = {
    "a limit": _limit,
    "a share": dividing.percent,
    "a mended field": _fix,
    "a file": _file,
    "a rate's account": _percent,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", NONE, ids=[ascii(text)[:24] for text in NONE])
def test_what_is_no_number_is_none(reader: str, text: str) -> None:
    assert READERS[reader](text) is None


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", GOOD)
def test_what_is_a_number_is_that_number(reader: str, text: str) -> None:
    assert READERS[reader](text) == Decimal(GOOD[text])


@pytest.mark.parametrize("reader", READERS)
def test_no_mixture_of_signs_is_read_as_what_is_not_finite_or_breaks(reader: str) -> None:
    dice = random.Random(20261126)
    signs = "0123456789.,-+ eE_%€−١１NaInf\u00a0\u202f\x00'"
    for _ in range(3000):
        text = "".join(dice.choices(signs, k=dice.randrange(12)))
        found = READERS[reader](text)
        assert found is None or (found.is_finite() and abs(found) < 10**13), ascii(text)
        # The first digit read is the first digit written: nothing of the number was thrown away.
        digits = re.sub(r"[^0-9]", "", text).lstrip("0")
        assert found in (None, 0) or format(abs(found), "f").replace(".", "").strip("0") == digits.strip("0"), ascii(
            text
        )


STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u00a0=",
    "\ufeff=",
    "'=",
    '"=',
    ";=",
    "|",
)
REST = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.invalid")', "A1", "-2+3", "SUM(A1:A9)", "DDE", "5;=1", "5\n=1")


@pytest.mark.parametrize("start", STARTS, ids=ascii)
def test_no_cell_is_a_formula(start: str) -> None:
    for rest in REST:
        for cell in (start + rest, f" {start}{rest}"):
            written = io.StringIO()
            csv.writer(written, delimiter=";").writerow([formula_safe(cell), "5"])
            (read,) = csv.reader(io.StringIO(written.getvalue(), newline=""), delimiter=";")
            assert not re.match(r"[\s\ufeff\u00a0]*[=+\-@＝＋－＠]", read[0]), ascii(read[0])
            assert len(read) == 2


@pytest.mark.parametrize("cell", ["-5", "-12,50", "+358401234567", "1 234,50", "0", "-0.5"])
def test_a_number_in_a_cell_stays_a_number(cell: str) -> None:
    assert formula_safe(cell).lstrip("'") == cell


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    """Three thousand cells as `kierto export numbers` writes them; text stays text, an amount a number."""
    dice = random.Random(2)
    links = (
        "http://evil.example",
        "mailto:a@b.fi",
        "internal:A1",
        "external:c:\\a.xlsx",
        "file:///etc/passwd",
        "{=1+1}",
    )
    width = len(cli_numbers.HEAD)
    made = [
        [dice.choice(STARTS) + dice.choice((*REST, *links)) for _ in range(width - 1)] + [Decimal("12.50")]
        for _ in range(3000 // width + 1)
    ]
    file = tmp_path / "numerot.xlsx"
    cli_numbers._xlsx(file, iter(made))  # type: ignore[arg-type]
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        assert not re.search(rb"<f[ >]|<hyperlink|<dde|<ole", sheet)
        assert [name for name in book.namelist() if "external" in name.casefold() or "vba" in name.casefold()] == []
    read = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert len(read) == len(made) + 1
    assert {type(row[-1]) for row in read[1:]} == {float}


def test_procountor_is_sent_no_sign_that_it_refuses() -> None:
    """Every character of the Basic Multilingual Plane, and a sample of the others, in pieces."""
    dice = random.Random(1252)
    points = [n for n in range(0x10000) if not 0xD800 <= n < 0xE000] + dice.sample(range(0x10000, sys.maxunicode), 4000)
    for start in range(0, len(points), 50):
        text = "a1 " + "".join(map(chr, points[start : start + 50])) + " 9z"
        sent = replaced(text)
        assert acceptable(sent), ascii(sent)
        payload.encode({"notes": sent})
        kept = [sign for sign in text if sign.isascii() and sign.isalnum()]
        assert [s for s in kept if s not in sent] == []
        changed = set(text) - set(strangers(text))
        assert {s for s in changed if s.isalnum() and s not in sent} <= {"\u212b"}, "a sign was lost without a word"


def test_what_was_not_replaced_does_not_leave() -> None:
    with pytest.raises(NotEncodable):
        payload.encode({"notes": "Ω"})
    with suppress(NotEncodable):
        payload.encode({"notes": "ä"})
