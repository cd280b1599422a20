"""What is filled into the forms of a claim: as it is kept, and what is said at which field where it does not fit."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from finance.allowance_rates import Vehicle
from finance.capture import CostType, Journey, Row, Wrong
from finance.reference import CurrencyRate
from handlers import claim_fields, papers

TODAY = date(2026, 11, 26)
COST = {"gross": "12,40", "day": "2026-05-03", "percent": "13.5", "supplier": "R-kioski"}
TRIP = {
    "route": "Helsinki – Tampere", "purpose": "Workshop", "per_diem": "yes",
    "start_day": "2026-05-04", "start_time": "08:00", "end_day": "2026-05-05", "end_time": "19:00",
}  # fmt: skip
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture(autouse=True)
def fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Procountor's newest rates, of which there is one."""
    known = SimpleNamespace(rates=(CurrencyRate("SEK", Decimal("11.20")),))
    monkeypatch.setattr(papers, "kept_reference", lambda desk, company: known)


def here(**values: str) -> Any:
    return SimpleNamespace(
        said=SimpleNamespace(values=values), say=SimpleNamespace(zone="Europe/Helsinki"), desk=None, company=None
    )


def cost(**changed: str) -> tuple[Row | None, dict[str, Wrong]]:
    return claim_fields.row(here(**{**COST, **changed}), 3, TODAY)


def trip(before: Journey | None = None, **changed: str) -> tuple[Journey | None, dict[str, Wrong]]:
    return claim_fields.journey(here(**{**TRIP, **changed}), before)


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"gross": "twelve", "day": "", "percent": ""}, {"gross", "day", "percent"}),
        ({"gross": "twelve"}, {"gross": Wrong.NUMBER}),
        ({"gross": "0"}, {"gross": Wrong.AMOUNT}),
        ({"gross": "-5"}, {"gross": Wrong.AMOUNT}),
        ({"gross": "1000000"}, {"gross": Wrong.AMOUNT}),
        ({"gross": "12,405"}, {"gross": Wrong.CENTS}),
        ({"day": "3.5.2026"}, {"day": Wrong.TIME}),
        ({"day": "2026-11-27"}, {"day": Wrong.FUTURE}),
        ({"percent": "14"}, {"percent": Wrong.PERCENT}),
        ({"supplier": "  "}, {"supplier": Wrong.MISSING}),
        ({"claim.currency": "SEK", "rate": "eleven"}, {"rate": Wrong.NUMBER}),
        ({"claim.currency": "SEK", "rate": "0"}, {"rate": Wrong.RATE}),
        ({"claim.currency": "SEK", "rate": "1"}, {"rate": Wrong.RATE}),
        ({"claim.currency": "NOK"}, {"rate": Wrong.RATE}),
        ({"claim.currency": "XXQ", "rate": "2"}, {"currency": Wrong.CURRENCY}),
    ],
)
def test_a_cost_that_does_not_fit_is_told_at_its_field(
    changed: dict[str, str], faults: set[str] | dict[str, Wrong]
) -> None:
    row, found = cost(**changed)
    assert row is None
    assert found == faults if isinstance(faults, dict) else found.keys() == faults


@pytest.mark.parametrize(
    ("changed", "rate", "euros"),
    [
        ({}, "1", "12.40"),
        ({"claim.currency": "", "rate": "7"}, "1", "12.40"),  # a rate left behind from another currency
        ({"claim.currency": "SEK"}, "11.20", "1.11"),
        ({"claim.currency": "SEK", "rate": "12,4"}, "12.4", "1.00"),
        ({"claim.currency": "NOK", "rate": "10"}, "10", "1.24"),
    ],
)
def test_an_amount_in_another_currency_goes_by_the_rate_typed_or_by_procountors(
    changed: dict[str, str], rate: str, euros: str
) -> None:
    row, faults = cost(**changed)
    assert faults == {}
    assert row is not None
    assert (row.id, row.rate, row.amount) == (3, Decimal(rate), Decimal(euros))


def test_before_the_rates_are_fetched_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(papers, "kept_reference", none)
    assert cost(**{"claim.currency": "SEK"}) == (None, {"rate": Wrong.RATE})


