"""Times of day as people type them, and hours in which nobody wants to be spoken to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?")
_SPAN = re.compile(r"(.+?)\s*(?:-|–|—|\.\.)\s*(.+)")
CHANGING = (time(3), time(4))
"""The hour that is missing or doubled when the clocks change: nothing is planned for it."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """From ``start`` until ``end``, local time, over midnight when ``end`` comes first. Never a whole day."""

    start: time
    end: time

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def holds(self, at: time) -> bool:
        """Whether ``at`` is in them; ``end`` itself is not."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


def clock(text: str) -> time | None:
    """ "8", "8.30" or "08:30" as a time of day; None for anything else."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def quiet(text: str) -> Quiet | None:
    """ "18:00-07:30" or "18–7.30"; None for anything else, and for a span that begins when it ends."""
    found = _SPAN.fullmatch(text.strip())
    start, end = (clock(found[1]), clock(found[2])) if found else (None, None)
    return Quiet(start, end) if start is not None and end is not None and start != end else None


def plannable(at: time) -> bool:
    """Whether something can be planned for ``at`` every day of the year."""
    return not CHANGING[0] <= at < CHANGING[1]
