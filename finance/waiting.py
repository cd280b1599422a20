"""Who waits for a human being's word on who he is, and how far the company's people are matched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from finance.faces import Matching, Side, Somebody, Why


class Kind(StrEnum):
    """What is wanted, in the order in which it is shown."""

    PROPOSED = "proposed"  # several who look like one
    SLACK = "slack"  # a Slack user who is nobody yet
    PSA = "psa"  # somebody of the PSA's list (and perhaps of Procountor) without Slack
    PERSON = "person"  # a person of Procountor's register alone


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry of the list. ``why`` tells what keeps it from being certain, when something does.

    ``likeness`` is of those who look like one: 100 for equal names.
    """

    kind: Kind
    parts: tuple[Somebody, ...]
    why: Why | None = None
    likeness: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people the company has, and how many of them are known in Slack and in Procountor's register."""

    all: int = 0
    slack: int = 0
    procountor: int = 0


def waiting(matching: Matching, elsewhere: Collection[str] = ()) -> tuple[Waiting, ...]:
    """Everybody still with the company who is not joined as he should be, what is proposed first.

    ``elsewhere`` are Slack users who are people of another company in the same workspace: nobody waits for them here.
    """
    why = {face.key: conflict.why for conflict in matching.conflicts for face in conflict.faces}

    def reason(parts: tuple[Somebody, ...]) -> Why | None:
        return next((why[key] for part in parts for key in sorted(part.keys) if key in why), None)

    found = [Waiting(Kind.PROPOSED, p.parts, reason(p.parts), p.likeness) for p in matching.proposals]
    proposed = {key for proposal in matching.proposals for key in proposal.keys}
    alone = [one for one in matching.people if one.there and not one.keys & proposed]
    for kind in (Kind.SLACK, Kind.PSA, Kind.PERSON):
        those = [one for one in alone if _kind(one) is kind]
        found += [Waiting(kind, (one,), reason((one,))) for one in those if not _at(one, elsewhere)]
    return tuple(found)


def _at(one: Somebody, elsewhere: Collection[str]) -> bool:
    slack = one.face(Side.SLACK)
    return slack is not None and slack.id in elsewhere


def _kind(one: Somebody) -> Kind | None:
    """None for who is matched, and for users of Procountor's that are nobody else (such as our own)."""
    if Side.SLACK in one.sides:
        return None if one.sides & {Side.PSA, Side.PERSON} else Kind.SLACK
    if Side.PSA in one.sides:
        return Kind.PSA
    return Kind.PERSON if Side.PERSON in one.sides else None


def tally(matching: Matching) -> Tally:
    """How far it is, among those still with the company."""
    ours = [one for one in matching.people if one.there and one.sides & {Side.PSA, Side.PERSON}]
    slack = sum(Side.SLACK in one.sides for one in ours)
    return Tally(len(ours), slack, sum(Side.PERSON in one.sides for one in ours))
