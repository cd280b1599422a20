"""Finance's morning: said once each working morning, to the channel or to people, and what each part counts down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from finance.authority import Right
from finance.calendar import VatReturn, reached, vat_return
from finance.reference import Reference, VatRate
from finance.vat import changes
from handlers import workdays
from storage import absences, companies, members, references, rights
from tests.support import office as offices
from tests.support.databases import fresh
from tests.support.office import ANNA, MIKA, TEAM, Office, working

CHANNEL = "C0TALOUS"
MORNING = "this morning"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """It begins on Monday 8 June 2026, seven in the morning."""
    made = offices.opened(fresh("sqlite", tmp_path), {MIKA: "Europe/Helsinki"})
    made.decide(result_channel=CHANNEL, channel_language="en")
    yield made
    offices.close(made)


def words(office: Office, to: str = CHANNEL) -> list[tuple[date, str]]:
    return [(at.date(), str(picture.blocks)) for user, at, picture in office.ear.heard if user == to]


def days_with(office: Office, text: str) -> list[date]:
    return [day for day, told in words(office) if text in told]


def test_each_working_morning_while_a_bill_waits(office: Office) -> None:
    office.arrive(1, MIKA, date(2026, 6, 12), date(2026, 6, 5), gross=1240)
    office.arrive(2, MIKA, date(2026, 7, 12), date(2026, 6, 5))
    office.run(24 * 14)
    days = office.days(CHANNEL, MORNING)
    assert days == working([date(2026, 6, 8) + timedelta(days=n) for n in range(14)])
    assert {at.strftime("%H:%M") for at in office.said(CHANNEL, MORNING)} == {"08:30"}
    assert days_with(office, "1 overdue") == [day for day in days if day > date(2026, 6, 12)]
    assert all("*2* bills wait (1,340.00 €)" in told and "Connected" in told for _, told in words(office))


def test_nothing_is_said_when_there_is_nothing_to_say(office: Office) -> None:
    office.run(24 * 2)
    assert words(office) == []


def test_without_a_channel_finance_hears_each_at_his_own_hour_and_nobody_away(office: Office) -> None:
    office.decide(result_channel="")
    with office.desk.store.write() as tx:
        for user in (ANNA, MIKA):
            rights.give(tx, office.company, TEAM, user, (Right.FINANCE,), "test", office.now)
        members.choose(tx, TEAM, ANNA, hour="09:30")
        gone = (date(2026, 6, 9), date(2026, 6, 10))
        absences.keep(tx, absences.Absence(office.company, TEAM, ANNA, *gone, MIKA))
    office.arrive(1, "U0OTHER", None, date(2026, 6, 5))
    office.run(24 * 4)
    assert [at.strftime("%d %H:%M") for at in office.said(ANNA, MORNING)] == ["08 09:30", "11 09:30"]
    assert [at.strftime("%d %H:%M") for at in office.said(MIKA, MORNING)] == [f"{n:02} 08:30" for n in (8, 9, 10, 11)]


def test_what_is_missed_is_said_once_and_called_late(office: Office) -> None:
    office.arrive(1, MIKA, None, date(2026, 6, 5))
    office.run(6)
    office.at[0] += timedelta(days=3)
    office.tick()
    office.run(5)
    told = words(office)
    assert [day for day, _ in told] == [date(2026, 6, 8), date(2026, 6, 11)]
    assert ["late" in text for _, text in told] == [False, True]


def test_a_slack_that_is_away_in_the_morning_hears_later_and_once(office: Office) -> None:
    office.arrive(1, MIKA, None, date(2026, 6, 5))
    office.ear.away = True
    office.run(3)
    office.ear.away = False
    office.run(21)
    assert [at.strftime("%H:%M") for at in office.said(CHANNEL, MORNING)] == ["11:00"]


def test_a_slack_that_is_away_all_day_leaves_nothing_for_the_night(office: Office) -> None:
    office.arrive(1, MIKA, None, date(2026, 6, 5))
    office.ear.away = True
    office.run(13)
    office.ear.away = False
    office.run(20)
    assert office.days(CHANNEL, MORNING) == [date(2026, 6, 9)]


def test_trouble_with_the_connection_calls(office: Office) -> None:
    with office.desk.store.write() as tx:
        companies.set_state(tx, office.company, companies.PAUSED)
    office.run(24)
    assert days_with(office, "does not accept our key") == [date(2026, 6, 8)]
    with office.desk.store.write() as tx:
        companies.set_state(tx, office.company, companies.READY)
        references.mark(tx, office.company, references.BILLS_SINCE, "2026-06-08T22:00:00+00:00")
    office.run(24)
    assert days_with(office, "has not answered since 9.6. 01:00") == [date(2026, 6, 9)]


def test_the_vat_return_is_counted_down(office: Office) -> None:
    """12 July is a Sunday: until Monday the 13th. Midsummer's eve and the company's day are free."""
    office.decide(free_days=("2026-07-09",))
    office.run(24 * 40)
    assert days_with(office, "VAT return") == [date(2026, 6, day) for day in (10, 12)] + [
        date(2026, 7, day) for day in (3, 8, 13)
    ]
    assert "of 5/2026 is due on 13.7.2026: in 5 working days" in str(words(office))
    assert "of 5/2026 is due today" in str(words(office))


def test_a_countdown_that_was_missed_is_said_once_as_it_then_stands(office: Office) -> None:
    office.run(1)
    office.at[0] = datetime(2026, 7, 9, 4, 0, tzinfo=UTC)
    office.run(24 * 2)
    assert days_with(office, "VAT return") == [date(2026, 7, 9)]
    office.at[0] = datetime(2026, 7, 14, 4, 0, tzinfo=UTC)
    office.run(24)
    assert len(days_with(office, "VAT return")) == 1  # its day is past


def test_the_month_end_board_says_what_is_left(office: Office) -> None:
    """Of June: on the 26th and the 30th, and on the third working day of July."""
    office.arrive(1, MIKA, date(2026, 8, 12), date(2026, 6, 5), gross=1240)
    office.arrive(2, MIKA, date(2026, 8, 12), date(2026, 7, 1), gross=500)
    office.run(24 * 30)
    assert days_with(office, "month 6/2026 ends") == [date(2026, 6, 26), date(2026, 6, 30)]
    assert days_with(office, "Before 6/2026 is closed") == [date(2026, 7, 3)]
    assert "without an approval: *1* bill, 1,240.00 €" in str(words(office))


def test_the_radar_sees_a_change_of_percentages_coming(tmp_path: Path) -> None:
    office = offices.opened(fresh("sqlite", tmp_path), {}, datetime(2025, 10, 20, 4, 0, tzinfo=UTC))
    office.decide(result_channel=CHANNEL, channel_language="en")
    with office.desk.store.write() as tx:
        rates = tuple(VatRate(Decimal(text)) for text in ("25.5", "14", "10"))
        references.keep(tx, office.company, Reference(1, "Yhtiö Oy", "2077474-0", office.now, vat_rates=rates))
    office.run(24 * 80)
    told = days_with(office, "13.5 % instead of 14 %")
    assert told == [date(2025, 11, 3), date(2025, 12, 2), date(2025, 12, 29), date(2026, 1, 2)]
    assert "does not have 13.5 % in use" in str(words(office))
    offices.close(office)


def test_the_known_changes() -> None:
    assert [(c.day, c.go, c.come) for c in changes()][-1] == (date(2026, 1, 1), (Decimal(14),), (Decimal("13.5"),))


def given(first: date, last: date, due: date) -> VatReturn:
    return VatReturn(first, last, due)


@pytest.mark.parametrize(
    ("today", "period", "expected"),
    [
        (date(2026, 7, 13), "month", given(date(2026, 5, 1), date(2026, 5, 1), date(2026, 7, 12))),
        (date(2026, 1, 30), "month", given(date(2025, 11, 1), date(2025, 11, 1), date(2026, 1, 12))),
        (date(2026, 2, 1), "month", given(date(2025, 12, 1), date(2025, 12, 1), date(2026, 2, 12))),
        (date(2026, 5, 4), "quarter", given(date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 12))),
        (date(2026, 2, 4), "quarter", given(date(2025, 10, 1), date(2025, 12, 1), date(2026, 2, 12))),
        (date(2026, 6, 4), "quarter", None),
        (date(2028, 2, 4), "year", given(date(2027, 1, 1), date(2027, 12, 1), date(2028, 2, 29))),
        (date(2027, 3, 1), "year", None),
        (date(2026, 2, 4), "none", None),
    ],
)
def test_which_vat_return_is_due(today: date, period: str, expected: VatReturn | None) -> None:
    assert vat_return(today, period) == expected


def test_a_year_s_vat_return_is_counted_down_into_march(tmp_path: Path) -> None:
    """28 February 2027 is a Sunday: it is due on the Monday, and said five and two working days before, and then."""
    office = offices.opened(fresh("sqlite", tmp_path), {MIKA: "Europe/Helsinki"}, datetime(2027, 2, 1, tzinfo=UTC))
    office.decide(result_channel=CHANNEL, channel_language="en", vat_period="year")
    office.run(24 * 40)
    assert days_with(office, "VAT return of 2026") == [date(2027, 2, 22), date(2027, 2, 25), date(2027, 3, 1)]
    assert days_with(office, "VAT return of 12/2026") == []
    offices.close(office)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 7, 12), date(2026, 7, 13)),  # a Sunday
        (date(2026, 6, 12), date(2026, 6, 12)),
        (date(2026, 12, 6), date(2026, 12, 7)),  # a holiday on a Sunday
        (date(2026, 6, 19), date(2026, 6, 22)),  # Midsummer's eve
        (date(2026, 12, 24), date(2026, 12, 28)),
    ],
)
def test_a_deadline_on_a_holiday_moves_on(day: date, expected: date) -> None:
    assert workdays.deadline(day) == expected


@pytest.mark.parametrize(
    ("marks", "since", "today", "expected"),
    [
        ((10,), 9, 10, True),
        ((10,), 10, 11, False),
        ((10,), 5, 12, True),
        ((10,), 5, 9, False),
        ((3, 6, 8), 2, 9, True),
        ((), 2, 9, False),
    ],
)
def test_a_day_that_is_reached(marks: tuple[int, ...], since: int, today: int, expected: bool) -> None:
    there = [date(2026, 6, mark) for mark in marks]
    assert reached(there, date(2026, 6, since), date(2026, 6, today)) is expected
