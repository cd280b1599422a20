"""Short words by a key, in three languages: what faults have in common, names of fields, Procountor's statuses."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from finance.faults import Words


@lru_cache(maxsize=8)
def wordlist(name: str) -> Mapping[str, Words]:
    """The table ``name`` of the folder of words."""
    text = files("handlers").joinpath("words", f"{name}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return {row["key"]: Words(row["fi"], row["sv"], row["en"]) for row in rows}
