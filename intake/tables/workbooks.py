"""XLSX sheets into rows: typed days, numbers as exactly as the sheet shows them, the first sheet with our headers."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from finance.faults import Fault
from intake.tables.containers import Unsafe, repacked
from intake.tables.grid import Cell, Grid, Row
from intake.values import MOST_DECIMALS

_MIDNIGHT = time(0, 0)


def sheet_grids(name: str, content: bytes) -> list[Grid]:
    """The rows of every visible sheet, in order; one empty grid with the fault when the file cannot be opened."""
    try:
        clean, errors = repacked(name, content)
    except Unsafe as unsafe:
        return [Grid((), (unsafe.fault,))]
    sheets = _guarded(lambda: _sheets(clean))
    if sheets is None:
        return [Grid((), (Fault("intake.xlsx_broken", "", "", "XLSX", file=name),))]
    told: tuple[Fault, ...] = ()
    if errors:
        cells = ", ".join(errors[:10])
        told = (Fault("intake.formula_errors", "", cells, file=name, place=errors[0], warning=True),)
    return [Grid(rows, told) for rows in sheets] or [Grid((), told)]


def _sheets(clean: bytes) -> list[tuple[Row, ...]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(clean)) as book:
        visible = [
            m.name
            for m in book.sheets_metadata
            if m.visible is SheetVisibleEnum.Visible and m.typ is SheetTypeEnum.WorkSheet
        ]
        return [_rows(book.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in visible]


def _rows(values: list[list[Any]]) -> tuple[Row, ...]:
    read = (Row(n, tuple(_cell(v) for v in row)) for n, row in enumerate(values, start=1))
    return tuple(row for row in read if not row.empty)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _number(float(value))
    if isinstance(value, datetime):
        return value.date() if value.time() == _MIDNIGHT else value
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    text = str(value).strip()
    return text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text


def _number(value: float) -> Cell:
    """A sheet keeps binary fractions but shows fifteen digits: those are what the person saw."""
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(format(value, ".15g"))
    if -int(exact.as_tuple().exponent) > MOST_DECIMALS:
        exact = round(exact, MOST_DECIMALS)
    return Decimal(format(exact.normalize(), "f")) if exact else Decimal(0)


def _guarded(read: Callable[[], list[tuple[Row, ...]]]) -> list[tuple[Row, ...]] | None:
    """None when the reader gives up on the file; its own crash (a panic is no Exception) counts as giving up."""
    try:
        return read()
    except (CalamineError, OSError, ValueError, TypeError, OverflowError, AttributeError, MemoryError):
        return None
    except BaseException as crash:
        if type(crash).__name__ == "PanicException":
            return None
        raise
