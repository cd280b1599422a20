"""One row's cells by field, each misreading turned into a fault that names the row, the column and what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from finance.faults import Fact, Fault
from finance.invoice import ONE, ZERO
from intake.codes import country_code, currency_code
from intake.tables.fields import Holds, columns
from intake.tables.grid import Cell, Grid, Row
from intake.tables.headers import Headers
from intake.text import lines, one_line, shown
from intake.values import LARGEST, LONGEST, Unreadable, as_day, day, file_order, file_sign, number, serial_day

_MARKED = re.compile(r"\s*(?P<before>[€$£]|[A-Z]{3} )?\s*(?P<body>.*?)\s*(?P<after>[€$£]|[A-Za-z]{3}|euroa?)?\s*", re.S)
_SCIENTIFIC = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]+", re.I)
_EXPECTED = {
    "number": "1234,56",
    "ambiguous_number": "1234,50",
    "number_size": "≤ 1 000 000 000 000",
    "date": "31.12.2026",
    "ambiguous_date": "2026-12-31",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """How one file writes numbers and slashed dates, by those of its cells that can be read one way only."""

    sign: str = ""
    order: str = ""


def habits(grid: Grid, headers: Headers) -> Habits:
    """The habits that the cells under ``headers`` show."""
    return Habits(
        file_sign(_texts(grid, headers, {Holds.NUMBER, Holds.PERCENT})),
        file_order(_texts(grid, headers, {Holds.DAY})),
    )


def _texts(grid: Grid, headers: Headers, holding: set[Holds]) -> Iterator[str]:
    known = columns(headers.table)
    places = [p for f, told in headers.places.items() if known[f].holds in holding for p in told]
    for row in grid.rows:
        if row.number > headers.row and not row.broken:
            yield from (str(row.cells[p]) for p in places if p < len(row.cells) and isinstance(row.cells[p], str))


@dataclass(slots=True)
class Cells:
    """A row under its headers. Faults gather in ``faults``; currency signs beside amounts in ``marks``."""

    file: str
    headers: Headers
    row: Row
    habits: Habits
    faults: list[Fault] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The cell of a field on one line (its line breaks kept for long texts); "" when empty."""
        found = self._one(name)
        if found is None:
            return ""
        if isinstance(found, Decimal) and name.endswith("post_code"):
            return self._post_code(name, found)
        long = columns(self.headers.table)[name].holds is Holds.LONG
        return lines(self._plain(name, found)) if long else self._line(name, found)

    def has(self, name: str) -> bool:
        """Whether any cell of a field has something in it."""
        return bool(self._cells(name))

    def all(self, name: str) -> tuple[str, ...]:
        """The cells of every column of a field, empty ones left out."""
        return tuple(t for cell in self._cells(name) if (t := lines(self._plain(name, cell))))

    def number(self, name: str) -> Decimal | None:
        """The exact number of a field; None when empty, or when it is a fault. A currency sign beside it is noted."""
        found = self._one(name)
        if found is None:
            return None
        if isinstance(found, Decimal):
            return self._sized(name, found)
        parts = _MARKED.fullmatch(found) if isinstance(found, str) and len(found) <= LONGEST else None
        body = parts["body"] if parts and parts["body"][-1:].isdigit() else str(found)
        if parts and body == parts["body"] and (mark := (parts["before"] or parts["after"] or "").strip()):
            self.marks[currency_code(mark) or mark] = name
        return self._number(name, body)

    def percent(self, name: str) -> Decimal | None:
        """A percentage (25.5). A sheet keeps 25,5 % as 0.255: VAT is read so; elsewhere a fraction is asked back."""
        found = self._one(name)
        if found is None:
            return None
        if isinstance(found, Decimal):
            if name == "vat_percent" and ZERO < found < ONE:
                return (found * 100).normalize()
            value, signed = self._sized(name, found), False
        else:
            signed = str(found).rstrip().endswith("%")
            value = self._number(name, str(found).replace("%", " ").strip())
        if value is not None and ZERO < abs(value) < ONE and not (signed and name != "vat_percent"):
            self.fault("intake.cell.fraction", name, str(found), "25,5")
            return None
        return value

    def day(self, name: str) -> date | None:
        """The day of a field; None when empty, or when it is a fault."""
        found = self._one(name)
        if found is None:
            return None
        try:
            if isinstance(found, Decimal):
                return serial_day(found)
            return as_day(found) if isinstance(found, date) else day(found, self.habits.order)
        except Unreadable as unreadable:
            self._unreadable(name, str(found), unreadable)
        return None

    def fault(
        self, code: str, name: str, found: str = "", expected: str = "", *, warning: bool = False, **facts: Fact
    ) -> None:
        """Notes a fault in the cell of a field."""
        made = self.made(code, name, found, expected, warning=warning, **facts)
        if made not in self.faults:
            self.faults.append(made)

    def made(
        self, code: str, name: str, found: str = "", expected: str = "", *, warning: bool = False, **facts: Fact
    ) -> Fault:
        """A fault in the cell of a field."""
        numbered = self.headers.places.get("number", ())
        raw = [self.row.cells[p] for p in numbered if p < len(self.row.cells)]
        own = shown(str(raw[0]), 30) if raw and raw[0] != "" else "–"
        about: dict[str, Fact] = {"row": self.row.number, "column": self.headers.name(name), "number": own, **facts}
        place = f"row {self.row.number}"
        return Fault(code, name, shown(found), expected, about, file=self.file, place=place, warning=warning)

    def _cells(self, name: str) -> list[Cell]:
        cells = self.row.cells
        return [cells[p] for p in self.headers.places.get(name, ()) if p < len(cells) and cells[p] != ""]

    def _one(self, name: str) -> Cell | None:
        found: Sequence[Cell] = list(dict.fromkeys(self._cells(name)))
        if len(found) > 1:
            self.fault("intake.cell.two_values", name, " | ".join(str(f) for f in found))
        return found[0] if found else None

    def _line(self, name: str, found: Cell) -> str:
        return one_line(self._plain(name, found))

    def _plain(self, name: str, found: Cell) -> str:
        if isinstance(found, Decimal):
            if abs(found) >= Decimal(10) ** 15:
                self.fault("intake.cell.precision", name, str(found))
            return format(found, "f")
        if isinstance(found, date):
            return found.isoformat()
        if _SCIENTIFIC.fullmatch(found):
            self.fault("intake.cell.precision", name, found)
        return found

    def _post_code(self, name: str, found: Decimal) -> str:
        """A sheet that took 00100 for a number shows 100: Finnish postal codes have five digits."""
        country = country_code(self.text(name.replace("post_code", "country")))
        plain = format(found, "f")
        return plain.rjust(5, "0") if country in {"", "FI"} and plain.isdigit() else plain

    def _sized(self, name: str, found: Decimal) -> Decimal | None:
        if abs(found) <= LARGEST:
            return found
        self.fault("intake.cell.number_size", name, str(found), _EXPECTED["number_size"])
        return None

    def _number(self, name: str, text: str) -> Decimal | None:
        try:
            return number(text, self.habits.sign)
        except Unreadable as unreadable:
            self._unreadable(name, text, unreadable)
        return None

    def _unreadable(self, name: str, text: str, why: Unreadable) -> None:
        readings: dict[str, Any] = dict(zip(("one", "other"), why.readings, strict=False))
        self.fault(f"intake.cell.{why.reason}", name, text, _EXPECTED[why.reason], **readings)
