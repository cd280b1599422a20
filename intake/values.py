"""Numbers and days as people write them, read exactly or refused: nothing is rounded, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext

LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 10
LONGEST = 60  # characters a number may have with all its spaces
EARLIEST, LATEST = 1990, 2100

_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_GROUPED = re.compile(r"[0-9]{1,3}( [0-9]{3})+(?:[.,][0-9]+)?")
_SIMPLE = re.compile(r"(-?[0-9]{1,11})(?:([.,])([0-9]{1,10}))?")
_BODY = re.compile(r"([+-]?) ?([0-9][0-9., ]*?)(-?)")
_TAIL = r"(?:[T ][0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_POINTS = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})" + _TAIL)
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TAIL)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SLASHES = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})" + _TAIL)


class Unreadable(ValueError):
    """A text that is not the value it should be. ``reason`` ends the fault's code; ``readings`` are the candidates."""

    def __init__(self, reason: str, *readings: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.readings = readings


def number(text: str, sign: str = "") -> Decimal:
    """``text`` as an exact number.

    ``sign`` (",", "." or both) is the decimal sign to assume where the text alone could mean two things (1.234, 1,234).
    Raises Unreadable: "number" (not one), "ambiguous_number" (two readings), "number_size" (above 10^12).
    """
    if (plain := _SIMPLE.fullmatch(text)) and (len(plain[3] or "") != 3 or plain[2] in sign):
        return Decimal(plain[1] if plain[3] is None else f"{plain[1]}.{plain[3]}") + 0
    if len(text) > LONGEST:
        raise Unreadable("number")
    found = _BODY.fullmatch(_SPACES.sub(" ", text.replace("\u2212", "-")).strip())
    if found is None or (found[1] and found[3]):
        raise Unreadable("number")
    value = Decimal(_plain(found[2], sign))
    if abs(value) > LARGEST or -int(value.as_tuple().exponent) > MOST_DECIMALS:
        raise Unreadable("number_size")
    return -value if "-" in (found[1], found[3]) and value else value


def _plain(body: str, sign: str) -> str:
    """Digits with at most one point, from digits grouped and divided in any European way."""
    if " " in body:
        if not _GROUPED.fullmatch(body):
            raise Unreadable("number")
        return body.replace(" ", "").replace(",", ".")
    decimal = decimal_sign(body)
    if decimal == "?":
        thousands, fraction = re.sub(r"[.,]", "", body), body.replace(",", ".")
        if not sign:
            raise Unreadable("ambiguous_number", thousands, fraction)
        return fraction if any(mark in body for mark in sign) else thousands
    whole, _, part = body.partition(decimal) if decimal else (body, "", "")
    groups = re.split(r"[.,]", whole)
    if not all(g.isdigit() for g in groups) or (decimal and not part.isdigit()):
        raise Unreadable("number")
    if len(groups) > 1 and (len(groups[0]) > 3 or any(len(g) != 3 for g in groups[1:])):
        raise Unreadable("number")
    return "".join(groups) + (f".{part}" if part else "")


def decimal_sign(body: str) -> str:
    """The decimal sign that ``body`` itself shows: "," or ".", "" when it has none, "?" when it could be either way."""
    marks = re.findall(r"[.,]", body)
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return str(marks[-1])
    if len(marks) > 1:
        return ""
    whole, _, part = body.partition(marks[0])
    grouped = len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return "?" if grouped else str(marks[0])


def file_sign(texts: Iterable[str]) -> str:
    """The decimal sign a whole file shows by its unambiguous numbers; "" when none or both are seen."""
    seen: set[str] = set()
    for text in texts:
        if len(text) > LONGEST:
            continue
        body = re.sub(r"^[^0-9]+|[^0-9]+$", "", _SPACES.sub(" ", text))
        marks = re.findall(r"[.,]", body)
        if not re.fullmatch(r"[0-9][0-9., ]*", body) or not marks:
            continue
        shown = decimal_sign("0" + body.rpartition(" ")[2]) if " " in body else decimal_sign(body)
        if shown in {",", "."}:
            seen.add(shown)
        elif not shown and re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+", body):
            seen.add("," if marks[0] == "." else ".")  # 1.234.567: the point groups, so the comma divides
    return seen.pop() if len(seen) == 1 else ""


def day(text: str, order: str = "") -> date:
    """``text`` as a day: 31.12.2026, 2026-12-31, 20261231 or 31/12/2026, a time of day after it left out.

    ``order`` ("dm" or "md") says how slashes are meant in this file.
    Raises Unreadable: "date" (not one), "ambiguous_date" (5/6/2026 and nothing tells which).
    """
    text = _SPACES.sub(" ", text).strip()
    if found := _POINTS.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _SLASHES.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        if first > 12 or first == second or order == "dm":
            return _day(found[4], found[3], found[1])
        if second > 12 or order == "md":
            return _day(found[4], found[1], found[3])
        both = (_day(found[4], found[3], found[1]), _day(found[4], found[1], found[3]))
        raise Unreadable("ambiguous_date", both[0].isoformat(), both[1].isoformat())
    raise Unreadable("date")


def file_order(texts: Iterable[str]) -> str:
    """Which comes first in the file's slashed dates, by those that can be read one way only: "dm", "md" or ""."""
    seen = set()
    for text in texts:
        found = _SLASHES.fullmatch(text.strip())
        if found and int(found[1]) > 12 >= int(found[3]):
            seen.add("dm")
        elif found and int(found[3]) > 12 >= int(found[1]):
            seen.add("md")
    return seen.pop() if len(seen) == 1 else ""


def serial_day(value: Decimal) -> date:
    """A spreadsheet's day number (1900 system), or 20261231 written as a number. Raises Unreadable("date")."""
    whole = int(value)
    if 19900101 <= whole <= 21001231 and whole == value:
        return day(str(whole))
    if not 32874 <= value < 73416:
        raise Unreadable("date")
    return date(1899, 12, 30) + timedelta(days=whole)


def as_day(value: date) -> date:
    """A typed day (or instant) of a spreadsheet as a day. Raises Unreadable("date") outside 1990 to 2100."""
    plain = value.date() if isinstance(value, datetime) else value
    return _day(str(plain.year), str(plain.month), str(plain.day))


def divided(whole: Decimal, parts: Decimal) -> Decimal | None:
    """``whole`` / ``parts`` when it comes out exactly within ten decimals, else None."""
    if not parts:
        return None
    with localcontext(prec=40):
        share = (whole / parts).normalize()
        exact = share * parts == whole and -int(share.as_tuple().exponent) <= MOST_DECIMALS
    return Decimal(format(share, "f")) if exact else None


def _day(year: str, month: str, of_month: str) -> date:
    try:
        result = date(int(year), int(month), int(of_month))
    except ValueError as impossible:
        raise Unreadable("date") from impossible
    if not EARLIEST <= result.year <= LATEST:
        raise Unreadable("date")
    return result
