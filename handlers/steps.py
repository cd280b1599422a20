"""The steps of a company's setup, gathered from the journeys they belong to, in the order of their places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from handlers.desk import Desk
from handlers.routing import Table
from handlers.views.steps import Mark, Step
from handlers.views.tongue import Tongue
from procountor.errors import ProcountorError
from storage import companies
from storage.companies import Company

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """What a step may look at. A step reads, and asks Procountor no more than it must; it changes nothing."""

    desk: Desk
    company: Company
    say: Tongue
    seen: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, find: Callable[[], T]) -> T:
        """What ``find`` gives, found once for all the steps of this look."""
        if name not in self.seen:
            self.seen[name] = find()
        return cast("T", self.seen[name])


def gathered(table: Table, look: Look) -> tuple[Step, ...]:
    """Every step as it now stands; one without anything to say (None) is left out.

    One that Procountor does not answer about says so and keeps the others.
    """
    found: list[Step | None] = []
    for route in sorted(table.of("step"), key=lambda route: route.place):
        if look.company.state == companies.NEW and not route.unconnected:
            continue
        try:
            found.append(route.run(look))
        except ProcountorError:
            silent = look.say("Procountor did not answer just now. Try again in a moment.")
            found.append(Step(route.name, route.name, Mark.OPEN, silent))
    return tuple(step for step in found if step is not None)
