"""A bill divided between projects: percentages that make a hundred, and amounts that make the whole, to the cent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

WHOLE = Decimal(100)
CENT = Decimal("0.01")
MOST = 20  # parts
_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", re.ASCII)


def percent(typed: str) -> Decimal | None:
    """The percentage somebody typed ("60", "33,33 %"): above 0, at most 100, two decimals; None for anything else."""
    found = _PERCENT.fullmatch(typed.strip())
    if not found:
        return None
    value = Decimal(f"{found[1]}.{found[2] or 0}")
    return value if 0 < value <= WHOLE else None


def missing(percents: Sequence[Decimal]) -> Decimal:
    """What is missing from a hundred; negative when it is more, zero when it is right."""
    return WHOLE - sum(percents, Decimal(0))


def amounts(value: Decimal, percents: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """``value`` (whole cents) in parts by percentages that make a hundred: whole cents that make ``value``.

    By the largest remainder: each part is the exact one, cut, and the cents left over go to those cut most, of equals
    to the first. Raises ValueError when the percentages do not make a hundred.
    """
    if not percents or missing(percents) != 0:
        raise ValueError("the percentages do not make a hundred")
    cents = int(abs(value) / CENT)
    exact = [Fraction(cents) * Fraction(part) / 100 for part in percents]
    whole = [int(part) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in by_rest[: cents - sum(whole)]:
        whole[place] += 1
    sign = -1 if value < 0 else 1
    return tuple((sign * part * CENT).quantize(CENT) for part in whole)
