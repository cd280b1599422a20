"""The next number that neither the project system nor Procountor has used (rule R23)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

_NUMBER = re.compile(r"(?P<prefix>(?:.*\D)?)(?P<digits>\d{1,12})")  # longer ones are references, not running numbers


@dataclass(frozen=True, slots=True)
class Series:
    """``highest`` is the project system's highest number seen ("" for none), ``running`` Procountor's (0 for none)."""

    highest: str
    running: int
    next: str


def series(ours: Collection[str], seen: Collection[str], running: Collection[int]) -> Series:
    """The numbers as they stand, and the next free one.

    ``ours`` are the project system's numbers we know ourselves, ``seen`` original numbers found in Procountor. Of
    several prefixes the commonest of our own counts. Without a prefix the next number is above Procountor's too.
    """
    prefix = _commonest(ours) if ours else _commonest(seen)
    digits = [m["digits"] for m in map(_NUMBER.fullmatch, (*ours, *seen)) if m and m["prefix"] == prefix]
    top = max(running, default=0)
    if not digits:
        return Series("", top, str(top + 1))
    highest = max(digits, key=lambda d: (int(d), len(d)))
    following = int(highest) + 1 if prefix else max(int(highest), top) + 1
    return Series(prefix + highest, top, prefix + str(following).zfill(len(highest)))


def _commonest(numbers: Collection[str]) -> str:
    found = Counter(m["prefix"] for m in map(_NUMBER.fullmatch, numbers) if m)
    return max(found, key=lambda prefix: (found[prefix], -len(prefix), prefix), default="")
