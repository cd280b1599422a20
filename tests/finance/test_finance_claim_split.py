"""A claim split by whose money it was: nothing lost, nothing doubled, the same number for the same part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.canonical import content_hash, dump, load
from finance.claim import Claim, ClaimKind, Cost, Habits, Part, Trip, paid_by, split
from finance.lists import COMPANY, OWN

TYPES = {"Oma raha": OWN, "Yrityskortti": COMPANY, "Visa": COMPANY}
MAY = date(2026, 5, 12)

COSTS = st.builds(
    Cost,
    day=st.integers(0, 6).map(lambda days: MAY + timedelta(days=days)),
    gross=st.decimals("-9999.99", "9999.99", places=2),
    payment_type=st.sampled_from(("Oma raha", "yrityskortti", " VISA ", "Puhelin", "")),
    paid_by=st.sampled_from(("", "", OWN, COMPANY)),
    currency=st.sampled_from(("EUR", "SEK")),
    rate=st.decimals("0.5", "20", places=4),
)
CLAIMS = st.lists(COSTS, min_size=1, max_size=12).map(lambda costs: Claim("K12", MAY, costs=tuple(costs)))
HABITS = st.builds(Habits, per_receipt=st.booleans(), per_date=st.booleans())


@given(CLAIMS, HABITS)
def test_every_cost_stands_in_exactly_one_document_and_the_sums_agree(claim: Claim, habits: Habits) -> None:
    parts = split(claim, TYPES, habits)
    assert sorted(place for part in parts for place in part.places) == list(range(len(claim.costs)))
    assert sum((part.total for part in parts), Decimal(0)) == claim.total
    assert len({part.number for part in parts}) == len(parts)
    for part in parts:
        assert part.costs == tuple(claim.costs[place] for place in part.places)
        assert {paid_by(cost, TYPES) for cost in part.costs} == {part.paid_by}


@given(CLAIMS)
def test_company_money_goes_by_the_day_it_was_paid(claim: Claim) -> None:
    for part in split(claim, TYPES):
        if part.paid_by == COMPANY:
            assert {cost.day for cost in part.costs} == {part.paid_on}
        else:
            assert part.paid_on is None


@given(CLAIMS, COSTS, HABITS)
def test_a_cost_added_at_the_end_renames_no_other_document(claim: Claim, more: Cost, habits: Habits) -> None:
    def places(parts: tuple[Part, ...]) -> dict[int, str]:
        return {place: part.number for part in parts for place in part.places}

    before = places(split(claim, TYPES, habits))
    after = places(split(replace(claim, costs=(*claim.costs, more)), TYPES, habits))
    assert before == {place: number for place, number in after.items() if place < len(claim.costs)}


def cost(day: int, gross: str, kind: str, number: str = "") -> Cost:
    return Cost(date(2026, 5, day), Decimal(gross), payment_type=kind, number=number)


MIXED = (cost(12, "10.00", "Oma raha"), cost(12, "20.00", "Visa"), cost(14, "5.50", "Visa"), cost(14, "1", "Oma raha"))


@pytest.mark.parametrize(
    ("costs", "habits", "documents"),
    [
        (MIXED[:1], Habits(), {"K12": "10.00"}),
        (MIXED, Habits(), {"K12": "11.00", "K12/2026-05-12": "20.00", "K12/2026-05-14": "5.50"}),
        (MIXED, Habits(per_date=False), {"K12": "11.00", "K12/C": "25.50"}),
        (MIXED, Habits(per_receipt=True), {"K12/1": "10.00", "K12/4": "1", "K12/2": "20.00", "K12/3": "5.50"}),
        ((cost(12, "3", "Oma raha", "R7"),), Habits(per_receipt=True), {"K12/R7": "3"}),
        ((cost(12, "3", "Lunchkort"), MIXED[0]), Habits(), {"K12": "10.00", "K12/?": "3"}),
    ],
)
def test_the_documents_a_claim_becomes(costs: tuple[Cost, ...], habits: Habits, documents: dict[str, str]) -> None:
    parts = split(Claim("K12", MAY, costs=costs), TYPES, habits)
    assert [(part.number, part.total) for part in parts] == [(n, Decimal(sum_)) for n, sum_ in documents.items()]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_company_money_around_the_turn_of_a_year(year: int) -> None:
    """Each day by itself, the last of a year in it, and every sum to the cent."""
    last, first = date(year, 12, 31), date(year + 1, 1, 1)
    costs = tuple(
        Cost(day, Decimal(gross), paid_by=whose, currency=currency, rate=Decimal(rate))
        for day, gross, whose, currency, rate in (
            (last, "10.01", COMPANY, "EUR", "1"), (first, "0.99", COMPANY, "EUR", "1"),
            (last, "100.00", COMPANY, "SEK", "11.215"), (first, "33.33", OWN, "NOK", "11.7"),
        )
    )  # fmt: skip
    parts = split(Claim("K1", first, costs=costs), {})
    found = {part.number: str(part.total) for part in parts}
    assert found == {"K1": "2.85", f"K1/{last}": "18.93", f"K1/{first}": "0.99"}


def test_another_currency_is_counted_at_its_rate_to_the_cent() -> None:
    assert Cost(MAY, Decimal("100.00"), currency="SEK", rate=Decimal("11.3")).amount == Decimal("8.85")


def test_a_claim_is_kept_and_read_again() -> None:
    claim = Claim("M1", MAY, ClaimKind.TRAVEL, costs=MIXED, trip=Trip("Helsinki – Tallinn", kilometres=Decimal(12)))
    assert load(Claim, dump(claim)) == claim
    assert content_hash(claim) != content_hash(replace(claim, note="x"))
