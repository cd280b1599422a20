"""The XLSX container checked and repacked before anything opens it, so that no archive trick reaches the reader."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from finance.faults import Fault

MOST_ENTRIES = 2000
MOST_BYTES = 50 * 1024 * 1024
MOST_RATIO = 100
MOST_CELLS = 2_000_000
MOST_TEXT = 300 * 1024 * 1024
_NEEDED = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/.*|xl/[^/]*\.xml|xl/worksheets/[^/]*\.xml")
_PLACE = re.compile(rb"<(?:[\w.-]+:)?(row|c)\b[^<]*?\br\s*=\s*[\"']\$?([A-Za-z]{0,4})\$?([0-9]{1,9})[\"']")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s>/]")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s>/]")
_SHARED = re.compile(rb"<(?:[\w.-]+:)?c\b[^<]*\bt\s*=\s*[\"']s[\"'][^<]*>\s*<(?:[\w.-]+:)?v>\s*([0-9]{1,7})")
_ITEM_END = re.compile(rb"</(?:[\w.-]+:)?si\s*>")
_IN_ERROR = re.compile(rb"<(?:[\w.-]+:)?c\b(?=[^<]*\bt\s*=\s*[\"']e[\"'])[^<]*\br\s*=\s*[\"']([A-Z]+[0-9]+)[\"']")


class Unsafe(Exception):
    """The container is refused; carries the fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def repacked(name: str, content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A clean container with the sheets and texts only (no macros, no links), and the cells that hold a formula error.

    Raises Unsafe for a container that is broken, encrypted, or unpacks into more than an invoice list can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            parts = _parts(name, container, len(content))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as broken:
        raise Unsafe(Fault("intake.xlsx_broken", "", "", "XLSX", file=name)) from broken
    _check_size(name, parts)
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as container:
        for path, part in parts.items():
            container.writestr(path, part)
    errors = [m.decode() for path, part in parts.items() if "worksheets/" in path for m in _IN_ERROR.findall(part)]
    return clean.getvalue(), tuple(errors[:50])


def _parts(name: str, container: zipfile.ZipFile, packed: int) -> dict[str, bytes]:
    entries = container.infolist()
    unpacked = sum(e.file_size for e in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or unpacked > MOST_RATIO * packed:
        raise _bomb(name, f"{unpacked // 1024 // 1024} MB")
    if any(e.flag_bits & 1 for e in entries):
        raise Unsafe(Fault("intake.xlsx_locked", "", "", "", file=name))
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if _NEEDED.fullmatch(entry.filename) and entry.filename not in parts:
            with container.open(entry) as stream:
                parts[entry.filename] = stream.read(MOST_BYTES - total + 1)
            total += len(parts[entry.filename])
            if total > MOST_BYTES:
                raise _bomb(name, f"> {MOST_BYTES // 1024 // 1024} MB")
    return parts


def _check_size(name: str, parts: dict[str, bytes]) -> None:
    """A lone cell in the last corner, or one long text shared by every cell, is a bomb as well."""
    texts = [len(t) for t in _ITEM_END.split(parts.get("xl/sharedStrings.xml", b""))]
    longest = max(texts)
    for path, part in parts.items():
        if "worksheets/" not in path:
            continue
        rows, wide = len(_ROW.findall(part)), len(_CELL.findall(part))
        high, broad = rows, 0
        for _, letters, digits in _PLACE.findall(part):
            high, broad = max(high, int(digits)), max(broad, _column(letters))
        if wide and high * max(broad, min(wide, 50)) > MOST_CELLS:
            raise _bomb(name, f"{high} × {broad}")
        used = [int(i) for i in _SHARED.findall(part)]
        text = sum(texts[i] for i in used if i < len(texts)) if longest * wide > MOST_TEXT else 0
        if text > MOST_TEXT:
            raise _bomb(name, f"{text // 1024 // 1024} MB")


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place


def _bomb(name: str, found: str) -> Unsafe:
    return Unsafe(Fault("intake.xlsx_size", "", found, f"{MOST_BYTES // 1024 // 1024} MB", file=name))
