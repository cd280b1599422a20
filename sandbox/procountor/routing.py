"""The table of routes: all areas joined, literal paths before paths with parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.procountor import (
    actions,
    attachments,
    circulation,
    comments,
    company,
    dimensions,
    invoices,
    ledger,
    partners,
    payments,
    persons,
    products,
    search,
)
from sandbox.procountor.call import Handler, Routes

# Served by the edge itself, without a token.
TOKEN, STATUS, DOCUMENT = "POST /oauth/token", "GET /status", "GET /openapi.json"
_BASE = re.compile(r"/(?:latest/|supported/|v\d{4}/)?api(?=/)")
_AREAS: tuple[Routes, ...] = (
    company.ROUTES,
    dimensions.ROUTES,
    products.ROUTES,
    partners.ROUTES,
    persons.ROUTES,
    search.ROUTES,
    circulation.ROUTES,
    payments.ROUTES,
    comments.ROUTES,
    invoices.ROUTES,
    actions.ROUTES,
    attachments.ROUTES,
    ledger.ROUTES,
)


@dataclass(frozen=True, slots=True)
class Match:
    """A found route; `handler` is None for a known path with another method."""

    name: str
    handler: Handler | None
    params: dict[str, str]


class Table:
    """Looks requests up. `name` of a route is its method and OpenAPI path: "PUT /invoices/{invoiceId}"."""

    def __init__(self) -> None:
        rows = [(m, p.split("/"), h) for area in _AREAS for m, p, h in area]
        self._rows = sorted(rows, key=lambda row: sum(part.startswith("{") for part in row[1]))

    def find(self, method: str, path: str) -> Match | None:
        """The route of an API path without its base, or None when nothing lives there."""
        parts = path.rstrip("/").split("/")
        open_name = f"{method} {path.rstrip('/')}"
        if open_name in {TOKEN, STATUS, DOCUMENT}:
            return Match(open_name, None, {})
        fitting = [row for row in self._rows if _fits(row[1], parts)]
        for known, pattern, handler in fitting:
            if known == method:
                pairs = zip(pattern, parts, strict=True)
                params = {name[1:-1]: part for name, part in pairs if name.startswith("{")}
                return Match(f"{method} {'/'.join(pattern)}", handler, params)
        return Match(f"{method} {'/'.join(fitting[0][1])}", None, {}) if fitting else None


def _fits(pattern: list[str], parts: list[str]) -> bool:
    return len(pattern) == len(parts) and all(
        name == part or (name.startswith("{") and part != "") for name, part in zip(pattern, parts, strict=True)
    )


def without_base(path: str) -> str | None:
    """The path after /api, /latest/api, /supported/api or /vYYMM/api; None elsewhere."""
    found = _BASE.match(path)
    return path[found.end() :] if found else None
