"""The words of "send invoices": which invoices are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from finance.faults import Fault, Repair
from finance.invoice import Invoice

_ALL = frozenset(("all", "kaikki", "alla"))
_READY = frozenset(("ready", "valmiit", "färdiga", "klara"))
_DRY = frozenset(("dry", "koe", "prov"))
_TRAVEL = frozenset(("travel", "matka", "matkat", "matkalaskut", "resa", "resor", "reseräkningar"))
_PROJECT = re.compile(r"(?:project|projekti|projekt):(.+)", re.IGNORECASE)
_NUMBER = re.compile(r"[\w./#-]*\d[\w./#-]*")
_PREFIXED = re.compile(r"(.*?)(\d+)")
NumberKey = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from ``first`` to ``last`` (both included) that begin with ``prefix``."""

    prefix: str
    first: int
    last: int

    def has(self, number: str) -> bool:
        found = _PREFIXED.fullmatch(number)
        if not found or found.group(1).casefold() != self.prefix:
            return False
        return self.first <= int(found.group(2)) <= self.last


@dataclass(frozen=True, slots=True)
class Selection:
    """Which invoices are meant; with no numbers, ranges and projects all of them.

    ``ready``: only those without faults, sent without asking about the others. ``dry``: nothing is sent.
    ``travel``: of claims only those with a trip.
    ``everything``: "all" was said, where nothing said lets the sender choose from a list.
    """

    numbers: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    projects: tuple[str, ...] = ()
    everything: bool = False
    ready: bool = False
    dry: bool = False
    travel: bool = False

    @property
    def narrow(self) -> bool:
        """Whether it names invoices or projects."""
        return bool(self.numbers or self.ranges or self.projects)

    @property
    def named(self) -> tuple[str, ...]:
        """The numbers asked for one by one, as typed; what may also be meant as a range is left out."""
        return tuple(number for number in self.numbers if _range(number) is None)

    def picks(self, invoice: Invoice) -> bool:
        """Whether ``invoice`` is meant, by its number or by the project of the invoice or of one of its rows."""
        if self.travel and not (invoice.claim and invoice.claim.trip):
            return False
        if not self.narrow:
            return True
        part = invoice.claim
        numbers = {invoice.number.casefold()}
        numbers |= {number.casefold() for number in (part.number, *part.members)} if part else set()
        if any(wanted.casefold() in numbers for wanted in self.numbers) or any(
            r.has(number) for r in self.ranges for number in numbers
        ):
            return True
        projects = {invoice.project.casefold(), *(line.project.casefold() for line in invoice.lines)}
        return any(project in projects for project in self.projects)


def parse(text: str) -> Selection | Fault:
    """The selection that ``text`` says: numbers, ranges (1040-1052), project:X, all, ready, dry, in any order.

    "2026-0012" is a number and "1040-1052" a range (or that very number): the second part decides, by being larger.
    """
    numbers: list[str] = []
    ranges: list[Range] = []
    projects: list[str] = []
    flags: set[str] = set()
    for word in _words(text):
        plain = word.casefold()
        flag = next((name for name, words in _FLAGS.items() if plain in words), "")
        if flag:
            flags.add(flag)
        elif project := _PROJECT.fullmatch(word):
            projects.append(project.group(1).strip('"”').casefold())
        elif _NUMBER.fullmatch(word) or _range(word):
            numbers.append(word)
            ranges += [found] if (found := _range(word)) else []
        else:
            return Fault("selection.unknown", found=word[:60], repair=Repair.TEXT)
    found_flags = dict.fromkeys(flags, True)
    return Selection(tuple(numbers), tuple(ranges), tuple(projects), **found_flags)


def number_key(number: str) -> NumberKey:
    """A key that sorts numbers as people do: 9 before 10, A9 before A10."""
    parts = re.findall(r"\d+|\D+", number)
    return tuple((0, int(p), "") if p.isascii() and p.isdigit() else (1, 0, p.casefold()) for p in parts)


_FLAGS = {"everything": _ALL, "ready": _READY, "dry": _DRY, "travel": _TRAVEL}


def _words(text: str) -> list[str]:
    """Words between blanks and commas; a range may be written with blanks around its dash."""
    joined = re.sub(r"(?<=\d)\s*(?:–|—|\.\.\.?|\s-\s)\s*(?=\S)", "..", text.strip())
    return [word for word in re.split(r"[\s,;]+", joined) if word]


def _range(word: str) -> Range | None:
    """The range in a word: halves around its middle dash (or ".."), the second larger; None when it is a number."""
    if ".." in word:
        halves = word.split("..")
        left, right = halves if len(halves) == 2 else ("", "")
    else:
        pieces = word.split("-")
        middle = len(pieces) // 2
        if len(pieces) % 2:
            return None
        left, right = "-".join(pieces[:middle]), "-".join(pieces[middle:])
    first, last = _PREFIXED.fullmatch(left), _PREFIXED.fullmatch(right)
    if not first or not last or last.group(1) not in ("", first.group(1)):
        return None
    low, high = int(first.group(2)), int(last.group(2))
    return Range(first.group(1).casefold(), low, high) if low <= high else None
