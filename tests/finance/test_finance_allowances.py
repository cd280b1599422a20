"""Travel allowances as tables of cases for 2024, 2025 and 2026, and what always holds."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance import allowances as a
from finance.allowance_rates import ABROAD, Vehicle

HELSINKI = ZoneInfo("Europe/Helsinki")


def at(text: str, zone: str = "Europe/Helsinki") -> datetime:
    found = a.moment(datetime.fromisoformat(text), zone)
    assert isinstance(found, datetime)
    return found


def trip(start: str, hours: float) -> tuple[a.TravelDay, ...]:
    begun = at(start)
    return a.travel_days(begun, (begun.astimezone(UTC) + timedelta(hours=hours)).astimezone(HELSINKI))


def amounts(found: tuple[a.Allowance, ...]) -> list[str]:
    return [f"{one.amount}" for one in found]


HOME_CASES = [
    # hours, (2024), (2025), (2026)
    (6.0, ["0.00"], ["0.00"], ["0.00"]),
    (6.02, ["24.00"], ["24.00"], ["25.00"]),
    (10.0, ["24.00"], ["24.00"], ["25.00"]),
    (10.02, ["51.00"], ["53.00"], ["54.00"]),
    (24.0, ["51.00"], ["53.00"], ["54.00"]),
    (25.98, ["51.00", "0.00"], ["53.00", "0.00"], ["54.00", "0.00"]),
    (26.0, ["51.00", "24.00"], ["53.00", "24.00"], ["54.00", "25.00"]),
    (30.0, ["51.00", "24.00"], ["53.00", "24.00"], ["54.00", "25.00"]),
    (30.02, ["51.00"] * 2, ["53.00"] * 2, ["54.00"] * 2),
    (56.0, ["51.00"] * 3, ["53.00"] * 3, ["54.00"] * 3),
]


@pytest.mark.parametrize(("hours", "y2024", "y2025", "y2026"), HOME_CASES)
def test_a_trip_at_home(hours: float, y2024: list[str], y2025: list[str], y2026: list[str]) -> None:
    for year, wanted in ((2024, y2024), (2025, y2025), (2026, y2026)):
        assert amounts(a.per_diems(trip(f"{year}-05-04T08:00", hours), ["FI"])) == wanted, year


ABROAD_CASES = [
    # hours, where each day ended, meals, 2026
    (9.98, ["SE"], [], ["25.00"]),  # under ten hours: as at home
    (10.0, ["SE"], [], ["70.00"]),
    (24.0, ["SE"], [], ["70.00"]),
    (25.0, ["SE"], [], ["70.00", "0.00"]),
    (26.0, ["SE"], [], ["70.00", "35.00"]),
    (34.0, ["SE"], [], ["70.00", "35.00"]),
    (34.02, ["SE"], [], ["70.00", "70.00"]),
    (50.0, ["DE", "FI"], [], ["78.00", "54.00", "25.00"]),  # back in Finland: the rest goes by its rules
    (72.0, ["EE", "US", "GB"], [], ["82.00", "86.00", "84.00"]),
    (48.0, ["SE"], [2, 1], ["35.00", "70.00"]),
    (30.0, ["SE"], [0, 2], ["70.00", "17.50"]),
]


@pytest.mark.parametrize(("hours", "countries", "meals", "wanted"), ABROAD_CASES)
def test_a_trip_abroad(hours: float, countries: list[str], meals: list[int], wanted: list[str]) -> None:
    assert amounts(a.per_diems(trip("2026-05-04T08:00", hours), countries, meals)) == wanted


MEAL_CASES = [
    # hours, free meals, (2024), (2025), (2026)
    (12.0, 0, "51.00", "53.00", "54.00"), (12.0, 1, "51.00", "53.00", "54.00"), (12.0, 2, "25.50", "26.50", "27.00"),
    (12.0, 3, "25.50", "26.50", "27.00"), (8.0, 0, "24.00", "24.00", "25.00"), (8.0, 1, "12.00", "12.00", "12.50"),
    (8.0, 2, "12.00", "12.00", "12.50"), (5.0, 2, "0.00", "0.00", "0.00"),
]  # fmt: skip


@pytest.mark.parametrize(("hours", "meals", "y2024", "y2025", "y2026"), MEAL_CASES)
def test_free_meals_halve(hours: float, meals: int, y2024: str, y2025: str, y2026: str) -> None:
    for year, wanted in ((2024, y2024), (2025, y2025), (2026, y2026)):
        (found,) = a.per_diems(trip(f"{year}-05-04T08:00", hours), ["FI"], [meals])
        assert f"{found.amount}" == wanted, year


@pytest.mark.parametrize(("year", "partial"), [(2024, "24.00"), (2025, "24.00")])
def test_abroad_in_a_year_whose_countries_are_not_known_waits_for_a_person(year: int, partial: str) -> None:
    """Each row as of 2026, with what somebody has looked up in the place of the table."""
    for hours, wanted in ((9.98, [partial]), (10.0, ["60.00"]), (26.0, ["60.00", "30.00"]), (34.02, ["60.00"] * 2)):
        days = trip(f"{year}-05-04T08:00", hours)
        assert amounts(a.per_diems(days, ["SE"], given={"SE": Decimal(60)})) == wanted
        asked = [one.amount is None for one in a.per_diems(days, ["SE"])]
        assert asked == [hours >= 10] * len(days)
    assert amounts(a.per_diems(trip(f"{year}-05-04T08:00", 12), ["SE"], [2], {"SE": Decimal(60)})) == ["30.00"]


def test_a_country_or_a_year_that_is_not_known_is_said_and_not_guessed() -> None:
    days = trip("2026-05-04T08:00", 26)
    assert [one.amount for one in a.per_diems(days, ["KE"])] == [None, None]
    assert amounts(a.per_diems(days, ["KE"], given={"KE": Decimal(66)})) == ["66.00", "33.00"]
    assert a.per_diems(trip("2025-05-04T08:00", 12), ["SE"])[0].amount is None
    assert a.per_diems(trip("2031-05-04T08:00", 12), ["FI"])[0].amount is None
    assert a.meal_money(trip("2031-05-04T08:00", 5)[0], 1) is None


def test_what_a_person_looked_up_never_stands_over_what_is_known() -> None:
    assert amounts(a.per_diems(trip("2026-05-04T08:00", 12), ["SE"], given={"SE": Decimal(99)})) == ["70.00"]


NIGHTS = [
    # the clock goes forward on the last Sunday of March at three, back on that of October at four
    ("2024-03-30T20:00", "2024-03-31T07:00", 10.0, "24.00"),
    ("2024-03-30T20:00", "2024-03-31T07:01", 10 + 1 / 60, "51.00"),
    ("2024-10-26T20:00", "2024-10-27T05:00", 10.0, "24.00"),
    ("2024-10-26T20:00", "2024-10-27T05:01", 10 + 1 / 60, "51.00"),
    ("2025-03-29T20:00", "2025-03-30T07:00", 10.0, "24.00"),
    ("2025-03-29T20:00", "2025-03-30T07:01", 10 + 1 / 60, "53.00"),
    ("2025-10-25T20:00", "2025-10-26T05:00", 10.0, "24.00"),
    ("2025-10-25T20:00", "2025-10-26T05:01", 10 + 1 / 60, "53.00"),
    ("2026-03-28T20:00", "2026-03-29T07:00", 10.0, "25.00"),
    ("2026-03-28T20:00", "2026-03-29T07:01", 10 + 1 / 60, "54.00"),
    ("2026-10-24T20:00", "2026-10-25T05:00", 10.0, "25.00"),
    ("2026-10-24T20:00", "2026-10-25T05:01", 10 + 1 / 60, "54.00"),
]


@pytest.mark.parametrize(("start", "end", "hours", "wanted"), NIGHTS)
def test_hours_are_those_that_passed_on_the_nights_the_clocks_turn(
    start: str, end: str, hours: float, wanted: str
) -> None:
    (day,) = a.travel_days(at(start), at(end))
    assert day.length.total_seconds() / 3600 == pytest.approx(hours)
    assert f"{a.per_diems([day], ['FI'])[0].amount}" == wanted


def test_a_whole_day_over_such_a_night_ends_an_hour_off_by_the_clock() -> None:
    first, second = a.travel_days(at("2026-03-28T12:00"), at("2026-03-29T15:00"))
    assert first.end == at("2026-03-29T13:00")
    assert second.length == timedelta(hours=2)
    assert amounts(a.per_diems([first, second], ["FI"])) == ["54.00", "25.00"]


def test_a_time_that_never_was_is_told_and_one_that_came_twice_makes_the_trip_shorter() -> None:
    assert a.moment(datetime(2026, 3, 29, 3, 30), "Europe/Helsinki") is a.Moment.SKIPPED
    start = a.moment(datetime(2026, 10, 25, 3, 30), "Europe/Helsinki")
    end = a.moment(datetime(2026, 10, 25, 3, 30), "Europe/Helsinki", ends=True)
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    assert start.astimezone(UTC) - end.astimezone(UTC) == timedelta(hours=1)


def test_hours_are_counted_over_time_zones() -> None:
    """Out of Helsinki at eight, home from New York's clock: nine hours there are sixteen."""
    (day,) = a.travel_days(at("2026-05-04T08:00"), at("2026-05-04T17:00", "America/New_York"))
    assert day.length == timedelta(hours=16)


