"""The decisions of a transfer: what to do next with one document, given what has been noted and what has been seen.

The states, and what takes a document from one to the next:

    NEW → LOOKING → CREATING → CREATED → DONE
             ↑___________|         └→ REFUSED (Procountor said no) · PARKED (a person must look)

Creating in Procountor cannot be repeated safely and carries no key of ours, so it is noted before it is made,
looked for after any doubt, and made again only when it was not found after the settle time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    NEW = "new"
    LOOKING = "looking"
    CREATING = "creating"
    CREATED = "created"
    DONE = "done"
    REFUSED = "refused"
    PARKED = "parked"


FINAL = frozenset({State.DONE, State.REFUSED, State.PARKED})


@dataclass(frozen=True, slots=True)
class Problem:
    """One no of Procountor's: its code or sentence, the field it names, the HTTP status (0: our own check).

    ``found`` is what stood in that field of ours when it was refused.
    """

    code: str
    field: str = ""
    message: str = ""
    status: int = 0
    found: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """Waits in seconds. ``settle`` exceeds the longest time in which a lost request may still take effect and show.

    ``window`` is how long after its note a request may still leave; it belongs to the settle time. ``beat`` lies at
    least between two edits of a batch's message.
    """

    settle: float = 600.0
    window: float = 5.0
    retry: float = 2.0
    beat: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An invoice in Procountor that carries our number or our marker, or may have carried them.

    ``mine`` tells our own from a person's copy, which takes the marker along: only our own are ever cancelled.
    ``bare``: neither number nor any marker, but made by our user while ours was being made, and of the same sum.
    """

    id: int
    number: int
    ours: bool  # carries this transfer's marker
    same: bool  # has the content we would send
    draft: bool
    alive: bool = True
    mine: bool = True  # made by our user
    marked: bool = False  # carries a marker of ours, this transfer's or another's
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Create:
    """Nothing is there: note the intent and make it."""


@dataclass(frozen=True, slots=True)
class Adopt:
    """It is there already: take it as ours; ``extras`` are further copies of our own to be cancelled."""

    id: int
    number: int
    extras: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Too early to tell: look again then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Park:
    """A person must look; ``why`` is a key of the sentences in `handlers.views`."""

    why: str


Next = Create | Adopt | Wait | Park


@dataclass(frozen=True, slots=True)
class Look:
    """What one look in Procountor showed.

    ``blind``: the positive control failed, so that an empty answer proves nothing. ``forced``: a person has said that
    another invoice with the same number is no obstacle.
    """

    found: Sequence[Candidate]
    blind: bool = False
    forced: bool = False


def after_looking(look: Look, create_at: datetime | None, now: datetime, timing: Timing) -> Next:
    """What follows from a look. ``create_at``: when creating was noted (None: never, or it surely did not leave)."""
    live = [c for c in look.found if c.alive]
    ours = [c for c in live if c.ours]
    mine = [c for c in ours if c.mine]
    until = create_at + timedelta(seconds=timing.settle) if create_at else now
    if mine or (ours and now >= until):  # a person's copy may be seen before the original is
        return _adopt(mine or ours)
    if ours:
        return Wait(until)
    if any(c.marked for c in live):  # no word of a person's makes a second of our own
        return Park("earlier_revision")
    if any(not c.bare for c in live) and not look.forced:
        return Park("number_taken")
    if look.blind:
        return Wait(now + timedelta(seconds=timing.retry))
    if now < until:
        return Wait(until)
    return Create() if look.forced or not live else Park("written_over")


def _adopt(ours: Sequence[Candidate]) -> Next:
    if not all(c.same for c in ours):
        return Park("content_differs")
    advanced = [c for c in ours if not c.draft]
    if len(advanced) > 1:
        return Park("twice_in_use")
    keep = advanced[0] if advanced else min(ours, key=lambda c: c.id)
    return Adopt(keep.id, keep.number, tuple(sorted(c.id for c in ours if c.mine and c.id != keep.id)))


def may_leave(noted: float, ticks: float, timing: Timing) -> bool:
    """Whether a request noted at ``noted`` may still leave at ``ticks`` (seconds of a clock that counts sleep)."""
    return 0 <= ticks - noted <= timing.window


def backoff(tries: int, timing: Timing) -> timedelta:
    """How long to wait before trying again after nothing was sent: doubling, at most five minutes."""
    return timedelta(seconds=min(timing.retry * 2 ** min(tries, 16), 300.0))
