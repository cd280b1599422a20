"""The words for the two sections of claims: whose money it was (R63)."""

from __future__ import annotations

import re

from finance.invoice import CLAIMS, Kind

_WORDS = {
    Kind.CLAIM: frozenset(("own", "oma", "omat", "egen", "egna", "eget")),
    Kind.COMPANY_COST: frozenset(("card", "company", "kortti", "yritys", "kort", "företag", "företaget")),
}


def named(text: str) -> tuple[tuple[Kind, ...], str]:
    """Which sections are meant (none named are both), and the other words."""
    words = re.split(r"[\s,;]+", text.strip())
    meant = tuple(kind for kind, names in _WORDS.items() if any(word.casefold() in names for word in words))
    every = frozenset().union(*_WORDS.values())
    return meant or CLAIMS, " ".join(word for word in words if word.casefold() not in every)
