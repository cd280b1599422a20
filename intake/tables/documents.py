"""A table into invoices: rows gathered by invoice number; an invoice that misses one of its rows does not go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from finance.faults import Fault
from finance.invoice import Invoice, Kind
from intake.ownership import Owner
from intake.tables.cells import Cells, Habits, habits
from intake.tables.grid import Grid, Row
from intake.tables.headers import NECESSARY, Headers, find_headers, missing, to_map
from intake.tables.invoices import invoice_of
from intake.text import bare, shown

_SUMS = frozenset({"yhteensä", "summa", "summarivi", "loppusumma", "total", "totals", "totalt", "sum", "sammanlagt"})
_SELLERS = ("seller_name", "seller_business_id", "seller_vat_number")


class Key(NamedTuple):
    """What makes rows one invoice: its number, and in a list of bills whose number it is."""

    supplier: str
    number: str


@dataclass(slots=True)
class _Unplaced:
    """A row that is broken, too wide or without a number, and the invoices it stands between."""

    cells: Cells
    key: Key
    wide: tuple[str, ...]
    before: Key | None
    after: Key | None = None


@dataclass(slots=True)
class _Gathered:
    """Rows by invoice, in the order of the file; ``held`` are invoices that miss a row."""

    groups: dict[Key, list[Cells]] = field(default_factory=dict)
    held: set[Key] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    last: Key | None = None


def read_invoices(
    name: str,
    grids: Sequence[Grid],
    owner: Owner,
    own: Mapping[str, str],
    units: Mapping[str, str],
    direction: Kind | None,
) -> tuple[list[Invoice], list[Fault], dict[str, str]]:
    """The invoices of a file's first sheet with their headers, what is wrong, and how its columns were understood."""
    for grid in grids:
        headers = find_headers(name, grid, own)
        if headers is not None:
            documents, faults = _read(name, grid, headers, owner, units, direction)
            return documents, [*grid.faults, *headers.faults, *faults], headers.understood
    told = [f for grid in grids for f in grid.faults]
    if not any(not f.warning and f.code != "intake.row_quotes" for f in told):
        first = next((row for grid in grids for row in grid.rows), None)
        found = ", ".join(str(c) for c in first.cells if c != "") if first else ""
        facts = to_map(NECESSARY, [c for c in first.cells if isinstance(c, str)] if first else [])
        told = [Fault("intake.no_headers", "", shown(found, 200), "", facts, file=name)]
    return [], told, {}


def _read(
    name: str, grid: Grid, headers: Headers, owner: Owner, units: Mapping[str, str], direction: Kind | None
) -> tuple[list[Invoice], list[Fault]]:
    if lacking := missing(name, headers):
        return [], [lacking]
    gathered = _gather(name, grid, headers, habits(grid, headers))
    documents = []
    faults = gathered.faults
    for key, rows in gathered.groups.items():
        invoice, found = invoice_of(name, rows, owner, units, direction)
        faults.extend(found)
        if invoice is not None and key not in gathered.held:
            documents.append(invoice)
    if not gathered.groups and not faults:
        faults.append(Fault("intake.no_invoice", file=name))
    return documents, faults


def _gather(name: str, grid: Grid, headers: Headers, written: Habits) -> _Gathered:
    result = _Gathered()
    unplaced: list[_Unplaced] = []
    followed = 0
    for row in grid.rows:
        if row.number <= headers.row or _is_sum(row) or tuple(str(c) for c in row.cells) == headers.names:
            continue
        cells = Cells(name, headers, row, written)
        key = _key(cells, result.last)
        wide = tuple(str(c) for c in row.cells[len(headers.names) :] if c != "")
        if key.number and not row.broken and not wide:
            result.groups.setdefault(key, []).append(cells)
            result.last = key
            for waiting in unplaced[followed:]:
                waiting.after = key
            followed = len(unplaced)
        else:
            unplaced.append(_Unplaced(cells, key, wide, result.last))
    for waiting in unplaced:
        suspects = _suspects(waiting, result.groups)
        result.held.update(suspects)
        result.faults.append(_unplaced_fault(waiting, suspects))
    return result


def _key(cells: Cells, last: Key | None) -> Key:
    """Supplier and number; a row that repeats only the number belongs to the supplier before it."""
    number = cells.text("number")
    supplier = next((t for name in _SELLERS if (t := cells.text(name))), "")
    cells.faults.clear()  # read again, with their faults, when the invoice is put together
    return last if last is not None and not supplier and last.number == number else Key(supplier, number)


def _suspects(row: _Unplaced, groups: Mapping[Key, list[Cells]]) -> list[Key]:
    """The invoices that may miss this row: those of its number; where that cannot be trusted, its neighbours."""
    if not row.key.number:
        return [row.before] if row.before else []
    same = [key for key in groups if key.number == row.key.number]
    if same or row.cells.headers.places["number"][0] == 0:
        return same
    return [key for key in (row.before, row.after) if key]


def _unplaced_fault(row: _Unplaced, suspects: list[Key]) -> Fault:
    numbers = ", ".join(dict.fromkeys(key.number for key in suspects))
    held = numbers or shown(row.key.number) or "–"
    cells = row.cells
    if cells.row.broken:
        return cells.made("intake.row_broken", "", "", number=held)
    if row.wide:
        cut, named = len(cells.row.cells), len(cells.headers.names)
        return cells.made("intake.row_width", "", " | ".join(row.wide), number=held, cells=cut, headers=named)
    return cells.made("intake.row_without_number", "number", number=held)


def _is_sum(row: Row) -> bool:
    first = next((c for c in row.cells if c != ""), "")
    return isinstance(first, str) and bare(first) in _SUMS