def test_the_year_the_day_began_decides_by_the_calendar_in_finland() -> None:
    assert amounts(a.per_diems(trip("2025-12-31T08:00", 48), ["FI"])) == ["53.00", "54.00"]
    (day,) = a.travel_days(at("2025-12-31T23:30", "Europe/London"), at("2026-01-01T12:00", "Europe/London"))
    assert day.year == 2026


DRIVES = [
    (2024, "100", 0, False, Vehicle.CAR, "57.00"),
    (2025, "100", 0, False, Vehicle.CAR, "59.00"),
    (2026, "100", 0, False, Vehicle.CAR, "55.00"),
    (2026, "100", 2, False, Vehicle.CAR, "63.00"),
    (2024, "100", 1, True, Vehicle.CAR, "71.00"),
    (2026, "100", 1, True, Vehicle.CAR, "68.00"),
    (2024, "100", 2, False, Vehicle.CAR, "65.00"),
    (2025, "100", 2, False, Vehicle.CAR, "67.00"),
    (2024, "10.1", 0, False, Vehicle.CAR, "5.76"),  # 5.757
    (2025, "10.1", 0, False, Vehicle.CAR, "5.96"),  # 5.959
    (2026, "10.1", 0, False, Vehicle.CAR, "5.56"),  # 5.555
    (2024, "100", 0, False, Vehicle.MOTORCYCLE, "44.00"),
    (2026, "100", 0, False, Vehicle.MOTORCYCLE, "42.00"),
    (2025, "100", 0, False, Vehicle.MOTORCYCLE, "None"),
    (2025, "100", 0, True, Vehicle.CAR, "None"),
    (2023, "100", 0, False, Vehicle.CAR, "None"),
]


