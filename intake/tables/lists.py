"""A list of the PSA (people, projects, customers …) into entries; a bad row is told and never takes the others along.

Personal identity codes are not read: neither their column nor a row in which one stands. What a fault quotes of a
person's numbers is masked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from finance.faults import Fact, Fault
from finance.lists import Entry, ListKind
from finance.people import Person, masked, plain
from finance.reference import Operator
from intake.tables.cells import Cells, Habits
from intake.tables.entries import entry_of
from intake.tables.fields import columns, qualified
from intake.tables.grid import Grid, Row
from intake.tables.headers import Headers, to_map
from intake.tables.list_words import identity_code
from intake.tables.recognising import Recognised
from intake.text import shown

_PRIVATE = {(ListKind.PEOPLE, "number"), (ListKind.PEOPLE, "personal_id")}
_DIGITS = re.compile(r"[0-9]{3}")
_RENAMED = {"intake.cell.two_values": "intake.list.two_values", "intake.cell.precision": "intake.list.precision"}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a sheet gave: its entries, each key once, and how many rows it has below its headers."""

    kind: ListKind
    entries: tuple[Entry, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Made:
    row: int
    entry: Entry


def read_list(name: str, grid: Grid, found: Recognised, added: tuple[Operator, ...] = ()) -> tuple[Listed, list[Fault]]:
    """The entries of a recognised list, and everything that is wrong with it."""
    kind, headers = found.kind, found.headers
    if found.unclear:
        seen = ", ".join(header for header in headers.names if header)
        return Listed(kind), [Fault("intake.list.unclear", "", shown(seen, 300), file=name)]
    if found.lacking:
        return Listed(kind), [_missing(name, found)]
    faults = [*_told_headers(name, headers), *(_broken(name, row) for row in grid.rows if row.broken)]
    made, rows = [], 0
    for row in grid.rows:
        if row.number <= headers.row or row.broken or tuple(map(str, row.cells)) == headers.names:
            continue
        rows += 1
        entry, told = _entry(name, kind, headers, row, added)
        faults += told
        made += [_Made(row.number, entry)] if entry is not None else []
    kept, doubled = _once(name, kind, headers, made)
    faults += [fault for fault in grid.faults if fault.code == "intake.formula_errors"]
    faults += doubled or ([] if rows else [Fault("intake.list.nothing", file=name)])
    return Listed(kind, kept, rows), faults


def _entry(
    name: str, kind: ListKind, headers: Headers, row: Row, added: tuple[Operator, ...]
) -> tuple[Entry | None, list[Fault]]:
    cells = Cells(name, headers, row, Habits())
    wide = [str(c) for c in row.cells[len(headers.names) :] if c != ""]
    if wide:
        facts: dict[str, Fact] = {"row": row.number, "cells": len(row.cells), "headers": len(headers.names)}
        return None, [Fault("intake.list.row_width", "", "", "", facts, file=name, place=f"row {row.number}")]
    for field in headers.places:
        if field != "identity_code" and any(identity_code(text) for text in cells.all(field)):
            cells.faults.clear()
            cells.fault("intake.list.identity_code", field)
            return None, [_discreet(kind, fault) for fault in cells.faults]
    made = entry_of(kind, cells, added)
    return made, [_discreet(kind, fault) for fault in cells.faults]


def _discreet(kind: ListKind, fault: Fault) -> Fault:
    """The fault in a list's own words, a person's numbers masked in it, in whichever column they have strayed."""
    strayed = kind is ListKind.PEOPLE and "@" not in fault.found and bool(_DIGITS.search(fault.found))
    private = strayed or (kind, fault.where) in _PRIVATE
    facts = {name: fact for name, fact in fault.facts.items() if name != "number"}
    found = masked(fault.found) if private else fault.found
    return replace(fault, code=_RENAMED.get(fault.code, fault.code), found=found, facts=facts)


def _broken(name: str, row: Row) -> Fault:
    facts: dict[str, Fact] = {"row": row.number}
    return Fault("intake.list.row_broken", "", "", "", facts, file=name, place=f"row {row.number}")


def _missing(name: str, found: Recognised) -> Fault:
    headers = found.headers
    titles = "; ".join(columns(found.kind)[field].title for field in found.lacking)
    unplaced = [n for place, n in enumerate(headers.names) if not any(place in p for p in headers.places.values())]
    facts: dict[str, Fact] = {"row": headers.row, "columns": titles, "kind": found.kind.value}
    facts |= to_map([qualified(found.kind, field) for field in found.lacking], [*unplaced, *headers.names])
    seen = ", ".join(header for header in headers.names if header)
    return Fault("intake.list.columns_missing", "", shown(seen, 400), titles, facts, file=name)


def _told_headers(name: str, headers: Headers) -> list[Fault]:
    """Columns that are not read: unknown ones, and those of identity codes, which are left alone on purpose."""
    told = [fault for fault in headers.faults if fault.code == "intake.columns_mapping"]
    if headers.unknown:
        seen = ", ".join(shown(header, 40) for header in headers.unknown[:30])
        facts: dict[str, Fact] = {"count": len(headers.unknown)}
        told.append(Fault("intake.list.columns_unknown", "", seen, "", facts, file=name, warning=True))
    if "identity_code" in headers.places:
        column: dict[str, Fact] = {"column": headers.name("identity_code")}
        told.append(Fault("intake.list.identity_column", "", "", "", column, file=name, warning=True))
    return told


def _once(name: str, kind: ListKind, headers: Headers, made: Sequence[_Made]) -> tuple[tuple[Entry, ...], list[Fault]]:
    """Every key once. Rows that differ under one key, and people with one personal id, are all held."""
    faults: list[Fault] = []
    held: set[int] = set()
    for rows in _by(made, lambda entry: entry.key):
        alike = all(one.entry == rows[0].entry for one in rows)
        held |= set() if alike else {one.row for one in rows}
        code = "intake.list.repeated" if alike else "intake.list.two_versions"
        faults.append(_twice(name, code, headers.name("number" if "number" in headers.places else "name"), rows, alike))
    for rows in _by(made, lambda entry: plain(entry.personal_id) if isinstance(entry, Person) else ""):
        if any(one.entry.key != rows[0].entry.key for one in rows):
            held |= {one.row for one in rows}
            faults.append(_twice(name, "intake.list.same_id", headers.name("personal_id"), rows, False))
    kept = {one.entry.key: one.entry for one in made if one.row not in held}
    return tuple(kept.values()), faults


def _by(made: Sequence[_Made], key: Callable[[Entry], str]) -> list[list[_Made]]:
    """The rows that have the same in common, two at least."""
    found: dict[str, list[_Made]] = defaultdict(list)
    for one in made:
        found[key(one.entry)].append(one)
    return [rows for same, rows in found.items() if same and len(rows) > 1]


def _twice(name: str, code: str, column: str, rows: Sequence[_Made], alike: bool) -> Fault:
    numbers = ", ".join(str(one.row) for one in rows[:20])
    facts: dict[str, Fact] = {"rows": numbers, "column": column}
    return Fault(code, "", "", "", facts, file=name, place=f"row {rows[0].row}", warning=alike)
