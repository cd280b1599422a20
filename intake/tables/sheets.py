"""A file of rows into what it holds, sheet by sheet: invoices, claims, or the PSA's other lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from finance.claim import Claim
from finance.faults import Fault
from finance.invoice import Invoice, Kind
from finance.reference import Operator
from intake.ownership import Owner
from intake.tables.claims import claim_headers, read_claims
from intake.tables.documents import read_invoices
from intake.tables.grid import Grid
from intake.tables.headers import find_headers
from intake.tables.list_words import identity_code
from intake.tables.lists import Listed, read_list
from intake.tables.recognising import recognised
from intake.tables.text_files import csv_grid
from intake.tables.workbooks import sheet_grids


@dataclass(frozen=True, slots=True)
class Table:
    """What a file gave. ``columns``: header → field as understood. ``private``: see ``Reading``."""

    documents: tuple[Invoice, ...] = ()
    faults: tuple[Fault, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[Listed, ...] = ()
    private: bool = False
    claims: tuple[Claim, ...] = ()


def read_table(
    name: str,
    content: bytes,
    sheets: bool,
    owner: Owner,
    own: Mapping[str, str],
    units: Mapping[str, str],
    direction: Kind | None,
    operators: tuple[Operator, ...] = (),
) -> Table:
    """What is in a CSV (or, with ``sheets``, XLSX) file: every list and claim, and the first sheet's invoices."""
    grids = sheet_grids(name, content) if sheets else [csv_grid(name, content, own)]
    lists: list[Listed] = []
    faults: list[Fault] = []
    columns: dict[str, str] = {}
    others: list[Grid] = []
    claims: list[Claim] = []
    of_claims = False
    for grid in grids:
        headers = claim_headers(name, grid, own)
        if headers is not None:
            made, told = read_claims(name, grid, headers, units)
            claims += made
            faults += told
            columns |= headers.understood
            of_claims = True
            continue
        found = recognised(name, grid, own)
        if found is None:
            others.append(grid)
            continue
        listed, told = read_list(name, grid, found, operators)
        lists.append(listed)
        faults += told
        columns |= found.headers.understood
    if (lists or of_claims) and not any(find_headers(name, grid, own) for grid in others):
        return replace(_table(name, grids, (), faults, columns, lists), claims=tuple(claims))
    documents, told, understood = read_invoices(name, others, owner, own, units, direction)
    table = _table(name, grids, documents, [*faults, *told], columns | understood, lists)
    return replace(table, claims=tuple(claims))


def _table(
    name: str,
    grids: Sequence[Grid],
    documents: Sequence[Invoice],
    faults: Sequence[Fault],
    columns: Mapping[str, str],
    lists: Sequence[Listed],
) -> Table:
    """With a word where the file cannot be kept until somebody has said which column is which."""
    private = not documents and _private(grids)
    lost = private and any(fault.facts.get("fields") for fault in faults)
    told = [Fault("intake.list.private", file=name)] if lost else []
    return Table(tuple(documents), (*faults, *told), columns, tuple(lists), private)


def _private(grids: Sequence[Grid]) -> bool:
    cells = (cell for grid in grids for row in grid.rows for cell in row.cells)
    return any(isinstance(cell, str) and identity_code(cell) for cell in cells)
