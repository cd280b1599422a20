"""Being away: two days and a substitute, as typed, and whether they make sense."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=366)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FINNISH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,19})(?:\|[^>]*)?>")


class Odd(StrEnum):
    """What is wrong with an absence."""

    DATES = "dates"  # two days were not found
    ORDER = "order"  # it ends before it begins
    PAST = "past"  # it is over already
    LONG = "long"  # longer than a year
    NOBODY = "nobody"  # no substitute was named
    SELF = "self"  # oneself


@dataclass(frozen=True, slots=True)
class Wanted:
    """From ``first`` to ``last``, both included, with a Slack user as the substitute."""

    first: date
    last: date
    substitute: str


def typed(text: str, today: date) -> Wanted | Odd:
    """``2026-07-06 2026-07-31 @user`` and ``6.7. 31.7. @user``: a year that is not given is the next to come."""
    mention = _MENTION.search(text)
    days = _days(_MENTION.sub(" ", text), today)
    if days is None:
        return Odd.DATES
    return checked(*days, mention[1] if mention else "", "", today)


def checked(first: date, last: date, substitute: str, oneself: str, today: date) -> Wanted | Odd:
    """The absence, or what is wrong with it. ``oneself`` is the Slack user who will be away."""
    if last < first:
        return Odd.ORDER
    if last < today:
        return Odd.PAST
    if last - first > LONGEST:
        return Odd.LONG
    if not substitute:
        return Odd.NOBODY
    return Odd.SELF if substitute == oneself else Wanted(first, last, substitute)


def _days(text: str, today: date) -> tuple[date, date] | None:
    found = [day for word in text.split() if (day := _day(word.strip(",;–-"), today)) is not None]
    return (found[0], found[1]) if len(found) == 2 else None


def _day(word: str, today: date) -> date | None:
    iso, finnish = _ISO.fullmatch(word), _FINNISH.fullmatch(word)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if finnish and finnish[3]:
            return date(int(finnish[3]), int(finnish[2]), int(finnish[1]))
        if finnish:
            day = date(today.year, int(finnish[2]), int(finnish[1]))
            return day if day >= today - timedelta(days=31) else day.replace(year=day.year + 1)
    except ValueError:
        return None
    return None
