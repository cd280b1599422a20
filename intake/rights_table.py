"""A table of people and their rights (CSV or XLSX): recognised by its headers, read exactly, never guessed at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from finance.authority import Right
from intake.attachments import kind_of
from intake.tables.fields import header_key
from intake.tables.grid import Cell, Grid, Row
from intake.tables.text_files import csv_grid
from intake.tables.workbooks import sheet_grids
from intake.text import bare, one_line, shown

PERSON = "person"
LIMITS = {"limits": Right.APPROVE, "claim_limits": Right.APPROVE_CLAIMS}
_SEARCHED, _MOST = 20, 5000  # rows looked at for the headers, and read
_SURE = 3  # columns of rights that no other list has
_WORDS: Mapping[str, str] = {
    PERSON: "email|e-mail|sähköposti|e-post|epost|slack|slack id|slack-tunnus|slack-id|member id",
    Right.ADMIN: "admin|ylläpitäjä|ylläpito|administratör",
    Right.FINANCE: "finance|send|sends|taloushallinto|lähettää|ekonomi|skickar",
    Right.RECEIVE: "receive|receives|receives bills|vastaanottaa|vastaanottaa ostolaskuja|tar emot",
    Right.SEE_ALL: "see all|sees all|sees all bills|näkee kaikki|ser alla",
    Right.SEE_OWN: "see own|sees own|sees own bills|näkee omat|ser egna",
    Right.PRE_APPROVE: "pre approve|pre approves|verify|verifies|esihyväksyy|tarkastaa|sakgranskar",
    Right.APPROVE: "approve|approves|approves bills|hyväksyy|hyväksyy ostolaskut|godkänner|godkänner inköpsfakturor",
    Right.APPROVE_CLAIMS: "approve claims|approves claims|hyväksyy kululaskut|hyväksyy matkalaskut|"
    "godkänner kostnadsfakturor|godkänner resefakturor",
    "limits": "limit|limits|approval limit|raja|hyväksymisraja|gräns|godkännandegräns",
    "claim_limits": "claim limit|claims limit|kululaskuraja|matkalaskuraja|gräns för kostnadsfakturor",
}
_BY_HEADER = {header_key(word): name for name, words in _WORDS.items() for word in words.split("|")}
_YES = frozenset({"x", "1", "yes", "y", "true", "kyllä", "k", "ja", "j", "on"})
_NO = frozenset({"", "0", "no", "n", "false", "ei", "e", "nej"})


@dataclass(frozen=True, slots=True)
class Slip:
    """A cell that cannot be read: its row as the file's reader sees it, the file's header, what stands there."""

    row: int
    column: str
    found: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's row. ``given`` holds only the rights the file has columns for; ``limits`` are as they were typed."""

    row: int
    person: str
    given: Mapping[Right, bool]
    limits: Mapping[Right, str]


@dataclass(frozen=True, slots=True)
class RightsFile:
    """What a file of rights holds; rows with a slip are left out of ``entries``."""

    entries: tuple[Entry, ...] = ()
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column (from 0) holds what; of limits also in which currency the header says they are."""

    row: int
    names: tuple[str, ...]
    rights: Mapping[Right, int]
    person: tuple[int, ...]
    limits: Mapping[int, tuple[Right, str]] = field(default_factory=dict)


def read_rights(name: str, content: bytes) -> RightsFile | None:
    """The file as people's rights; None when it is something else. Never raises for any bytes."""
    kind = kind_of(content)
    if kind not in ("txt", "xlsx"):
        return None
    grids = sheet_grids(name, content) if kind == "xlsx" else [csv_grid(name, content, {})]
    for grid in grids:
        columns = _columns(grid)
        if columns is not None:
            return _read(grid, columns)
    return None


def _columns(grid: Grid) -> _Columns | None:
    """The first row that says whose rights they are, and which; a list with much that we do not know is none."""
    for row in grid.rows[:_SEARCHED]:
        names = tuple(one_line(str(cell)) for cell in row.cells)
        meant = [_meant(header) for header in names]
        rights = {right: place for place, (what, _) in enumerate(meant) for right in Right if what == right.value}
        person = tuple(place for place, (what, _) in enumerate(meant) if what == PERSON)
        strange = sum(1 for header, (what, _) in zip(names, meant, strict=True) if header and not what)
        if person and rights and (strange <= 1 or len(rights) >= _SURE):
            limits = {p: (LIMITS[what], currency) for p, (what, currency) in enumerate(meant) if what in LIMITS}
            return _Columns(row.number, names, rights, person, limits)
    return None


def _meant(header: str) -> tuple[str, str]:
    """What a header stands for, and the currency at its end."""
    currency = re.search(r"[\s(]([A-Za-z]{3})\)?$", header)
    bare_header = header[: currency.start()] if currency else header
    if currency and _BY_HEADER.get(header_key(bare_header)) in LIMITS:
        return _BY_HEADER[header_key(bare_header)], currency[1].upper()
    return str(_BY_HEADER.get(header_key(header), "")), ""


def _read(grid: Grid, columns: _Columns) -> RightsFile:
    entries: list[Entry] = []
    slips: list[Slip] = []
    for row in [row for row in grid.rows if row.number > columns.row][:_MOST]:
        found = _entry(row, columns)
        if isinstance(found, Slip):
            slips.append(found)
        else:
            entries.append(found)
    people = [entry.person.casefold() for entry in entries]
    twice = [entry for entry in entries if people.count(entry.person.casefold()) > 1]
    slips += [Slip(entry.row, columns.names[columns.person[0]], shown(entry.person)) for entry in twice]
    kept = tuple(entry for entry in entries if entry not in twice)
    return RightsFile(kept, tuple(sorted(slips, key=lambda slip: slip.row)))


def _entry(row: Row, columns: _Columns) -> Entry | Slip:
    cells: Sequence[Cell] = row.cells
    person = next((text for p in columns.person if (text := _text(cells, p))), "")
    if not person or row.broken:
        return Slip(row.number, columns.names[columns.person[0]], "")
    given: dict[Right, bool] = {}
    for right, place in columns.rights.items():
        word = bare(_text(cells, place))
        if word not in _YES | _NO:
            return Slip(row.number, columns.names[place], shown(_text(cells, place)))
        given[right] = word in _YES
    limits: dict[Right, str] = {}
    for place, (right, currency) in columns.limits.items():
        if text := _text(cells, place):
            part = f"{currency} {text}" if currency else text
            limits[right] = f"{limits[right]}\n{part}" if right in limits else part
    return Entry(row.number, person, given, limits)


def _text(cells: Sequence[Cell], place: int) -> str:
    found = cells[place] if place < len(cells) else ""
    if isinstance(found, Decimal):
        return format(found.normalize(), "f")
    return one_line(str(found))
