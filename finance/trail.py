"""The trail of a bill: what was noted here beside what Procountor's history says, each led back to the other.

An act of ours carries its mark in Procountor (`finance.decision.comment`). Where the history tells no comments an act
of the same kind in the same minutes is taken for ours, and said to be so by its time only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from finance.circulation import Act
from finance.decision import marked

ACTIONS: Mapping[Act, str] = {Act.VERIFY: "VERIFICATION", Act.APPROVE: "APPROVAL", Act.REJECT: "DENY_PAYMENT"}
"""Procountor's word for what an act of ours becomes there (api.md 12.7)."""

NEAR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Heard:
    """An entry of Procountor's history: ``action`` is its word, ``at`` UTC or None, ``details`` may carry our mark."""

    at: datetime | None
    action: str
    name: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A row of our trail: ``who`` as it names people, ``what`` its word, ``details`` as they were noted."""

    at: datetime
    who: str
    what: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ours:
    """A decision of ours that was done (or may have been), at ``at``."""

    id: int
    act: Act
    at: datetime


class Proof(StrEnum):
    """How an entry of Procountor's is led back to a decision of ours."""

    MARK = "mark"
    TIME = "time"
    NONE = ""  # somebody acted in Procountor


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the whole trail, ``noted`` here or ``heard`` there.

    ``decision`` is the one it belongs to. ``missing``: what we did has no entry in Procountor's history.
    """

    at: datetime | None
    noted: Noted | None = None
    heard: Heard | None = None
    decision: int | None = None
    proof: Proof = Proof.NONE
    missing: bool = False


def joined(noted: Sequence[Noted], heard: Sequence[Heard], ours: Sequence[Ours]) -> tuple[Line, ...]:
    """Both sides in the order of time; what has no time stands behind the entry it came after."""
    pairs = _pairs(heard, ours)
    there = {decision for decision, _ in pairs.values()}
    absent = {one.id for one in ours if one.act in ACTIONS and one.id not in there} if heard else frozenset()
    lines: list[tuple[datetime, int, Line]] = []
    for entry in noted:
        decision = _decision(entry)
        missing = entry.what == "bill.done" and decision in absent
        lines.append((entry.at, 0, Line(entry.at, noted=entry, decision=decision, missing=missing)))
    taken_up = {_decision(entry): entry.at for entry in noted if entry.what == "bill.decided"}
    last = min((entry.at for entry in noted), default=datetime.min.replace(tzinfo=UTC))
    for place, event in enumerate(heard):
        decision, proof = pairs.get(place, (None, Proof.NONE))
        last = event.at or last
        if decision in taken_up:  # Procountor's clock may be behind, or tell minutes only
            last = max(last, taken_up[decision])
        lines.append((last, place + 1, Line(event.at, heard=event, decision=decision, proof=proof)))
    return tuple(line for _, _, line in sorted(lines, key=lambda one: one[:2]))


def _pairs(heard: Sequence[Heard], ours: Sequence[Ours]) -> dict[int, tuple[int, Proof]]:
    """Place in the history → our decision. A mark decides; time only where the history tells no comments at all."""
    known = {one.id: one for one in ours}
    found: dict[int, tuple[int, Proof]] = {}
    for place, event in enumerate(heard):
        decision = marked(event.details)
        if decision in known:
            found[place] = (decision, Proof.MARK)
    acts = [event for event in heard if event.action in ACTIONS.values()]
    if any(event.details for event in acts):
        return found
    left = [one for one in ours if one.act in ACTIONS]
    for place, event in enumerate(heard):
        near = [one for one in left if ACTIONS[one.act] == event.action and event.at and abs(one.at - event.at) <= NEAR]
        if near:
            nearest = min(near, key=lambda one: abs(one.at - (event.at or one.at)))
            found[place] = (nearest.id, Proof.TIME)
            left.remove(nearest)
    return found


def _decision(entry: Noted) -> int | None:
    told = entry.details.get("decision")
    return told if isinstance(told, int) else None
