"""Kilometre and daily allowances: official products of Procountor's, with new ids and rates each year (R69)."""

from __future__ import annotations

from datetime import date

from finance.invoice import Line
from finance.reference import Product, Reference
from finance.registers import key


def product(line: Line, day: date, reference: Reference) -> Product | None:
    """The travel product that a row's code names on a day; None without a code, or when none is valid then."""
    code = key(line.product_code)
    if not code:
        return None
    named = (p for p in reference.travel or () if key(p.code) == code and p.active)
    return next((p for p in named if (p.start or day) <= day <= (p.end or day)), None)
