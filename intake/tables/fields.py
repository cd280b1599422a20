"""The columns we understand: field, what kind of value it holds, and its headers in three languages.

``headers.csv`` has those of invoices, ``claims.csv`` those of claims, ``lists.csv`` those of people, projects and the
other lists of the PSA; some of these share the words of an invoice's column. A field of a list is called "person.name"
where lists might be mixed up.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from finance.lists import ListKind
from intake.text import bare

INVOICE, CLAIM = "invoice", "claim"
TABLES = (INVOICE, CLAIM, *ListKind)
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
    """A field of ours. ``head`` fields belong to the invoice and are the same on all its rows; ``many`` may repeat.

    ``shared`` are headers that other lists have as well: they do not tell which list a file is.
    """

    field: str
    holds: Holds
    headers: tuple[str, ...]
    title: str  # one header in each language, for telling people what is missing
    head: bool = False
    many: bool = False
    shared: tuple[str, ...] = ()


@cache
def columns(table: str = INVOICE) -> Mapping[str, Column]:
    """Every column we understand in a kind of table, by field."""
    if table == INVOICE:
        return {column.field: column for column in _invoice_columns()}
    if table == CLAIM:
        return {row["field"]: _claim_column(row) for row in _rows("claims.csv")}
    return {row["field"]: _list_column(row) for row in _rows("lists.csv") if row["list"] == table}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("intake.tables").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _invoice_columns() -> Iterator[Column]:
    for row in _rows("headers.csv"):
        headers, title = _headers(row)
        yield Column(row["field"], Holds(row["holds"]), headers, title, bool(row["head"]), bool(row["many"]))


def _claim_column(row: dict[str, str]) -> Column:
    headers, title = _headers(row)
    shared = _words(row["shared"])
    return Column(row["field"], Holds(row["holds"]), headers, title, bool(row["head"]), bool(row["many"]), shared)


def _list_column(row: dict[str, str]) -> Column:
    headers, title = _headers(row)
    shared = _words(row["shared"])
    if row["like"]:
        same = columns()[row["like"]]
        headers, title = (*same.headers, *headers), same.title
    return Column(row["field"], Holds.TEXT, headers, title, shared=shared)


def _headers(row: dict[str, str]) -> tuple[tuple[str, ...], str]:
    by_language = [_words(row[language]) for language in ("fi", "sv", "en")]
    return tuple(word for words in by_language for word in words), " / ".join(w[0] for w in by_language if w)


def _words(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


def named(field: str) -> Column | None:
    """The column of a field as mappings name it: "issued" of invoices, "person.name" of lists."""
    table, dot, name = field.rpartition(".")
    wanted = table if dot else INVOICE
    return columns(wanted).get(name) if wanted in TABLES else None


def qualified(table: str, field: str) -> str:
    """A field as mappings name it."""
    return field if table == INVOICE else f"{table}.{field}"


def field_of(header: str, own: Mapping[str, str], table: str = INVOICE) -> str | None:
    """The field a header means: "" when the company leaves the column out, None when it is not known.

    ``own`` is the company's mapping (header → field, or several for several kinds of table) and comes first. Case,
    blanks, punctuation, a unit in brackets and a number at the end do not matter; words about tax in brackets do
    ("Hinta (sis. alv)" is not "Hinta").
    """
    if len(header) > LONGEST:
        return None
    plain = header_key(header)
    for theirs, fields in own.items():
        if header_key(theirs) == plain and (mapped := _own(fields, table)) is not None:
            return mapped
    if known := _by_header(table).get(plain):
        return known
    brackets = re.findall(r"[(\[]([^)\]]*)[)\]]", header)
    if any(_ABOUT_TAX.search(inside) for inside in brackets):
        return None
    outside = header_key(re.sub(r"[(\[][^)\]]*[)\]]", " ", header))
    for candidate in (outside, outside.removesuffix("eur")):
        if known := _by_header(table).get(candidate):
            return known
    numbered = _by_header(table).get(re.sub(r"[0-9]+$", "", outside))
    return numbered if numbered and columns(table)[numbered].many else None


def _own(fields: str, table: str) -> str | None:
    """What a mapping says for this kind of table; None when it speaks of other kinds only."""
    told = [(t if dot else INVOICE, name) for t, dot, name in (f.rpartition(".") for f in fields.split())]
    if told and all(t in TABLES and t != table for t, _ in told):
        return None
    return next((name for t, name in told if t == table and name in columns(table)), "")


def known_anywhere(header: str, own: Mapping[str, str]) -> bool:
    """Whether a header is one of any kind of table, or the company has said something about it."""
    return field_of(header, own) is not None or header_key(header)[:LONGEST] in _all_headers()


def telling(header: str, table: str) -> bool:
    """Whether a header belongs to this kind of table and not to most others as well."""
    return header_key(header) in _telling(table)


def header_key(header: str) -> str:
    """A header as it is compared: letters and digits only, percent and euro signs as words."""
    return bare(header.replace("%", " pros ").replace("€", " eur ").replace("#", " nro "))


@cache
def _by_header(table: str) -> Mapping[str, str]:
    own = {header_key(field): field for field in columns(table)}
    shared = {header_key(word): c.field for c in columns(table).values() for word in c.shared}
    return own | shared | {header_key(word): c.field for c in columns(table).values() for word in c.headers}


@cache
def _all_headers() -> frozenset[str]:
    return frozenset(key for table in TABLES for key in _by_header(table))


@cache
def _telling(table: str) -> frozenset[str]:
    every = columns(table).values()
    shared = {header_key(word) for c in every for word in c.shared}
    return frozenset(header_key(word) for c in every for word in c.headers) - shared
