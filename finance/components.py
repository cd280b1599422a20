"""Things grouped by the pairs that join them, over others too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def components(things: Iterable[T], pairs: Iterable[tuple[T, T]]) -> list[tuple[T, ...]]:
    """Each thing in exactly one group; groups and what is in them stand in the order of ``things``."""
    root = {thing: thing for thing in things}

    def top(thing: T) -> T:
        while root[thing] != thing:
            root[thing] = root[root[thing]]
            thing = root[thing]
        return thing

    for one, other in pairs:
        root[top(other)] = top(one)
    found: dict[T, list[T]] = defaultdict(list)
    for thing in root:
        found[top(thing)].append(thing)
    return [tuple(group) for group in found.values()]
