"""How alike two people's names are: whatever the order, å, ä and ö, double names and initials. Never a proof."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from finance.people import address

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th"})
_TYPO = 80  # of two names letter by letter: below it they are two names
_STRONG = 85
_INITIAL = 85
_SPARE = 3  # for each name only one of the two has


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The parts of a name as they are compared: no accents, no case, a double name in its halves."""
    bare = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    return tuple(re.findall(r"[^\W\d_]+", "".join(c for c in bare if not unicodedata.combining(c))))


def likeness(one: str, other: str) -> int:
    """0 to 100. A single name is never like another, and initials need a surname beside them."""
    return max(_alike(a, b) for a in _cuts(one) for b in _cuts(other))


def spelled(email: str) -> str:
    """The name that an address may spell: "anna.virtanen@…" is Anna Virtanen; "" when it spells none."""
    local = address(email).partition("@")[0].partition("+")[0]
    parts = [part for part in re.split(r"[._\-]", local) if part]
    return " ".join(parts) if len(parts) > 1 else ""


def loose(email: str) -> str:
    """An address without what some mail systems overlook (dots, and all from a plus sign); for proposals only."""
    local, at, domain = address(email).partition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}" if at and local and domain else ""


def _cuts(name: str) -> tuple[tuple[str, ...], ...]:
    """A double name as two and as one: Anna-Maria is written Annamaria too."""
    apart, glued = words(name), words(re.sub(r"[-‐‑–]", "", name))
    return (apart, glued) if glued != apart else (apart,)


@lru_cache(maxsize=65536)
def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    short, long = sorted((one, other), key=lambda names: (len(names), names))
    if len(short) < 2:
        return 0
    pairs = sorted(
        ((_part(a, b), i, j) for i, a in enumerate(short) for j, b in enumerate(long)), key=lambda p: (-p[0], p)
    )
    used_short, used_long, total, strong = set[int](), set[int](), 0.0, False
    for value, i, j in pairs:
        if value and i not in used_short and j not in used_long:
            used_short.add(i)
            used_long.add(j)
            total += value
            strong = strong or (value >= _STRONG and min(len(short[i]), len(long[j])) > 2)
    return round(total / len(short)) - _SPARE * (len(long) - len(short)) if strong else 0


def _part(one: str, other: str) -> float:
    if one == other:
        return 100.0
    if min(len(one), len(other)) == 1:
        return float(_INITIAL) if one[0] == other[0] else 0.0
    near = fuzz.ratio(one, other)
    return near if near >= _TYPO else 0.0