def test_a_cost_is_kept_as_it_was_filled_in() -> None:
    row, _ = cost(type="hotel", what=" Two nights ", **{"claim.project": "P-1001"}, payment="own")
    wanted = Row(3, date(2026, 5, 3), Decimal("12.40"), type=CostType.HOTEL, supplier="R-kioski", project="P-1001",
                 description="Two nights", vat_percent=Decimal("13.5"), payment="own")  # fmt: skip
    assert row == wanted
    plain, _ = cost()
    assert plain is not None
    assert plain.type is CostType.OTHER


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"route": "", "purpose": " "}, {"route": Wrong.MISSING, "purpose": Wrong.MISSING}),
        ({"start_day": ""}, {"start_time": Wrong.TIME}),
        ({"end_time": "25:00"}, {"end_time": Wrong.TIME}),
        ({"start_day": "0202-05-04"}, {"start_time": Wrong.TIME}),
        ({"start_day": "2026-03-29", "start_time": "03:30"}, {"start_time": Wrong.SKIPPED}),
        ({"end_day": "2026-05-04", "end_time": "08:00"}, {"end_day": Wrong.ENDS}),
        ({"end_day": "2026-05-03"}, {"end_day": Wrong.ENDS}),
        ({"end_day": "2026-07-06"}, {"end_day": Wrong.LONG}),
        ({"km": "far"}, {"km": Wrong.KILOMETRES}),
        ({"km": "-1"}, {"km": Wrong.KILOMETRES}),
        ({"km": "100000"}, {"km": Wrong.KILOMETRES}),
        ({"passengers": "1.5"}, {"passengers": Wrong.WHOLE}),
        ({"passengers": "٣"}, {"passengers": Wrong.WHOLE}),
        ({"passengers": "-1"}, {"passengers": Wrong.WHOLE}),
    ],
)
def test_a_trip_that_does_not_fit_is_told_at_its_field(changed: dict[str, str], faults: dict[str, Wrong]) -> None:
    assert trip(**changed) == (None, faults)


def test_a_trip_is_kept_where_and_when_it_was_and_its_days_stay() -> None:
    first, faults = trip(km="42,5", passengers="1", trailer="yes", vehicle="motorcycle")
    assert faults == {}
    assert first is not None
    assert first.start == datetime(2026, 5, 4, 8, tzinfo=HELSINKI)
    assert (first.km, first.passengers, first.trailer) == (Decimal("42.5"), 1, True)
    assert (first.vehicle, first.countries, first.per_diem) == (Vehicle.MOTORCYCLE, ("FI",), True)
    changes, faults = claim_fields.days(here(**{"claim.country.1": "SE", "claim.country.2": "KE", "meals_1": "2",
                                                "rate_KE": "66", "source_KE": "vero.fi", "own": "1"}), 2)  # fmt: skip
    assert faults == {}
    assert changes == {
        "countries": ("SE", "KE"), "meals": (2, 0), "own_meals": 1, "looked_up": {"KE": Decimal(66)},
        "sources": {"KE": "vero.fi"},
    }  # fmt: skip
    again, _ = trip(Journey("x", "y", first.start, first.end, **changes), per_diem="")
    assert again is not None
    assert (again.countries, again.meals, again.looked_up) == (("SE", "KE"), (2, 0), {"KE": Decimal(66)})
    assert (again.km, again.passengers, again.per_diem) == (Decimal(0), 0, False)


@pytest.mark.parametrize(
    ("filled", "faults"),
    [
        ({"claim.country.1": "FI"}, {"country_2": Wrong.COUNTRY}),
        ({"claim.country.1": "FI", "claim.country.2": "QQ"}, {"country_2": Wrong.COUNTRY}),
        ({"rate_KE": "much", "source_KE": "vero.fi"}, {"rate_KE": Wrong.NUMBER}),
        ({"rate_KE": "0", "source_KE": "vero.fi"}, {"rate_KE": Wrong.ALLOWANCE}),
        ({"rate_KE": "1000", "source_KE": "vero.fi"}, {"rate_KE": Wrong.ALLOWANCE}),
        ({"rate_KE": "66", "source_KE": " "}, {"source_KE": Wrong.SOURCE}),
    ],
)
def test_what_does_not_fit_of_a_travel_day_is_told_at_its_field(
    filled: dict[str, str], faults: dict[str, Wrong]
) -> None:
    given = filled if "claim.country.1" in filled else {"claim.country.1": "FI", "claim.country.2": "KE", **filled}
    assert claim_fields.days(here(**given), 2)[1] == faults
