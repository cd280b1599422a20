"""What goes wrong between us and Procountor in one trial: how often, and in which way. All of it from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

TIMEOUT = 30.0  # seconds after which the client gives an answer up (bot.compose)

WRITES = ("refused", "busy", "lost_before", "lost_after", "5xx_before", "5xx_after", "zombie", "not_sent")
READS = ("5xx", "silence", "busy", "not_sent")


@dataclass(frozen=True, slots=True)
class Climate:
    """``shares``: of each kind of fault to a write, the part of all writes it meets; ``reads``: of all reads.

    ``zombie``: seconds after the client's giving up in which a lost request may still take effect. ``lag``: seconds
    for which something new is invisible to searches.
    """

    shares: tuple[tuple[str, float], ...]
    reads: float
    zombie: float = 45.0
    lag: float = 20.0


def _even(total: float, kinds: tuple[str, ...] = WRITES) -> tuple[tuple[str, float], ...]:
    return tuple((kind, total / len(kinds)) for kind in kinds)


HOSTILE = Climate(
    (
        ("refused", 0.06), ("busy", 0.06), ("lost_before", 0.06), ("lost_after", 0.06), ("5xx_before", 0.05),
        ("5xx_after", 0.05), ("zombie", 0.06), ("not_sent", 0.03),
    ),
    reads=0.05,
)  # fmt: skip
"""Two writes in five go wrong, one read in twenty (reliability.md 4.2)."""

UNCLEAR = replace(HOSTILE, shares=_even(0.40, WRITES[1:]))
"""As hostile, but Procountor says no to nothing: every trial has to end with the work done."""

UNDEAD = replace(UNCLEAR, zombie=1500.0)
"""Lost requests live longer than the settle time: what the sweep is for."""

REALISTIC = Climate(_even(0.008, WRITES[1:]), reads=0.008)
"""Eight writes in a thousand, by all that is known."""

STEEP = Climate(_even(0.04, WRITES[1:]), reads=0.02)
"""Five times that."""

CALM = Climate((), reads=0.0, lag=0.0)

CLIMATES = {
    "hostile": HOSTILE, "unclear": UNCLEAR, "undead": UNDEAD, "realistic": REALISTIC, "steep": STEEP, "calm": CALM,
}  # fmt: skip


@dataclass
class Weather:
    """The faults of one trial as they come. ``forced``: the next write to a route meets this one, whatever the dice."""

    climate: Climate
    dice: random.Random
    forced: dict[str, list[str]] = field(default_factory=dict)
    met: int = 0

    def write(self, route: str) -> str:
        """What befalls this write; "" for nothing."""
        wanted = self.forced.get(route)
        if wanted:
            self.met += 1
            return wanted.pop(0)
        roll = self.dice.random()
        for kind, share in self.climate.shares:
            if roll < share:
                self.met += 1
                return kind
            roll -= share
        return ""

    def read(self, route: str) -> str:
        """What befalls this read; "" for nothing."""
        wanted = self.forced.get(route)
        if wanted:
            return wanted.pop(0)
        return self.dice.choice(READS) if self.climate.reads and self.dice.random() < self.climate.reads else ""

    def lag(self) -> float:
        return self.dice.uniform(0.0, self.climate.lag) if self.climate.lag else 0.0

    def zombie(self) -> float:
        """Seconds after the client's giving up until a lost request takes effect."""
        return self.dice.uniform(0.0, self.climate.zombie)
