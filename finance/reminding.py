"""What a person is reminded of, and when silence goes further: by due date, age and discount, never by habit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from finance.hours import CHANGING, plannable
from finance.hours import quiet as quiet_hours

SOON = 3  # working days before the due date
LAPSES = 1  # working days until a cash discount lapses from which it is told of
OLD = 1  # working days on somebody's desk
ANSWER = 2  # working days after a reminder until somebody else gets it, too
LATEST = 2  # working days before the due date when somebody else gets it without waiting any longer
FIRST = 3  # working days after the due date on which it is said each morning; then once a week
WEEK = 5  # working days
ENDS = time(18, 0)  # after this nothing is said any more
AHEAD = timedelta(days=2)  # how far a bookmark may lie ahead before it is a clock's mistake
LATE = 2 * 60  # minutes after a digest's hour from which it is called late


@dataclass(frozen=True, slots=True)
class Way:
    """How a person hears of things: "digest", "instant" (as one who has chosen nothing) or "off".

    ``hour`` is his own for what comes once a day, ``fallback`` the company's.
    """

    notify: str = ""
    hour: str = ""
    quiet: str = ""
    fallback: str = ""


class Urge(StrEnum):
    """Why a bill is in the digest, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"  # within three working days
    DISCOUNT = "discount"  # the cash discount is about to lapse
    OLD = "old"


class Unheard(StrEnum):
    """Why somebody is not reminded at another's word."""

    NOTHING = "nothing"  # nothing waits for him
    AWAY = "away"
    LATER = "later"  # it is night, a day off, his quiet hours, or he wants no notices
    ALREADY = "already"  # once a day is enough


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bill on a person's desk. Days are working days, ``amount`` is in the company's currency.

    ``due`` and ``discount`` are None where there is none.
    """

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
    if waiting.discount is not None and 0 <= waiting.discount <= LAPSES:
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


def claim_passes_on(age: int, since_reminded: int | None, *, away: bool) -> bool:
    """Whether somebody else gets a claim, too; ``age`` and ``since_reminded`` are working days.

    A claim has no due date, only somebody who waits for his money. Whoever is away, or cannot be reminded at any
    hour, is silent all the same.
    """
    if away:
        return age >= OLD
    return age > OLD + ANSWER if since_reminded is None else since_reminded >= ANSWER


def presses(waiting: Waiting, why: Urge, gap: int | None) -> bool:
    """Whether it is worth a message of its own today: daily only while there still is something to be saved.

    ``gap`` are the working days since the person last had a digest (None: never): what fell into them counts today.
    """
    if why in (Urge.DUE, Urge.DISCOUNT):
        return True
    days = -(waiting.due or 0) if why is Urge.OVERDUE else waiting.age
    often = FIRST if why is Urge.OVERDUE else 1
    last = max(0, days - gap) if gap is not None else 0
    return any(day <= often or day % WEEK == 0 for day in range(last + 1, days + 1))


def opening(hour: str, fallback: str, hours: str = "") -> time:
    """When a day's notices come: at the hour, or when the quiet hours end in which it lies.

    ``fallback`` is the company's hour. Quiet hours that end in the hour in which the clocks change end after it.
    """
    start, span = _hour(hour, fallback), quiet_hours(hours)
    if span is not None and span.holds(start):
        start = span.end
    return start if plannable(start) else CHANGING[1]


def may_speak(local: datetime, hour: str, fallback: str, hours: str = "") -> bool:
    """Whether a digest may be said now: from its hour until the working day ends, never in the quiet hours.

    What could not be said by then is not said at night; the next morning tells what then is so.
    """
    start, now = opening(hour, fallback, hours), local.time()
    longer = time(start.hour + 2, start.minute) if start.hour < 22 else time.max
    return start <= now < max(ENDS, longer) and not quiet(local, hours)


def card_comes(local: datetime, due: date | None, way: Way, works: Callable[[date], bool]) -> datetime | None:
    """When a bill's card comes of itself; None for never. ``local`` is the present, with the person's zone.

    At once, or when the quiet hours end in which it now is. To one who wants everything together with his next digest,
    and at once only when the due date would be missed otherwise. What is late already is not made better by an hour.
    """
    if way.notify == "off":
        return None
    span = quiet_hours(way.quiet)
    soonest = _after(local, span.end) if span is not None and span.holds(local.time()) else local
    if way.notify != "digest":
        return soonest
    hour = opening(way.hour, way.fallback, way.quiet)
    day = soonest.date() if soonest.time() <= hour else soonest.date() + timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    if due is not None and soonest.date() <= due < day:
        return soonest
    return datetime.combine(day, hour, local.tzinfo)


def _after(local: datetime, hour: time) -> datetime:
    day = local.date() if local.time() < hour else local.date() + timedelta(days=1)
    return datetime.combine(day, hour, local.tzinfo)


def is_late(local: datetime, hour: str, fallback: str, hours: str = "") -> bool:
    """Whether it comes so late that the reader should be told."""
    due = opening(hour, fallback, hours)
    return (local.hour * 60 + local.minute) - (due.hour * 60 + due.minute) >= LATE


def unsaid(told: str, today: date) -> bool:
    """Whether what is said once a day is still to be said; ``told`` is the last day it was, ISO 8601, "" for never.

    A clock that was set back repeats nothing. One that had run far ahead keeps nobody from hearing anything for long.
    """
    last = date.fromisoformat(told) if told else date.min
    return last < today or last - today > AHEAD


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
    span = quiet_hours(hours)
    return span is not None and span.holds(local.time())