@pytest.mark.parametrize(("year", "km", "passengers", "trailer", "vehicle", "wanted"), DRIVES)
def test_kilometres(year: int, km: str, passengers: int, trailer: bool, vehicle: Vehicle, wanted: str) -> None:
    found = [one.amount for one in a.mileage(a.Drive(Decimal(km), passengers, trailer, vehicle), year)]
    known = [amount for amount in found if amount is not None]
    assert str(sum(known, Decimal(0)) if len(known) == len(found) else None) == wanted


@pytest.mark.parametrize(("year", "one", "two"), [(2024, "12.75", "25.50"), (2025, "13.25", "26.50"),
                                                  (2026, "13.50", "27.00")])  # fmt: skip
def test_meal_money(year: int, one: str, two: str) -> None:
    (day,) = trip(f"{year}-05-04T08:00", 5)
    assert [f"{a.meal_money(day, n)}" for n in (0, 1, 2, 3)] == ["0", one, two, two]


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 30), timezones=st.just(UTC))


@given(MOMENTS, st.integers(1, 20 * 24 * 60), st.sampled_from(["FI", *ABROAD[2026]]))
def test_travel_days_are_the_trip_without_gap_or_overlap(start: datetime, minutes: int, country: str) -> None:
    end = start + timedelta(minutes=minutes)
    days = a.travel_days(start.astimezone(HELSINKI), end.astimezone(HELSINKI))
    assert sum((day.length for day in days), timedelta()) == end - start
    assert all(day.whole for day in days[:-1])
    assert all(one.end.astimezone(UTC) == two.start.astimezone(UTC) for one, two in itertools.pairwise(days))
    for found in a.per_diems(days, [country]):
        assert found.amount is None or Decimal(0) <= found.amount <= max(ABROAD[2026].values())


@given(MOMENTS, st.integers(1, 10 * 24 * 60), st.integers(1, 600))
def test_a_longer_trip_never_gives_less(start: datetime, minutes: int, more: int) -> None:
    def total(length: int) -> Decimal:
        days = a.travel_days(start, start + timedelta(minutes=length))
        return sum((one.amount or Decimal(0) for one in a.per_diems(days, ["FI"])), Decimal(0))

    assert total(minutes) <= total(minutes + more)
