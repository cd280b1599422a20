"""Which kind of table a sheet is, by its headers: invoices, or one of the PSA's other lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from finance.lists import ListKind
from intake.tables.fields import field_of, telling
from intake.tables.grid import Grid
from intake.tables.headers import Headers, find_headers

_OF_INVOICES = frozenset(
    {"number", "issued", "due", "quantity", "unit_price", "unit_price_gross", "net", "vat_percent"}
)
_SURELY = frozenset({"number", "issued"})
NEEDED: Mapping[ListKind, tuple[tuple[str, ...], ...]] = {
    ListKind.PEOPLE: (("name", "last_name"), ("number", "email")),
    ListKind.PROJECTS: (("number",),),
    ListKind.CUSTOMERS: (("name",), ("number", "business_id", "vat_number")),
    ListKind.WORK_TYPES: (("name",), ("product",)),
    ListKind.PAYMENT_TYPES: (("name",), ("paid_by",)),
}
"""What each list must have: of each group one at least."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The list a sheet is. ``unclear``: its headers fit several lists, and none of them tells which."""

    kind: ListKind
    headers: Headers
    unclear: bool = False

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that are needed and not there, the first of each group."""
        return tuple(g[0] for g in NEEDED[self.kind] if not self.headers.places.keys() & set(g))


def recognised(name: str, grid: Grid, own: Mapping[str, str]) -> Recognised | None:
    """The list the sheet most looks like; None for invoices and for what looks like neither."""
    invoices = find_headers(name, grid, own)
    found = []
    for kind in ListKind:
        headers = find_headers(name, grid, own, kind)
        if headers is not None and not _of_invoices(invoices, headers):
            found.append((_worth(kind, headers, own), kind, headers))
    if not found:
        return None
    best = max(found, key=lambda one: one[0])
    whole, told, known = best[0]
    if not told:
        return Recognised(best[1], best[2], unclear=True)
    strange = invoices is not None and len(invoices.places) > known
    return None if strange and not whole else Recognised(best[1], best[2])


def _worth(kind: ListKind, headers: Headers, own: Mapping[str, str]) -> tuple[bool, int, int]:
    """Whether all that is needed is there, how many headers tell this list, how many are known at all."""
    names = [headers.names[place] for places in headers.places.values() for place in places]
    told = sum(telling(name, kind) or field_of(name, own, kind) != field_of(name, {}, kind) for name in names)
    return bool(told) and not Recognised(kind, headers).lacking, told, len(headers.places)


def _of_invoices(invoices: Headers | None, headers: Headers) -> bool:
    """Whether columns that only invoices have stand beside those of the list, or in a row that is more of headers."""
    if invoices is None:
        return False
    if invoices.row != headers.row:
        return len(invoices.places) >= len(headers.places)
    taken = {place for places in headers.places.values() for place in places}
    others = {f for f, places in invoices.places.items() if f in _OF_INVOICES and not taken & set(places)}
    return len(others) > 1 or bool(others & _SURELY)
