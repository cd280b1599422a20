"""Reminders: what is worth a word today, at which minute, and when silence goes further."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from finance.reminding import Urge, Waiting, has_come, is_late, ordered, passes_on, quiet, urge


def waiting(age: int = 0, due: int | None = None, discount: int | None = None, **more: int) -> Waiting:
    amount, bill = Decimal(more.pop("amount", 100)), more.pop("bill", 1)
    return Waiting(bill, age, due, discount, amount, snoozed=bool(more.pop("snoozed", False)))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (waiting(age=0, due=10), None),
        (waiting(age=1, due=10), Urge.OLD),
        (waiting(age=0, due=4), None),
        (waiting(age=0, due=3), Urge.DUE),
        (waiting(age=0, due=0), Urge.DUE),
        (waiting(age=0, due=-1), Urge.OVERDUE),
        (waiting(age=9, due=None), Urge.OLD),
        (waiting(age=0, due=10, discount=1), Urge.DISCOUNT),
        (waiting(age=0, due=10, discount=2), None),
        (waiting(age=0, due=10, discount=-1), None),
        (waiting(age=9, due=-3, snoozed=True), None),
    ],
)
def test_what_is_worth_a_word(found: Waiting, expected: Urge | None) -> None:
    assert urge(found) is expected


def test_the_most_urgent_come_first_and_of_equals_the_largest() -> None:
    there = [
        waiting(age=5, amount=9000, bill=1),
        waiting(age=1, due=2, amount=10, bill=2),
        waiting(age=1, due=2, amount=20, bill=3),
        waiting(age=1, due=-1, amount=1, bill=4),
        waiting(age=1, due=0, amount=1, bill=5),
    ]
    found = [(one, why) for one in there if (why := urge(one))]
    assert [one.bill for one, _ in ordered(found)] == [4, 5, 3, 2, 1]


@pytest.mark.parametrize(
    ("age", "since", "due", "expected"),
    [
        (0, None, 0, False),
        (1, None, 2, True),
        (1, None, 3, False),
        (9, None, 9, False),
        (9, 1, 9, False),
        (9, 2, 9, True),
        (9, 2, None, True),
    ],
)
def test_silence_goes_further(age: int, since: int | None, due: int | None, expected: bool) -> None:
    assert passes_on(age, since, due) is expected


@pytest.mark.parametrize(
    ("at", "hour", "come", "late"),
    [
        ("08:29", "", False, False),
        ("08:30", "", True, False),
        ("10:29", "", True, False),
        ("10:30", "", True, True),
        ("07:15", "07:00", True, False),
        ("08:45", "kahdeksan", True, False),
        ("23:59", "22:00", True, False),
    ],
)
def test_the_hour(at: str, hour: str, come: bool, late: bool) -> None:
    local = datetime.fromisoformat(f"2026-11-26T{at}")
    assert (has_come(local, hour, "08:30"), is_late(local, hour, "08:30")) == (come, late)


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        ("17:59", "18:00-07:30", False),
        ("18:00", "18:00-07:30", True),
        ("02:00", "18:00-07:30", True),
        ("07:30", "18:00-07:30", False),
        ("12:00", "11:00-13:00", True),
        ("12:00", "", False),
        ("12:00", "12:00-12:00", False),
        ("12:00", "yöllä", False),
    ],
)
def test_quiet_hours(at: str, hours: str, expected: bool) -> None:
    assert quiet(datetime.fromisoformat(f"2026-11-26T{at}"), hours) is expected
