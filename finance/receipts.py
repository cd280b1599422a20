"""Receipts: what is wrong with a file, and which ones are the same or look alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finance.people import plain

NEAR = 6  # bits of a picture's print in which two photographs of one receipt may differ
BLANK = frozenset({"", "0" * 16, "f" * 16})  # prints that tell nothing: an even surface


class Flaw(StrEnum):
    """Why a file cannot be taken as a receipt."""

    EMPTY = "empty"
    LARGE = "large"
    NAME = "name"  # its name hides what it is
    KIND = "kind"  # neither a picture nor a PDF
    ENDING = "ending"  # the name says one thing, the content another
    ARCHIVE = "archive"
    BROKEN = "broken"
    PIXELS = "pixels"
    LOCKED = "locked"  # a PDF with a password
    ACTIVE = "active"  # a PDF with a script, a program to start, a form that sends or a file inside
    PAGES = "pages"
    TWOFOLD = "twofold"  # two kinds of file in one
    HEAVY = "heavy"  # takes more memory or time than any receipt does


@dataclass(frozen=True, slots=True)
class Seen:
    """What a receipt shows without being read by a person.

    ``print`` tells the look of its first page (64 bits in hexadecimal, "" when it tells nothing), ``taken`` the day the
    picture was taken, ``dates`` the days a PDF's first page names.
    """

    kind: str  # "jpg" or "pdf"
    print: str = ""
    taken: date | None = None
    dates: tuple[date, ...] = ()


def looks_like(one: str, other: str) -> bool:
    """Whether two prints are of pictures that look alike."""
    if one in BLANK or other in BLANK or len(one) != len(other):
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= NEAR


@dataclass(frozen=True, slots=True)
class Bought:
    """What makes two receipts one purchase."""

    supplier: str
    day: date
    gross: Decimal
    currency: str

    def like(self, others: Iterable[Bought]) -> bool:
        """Whether one of the others is of the same supplier, day and amount."""
        mine = (plain(self.supplier), self.day, self.gross, self.currency)
        known = ((plain(o.supplier), o.day, o.gross, o.currency) for o in others)
        return bool(mine[0]) and mine in set(known)


class Doubt(StrEnum):
    """What is odd about the day of a payment; it is told and stops nothing."""

    RECEIPT = "receipt"  # the receipt names another day
    PICTURE = "picture"  # later than the picture was taken
    AHEAD = "ahead"  # in the future


def doubt(day: date, today: date, seen: Iterable[Seen]) -> tuple[Doubt, date] | None:
    """What is odd about the day of a payment, and the day that says otherwise (R66, R67)."""
    if day > today:
        return Doubt.AHEAD, today
    for one in seen:
        if one.dates and day not in one.dates and day == today:
            return Doubt.RECEIPT, max(one.dates)
        if one.taken is not None and one.taken < day:
            return Doubt.PICTURE, one.taken
    return None
