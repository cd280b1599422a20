"""What a person is reminded of, and when silence goes further: by due date, age and discount, never by habit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum

SOON = 3  # working days before the due date
OLD = 1  # working days on somebody's desk
ANSWER = 2  # working days after a reminder until somebody else gets it, too
LATEST = 2  # working days before the due date when somebody else gets it without waiting any longer
LATE = 2 * 60  # minutes after a digest's hour from which it is called late


class Urge(StrEnum):
    """Why a bill is in the digest, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"  # within three working days
    DISCOUNT = "discount"  # the cash discount is about to lapse
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bill on a person's desk. Days are working days; ``due`` and ``discount`` are None where there is none."""

    bill: int
    age: int
    due: int | None
    discount: int | None
    amount: Decimal
    snoozed: bool = False


def urge(waiting: Waiting) -> Urge | None:
    """Why the person is reminded of it today; None when he is not."""
    if waiting.snoozed:
        return None
    if waiting.due is not None and waiting.due < 0:
        return Urge.OVERDUE
    if waiting.due is not None and waiting.due <= SOON:
        return Urge.DUE
    if waiting.discount is not None and 0 <= waiting.discount <= 1:
        return Urge.DISCOUNT
    return Urge.OLD if waiting.age >= OLD else None


def ordered(found: list[tuple[Waiting, Urge]]) -> list[tuple[Waiting, Urge]]:
    """The most urgent first; of equals the largest."""
    rank = {urge: place for place, urge in enumerate(Urge)}
    return sorted(
        found, key=lambda pair: (rank[pair[1]], pair[0].due if pair[0].due is not None else 999, -pair[0].amount)
    )


def passes_on(age: int, since_reminded: int | None, due: int | None) -> bool:
    """Whether somebody else gets it, too: reminded and silent, or the due date would be missed."""
    if due is not None and due <= LATEST and age >= OLD:
        return True
    return since_reminded is not None and since_reminded >= ANSWER


def has_come(local: datetime, hour: str, fallback: str) -> bool:
    """Whether the digest's hour of this day has come; ``fallback`` is the company's."""
    return local.time() >= _hour(hour, fallback)


def is_late(local: datetime, hour: str, fallback: str) -> bool:
    """Whether it comes so late that the reader should be told."""
    due = _hour(hour, fallback)
    return (local.hour * 60 + local.minute) - (due.hour * 60 + due.minute) >= LATE


def _hour(hour: str, fallback: str) -> time:
    return clock(hour) or clock(fallback) or time(8, 30)


def clock(text: str) -> time | None:
    """ "08:30" as a time of day; None for a text that is none."""
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def quiet(local: datetime, hours: str) -> bool:
    """Whether "18:00-07:30" holds now; a span over midnight is one night."""
    first, _, last = hours.partition("-")
    begin, end = clock(first.strip()), clock(last.strip())
    if begin is None or end is None or begin == end:
        return False
    now = local.time()
    return begin <= now < end if begin < end else now >= begin or now < end
