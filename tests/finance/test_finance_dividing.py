"""A bill divided between projects: what people type, and cents of which none is lost or made."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.dividing import CENT, amounts, missing, percent

VALUES = st.decimals(min_value="-9999999.99", max_value="9999999.99", places=2)


@st.composite
def hundreds(draw: st.DrawFn) -> list[Decimal]:
    """Percentages of two decimals that make a hundred."""
    cuts = sorted(draw(st.sets(st.integers(1, 9999), max_size=19)))
    edges = [0, *cuts, 10_000]
    return [Decimal(b - a) / 100 for a, b in itertools.pairwise(edges)]


@given(VALUES, hundreds())
def test_the_parts_make_the_whole_and_none_is_a_cent_off(value: Decimal, percents: list[Decimal]) -> None:
    parts = amounts(value, percents)
    assert sum(parts) == value
    assert all(part == part.quantize(CENT) for part in parts)
    for part, share in zip(parts, percents, strict=True):
        assert abs(part - value * share / 100) < CENT
        assert part * value >= 0


@given(VALUES, hundreds())
def test_a_larger_share_never_gets_less(value: Decimal, percents: list[Decimal]) -> None:
    pairs = sorted(zip(percents, map(abs, amounts(value, percents)), strict=True))
    assert all(a[1] <= b[1] for a, b in itertools.pairwise(pairs) if a[0] < b[0])


def test_the_cent_left_over_goes_to_the_part_cut_most() -> None:
    assert amounts(Decimal("0.01"), [Decimal(40), Decimal(60)]) == (Decimal("0.00"), Decimal("0.01"))
    assert amounts(Decimal("0.01"), [Decimal(60), Decimal(40)]) == (Decimal("0.01"), Decimal("0.00"))


@given(hundreds())
def test_a_refund_is_divided_as_the_bill_was(percents: list[Decimal]) -> None:
    assert amounts(Decimal("-100.01"), percents) == tuple(-part for part in amounts(Decimal("100.01"), percents))


@pytest.mark.parametrize("percents", [[], [Decimal(99)], [Decimal("50"), Decimal("50.01")]])
def test_what_makes_no_hundred_is_not_divided(percents: list[Decimal]) -> None:
    with pytest.raises(ValueError, match=r"^the percentages do not make a hundred$"):
        amounts(Decimal(1), percents)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("60", "60"),
        (" 33,33 % ", "33.33"),
        ("33.3%", "33.3"),
        ("100", "100"),
        ("0,01", "0.01"),
        ("0", None),
        ("100.01", None),
        ("-5", None),
        ("+5", None),
        ("1e2", None),
        ("NaN", None),
        ("1_0", None),
        ("٥٠", None),
        ("33.333", None),
        ("", None),
        ("puolet", None),
    ],
)
def test_percentages_as_people_type_them(typed: str, value: str | None) -> None:
    assert percent(typed) == (None if value is None else Decimal(value))


def test_how_much_is_missing() -> None:
    assert missing([Decimal("60"), Decimal("39.99")]) == Decimal("0.01")
    assert missing([Decimal("60"), Decimal("40.01")]) == Decimal("-0.01")
