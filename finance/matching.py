"""Who is who: Slack users, the PSA's people and Procountor's persons and users joined into human beings.

Certain is only what somebody has said before, an equal e-mail address, or the PSA's own note of the number a person has
in Procountor where the names agree too. Names alone are proposals, for a human being to decide (R18). Everything is
symmetric: the order of what comes in changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import combinations, pairwise

from finance.components import components
from finance.faces import Apart, Conflict, Face, Key, Link, Matching, Side, Somebody, Why
from finance.names import likeness
from finance.people import address, plain
from finance.proposing import LEAST, proposals

__all__ = ["match"]


def match(
    faces: Iterable[Face], bound: Iterable[Collection[Key]] = (), apart: Collection[Apart] = frozenset()
) -> Matching:
    """Joins what is certain and proposes what is likely.

    ``bound`` are groups that were joined before: they stay together. ``apart`` are pairs that somebody has parted, and
    single ones that are none of the company's people: they are neither joined nor proposed.
    """
    alone = {key for one in apart if len(one) == 1 for key in one}
    everybody = {f.key: replace(f, there=False) if f.key in alone else f for f in sorted(faces, key=lambda f: f.place)}
    held = [tuple(sorted(set(group) & everybody.keys())) for group in bound]
    parted = frozenset(one for one in apart if len(one) == 2)
    links, conflicts = _links([face for face in everybody.values() if face.there])
    certain = [link for link in links if frozenset((link.one, link.other)) not in parted]
    people, clashes = _joined(everybody, held, certain, parted)
    return Matching(people, proposals(people, parted), _open((*conflicts, *clashes), people))


def _links(there: list[Face]) -> tuple[list[Link], list[Conflict]]:
    links, conflicts = [], []
    for group in _grouped((address(face.email), face) for face in there):
        if _one_of_each(group):
            links += [Link(a.key, b.key, "email") for a, b in combinations(group, 2)]
        else:
            conflicts.append(Conflict(Why.SHARED_EMAIL, group))
    for group in _grouped((plain(face.number), face) for face in there):
        if not _one_of_each(group):
            conflicts.append(Conflict(Why.SHARED_NUMBER, group))
        elif not all(_agree(a, b) for a, b in combinations(group, 2)):
            conflicts.append(Conflict(Why.OTHER_NAME, group))
        else:
            links += [Link(a.key, b.key, "number") for a, b in combinations(group, 2)]
    persons = {face.id: face for face in there if face.side is Side.PERSON}
    users = [face for face in there if face.side is Side.USER and face.person in persons]
    return links + [Link(persons[user.person].key, user.key, "id") for user in users], conflicts


def _grouped(pairs: Iterable[tuple[str, Face]]) -> list[tuple[Face, ...]]:
    """Those that have the same in common, two at least."""
    found: dict[str, list[Face]] = defaultdict(list)
    for key, face in pairs:
        if key:
            found[key].append(face)
    return [tuple(group) for group in found.values() if len(group) > 1]


def _one_of_each(group: Collection[Face]) -> bool:
    return len({face.side for face in group}) == len(group)


def _agree(one: Face, other: Face) -> bool:
    """Whether a number that both have may be one human being's: a slip of a digit pays somebody else's claim."""
    same = bool(one.email) and address(one.email) == address(other.email)
    return same or likeness(one.name, other.name) >= LEAST


def _joined(
    everybody: dict[Key, Face], held: list[tuple[Key, ...]], links: list[Link], parted: frozenset[Apart]
) -> tuple[tuple[Somebody, ...], list[Conflict]]:
    """What is bound and linked; where that would join two of a side, or two who were parted, only what was bound."""
    chains = [pair for group in held for pair in pairwise(group)]
    together = {frozenset(pair) for group in held for pair in combinations(group, 2)}
    parted = parted - together
    found = defaultdict(list)
    for link in links:
        found[link.one].append(link)
    people, clashes = [], []
    for group in components(everybody, [*chains, *((link.one, link.other) for link in links)]):
        faces = tuple(everybody[key] for key in group)
        if _one_of_each(faces) and not any(pair <= set(group) for pair in parted):
            people.append(Somebody(faces, tuple(link for key in group for link in found[key])))
            continue
        inside = [pair for pair in chains if pair[0] in group]
        people += [Somebody(tuple(everybody[key] for key in part)) for part in components(group, inside)]
        clashes += [] if _one_of_each(faces) else [Conflict(Why.SEVERAL, faces)]
    return tuple(sorted(people, key=lambda one: (plain(one.name), one.faces[0].place))), clashes


def _open(conflicts: Iterable[Conflict], people: Iterable[Somebody]) -> tuple[Conflict, ...]:
    """Those that still wait for somebody: not every face in them is joined to a Slack user."""
    settled = {key for one in people if Side.SLACK in one.sides and len(one.sides) > 1 for key in one.keys}
    waiting = [c for c in conflicts if not all(face.key in settled for face in c.faces)]
    return tuple(sorted(waiting, key=lambda c: (c.why, [face.place for face in c.faces])))
