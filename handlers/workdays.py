"""Working days of a company: the Finnish calendar, the days everybody takes, and its own (domain.md 6.7)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

from finance.company import Choices

ONE = timedelta(days=1)


def is_workday(day: date, choices: Choices) -> bool:
    """Monday to Friday, no public holiday, no eve that offices are closed on, no free day of the company's own."""
    return day.weekday() < 5 and day not in _free(day.year) and day.isoformat() not in choices.free_days


def until(today: date, day: date, choices: Choices) -> int:
    """How many working days are left until ``day``: 0 today or on a weekend from a Friday on, negative when it is past.

    A day that is no working day itself counts as the last working day before it: that is when one still can act.
    """
    sign = 1 if day >= today else -1
    first, last = (today, day) if sign > 0 else (day, today)
    step = sum(1 for n in range((last - first).days) if is_workday(first + ONE * (n + 1), choices))
    return sign * step


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


@lru_cache(maxsize=64)
def _free(year: int) -> frozenset[date]:
    """Public holidays, and the eves of Midsummer and Christmas on which offices are closed."""
    return frozenset(holidays.country_holidays("FI", years=year))
