"""Reminders: what is worth a word today, at which minute, and when silence goes further."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from finance.reminding import (
    Urge,
    Waiting,
    claim_passes_on,
    is_late,
    may_speak,
    opening,
    ordered,
    passes_on,
    presses,
    quiet,
    unsaid,
    urge,
)


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
    ("found", "gap", "expected"),
    [
        (waiting(age=1, due=10), None, True),
        (waiting(age=2, due=10), 1, False),
        (waiting(age=4, due=10), 1, False),
        (waiting(age=5, due=10), 1, True),
        (waiting(age=6, due=10), 1, False),
        (waiting(age=6, due=10), 2, True),  # the fifth day was one on which nothing could be said
        (waiting(age=20, due=None), 20, True),
        (waiting(age=3, due=10), None, True),
        (waiting(age=9, due=3), 1, True),
        (waiting(age=9, due=0), 1, True),
        (waiting(age=9, due=-1), 1, True),
        (waiting(age=9, due=-3), 1, True),
        (waiting(age=9, due=-4), 1, False),
        (waiting(age=9, due=-5), 1, True),
        (waiting(age=9, due=-9), 1, False),
        (waiting(age=9, due=-10), 1, True),
        (waiting(age=9, due=-9), 5, True),
        (waiting(age=3, due=9, discount=1), 1, True),
        (waiting(age=3, due=9, discount=0), 1, True),
    ],
)
def test_what_is_worth_a_message_of_its_own(found: Waiting, gap: int | None, expected: bool) -> None:
    why = urge(found)
    assert why is not None
    assert presses(found, why, gap) is expected


@pytest.mark.parametrize(
    ("at", "hour", "hours", "says", "late"),
    [
        ("08:29", "", "", False, False),
        ("08:30", "", "", True, False),
        ("10:29", "", "", True, False),
        ("10:30", "", "", True, True),
        ("17:59", "", "", True, True),
        ("18:00", "", "", False, True),
        ("02:00", "", "", False, False),
        ("07:15", "07:00", "", True, False),
        ("08:45", "kahdeksan", "", True, False),
        ("19:30", "19:00", "", True, False),
        ("21:00", "19:00", "", False, True),
        ("23:40", "23:30", "", True, False),
        ("23:20", "23:30", "", False, False),
        ("08:30", "", "18:00-09:15", False, False),
        ("09:15", "", "18:00-09:15", True, False),
        ("16:30", "", "16:00-07:00", False, True),
        ("20:00", "", "06:00-20:00", True, False),
        ("08:30", "", "06:00-20:00", False, False),
        ("03:30", "02:30", "23:00-03:30", False, False),
        ("04:00", "02:30", "23:00-03:30", True, False),
    ],
)
def test_the_hour(at: str, hour: str, hours: str, says: bool, late: bool) -> None:
    local = datetime.fromisoformat(f"2026-11-26T{at}")
    assert may_speak(local, hour, "08:30", hours) is says
    assert is_late(local, hour, "08:30", hours) is late


def test_nobody_is_kept_from_hearing_by_hours_that_cover_his_own() -> None:
    """Whatever hour and quiet hours somebody has chosen, there is a moment of the day at which he is told."""
    hours = [f"{n:02}:30" for n in range(24)]
    for hour in hours:
        for quiet_ in ("", *(f"{a}-{b}" for a in hours for b in hours if a != b)):
            start = opening(hour, "08:30", quiet_)
            at = datetime.fromisoformat("2026-11-26T00:00").replace(hour=start.hour, minute=start.minute)
            assert may_speak(at, hour, "08:30", quiet_), (hour, quiet_)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("", True),
        ("2026-11-25", True),
        ("2026-11-26", False),
        ("2026-11-27", False),  # the clock was a day ahead for a moment
        ("2026-11-28", False),
        ("2026-11-29", True),  # and this is no moment any more
        ("2031-01-01", True),
    ],
)
def test_once_a_day_whatever_the_clock_does(told: str, expected: bool) -> None:
    assert unsaid(told, date(2026, 11, 26)) is expected


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


@pytest.mark.parametrize(
    ("age", "since", "away", "passes"),
    [
        (0, None, False, False),
        (1, 0, False, False),
        (2, 1, False, False),
        (3, 2, False, True),  # reminded two working days ago
        (3, None, False, False),
        (4, None, False, True),  # cannot be reminded at any hour
        (0, None, True, False),
        (1, None, True, True),  # away, and nobody stands in
    ],
)
def test_a_claim_goes_to_somebody_else(age: int, since: int | None, away: bool, passes: bool) -> None:
    assert claim_passes_on(age, since, away=away) is passes
