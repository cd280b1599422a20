"""The company's own rules for bills: who pre-approves, who approves and how many, by amount, supplier, project, centre.

They ask for more than Procountor's circulation does, never for less. The first rule that fits a bill counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from finance.bill import Bill


@dataclass(frozen=True, slots=True)
class Rule:
    """``least`` is the amount from which the rule holds, by currency; a currency that is missing is not meant.

    Empty ``suppliers``, ``projects`` and ``cost_centres`` mean all. ``verifiers`` and ``approvers`` are Slack users;
    empty means whoever has the right. ``verify_all``: every verifier has to, not just one. ``signatures`` is how many
    different people approve. ``four_eyes``: who pre-approves does not approve. ``on`` is False until it is switched on.
    """

    name: str
    least: Mapping[str, str] = field(default_factory=dict)
    suppliers: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    cost_centres: tuple[str, ...] = ()
    verifiers: tuple[str, ...] = ()
    verify_all: bool = False
    approvers: tuple[str, ...] = ()
    signatures: int = 1
    four_eyes: bool = False
    on: bool = True


@dataclass(frozen=True, slots=True)
class Demand:
    """What a bill needs: see ``Rule``. ``verifications`` is how many of ``verifiers`` have to pre-approve first."""

    rule: str = ""
    verifiers: frozenset[str] = frozenset()
    verifications: int = 0
    approvers: frozenset[str] = frozenset()
    signatures: int = 1
    four_eyes: bool = False


NOTHING = Demand()


def demand(bill: Bill, projects: Sequence[str], cost_centres: Iterable[str] | None, rules: Sequence[Rule]) -> Demand:
    """What the rules that are switched on ask for this bill: the first that fits for any of its projects.

    ``cost_centres`` is None where they cannot be told: a rule about them is then taken to fit.
    """
    centres = None if cost_centres is None else frozenset(map(_key, cost_centres))
    on = (rule for rule in rules if rule.on)
    rule = next((rule for rule in on if any(fits(rule, bill, project, centres) for project in projects)), None)
    return NOTHING if rule is None else of(rule)


def of(rule: Rule) -> Demand:
    """What a rule asks of the bills it fits."""
    return Demand(
        rule.name,
        frozenset(rule.verifiers),
        (len(set(rule.verifiers)) if rule.verify_all else 1) if rule.verifiers else 0,
        frozenset(rule.approvers),
        max(1, rule.signatures),
        rule.four_eyes,
    )


def fits(rule: Rule, bill: Bill, project: str, cost_centres: frozenset[str] | None) -> bool:
    """Whether the bill is one the rule is for; a credit note counts by its size."""
    if rule.least:
        least = rule.least.get(bill.currency)
        if least is None or abs(bill.gross) < Decimal(least):
            return False
    if rule.suppliers and not {_key(bill.supplier), _key(bill.supplier_id)} & {_key(s) for s in rule.suppliers}:
        return False
    if rule.projects and _key(project) not in {_key(p) for p in rule.projects}:
        return False
    if not rule.cost_centres or cost_centres is None:
        return True
    return bool(cost_centres & {_key(c) for c in rule.cost_centres})


def needs_centres(rules: Iterable[Rule]) -> bool:
    """Whether any rule looks at cost centres: they have to be asked of Procountor."""
    return any(rule.cost_centres for rule in rules)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What past bills would have done under a rule: how many it fits, and how often each person would have been asked.

    ``single`` are those that one person approved and that would have needed more.
    """

    fitting: int
    all: int
    asked: Mapping[str, int]
    single: int
    examples: tuple[Bill, ...]


def rehearse(rule: Rule, past: Sequence[tuple[Bill, str, frozenset[str]]]) -> Rehearsal:
    """The rule over past bills (bill, project, cost centres), as if it had been switched on."""
    fitting = [bill for bill, project, centres in past if fits(rule, bill, project, frozenset(map(_key, centres)))]
    asked: dict[str, int] = {}
    for _ in fitting:
        for user in {*rule.verifiers, *rule.approvers}:
            asked[user] = asked.get(user, 0) + 1
    several = rule.signatures > 1 or rule.four_eyes
    single = sum(1 for bill in fitting if several and sum(p.acted is not None for p in bill.acceptors) <= 1)
    largest = tuple(sorted(fitting, key=lambda bill: -abs(bill.gross))[:5])
    return Rehearsal(len(fitting), len(past), asked, single, largest)
