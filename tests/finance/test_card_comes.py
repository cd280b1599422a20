"""When a bill's card comes of itself: by what its reader has chosen, never in his quiet hours, never too late."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from finance.company import Choices
from finance.reminding import Way, card_comes
from handlers import workdays

HELSINKI = ZoneInfo("Europe/Helsinki")
FAR = date(2026, 12, 31)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def comes(now: str, due: date | None, **way: str) -> datetime | None:
    found = Way(**{"fallback": "08:30", **way})
    return card_comes(at(now), due, found, lambda day: workdays.is_workday(day, Choices()))


TABLE = [
    # (now, due, way, when)
    ("2026-11-26T14:00", FAR, {}, "2026-11-26T14:00"),
    ("2026-11-28T23:00", FAR, {"notify": "instant"}, "2026-11-28T23:00"),  # a Saturday night, and nothing was chosen
    ("2026-11-26T14:00", FAR, {"notify": "off"}, None),
    ("2026-11-26T14:00", date(2026, 11, 26), {"notify": "off"}, None),
    # in the quiet hours
    ("2026-11-26T19:00", FAR, {"quiet": "18:00-07:30"}, "2026-11-27T07:30"),
    ("2026-11-27T03:00", FAR, {"quiet": "18:00-07:30"}, "2026-11-27T07:30"),
    ("2026-11-26T12:10", FAR, {"quiet": "12:00-13:00"}, "2026-11-26T13:00"),
    ("2026-11-26T19:00", date(2026, 11, 26), {"quiet": "18:00-07:30"}, "2026-11-27T07:30"),
    # together with the digest
    ("2026-11-26T07:00", FAR, {"notify": "digest"}, "2026-11-26T08:30"),
    ("2026-11-26T08:30", FAR, {"notify": "digest"}, "2026-11-26T08:30"),
    ("2026-11-26T14:00", FAR, {"notify": "digest"}, "2026-11-27T08:30"),
    ("2026-11-26T14:00", None, {"notify": "digest", "hour": "10:15"}, "2026-11-27T10:15"),
    ("2026-11-27T14:00", FAR, {"notify": "digest"}, "2026-11-30T08:30"),  # over a weekend
    ("2026-06-18T14:00", FAR, {"notify": "digest"}, "2026-06-22T08:30"),  # over Midsummer
    ("2026-12-04T14:00", FAR, {"notify": "digest"}, "2026-12-07T08:30"),  # 6 December is a Sunday
    ("2026-11-26T07:00", FAR, {"notify": "digest", "quiet": "18:00-09:00"}, "2026-11-26T09:00"),
    # the due date would be missed
    ("2026-11-26T14:00", date(2026, 11, 26), {"notify": "digest"}, "2026-11-26T14:00"),
    ("2026-11-27T14:00", date(2026, 11, 29), {"notify": "digest"}, "2026-11-27T14:00"),
    ("2026-11-26T14:00", date(2026, 11, 27), {"notify": "digest"}, "2026-11-27T08:30"),  # there is a morning left
    ("2026-11-26T14:00", date(2026, 11, 20), {"notify": "digest"}, "2026-11-27T08:30"),  # it has been missed
    ("2026-11-26T19:00", date(2026, 11, 26), {"notify": "digest", "quiet": "18:00-07:30"}, "2026-11-27T08:30"),
]


@pytest.mark.parametrize(("now", "due", "way", "when"), TABLE)
def test_when_a_card_comes(now: str, due: date | None, way: dict[str, str], when: str | None) -> None:
    assert comes(now, due, **way) == (None if when is None else at(when))


def test_the_night_in_which_the_clocks_change_makes_no_other_hour() -> None:
    for night in ("2026-03-28T23:00", "2026-10-24T23:00"):
        found = comes(night, FAR, quiet="22:00-07:00")
        assert found is not None
        assert (found.hour, found.date()) == (7, date.fromisoformat(night[:8] + str(int(night[8:10]) + 1)))
