"""The digest of waiting bills under a clock set by hand: on working days, at one’s hour, to nobody away, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from finance.authority import Right
from storage import absences, captures, cards, members, rights
from tests.support import office as offices
from tests.support.databases import fresh
from tests.support.office import MIKA, SAM, TEAM, ZONES, Office, working

JUNE = date(2026, 6, 5)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = offices.opened(fresh("sqlite", tmp_path), ZONES)
    yield made
    offices.close(made)


def expected(first: date, last: date, away: tuple[date, date] | None = None) -> list[date]:
    """The days on which one old bill without a due date is told of: the first, then once a week of working days."""
    days = working([first + timedelta(days=n) for n in range((last - first).days + 1)])
    told, missed = [], False
    for age, day in enumerate(days, start=1):
        missed |= age == 1 or age % 5 == 0
        if missed and not (away and away[0] <= day <= away[1]):
            told.append(day)
            missed = False
    return told


def test_on_working_days_at_the_readers_own_hour(office: Office) -> None:
    """From June to January: Midsummer, 6 December on a Sunday, Christmas, the night the clocks change."""
    for n, user in enumerate(ZONES):
        office.arrive(n + 1, user, None, JUNE)
    office.run(24 * 210)
    for user, zone in ZONES.items():
        last = office.now.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
        assert [day for day in office.days(user) if day <= last] == expected(date(2026, 6, 9), last)
        assert {at.strftime("%H:%M") for at in office.said(user)} == {"08:30"}


def test_daily_while_there_is_something_to_be_saved(office: Office) -> None:
    """Due on Friday the 26th: Midsummer's eve lies before it. Three working days ahead, the day, three days after."""
    office.arrive(1, MIKA, date(2026, 6, 26), JUNE)
    with office.desk.store.write() as tx:
        cards.change(tx, office.company, 1, TEAM, MIKA, stage=2)
    office.run(24 * 35)
    june = [date(2026, 6, day) for day in (9, 15, 23, 24, 25, 26, 29, 30)]
    assert [day for day in office.days(MIKA) if day.month == 6] == june
    assert [day for day in office.days(MIKA) if day.month == 7] == [
        date(2026, 7, 1),
        date(2026, 7, 3),
        date(2026, 7, 10),
    ]


def test_a_cash_discount_is_told_of_before_it_lapses(office: Office) -> None:
    """Until the 15th (a Monday): told on Friday and on Monday, with the day and the percent."""
    office.arrive(1, MIKA, date(2026, 7, 20), JUNE, cash_discounts=((10, Decimal(2)),))
    office.run(24 * 8)
    assert office.days(MIKA) == [date(2026, 6, 9), date(2026, 6, 12), date(2026, 6, 15)]
    words = [str(picture.blocks) for to, _, picture in office.ear.heard if to == MIKA]
    assert ["2 % only until 15.6.2026" in text for text in words] == [False, True, True]


def test_nobody_who_is_away_is_reminded_and_he_hears_on_his_first_day(office: Office) -> None:
    office.arrive(1, MIKA, None, JUNE)
    gone = (date(2026, 7, 6), date(2026, 7, 31))
    with office.desk.store.write() as tx:
        absences.keep(tx, absences.Absence(office.company, TEAM, MIKA, *gone, SAM))
    office.run(24 * 70)
    last = office.now.date() - timedelta(days=1)
    told = [day for day in office.days(MIKA) if day <= last]
    assert told == expected(date(2026, 6, 9), last, gone)
    assert date(2026, 8, 3) in told


def test_claims_are_in_the_same_digest_and_a_claim_alone_is_worth_one(office: Office) -> None:
    """On its first working day, then once a week; not to its claimant, and not once it is settled."""
    office.claim(MIKA, SAM, cost=50)
    office.run(24 * 9)
    days = working([date(2026, 6, 9) + timedelta(days=n) for n in range(8)])
    assert office.days(MIKA, "claim waits for you") == [days[0], days[4]]
    assert office.days(SAM, "") == []
    office.arrive(1, MIKA, None, office.now.date())
    office.run(24 * 2)
    (told,) = [picture for to, _, picture in office.ear.heard if to == MIKA and "1 bill and 1 claim" in picture.text]
    assert "50.00 €" in str(told.blocks)
    with office.desk.store.write() as tx:
        (one,) = captures.on_desk(tx, office.company, TEAM, MIKA)
        captures.settle(tx, one, captures.APPROVED, "test", "", office.now)
        cards.settle(tx, office.company, 1)
    before = len(office.ear.heard)
    office.run(24 * 14)
    assert len(office.ear.heard) == before


@pytest.mark.parametrize("notify", ["off", "digest", ""])
def test_one_may_have_none(office: Office, notify: str) -> None:
    office.arrive(1, MIKA, None, JUNE)
    with office.desk.store.write() as tx:
        members.choose(tx, TEAM, MIKA, notify=notify)
    office.run(24 * 5)
    assert bool(office.days(MIKA)) == (notify != "off")


def test_a_snoozed_bill_is_silent_and_a_settled_one_too(office: Office) -> None:
    office.arrive(1, MIKA, None, JUNE)
    office.arrive(2, SAM, None, JUNE)
    with office.desk.store.write() as tx:
        until = office.now + timedelta(days=30)
        cards.change(tx, office.company, 1, TEAM, MIKA, snoozed_until=until)
        cards.settle(tx, office.company, 2)
    office.run(24 * 20)
    assert (office.days(MIKA), office.days(SAM)) == ([], [])
    office.run(24 * 14)
    assert office.days(MIKA)[0] == date(2026, 7, 8)


def test_silence_brings_the_bill_to_somebody_else_once_and_by_day(office: Office) -> None:
    office.arrive(1, MIKA, date(2026, 7, 31), JUNE)
    with office.desk.store.write() as tx:
        rights.give(tx, office.company, TEAM, SAM, (Right.RECEIVE, Right.FINANCE), "test", office.now)
    office.run(24 * 10)
    with office.desk.store.read() as tx:
        found = cards.all(tx, office.company, 1)
    there = {card.user: card for card in found}
    assert there[SAM].why[:10] == "escalated:"
    assert there[SAM].dealt_at == datetime(2026, 6, 11, 5, 30, tzinfo=UTC)
    assert len(found) == 2


def test_silence_goes_to_nobody_who_is_away_but_to_the_one_who_stands_in(office: Office) -> None:
    office.arrive(1, MIKA, date(2026, 7, 31), JUNE)
    with office.desk.store.write() as tx:
        rights.give(tx, office.company, TEAM, SAM, (Right.RECEIVE, Right.FINANCE), "test", office.now)
        gone = (date(2026, 6, 1), date(2026, 6, 30))
        absences.keep(tx, absences.Absence(office.company, TEAM, SAM, *gone, "U0STANDIN"))
    office.run(24 * 10)
    with office.desk.store.read() as tx:
        assert {card.user for card in cards.all(tx, office.company, 1)} == {MIKA, "U0STANDIN"}
