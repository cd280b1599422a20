"""What a person may pick from the registers: choices in their order, cut to what a menu holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from finance import identifiers
from finance.faults import Choice
from finance.reference import Dimension, VatStatus
from finance.registers import Registers, key

NEAREST = 10  # choices that travel with a fault; the whole register is searched through finance.fixes.options
MOST_CHOICES = 100
LONGEST_LABEL = 75
_ALIKE = 60  # of the scores of ``likeness``: below it the letters agree by chance


@lru_cache(maxsize=4096)
def account_choices(
    registers: Registers, query: str = "", limit: int = NEAREST, percents: frozenset[Decimal] = frozenset()
) -> tuple[Choice, ...]:
    """Open accounts, best first; without a query those that defaults and products use, then others of their class.

    An account that Procountor has refused with one of ``percents`` is left out.
    """
    used = (set(registers.default_accounts.values()) | {p.account for p in registers.reference.products}) - {""}
    classes = {code[0] for code in used}
    taken = (
        a for a in registers.reference.accounts
        if a.active and not any((a.code, percent) in registers.refused for percent in percents)
    )  # fmt: skip
    ordered = sorted(taken, key=lambda a: (a.code not in used, a.code[:1] not in classes, a.code))
    return best((Choice(a.code, f"{a.code} {a.name}") for a in ordered), query, limit)


@lru_cache(maxsize=4096)
def accounts_like(
    registers: Registers, code: str, limit: int = NEAREST, percents: frozenset[Decimal] = frozenset()
) -> tuple[Choice, ...]:
    """As ``account_choices``, those most like an account that will not do; of its class (first digit) before others.

    The chart of accounts is a tree: 3999 is meant to be one of the sales accounts, not 9399.
    """
    if not code[:1].isdigit():
        return account_choices(registers, code, limit, percents)
    everything = account_choices(registers, "", len(registers.reference.accounts), percents)
    near = sorted(everything, key=lambda choice: (choice.value[:1] != code[0], -likeness(key(code), choice)))
    return tuple(near[:limit])


@lru_cache(maxsize=4096)
def item_choices(dimension: Dimension | None, query: str = "", limit: int = NEAREST) -> tuple[Choice, ...]:
    """Open items of a dimension, best first."""
    items = dimension.items if dimension else ()
    return best((Choice(i.code, f"{i.code} {i.description}".strip()) for i in items if i.open), query, limit)


@lru_cache(maxsize=4096)
def product_choices(registers: Registers, query: str = "", limit: int = NEAREST) -> tuple[Choice, ...]:
    """Active products by code and name, best first."""
    found = (Choice(p.code, f"{p.code} {p.name}") for p in registers.reference.products if p.active and p.code)
    return best(found, query, limit)


@lru_cache(maxsize=4096)
def products_like(registers: Registers, words: str, limit: int = NEAREST) -> tuple[Choice, ...]:
    """Every active product for the work type ``words``: first the most alike, then those other work types have."""
    everything = product_choices(registers, "", len(registers.reference.products))
    mapped = {key(code) for code in registers.work_types.values()}

    def order(choice: Choice) -> tuple[float, bool]:
        score = likeness(key(words), choice)
        return -score if score >= _ALIKE else 0, key(choice.value) not in mapped

    return tuple(sorted(everything, key=order)[:limit])


def status_choices(statuses: Iterable[VatStatus]) -> tuple[Choice, ...]:
    """VAT statuses as a person picks them."""
    return best((Choice(str(s.number), f"{s.number} · {s.description}") for s in statuses), "")


def bank_choices(registers: Registers) -> tuple[Choice, ...]:
    """The company's own open accounts, masked; the default one first."""
    open_ones = [a for a in registers.reference.bank_accounts if a.active]
    ordered = sorted(open_ones, key=lambda account: not account.default_for_invoice)
    return tuple(
        Choice(identifiers.iban(a.iban), f"{identifiers.masked(a.iban)} {a.bic} {a.currency}") for a in ordered
    )


@lru_cache(maxsize=256)
def percent_choices(percents: tuple[Decimal, ...]) -> tuple[Choice, ...]:
    """VAT percentages with a decimal comma, as Finns read them."""
    texts = (format(percent.normalize(), "f") for percent in percents)
    return tuple(Choice(text, f"{text.replace('.', ',')} %") for text in texts)


def best(found: Iterable[Choice], query: str, limit: int = MOST_CHOICES) -> tuple[Choice, ...]:
    """At most ``limit`` choices, those most like ``query`` first, labels cut to what a menu shows."""
    listed = [Choice(c.value, c.label[:LONGEST_LABEL]) for c in found]
    wanted = key(query)
    if wanted:
        scored = sorted(((likeness(wanted, choice), choice) for choice in listed), key=lambda pair: -pair[0])
        listed = [choice for score, choice in scored if score >= 45] or [choice for _, choice in scored[:NEAREST]]
    return tuple(listed[:limit])


def likeness(wanted: str, choice: Choice) -> float:
    """0 to 120: how well a choice answers what somebody typed; the beginning of a code or name counts most."""
    value, label = choice.value.casefold(), choice.label.casefold()
    if value == wanted:
        return 120
    if value.startswith(wanted):
        return 115
    if wanted in label:
        return 112 if re.search(rf"\b{re.escape(wanted)}", label) else 110
    return max(fuzz.ratio(wanted, value), fuzz.WRatio(wanted, label))
