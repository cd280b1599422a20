"""Working days of a company: the Finnish calendar, the days everybody takes, and its own (domain.md 6.7)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

from finance.company import Choices

ONE = timedelta(days=1)


def is_workday(day: date, choices: Choices) -> bool:
    """Monday to Friday, no public holiday, no eve that offices are closed on, no free day of the company's own."""
    return _works(day, choices.free_days)


def _works(day: date, own: tuple[str, ...]) -> bool:
    return day.weekday() < 5 and day not in _free(day.year) and day.isoformat() not in own


def until(today: date, day: date, choices: Choices) -> int:
    """How many working days are left until ``day``: 0 today or on a weekend from a Friday on, negative when it is past.

    A day that is no working day itself counts as the last working day before it: that is when one still can act.
    """
    return _until(today, day, choices.free_days)


@lru_cache(maxsize=65_536)
def _until(today: date, day: date, own: tuple[str, ...]) -> int:
    """Counted once for thousands of bills: they have few days between them."""
    sign = 1 if day >= today else -1
    first, last = (today, day) if sign > 0 else (day, today)
    return sign * sum(1 for n in range((last - first).days) if _works(first + ONE * (n + 1), own))


def late(due: date, today: date, choices: Choices) -> int:
    """How many working days ago something was due; 0 for what is not late.

    What is due on a day off may be paid on the next working day (Promissory Notes Act 622/1947, section 5).
    """
    last = due if is_workday(due, choices) else after(due, 1, choices)
    return max(0, -until(today, last, choices))


def after(day: date, count: int, choices: Choices) -> date:
    """The working day that comes ``count`` working days after ``day``."""
    while count > 0:
        day += ONE
        count -= is_workday(day, choices)
    return day


def before(day: date, count: int, choices: Choices) -> date:
    """The working day that lies ``count`` working days before ``day``."""
    while count > 0:
        day -= ONE
        count -= is_workday(day, choices)
    return day


def deadline(day: date) -> date:
    """The day by which the authorities take what is due on ``day``: the next one that is no holiday (domain.md 6.7)."""
    while not _works(day, ()):
        day += ONE
    return day


@lru_cache(maxsize=64)
def _free(year: int) -> frozenset[date]:
    """Public holidays, and the eves of Midsummer and Christmas on which offices are closed."""
    return frozenset(holidays.country_holidays("FI", years=year))
