"""Procountor's circulation: who verifies and approves, in which order, and who stands in for whom (api.md 12.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from finance.bill import Place


class Act(StrEnum):
    """What a person does to a bill."""

    VERIFY = "verify"  # pre-approve: no accounting effect (R51)
    APPROVE = "approve"
    REJECT = "reject"  # denies the payment
    OBJECT = "object"  # says no without a right to reject: a comment, and a word to finance


@dataclass(frozen=True, slots=True)
class Substitution:
    """From ``start`` to ``end``, both included, the two may act in ``user``'s place; there are no chains."""

    user: int
    verifies: int | None
    approves: int | None
    start: date
    end: date
    known: bool = True  # to Procountor; False for one that only we have noted

    def by(self, act: Act) -> int | None:
        return self.verifies if act in (Act.VERIFY, Act.OBJECT) else self.approves


@dataclass(frozen=True, slots=True)
class Circulation:
    """The company's settings. ``for_bills`` and ``for_claims`` tell whether it is in use at all."""

    for_bills: bool = False
    for_claims: bool = False
    ordered: bool = False
    discussion: bool = False
    verifiers: tuple[int, ...] = ()
    acceptors: tuple[int, ...] = ()
    substitutions: tuple[Substitution, ...] = ()


class Turn(StrEnum):
    """Whose turn it is, seen from one person."""

    FREE = "free"  # nobody is named: whoever has the right
    MINE = "mine"
    NEXT = "next"  # mine, and the first place that is free: also what a shared key would fill
    LATER = "later"  # others have to act first
    ACTED = "acted"  # this person has acted already
    OTHERS = "others"  # others are named


def turn(
    act: Act, verifiers: Sequence[Place], acceptors: Sequence[Place], user: int | None, rules: Circulation, today: date
) -> Turn:
    """Whether it is the turn of ``user`` (None for somebody without a user in Procountor).

    Approving waits until everybody named for verifying has done it. Where an order is set the first free place is next.
    Saying no is for those who may say yes, and waits for nobody.
    """
    verifying = act in (Act.VERIFY, Act.OBJECT)
    places = list(verifiers if verifying else acceptors)
    waits = act is Act.APPROVE and any(place.acted is None for place in verifiers)
    if not places:
        return Turn.LATER if waits else Turn.FREE
    names = stands_for(act, user, rules, today)
    mine = [place for place in places if place.user in names]
    if not mine:
        return Turn.OTHERS
    free = [place for place in places if place.acted is None]
    open_ones = [place for place in mine if place.acted is None]
    if not open_ones:
        return Turn.ACTED
    ordered = rules.ordered and act in (Act.VERIFY, Act.APPROVE)
    if waits or (ordered and free[0] not in open_ones):
        return Turn.LATER
    return Turn.NEXT if free[0] in open_ones else Turn.MINE


def stands_for(act: Act, user: int | None, rules: Circulation, today: date) -> frozenset[int]:
    """The user, and everybody in whose place he may act today."""
    if user is None:
        return frozenset()
    replaced = (s.user for s in rules.substitutions if s.by(act) == user and s.start <= today <= s.end)
    return frozenset({user, *replaced})
