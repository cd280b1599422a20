"""The ages of open bills: both edges of each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from finance.ages import Age, age_of, by_age

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (-400, Age.LONG), (-31, Age.LONG), (-30, Age.MONTH), (-8, Age.MONTH), (-7, Age.WEEK), (-1, Age.WEEK),
        (0, Age.SOON), (7, Age.SOON), (8, Age.LATER), (30, Age.LATER), (31, Age.FAR), (None, Age.NEVER),
    ],
)  # fmt: skip
def test_the_edges(left: int | None, expected: Age) -> None:
    assert age_of(None if left is None else TODAY + timedelta(days=left), TODAY) is expected


def test_every_age_is_in_the_chart_and_no_bill_is_lost() -> None:
    days = [(TODAY + timedelta(days=n), 2) for n in range(-60, 60)] + [(None, 5)]
    found = dict(by_age(days, TODAY))
    assert list(found) == list(Age)
    assert sum(found.values()) == 245
