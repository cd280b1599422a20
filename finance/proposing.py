"""Who looks like whom: people not yet joined whose names are alike, for a human being to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, permutations

from finance.components import components
from finance.faces import Apart, Face, Proposal, Somebody
from finance.names import likeness, loose, spelled, words

LEAST = 80  # likeness from which a proposal is worth a person's look
CLEAR = 4  # by so much the best must lead the next of the same system
_MAILED = 95  # addresses alike but for dots and plus signs
_SPELLED = 5  # what a name spelled by an address counts less
_BLOCK = 3  # letters at the beginning of a name that two must share

Scored = tuple[int, int, int]  # places of two people, and how alike they are


def proposals(people: tuple[Somebody, ...], apart: Collection[Apart] = ()) -> tuple[Proposal, ...]:
    """Each human being in one proposal at most: only where both are the other's clear best, the likest first."""
    scores = _scores(people, frozenset(apart))
    rivals: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b, score in scores:
        rivals[a].append((b, score))
        rivals[b].append((a, score))
    chosen = {
        (a, b): score
        for a, b, score in scores
        if _clear(people, rivals[a], b, score) and _clear(people, rivals[b], a, score)
    }
    found = []
    for group in components(sorted({place for pair in chosen for place in pair}), chosen):
        parts = tuple(people[place] for place in group)
        sides = [side for part in parts for side in part.sides]
        if len(sides) == len(set(sides)) and not _parted(parts, frozenset(apart)):
            found.append(Proposal(parts, min(s for (a, _), s in chosen.items() if a in group)))
    return tuple(sorted(found, key=lambda p: (-p.likeness, [f.place for part in p.parts for f in part.faces])))


def _scores(people: tuple[Somebody, ...], apart: frozenset[Apart]) -> list[Scored]:
    blocks: dict[str, set[int]] = defaultdict(set)
    for place, one in enumerate(people):
        for mark in _marks(one) if one.there else ():
            blocks[mark].add(place)
    pairs = {pair for block in blocks.values() for pair in combinations(sorted(block), 2)}
    found = []
    for a, b in sorted(pairs):
        if people[a].sides & people[b].sides or _parted((people[a], people[b]), apart):
            continue
        score = alike(people[a], people[b])
        if score >= LEAST:
            found.append((a, b, score))
    return found


def _marks(one: Somebody) -> Iterator[str]:
    """What two must have in common to be compared at all: the beginning of a name beside the first letter of another,
    or an address."""
    for face in one.faces:
        for names in (words(face.name), words(face.name.replace("-", "")), words(spelled(face.email))):
            yield from (f"{a[:_BLOCK]} {b[0]}" for a, b in permutations(names, 2) if len(a) > 2)
        if loose(face.email):
            yield loose(face.email)


def alike(one: Somebody, other: Somebody) -> int:
    """How alike two are by the likest of their names and addresses, 0 to 100."""
    return max(_faces(a, b) for a in one.faces for b in other.faces)


def _faces(one: Face, other: Face) -> int:
    mailed = _MAILED if loose(one.email) and loose(one.email) == loose(other.email) else 0
    by_mail = max(likeness(one.name, spelled(other.email)), likeness(spelled(one.email), other.name)) - _SPELLED
    return max(mailed, by_mail, likeness(one.name, other.name))


def _clear(people: tuple[Somebody, ...], rivals: Iterable[tuple[int, int]], best: int, score: int) -> bool:
    """Whether nobody of the same systems comes near the best."""
    return all(
        other == best or near <= score - CLEAR or not people[other].sides & people[best].sides for other, near in rivals
    )


def _parted(parts: Iterable[Somebody], apart: frozenset[Apart]) -> bool:
    keys = frozenset(key for part in parts for key in part.keys)
    return any(pair <= keys for pair in apart)
