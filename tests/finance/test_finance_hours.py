"""Times of day as people type them, and what is within quiet hours."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.hours import Quiet, clock, plannable, quiet


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8", time(8)),
        ("08:30", time(8, 30)),
        (" 8.30 ", time(8, 30)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
        ("24:00", None),
        ("8:60", None),
        ("8:3", None),
        ("-1", None),
        ("8:30:00", None),
        ("٨", None),
        ("kahdeksan", None),
        ("", None),
    ],
)
def test_a_time_of_day(text: str, expected: time | None) -> None:
    assert clock(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18:00-07:30", "18:00-07:30"),
        ("18-7.30", "18:00-07:30"),
        ("18.00 – 7", "18:00-07:00"),
        ("12..13", "12:00-13:00"),
        ("18:00", ""),
        ("18:00-", ""),
        ("18:00-18.00", ""),
        ("25-7", ""),
        ("18:00-07:30-08:00", ""),
        ("off", ""),
    ],
)
def test_a_span(text: str, expected: str) -> None:
    assert str(quiet(text) or "") == expected


@pytest.mark.parametrize(
    ("span", "at", "held"),
    [
        ("18:00-07:30", time(18), True),
        ("18:00-07:30", time(17, 59), False),
        ("18:00-07:30", time(0), True),
        ("18:00-07:30", time(7, 29), True),
        ("18:00-07:30", time(7, 30), False),
        ("12:00-13:00", time(12, 30), True),
        ("12:00-13:00", time(13), False),
        ("12:00-13:00", time(23), False),
    ],
)
def test_what_is_quiet(span: str, at: time, held: bool) -> None:
    found = quiet(span)
    assert found is not None
    assert found.holds(at) == held


@given(st.times(), st.times(), st.times())
def test_it_is_quiet_in_a_span_or_in_the_one_the_other_way_round(start: time, end: time, at: time) -> None:
    if start != end:
        assert Quiet(start, end).holds(at) != Quiet(end, start).holds(at)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    found = quiet(text)
    assert found is None or quiet(str(found)) == found


@pytest.mark.parametrize(("at", "fits"), [(time(2, 59), True), (time(3), False), (time(3, 59), False), (time(4), True)])
def test_nothing_is_planned_for_the_hour_that_changes(at: time, fits: bool) -> None:
    assert plannable(at) == fits
