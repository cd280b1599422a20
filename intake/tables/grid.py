"""A table as rows of cells with the row numbers that the file's reader sees, whichever format it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance.faults import Fault

Cell = str | Decimal | date


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``broken`` says that its cells are only a rough cut because the row could not be read properly."""

    number: int
    cells: tuple[Cell, ...]
    broken: bool = False

    @property
    def empty(self) -> bool:
        return all(cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one sheet or text file that have something in them, and what was wrong on the way."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
