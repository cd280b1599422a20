"""Working days in Finland: the table of domain.md 6.7, and counting from day to day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.company import Choices
from handlers.workdays import after, is_workday, until

PLAIN = Choices()
# Days from Monday to Friday on which offices are closed.
CLOSED = {
    2025: "01-01 01-06 04-18 04-21 05-01 05-29 06-20 12-24 12-25 12-26",
    2026: "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25",
    2027: "01-01 01-06 03-26 03-29 05-06 06-25 12-06 12-24",
}


@pytest.mark.parametrize("year", CLOSED)
def test_the_days_on_which_offices_are_closed(year: int) -> None:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(366) if (first + timedelta(days=n)).year == year]
    closed = [day for day in days if day.weekday() < 5 and not is_workday(day, PLAIN)]
    assert [f"{day:%m-%d}" for day in closed] == CLOSED[year].split()
    assert not any(is_workday(day, PLAIN) for day in days if day.weekday() >= 5)


def test_a_companys_own_free_day() -> None:
    own = replace(PLAIN, free_days=("2026-12-23",))
    assert is_workday(date(2026, 12, 23), PLAIN)
    assert not is_workday(date(2026, 12, 23), own)
    assert until(date(2026, 12, 22), date(2026, 12, 28), PLAIN) == 2
    assert until(date(2026, 12, 22), date(2026, 12, 28), own) == 1


# today, the day that is counted to, how many working days are left
COUNTS = [
    ("2026-11-26", "2026-11-26", 0),  # Thursday
    ("2026-11-26", "2026-11-27", 1),
    ("2026-11-26", "2026-11-28", 1),  # Saturday: Friday is the last day to act
    ("2026-11-26", "2026-11-30", 2),
    ("2026-11-26", "2026-12-10", 10),
    ("2026-11-27", "2026-11-29", 0),  # on Friday, to a Sunday: today is the last day
    ("2026-11-28", "2026-11-29", 0),
    ("2026-11-27", "2026-11-26", -1),
    ("2026-11-30", "2026-11-27", -1),  # Monday: one working day late
    ("2026-11-29", "2026-11-27", 0),  # Sunday: no working day has passed since
    ("2026-12-23", "2026-12-28", 1),  # Christmas between
    ("2026-06-18", "2026-06-22", 1),  # Midsummer between
    ("2026-04-02", "2026-04-07", 1),  # Easter between
    ("2026-12-28", "2026-12-23", -1),
]


@pytest.mark.parametrize(("today", "day", "left"), COUNTS)
def test_how_many_working_days_are_left(today: str, day: str, left: int) -> None:
    assert until(date.fromisoformat(today), date.fromisoformat(day), PLAIN) == left


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-11-26", 1, "2026-11-27"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-12-23", 1, "2026-12-28"),
        ("2026-11-26", 0, "2026-11-26"),
        ("2026-11-26", 10, "2026-12-10"),
    ],
)
def test_the_day_some_working_days_later(day: str, count: int, then: str) -> None:
    assert after(date.fromisoformat(day), count, PLAIN) == date.fromisoformat(then)


DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 1))


@given(DAYS, st.integers(1, 60))
def test_counting_there_and_back_agrees(day: date, count: int) -> None:
    then = after(day, count, PLAIN)
    assert is_workday(then, PLAIN)
    assert until(day, then, PLAIN) == count


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_days_left_never_grow_as_time_passes(day: date, ahead: int, passed: int) -> None:
    due = day + timedelta(days=ahead)
    assert until(day + timedelta(days=passed), due, PLAIN) <= until(day, due, PLAIN)
