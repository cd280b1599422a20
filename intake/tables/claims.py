"""A table of expense and travel claims: rows gathered by claim; one that misses a row, or has a bad one, is held whole.

One row is one cost. Personal identity codes are not read: neither their column nor a row in which one stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from finance.claim import Claim
from finance.faults import Fact, Fault
from intake.tables.cells import Cells, habits
from intake.tables.claim_heads import head_of
from intake.tables.claim_rows import cost_of
from intake.tables.fields import CLAIM, columns, qualified, telling
from intake.tables.grid import Grid
from intake.tables.headers import Headers, find_headers, to_map
from intake.tables.list_words import identity_code
from intake.text import bare, shown

NEEDED = (("number",), ("day",), ("gross",), ("person_number", "person", "email"))
_SUMS = frozenset({"yhteensä", "summa", "total", "totals", "totalt", "sum", "sammanlagt"})


@dataclass(slots=True)
class _Gathered:
    """Rows by claim in the order of the file; ``held`` are claims that miss a row."""

    groups: dict[tuple[str, str], list[Cells]] = field(default_factory=dict)
    held: set[tuple[str, str]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    last: tuple[str, str] | None = None


def claim_headers(name: str, grid: Grid, own: Mapping[str, str]) -> Headers | None:
    """The headers of a sheet of claims; None when it looks more like anything else.

    A payment type, or a number that is called a claim's, tells it from a list of invoices or people.
    """
    found = find_headers(name, grid, own, CLAIM)
    if found is None or len(found.places) < 4:
        return None
    numbered = any(telling(found.names[place], CLAIM) for place in found.places.get("number", ()))
    if not ("payment_type" in found.places or numbered) or not found.places.keys() & {"day", "gross"}:
        return None
    invoices = find_headers(name, grid, own)
    return None if invoices is not None and len(invoices.places) > len(found.places) else found


def read_claims(name: str, grid: Grid, headers: Headers, units: Mapping[str, str]) -> tuple[list[Claim], list[Fault]]:
    """The claims of a sheet and everything that is wrong with it."""
    lacking = [group[0] for group in NEEDED if not headers.places.keys() & set(group)]
    if lacking:
        return [], [_missing(name, headers, lacking)]
    gathered = _gather(name, grid, headers)
    claims: list[Claim] = []
    faults = [*_told(name, headers), *gathered.faults]
    for key, rows in gathered.groups.items():
        claim, told = _claim(rows, units)
        faults += told
        if claim is None or key in gathered.held:
            facts: dict[str, Fact] = {"number": key[1], "rows": ", ".join(str(r.row.number) for r in rows[:20])}
            faults.append(Fault("intake.claim.held", "number", shown(key[1]), facts=facts, file=name))
        else:
            claims.append(claim)
    return claims, faults or ([] if claims else [Fault("intake.claim.none", file=name)])


def _gather(name: str, grid: Grid, headers: Headers) -> _Gathered:
    result, written = _Gathered(), habits(grid, headers)
    for row in grid.rows:
        first = next((c for c in row.cells if c != ""), "")
        total = isinstance(first, str) and bare(first) in _SUMS
        if row.number <= headers.row or total or tuple(str(c) for c in row.cells) == headers.names:
            continue
        cells = Cells(name, headers, row, written)
        wide = any(c != "" for c in row.cells[len(headers.names) :])
        number = "" if row.broken or wide else cells.text("number")
        whose = next((t for f in NEEDED[3] if (t := cells.text(f))), "")
        cells.faults.clear()  # read again, with their faults, when the claim is put together
        if number:
            same = result.last if not whose and result.last and result.last[1] == number else (bare(whose), number)
            result.groups.setdefault(same, []).append(cells)
            result.last = same
            continue
        if result.last is not None:
            result.held.add(result.last)
        result.faults.append(cells.made("intake.claim.row", "number", "", ""))
    return result


def _claim(rows: Sequence[Cells], units: Mapping[str, str]) -> tuple[Claim | None, list[Fault]]:
    for cells in rows:
        if any(identity_code(t) for f in cells.headers.places if f != "identity_code" for t in cells.all(f)):
            cells.faults.clear()
            cells.fault("intake.list.identity_code", "person")
            return None, list(cells.faults)
    head = head_of(rows)
    costs = tuple(cost for cells in rows if (cost := cost_of(cells, units)) is not None)
    faults = [fault for cells in rows for fault in cells.faults]
    if head is None or not costs or any(not fault.warning for fault in faults):
        return None, faults
    created = head.created or max(cost.day for cost in costs)
    claim = Claim(
        number=head.number,
        created=created,
        kind=head.kind,
        claimant=head.claimant,
        costs=costs,
        trip=head.trip,
        note=head.note,
        stated=head.stated,
    )
    return claim, faults


def _missing(name: str, headers: Headers, lacking: Sequence[str]) -> Fault:
    titles = "; ".join(columns(CLAIM)[one].title for one in lacking)
    unplaced = [n for place, n in enumerate(headers.names) if not any(place in p for p in headers.places.values())]
    facts: dict[str, Fact] = {"row": headers.row, "columns": titles}
    facts |= to_map([qualified(CLAIM, one) for one in lacking], [*unplaced, *headers.names])
    seen = ", ".join(header for header in headers.names if header)
    return Fault("intake.claim.columns_missing", "", shown(seen, 400), titles, facts, file=name)


def _told(name: str, headers: Headers) -> list[Fault]:
    """Columns that are not read: unknown ones, and those of identity codes, which are left alone on purpose."""
    told = [fault for fault in headers.faults if fault.code in ("intake.columns_mapping", "intake.columns_unknown")]
    if "identity_code" in headers.places:
        column: dict[str, Fact] = {"column": headers.name("identity_code")}
        told.append(Fault("intake.list.identity_column", "", "", "", column, file=name, warning=True))
    return told
