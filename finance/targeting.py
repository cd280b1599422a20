"""To whom a bill goes: project numbers and personal ids are looked for in its fields (domain.md R43 to R48).

A personal id is believed before a project number, a project number before the company's rule for the supplier. Whatever
cannot be followed to one person who may receive bills goes to the default recipient, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from finance import bank_reference
from finance.bill import Bill

JOINED = 5  # parts a number may have, as P-2026-1001 has three
_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*")
_SIGN = re.compile(r"([-./])")


class Barred(StrEnum):
    """Why a number that was found leads to nobody."""

    CLOSED = "closed"  # the project is closed
    LEFT = "left"  # the person has left
    NO_MANAGER = "no_manager"  # nobody manages the project
    UNKNOWN = "unknown"  # the person is not known in Slack
    NO_RIGHT = "no_right"  # the person may not receive bills (R45, R47)


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a known number leads: to ``who`` (the handler's own key of a person), or nowhere.

    ``ruled``: by a rule of the company's instead of the registers.
    """

    name: str
    who: str = ""
    barred: Barred | None = None
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The company's own: where the bills of a project (by its number) and of a supplier (by its id) lead."""

    projects: Mapping[str, Lead] = field(default_factory=dict)
    suppliers: Mapping[int, Lead] = field(default_factory=dict)


NO_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Sign:
    """A known number as it stands in the bill: ``field`` is where, ``person`` whether it is a personal id."""

    number: str
    field: str
    person: bool
    lead: Lead


class Reason(StrEnum):
    """Why a bill goes where it goes."""

    PERSON = "person"
    PROJECT = "project"
    PROJECT_RULE = "project_rule"  # the project's number, and the company's rule for it
    SUPPLIER_RULE = "supplier_rule"  # no number leads to one person; the company's rule for the supplier does
    NOTHING = "nothing"  # no known number on the bill
    BARRED = "barred"  # the number leads to nobody who may receive it
    SEVERAL = "several"  # numbers that lead to different people


@dataclass(frozen=True, slots=True)
class Aim:
    """``who`` is empty for the default recipient. ``signs`` are what was gone by, ``project`` the bill's project."""

    reason: Reason
    who: str = ""
    signs: tuple[Sign, ...] = ()
    project: str = ""


def aim(
    bill: Bill,
    order: Sequence[str],
    projects: Mapping[str, Lead],
    people: Mapping[str, Lead],
    rules: Rules = NO_RULES,
) -> Aim:
    """Who gets the bill. ``order`` names the fields, the most believed first (``finance.company.TARGET_FIELDS``).

    Of each kind only the first field with a known number counts: what the supplier was asked to fill in is believed
    before what he may have mentioned. A rule for a project goes before its manager, a rule for the supplier after both.
    A rule whose person may not receive bills (any more) is as if it were not there.
    """
    found = _by_numbers(bill, order, projects, people, rules)
    lead = rules.suppliers.get(bill.partner_id) if bill.partner_id is not None else None
    if found.who or lead is None or lead.barred is not None:
        return found
    return replace(found, reason=Reason.SUPPLIER_RULE, who=lead.who)


def _by_numbers(
    bill: Bill, order: Sequence[str], projects: Mapping[str, Lead], people: Mapping[str, Lead], rules: Rules
) -> Aim:
    whole = frozenset(map(_plain, (*people, *projects)))
    persons = _signs(bill, order, people, whole, person=True)
    works = tuple(_ruled(sign, rules) for sign in _signs(bill, order, projects, whole, person=False))
    project = works[0].number if len({sign.number for sign in works}) == 1 else ""
    for signs, reason in ((persons, Reason.PERSON), (works, Reason.PROJECT)):
        if not signs:
            continue
        led = {sign.lead.who for sign in signs if sign.lead.barred is None}
        if len(led) > 1:
            return Aim(Reason.SEVERAL, "", signs, project)
        if not led:
            return Aim(Reason.BARRED, "", signs, project)
        by_rule = all(sign.lead.ruled for sign in signs if sign.lead.barred is None)
        return Aim(Reason.PROJECT_RULE if by_rule else reason, led.pop(), signs, project)
    return Aim(Reason.NOTHING)


def _ruled(sign: Sign, rules: Rules) -> Sign:
    """A closed project takes no bills, whatever the rule."""
    lead = rules.projects.get(sign.number)
    if lead is None or lead.barred is not None or sign.lead.barred is Barred.CLOSED:
        return sign
    return replace(sign, lead=replace(lead, name=sign.lead.name))


def _signs(
    bill: Bill, order: Sequence[str], known: Mapping[str, Lead], whole: Container[str], *, person: bool
) -> tuple[Sign, ...]:
    """The known numbers of the first field that has any, each once."""
    index: dict[str, list[str]] = {}
    for number in sorted(known):
        index.setdefault(_plain(number), []).append(number)
    for place in order:
        found: dict[str, Sign] = {}
        for word in _words(bill, place, whole):
            for number in _meant(word, index):
                found.setdefault(number, Sign(number, place, person, known[number]))
        if found:
            return tuple(found.values())
    return ()


def _meant(word: str, index: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The numbers a word may mean: of those that differ in zeros only, the one that is written so, else all."""
    alike = index.get(_plain(word), ())
    return [number for number in alike if number.casefold() == word.casefold()] or alike


def _words(bill: Bill, field: str, whole: Container[str]) -> Iterator[str]:
    for text in _texts(bill, field):
        for match in _WORD.finditer(text):
            yield from _known(match[0], whole)
        if field == "reference":
            yield from _based(text)


def _known(word: str, whole: Container[str]) -> Iterator[str]:
    """The known numbers within a word, the longest first: P-1001/spring means P-1001, and not the person 1001."""
    parts, place = _SIGN.split(word), 0
    while place < len(parts):
        spans = ("".join(parts[place : place + size]) for size in range(2 * JOINED - 1, 0, -2))
        found = next((span for span in spans if _plain(span) in whole), "")
        yield from (found,) if found else ()
        place += len(_SIGN.split(found)) + 1


def _based(reference: str) -> Iterator[str]:
    """The number a bank reference was made of: without its check digit, and RF's own (domain.md 6.2)."""
    if bank_reference.right(reference):
        yield re.sub(r"^RF..", "", bank_reference.normal(reference))[:-1]


def _texts(bill: Bill, field: str) -> Sequence[str]:
    if field == "rows":
        return [text for row in bill.rows for text in (row.name, row.comment) if text]
    if field == "note":
        return [bill.notes]
    return [str(getattr(bill, field, ""))]


def _plain(number: str) -> str:
    """How numbers are compared: case, and zeros in front of nothing but digits, make no difference."""
    text = number.strip().casefold()
    return text.lstrip("0") or "0" if text.isdigit() else text
