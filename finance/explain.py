"""From a fault's code to sentences: the table of all explanations, and filling in what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from string import Formatter

from finance import problem_words
from finance.case import explained
from finance.faults import Explanation, Fact, Fault, Who, Words
from finance.rules import (
    accounts,
    addresses,
    amounts,
    attachments,
    bill_words,
    claim_words,
    dates,
    duplicates,
    e_invoice,
    identities,
    parties,
    payment_words,
    products,
    rows,
    supplier_words,
    targets,
    texts,
    travel_words,
    vat,
    vat_status,
)

_MODULES = (
    duplicates, parties, identities, addresses, e_invoice, dates, payment_words, rows, amounts,
    vat, vat_status, accounts, targets, products, texts, attachments, bill_words, claim_words, travel_words,
    supplier_words, problem_words,
)  # fmt: skip

EXPLANATIONS = (
    explained(
        "selection.unknown",
        Who.SENDER,
        (
            "Sanaa ”{found}” ei ymmärretty.",
            "Anna laskunumeroita (1042 1043), väli (1040-1052), project:214, ready tai all; lisää dry kokeiluun.",
        ),
        (
            "Ordet ”{found}” kunde inte tolkas.",
            "Ange fakturanummer (1042 1043), ett intervall (1040-1052), project:214, ready eller all; dry för test.",
        ),
        (
            "The word “{found}” was not understood.",
            "Give invoice numbers (1042 1043), a range (1040-1052), project:214, ready or all; add dry to try it out.",
        ),
    ),
)


AMOUNTS = frozenset(("claimed", "computed", "gross"))
"""Facts that are money in the currency named by the fact "currency"; other Decimals are percentages and numbers."""


def explanation(code: str, others: Iterable[Explanation] = ()) -> Explanation | None:
    """The explanation of a fault's code; ``others`` are rows of other packages, looked at after ours."""
    return _table().get(code) or next((row for row in others if row.code == code), None)


def all_explanations(others: Iterable[Explanation] = ()) -> tuple[Explanation, ...]:
    """Every row there is, ours first."""
    return (*_table().values(), *others)


def fill(
    words: Words, known: Fault | Mapping[str, Fact], language: str, show: Callable[[str, Fact], str] | None = None
) -> str:
    """The sentence in ``language`` with a fault's (or any other) facts. A place without a fact is shown as "…".

    ``show`` writes a fact, given its name, as the reader does: AMOUNTS are money, dates are dates, the rest plain.
    """
    write, facts = show or plain, facts_of(known) if isinstance(known, Fault) else known
    parts = Formatter().parse(words.by(language))
    return "".join(text + (write(name, facts.get(name, "…")) if name else "") for text, name, _, _ in parts)


def facts_of(fault: Fault) -> Mapping[str, Fact]:
    """The facts that a sentence about ``fault`` may use."""
    return {"found": fault.found or "–", "expected": fault.expected or "–", "code": fault.code, **fault.facts}


def plain(name: str, fact: Fact) -> str:
    """A fact without any reader's customs: 25.5, 2026-11-30."""
    if isinstance(fact, Decimal):
        return f"{fact.normalize():f}" if fact == fact.to_integral_value() else f"{fact:f}"
    return fact.isoformat() if isinstance(fact, date) else str(fact)


@lru_cache(maxsize=1)
def _table() -> dict[str, Explanation]:
    rows_of_all = (row for module in _MODULES for row in module.EXPLANATIONS)
    return {row.code: row for row in (*EXPLANATIONS, *rows_of_all)}
