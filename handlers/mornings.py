"""Finance's morning: the parts that journeys bring, gathered in the order of their places for one message."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from handlers.desk import Desk
from handlers.routing import Route
from handlers.views.tongue import Tongue
from storage.companies import Company


@dataclass(frozen=True, slots=True)
class Morning:
    """What a part looks at. It reads our own rows only and changes nothing.

    ``since`` is the last day on which the reader heard anything: what fell in between is said today.
    """

    desk: Desk
    company: Company
    today: date
    since: date


@dataclass(frozen=True, slots=True)
class Part:
    """``lines`` says it in the reader's language. ``calls``: it is worth a message; else it only joins one."""

    lines: Callable[[Tongue], list[str]]
    calls: bool = True


def gathered(parts: Iterable[Route], morning: Morning) -> tuple[Part, ...]:
    """What there is to say; nothing at all when nothing of it is worth a message."""
    run = (route.run(morning) for route in sorted(parts, key=lambda route: route.place))
    found = tuple(part for part in run if part is not None)
    return found if any(part.calls for part in found) else ()
