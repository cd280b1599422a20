"""How old an open bill is, by its due date: the few ages a chart shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class Age(StrEnum):
    """The oldest first; in calendar days."""

    LONG = "long"  # due more than 30 days ago
    MONTH = "month"  # 8 to 30 days ago
    WEEK = "week"  # 1 to 7 days ago
    SOON = "soon"  # today or in 7 days
    LATER = "later"  # in 8 to 30 days
    FAR = "far"
    NEVER = "never"  # no due date


def age_of(due: date | None, today: date) -> Age:
    if due is None:
        return Age.NEVER
    left = (due - today).days
    edges = ((-31, Age.LONG), (-8, Age.MONTH), (-1, Age.WEEK), (7, Age.SOON), (30, Age.LATER))
    return next((age for most, age in edges if left <= most), Age.FAR)


def by_age(days: Iterable[tuple[date | None, int]], today: date) -> tuple[tuple[Age, int], ...]:
    """How many there are of each age; every age is there, so that the chart keeps its shape."""
    counted = dict.fromkeys(Age, 0)
    for due, n in days:
        counted[age_of(due, today)] += n
    return tuple(counted.items())
