"""The row of headers: where it is, which column holds which field, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from finance.faults import Fact, Fault
from intake.tables.fields import INVOICE, LONGEST, columns, field_of, header_key, named, qualified
from intake.tables.grid import Grid, Row
from intake.text import one_line, shown

NECESSARY = ("number", "issued", "name", "unit_price", "buyer_name")
_SEARCHED = 20
_WIDEST = 500
_SHARE_WORDS = ("pros", "kanta", "sats", "rate", "percent", "kod", "luokka")


@dataclass(frozen=True, slots=True)
class Headers:
    """``places``: the columns (from 0) of each field; ``names``: the file's header of each column.

    ``table`` is the kind of table whose columns they are, ``unknown`` the headers that are none of them.
    """

    row: int
    places: Mapping[str, tuple[int, ...]]
    names: tuple[str, ...]
    faults: tuple[Fault, ...] = field(default=())
    table: str = INVOICE
    unknown: tuple[str, ...] = ()

    @property
    def understood(self) -> dict[str, str]:
        """Header → field, as it can be kept for the company's next files."""
        return {self.names[p]: qualified(self.table, name) for name, places in self.places.items() for p in places}

    def name(self, wanted: str) -> str:
        """The file's own header of a field; the field itself when the file has none."""
        places = self.places.get(wanted, ())
        return self.names[places[0]] if places else wanted


def find_headers(name: str, grid: Grid, own: Mapping[str, str], table: str = INVOICE) -> Headers | None:
    """The first of the first twenty rows with most headers that we know (at least two); None when there is none."""
    best: tuple[int, Row] | None = None
    for row in grid.rows[:_SEARCHED]:
        known = len({f for cell in row.cells[:_WIDEST] if (f := field_of(_text(cell), own, table))})
        if known >= 2 and (best is None or known > best[0]):
            best = (known, row)
    return _headers(name, best[1], own, table) if best else None


def _headers(name: str, row: Row, own: Mapping[str, str], table: str) -> Headers:
    names = tuple(one_line(_text(cell)) for cell in row.cells[:_WIDEST])
    places: dict[str, list[int]] = {}
    unknown = []
    for place, header in enumerate(names):
        found = field_of(header, own, table) if header else ""
        if found:
            places.setdefault(found, []).append(place)
        elif found is None:
            unknown.append(header)
    _amount_beside_percent(places, names)
    faults = [*_unknown(name, row.number, unknown), *_misnamed(name, own)]
    found_places = {f: tuple(p) for f, p in places.items()}
    return Headers(row.number, found_places, names, tuple(faults), table, tuple(unknown))


def _amount_beside_percent(places: dict[str, list[int]], names: Sequence[str]) -> None:
    """Where both "ALV %" and "ALV" stand, the one that says nothing of a percentage is the amount."""
    told = places.get("vat_percent", [])
    plain = [p for p in told if not any(w in header_key(names[p]) for w in _SHARE_WORDS)]
    if len(told) > len(plain) == 1 and "vat" not in places:
        places["vat_percent"] = [p for p in told if p not in plain]
        places["vat"] = plain


def _unknown(name: str, row: int, unknown: Sequence[str]) -> list[Fault]:
    if not unknown:
        return []
    told = ", ".join(shown(h, 40) for h in unknown[:30])
    facts: dict[str, Fact] = {"row": row, "count": len(unknown)}
    return [Fault("intake.columns_unknown", "", told, "", facts, file=name, place=f"row {row}", warning=True)]


def _misnamed(name: str, own: Mapping[str, str]) -> list[Fault]:
    wrong = [f"{h} → {f}" for h, fields in own.items() for f in fields.split() if named(f) is None]
    if not wrong:
        return []
    return [Fault("intake.columns_mapping", "", ", ".join(wrong), "", {}, file=name, warning=True)]


def missing(name: str, headers: Headers) -> Fault | None:
    """One fault that names every necessary column that is not there, and the headers that are."""
    have = headers.places
    lacking = [f for f in ("number", "issued") if f not in have]
    if not have.keys() & {"name", "description"}:
        lacking.append("name")
    if not have.keys() & {"unit_price", "unit_price_gross", "net"}:
        lacking.append("unit_price")
    parties = {"buyer_name", "buyer_business_id", "buyer_vat_number", "customer_number"}
    sellers = {"seller_name", "seller_business_id", "seller_vat_number"}
    if not have.keys() & (parties | sellers):
        lacking.append("buyer_name")
    if not lacking:
        return None
    facts: dict[str, Fact] = {"row": headers.row, "columns": "; ".join(columns()[f].title for f in lacking)}
    unplaced = [n for place, n in enumerate(headers.names) if not any(place in p for p in have.values())]
    facts |= to_map(lacking, [*unplaced, *headers.names])
    seen = ", ".join(h for h in headers.names if h)
    return Fault("intake.columns_missing", "", shown(seen, 400), str(facts["columns"]), facts, file=name)


def to_map(lacking: Sequence[str], seen: Sequence[str]) -> dict[str, Fact]:
    """What lets a person say which column is which: the fields that are wanted, and headers that can be named.

    Fields are divided by commas and headers by line breaks, the likeliest first; each header once.
    """
    told: dict[str, str] = {}
    for header in map(one_line, seen):
        if header_key(header) and len(header) <= LONGEST:
            told.setdefault(header_key(header), header)
    return {"fields": ",".join(lacking), "headers": "\n".join(told.values())}


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""
