"""Why something is not right, in the reader's words: our own faults, Procountor's refusals, and a person's puzzles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter

from finance import fields as places
from finance.explain import AMOUNTS, explanation, facts_of, fill
from finance.faults import Explanation, Fact, Fault, Words
from finance.problems import explain
from finance.transfer import Problem
from handlers.views import fields
from handlers.views.batch import Entry
from handlers.views.blocks import safe
from handlers.views.puzzles import PARKED
from handlers.views.tongue import Tongue
from handlers.views.wordlists import wordlist

_MONEY = AMOUNTS | {"asked", "amount", "total"}
_COUNTED = frozenset(("row", "line", "status"))  # whole numbers that name a thing are not grouped by thousands
_SUMS = ("sum.line_net", "sum.line_gross", "sum.line_vat", "sum.rate_base", "sum.rate_vat", "sum.net", "sum.vat")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why one invoice does not go, for one reason. ``found`` is foreign text, not yet made safe.

    ``head`` says what it has in common with the same fault elsewhere; faults of one ``group`` are counted together.
    ``tag`` is Procountor's own code, for those who look it up.
    """

    code: str
    says: str
    do: str
    found: str = ""
    fault: Fault | None = None
    head: str = ""
    group: str = ""
    tag: str = ""


def of_fault(say: Tongue, fault: Fault, others: Iterable[Explanation] = ()) -> Cause:
    """One of our own faults, explained; ``others`` are explanations of codes that are not finance's own."""
    group = "sum" if fault.code.startswith("sum.") and fault.code != "sum.zero" else fault.code
    head = _head(say, group)
    row = explanation(fault.code, others)
    if row is None:
        says = say("Something is not right here, and we have no words for it.")
        return Cause(fault.code, says, "", fault.found, fault, "", group, fault.code)
    facts = facts_of(fault)
    says = _filled(say, row.says, facts) if _whole(row.says, fault) or not head else f"{head}."
    do = _filled(say, row.do, facts) if _whole(row.do, fault) else ""
    return Cause(fault.code, says, do, fault.found, fault, head, group)


def of_problem(say: Tongue, problem: Problem) -> Cause:
    """A refusal, explained: Procountor's, or one of our own rules that failed only when the invoice was to leave."""
    if not problem.status and explanation(problem.code) is not None:
        return _of_rule(say, problem)
    told = explain(problem.code, problem.field, problem.message, say.kind)
    facts: dict[str, Fact] = {**told.facts, "field": _field(say, problem.field)}
    says, do = _filled(say, told.says, facts), _filled(say, told.do, facts)
    row = say(" (row {row})", row=str(told.row + 1)) if told.row is not None else ""
    if row and "{field}" not in say.turned(told.says).by(say.language):
        where, says = says, f"{says.removesuffix('.')}{row}."
    else:
        where = says
    fault = (
        Fault(problem.code, told.path, problem.found, repair=told.repair, register=told.register) if told.path else None
    )
    if problem.found:
        says = f"{says.removesuffix('.')}: {say('“{found}”', found=safe(problem.found, 80))}."
    return Cause(problem.code, says, do, problem.found, fault, where.removesuffix("."), where, problem.code)


def _of_rule(say: Tongue, problem: Problem) -> Cause:
    place = places.at(problem.field, _row(problem.field))
    facts: dict[str, Fact] = {} if place.row is None else {"row": place.row + 1}
    fault = Fault(
        problem.code, problem.field, problem.message, facts=facts, repair=place.repair, register=place.register
    )
    return of_fault(say, fault)


def _row(path: str) -> int | None:
    digits = path.removeprefix("lines[").partition("]")[0]
    return int(digits) if path.startswith("lines[") and digits.isdecimal() else None


def _field(say: Tongue, field: str) -> str:
    """Procountor's field in the reader's words; as it is when it is none of ours."""
    return (
        fields.name(say, places.of_kind(places.place(field), say.kind).path)
        or (field and f"`{safe(field, 80)}`")
        or say("the field is not named")
    )


def of_parked(say: Tongue, note: str) -> Cause:
    """A puzzle only a person can solve."""
    if note not in PARKED:
        return Cause(note, say("A person must look at this invoice in Procountor."), "", group=note)
    says, do = PARKED[note]
    return Cause(note, say.words(says, {}), say.words(do, {}), group=note)


def of_entry(say: Tongue, entry: Entry) -> tuple[Cause, ...]:
    """Every reason why the invoice does not go on as it is."""
    if entry.stand == "parked":
        return (of_parked(say, entry.note),)
    if entry.problems:
        return tuple(of_problem(say, problem) for problem in entry.problems)
    return _by_root(say, [of_fault(say, fault) for fault in entry.faults if not fault.warning])


def warnings(say: Tongue, entry: Entry) -> tuple[Cause, ...]:
    """What is told but stops nothing."""
    return tuple(of_fault(say, fault) for fault in entry.faults if fault.warning)


def _by_root(say: Tongue, causes: list[Cause]) -> tuple[Cause, ...]:
    """Sums that disagree for one reason are one cause: the sum nearest to the root, and how many follow from it."""
    sums = [cause for cause in causes if cause.group == "sum"]
    if len(sums) < 2:
        return tuple(causes)
    first = min(sums, key=lambda c: _SUMS.index(c.code) if c.code in _SUMS else len(_SUMS))
    more = say.n("{n} other sum differs too.", "{n} other sums differ too.", len(sums) - 1)
    told = Cause(first.code, f"{first.says} {more}", first.do, first.found, first.fault, first.head, "sum")
    at = causes.index(sums[0])
    return (*causes[:at], told, *(cause for cause in causes[at:] if cause.group != "sum"))


def _head(say: Tongue, group: str) -> str:
    words = wordlist("heads").get(group)
    return say.words(words, {}) if words else ""


def _whole(words: Words, fault: Fault) -> bool:
    """Whether every place of the sentence has something to stand there."""
    known = {"found": fault.found, "expected": fault.expected, "code": fault.code, **fault.facts}
    return all(known.get(name, "") not in ("", "–") for _, name, _, _ in Formatter().parse(words.en) if name)


def _filled(say: Tongue, words: Words, facts: Mapping[str, Fact]) -> str:
    return fill(say.turned(words), facts, say.language, _shown(say))


def _shown(say: Tongue) -> Callable[[str, Fact], str]:
    """How a sentence's facts are written for this reader: money with cents, foreign text made harmless."""

    def show(name: str, fact: Fact) -> str:
        if name in _MONEY and isinstance(fact, Decimal):
            return say.amount(fact)
        if name == "currency":
            return "€" if fact == "EUR" else safe(str(fact), 10)
        if name == "field":
            return str(fact)
        if isinstance(fact, str):
            return safe(fact, 160)
        return str(fact) if name in _COUNTED and isinstance(fact, int) else say.shown(fact)

    return show
