"""CSV as programs and people save it: any usual encoding and delimiter, line breaks in quotes, a broken row alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping

from finance.faults import Fault
from intake.tables.fields import known_anywhere
from intake.tables.grid import Grid, Row
from intake.text import shown

_DELIMITERS = (";", "\t", ",", "|")
_LONGEST_ROW = 60  # physical lines one record may span; beyond it a quote was left open
_WIDEST_FIELD = 100_000
_MOST_CELLS = 2_000
_SAMPLED = 20_000  # characters of a line that are looked at for its delimiter
MOST_LINES = 100_000
_FORMULA_TEXT = re.compile(r'="(.*)"', re.S)


def csv_grid(name: str, content: bytes, own: Mapping[str, str]) -> Grid:
    """The rows of a text file. Faults: a text that cannot be decoded, a row whose quotes do not close."""
    text = decoded(content)
    if text is None:
        return Grid((), (Fault("intake.encoding_unknown", file=name),))
    physical = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(physical) > MOST_LINES:
        return Grid((), (Fault("intake.too_many_rows", "", str(len(physical)), str(MOST_LINES), file=name),))
    told = re.fullmatch(r"sep=(.)", physical[0].strip()) if physical else None
    delimiter = told[1] if told else _delimiter(physical[:40], own)
    if told:
        physical[0] = ""
    rows = tuple(row for row in _records(physical, delimiter) if not row.empty)
    return Grid(rows, tuple(_unclosed(name, r.number, physical[r.number - 1]) for r in rows if r.broken))


def _unclosed(name: str, row: int, line: str) -> Fault:
    return Fault("intake.row_quotes", "", shown(line), "", {"row": row}, file=name, place=f"row {row}")


def decoded(content: bytes) -> str | None:
    """The text of UTF-8 or UTF-16 (with a mark), UTF-8 without one, or Windows-1252; None when it is none of them."""
    try:
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return None if b"\x00" in content else content.decode("windows-1252")
    except UnicodeDecodeError:
        return None


def _delimiter(physical: list[str], own: Mapping[str, str]) -> str:
    """The delimiter by which the first lines show the most headers we know; then the one that cuts into most parts."""

    def worth(delimiter: str) -> tuple[int, int]:
        best = (0, 0)
        for line in physical:
            parts = [p.strip().strip('"') for p in line[:_SAMPLED].split(delimiter)]
            known = sum(1 for part in parts if part and known_anywhere(part, own))
            best = max(best, (known, len(parts)))
        return best

    return max(_DELIMITERS, key=worth)


def _records(physical: list[str], delimiter: str) -> Iterator[Row]:
    """Each record with the number of the line it begins on. A record that cannot be cut is one broken line alone."""
    at = 0
    while at < len(physical):
        cells, used = _record(physical, at, delimiter)
        if cells is None:
            rough = (part.strip().strip('"') for part in physical[at].split(delimiter, 100))
            yield Row(at + 1, tuple(rough), broken=True)
        else:
            yield Row(at + 1, tuple(_cell(c) for c in cells))
        at += used


def _record(physical: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    if physical[at].count(delimiter) > _MOST_CELLS:
        return None, 1
    if '"' not in physical[at]:
        return physical[at].split(delimiter), 1
    text = physical[at]
    for used in range(1, _LONGEST_ROW + 1):
        try:
            return next(csv.reader([text], delimiter=delimiter, strict=True, skipinitialspace=True)), used
        except (csv.Error, StopIteration) as stopped:
            unfinished = "unexpected end" in str(stopped) or "newline inside" in str(stopped)
            if not unfinished or at + used >= len(physical) or len(text) > _WIDEST_FIELD:
                break
        text += "\n" + physical[at + used]
    return None, 1


def _cell(text: str) -> str:
    """A cell without what spreadsheets add to keep it text: a leading apostrophe, or ="…"."""
    plain = text.strip()
    if found := _FORMULA_TEXT.fullmatch(plain):
        return found[1].strip()
    return plain[1:] if re.match(r"'[=+\-@0-9\t]", plain) else plain
