"""The columns we understand: field, what kind of value it holds, and its headers in three languages (headers.csv)."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from intake.text import bare

LONGEST = 120  # characters of a header
_ABOUT_TAX = re.compile(r"alv|vero|moms|skatt|vat|tax|sis|ink|inc|ex|brut|net|gross", re.I)


class Holds(StrEnum):
    """What the cells of a column are read as."""

    TEXT = "text"
    LONG = "long"  # text whose line breaks are kept
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A field of ours. ``head`` fields belong to the invoice and are the same on all its rows; ``many`` may repeat."""

    field: str
    holds: Holds
    headers: tuple[str, ...]
    title: str  # one header in each language, for telling people what is missing
    head: bool = False
    many: bool = False


@cache
def columns() -> Mapping[str, Column]:
    """Every column we understand, by field."""
    text = files("intake.tables").joinpath("headers.csv").read_text(encoding="utf-8")
    result = {}
    for row in csv.DictReader(text.splitlines(), delimiter=";"):
        by_language = [row[language].split("|") for language in ("fi", "sv", "en")]
        title = " / ".join(words[0] for words in by_language)
        headers = tuple(word for words in by_language for word in words)
        result[row["field"]] = Column(
            row["field"], Holds(row["holds"]), headers, title, bool(row["head"]), bool(row["many"])
        )
    return result


def field_of(header: str, own: Mapping[str, str]) -> str | None:
    """The field a header means: "" when the company leaves the column out, None when it is not known.

    ``own`` is the company's mapping (header → field) and comes first. Case, blanks, punctuation, a unit in brackets
    and a number at the end do not matter; words about tax in brackets do ("Hinta (sis. alv)" is not "Hinta").
    """
    if len(header) > LONGEST:
        return None
    plain = header_key(header)
    for theirs, field in own.items():
        if header_key(theirs) == plain:
            return field.strip() if field.strip() in columns() else ""
    if known := _by_header().get(plain):
        return known
    brackets = re.findall(r"[(\[]([^)\]]*)[)\]]", header)
    if any(_ABOUT_TAX.search(inside) for inside in brackets):
        return None
    outside = header_key(re.sub(r"[(\[][^)\]]*[)\]]", " ", header))
    for candidate in (outside, outside.removesuffix("eur")):
        if known := _by_header().get(candidate):
            return known
    numbered = _by_header().get(re.sub(r"[0-9]+$", "", outside))
    return numbered if numbered and columns()[numbered].many else None


def header_key(header: str) -> str:
    """A header as it is compared: letters and digits only, percent and euro signs as words."""
    return bare(header.replace("%", " pros ").replace("€", " eur ").replace("#", " nro "))


@cache
def _by_header() -> Mapping[str, str]:
    own = {header_key(field): field for field in columns()}
    return own | {header_key(word): c.field for c in columns().values() for word in c.headers}
