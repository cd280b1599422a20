"""What follows after an approval (or its kin) has been asked of Procountor: done, looked for again, or somebody else's.

Procountor takes no key and counts every call: where two are to approve, a repeat signs for the second. So an act is
noted, sent once, and afterwards only looked for. What is ours is known by the mark in its comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from finance.bill import CLEARED, DENIED, OPEN, VERIFIED
from finance.circulation import Act
from finance.text import replaced, shortened
from finance.transfer import Timing

COMMENT = 100  # characters Procountor takes (R57)
LONGEST = 60.0  # seconds between two turns
_MARK = re.compile(r"\[k:([0-9]{1,18})\]")


class Lost(StrEnum):
    """Why an act did not come to be."""

    CHANGED = "changed"  # the bill says something else than was shown
    SETTLED = "settled"  # nothing was left to decide
    ELSEWHERE = "elsewhere"  # somebody else was quicker
    UNHEARD = "unheard"  # the request did not take effect within the settle time
    RIGHT = "right"  # the person may not do it (any more)
    NO = "no"  # Procountor said no
    NEVER_LEFT = "never_left"  # Procountor could not be reached
    BROKEN = "broken"  # the work on it broke down by itself each time, before anything left


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look showed after the act was sent.

    ``mine``: the history holds an act with our mark. ``count``: how many acts of the kind it holds since the bill was
    last made unfinished. ``told``: the history tells comments at all.
    """

    status: str
    print: str
    mine: bool
    count: int
    told: bool


@dataclass(frozen=True, slots=True)
class Done:
    """It took effect, on what was shown."""


@dataclass(frozen=True, slots=True)
class Contested:
    """It took effect, but the bill was changed in the same moment: undo it and say so."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too early to tell."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Nothing:
    """It did not take effect, and will not."""

    why: Lost


Next = Done | Contested | Wait | Nothing


def after_sending(
    act: Act, seen: Seen, print: str, before: int, sent_at: datetime, now: datetime, timing: Timing
) -> Next:
    """What follows. ``print`` is that of what was shown, ``before`` how many acts there were, ``sent_at`` aware UTC."""
    ours = seen.mine or (seen.count > before and not seen.told)
    if ours:
        return Done() if seen.print == print else Contested()
    if not _waits(act, seen.status):
        return Nothing(Lost.ELSEWHERE)
    until = sent_at + timedelta(seconds=timing.settle)
    if now < until:  # also when somebody else has acted: of several places ours may still be filled
        return Wait(until)
    return Nothing(Lost.ELSEWHERE if seen.count > before else Lost.UNHEARD)


def pause(since: datetime, now: datetime, timing: Timing) -> float:
    """Seconds until the next turn of what has waited since then: as long again, from the retry time to a minute.

    Looking at a steady beat, a hundred decisions without an answer would need all the requests that may be made.
    """
    return min(max((now - since).total_seconds(), timing.retry), LONGEST)


def _waits(act: Act, status: str) -> bool:
    """Whether the bill still stands where the act has not happened."""
    if act is Act.REJECT:
        return status not in (DENIED,)
    return status in OPEN


def reached(act: Act, status: str) -> bool:
    """Whether a bill in this status has what the act would give it: asked when somebody else was quicker."""
    if act is Act.REJECT:
        return status == DENIED
    return status in CLEARED or (act is Act.VERIFY and status == VERIFIED)


def comment(name: str, decision: int, reason: str = "") -> str:
    """What Procountor keeps with the act: who it was, why, and our mark; within its hundred characters.

    Signs Procountor cannot write are replaced (rule of Windows-1252).
    """
    mark = f" [k:{decision}]"
    said = f"{name} / Slack" + (f": {reason}" if reason else "")
    return shortened(_unmarked(" ".join(said.split())), COMMENT - len(mark)) + mark


def discussion(name: str, decision: int, reason: str) -> str:
    """What is written to Procountor's discussion: who says no, the whole reason, and our mark."""
    return f"{_unmarked(f'{name} / Slack: {reason}')} [k:{decision}]"


def _unmarked(text: str) -> str:
    """Words of people's in signs Procountor can write; a mark in them is none: it would speak for another decision."""
    return replaced(text).replace("[k:", "(k:")


def marked(details: str) -> int | None:
    """The decision a comment belongs to, by the last mark in it; None for others' comments."""
    found = _MARK.findall(details)
    return int(found[-1]) if found else None
