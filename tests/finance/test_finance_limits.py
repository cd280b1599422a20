"""Limits as people type them: a table of what is read, what is asked back and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.limits import LARGEST, Slip, Typed, Unfit, amount, read

READ = [
    ("EUR 5000, SEK 50000, USD -", {"EUR": "5000", "SEK": "50000", "USD": None}),
    ("EUR 5 000,50\nSEK 1.234,50", {"EUR": "5000.50", "SEK": "1234.50"}),
    ("5000 EUR, 300 SEK", {"EUR": "5000", "SEK": "300"}),
    ("€ 5000; sek 10", {"EUR": "5000", "SEK": "10"}),
    ("5000,00€", {"EUR": "5000"}),
    ("EUR: 5000", {"EUR": "5000"}),
    ("EUR 5,000.00", {"EUR": "5000"}),
    ("EUR 1.234.567", {"EUR": "1234567"}),
    ("EUR 1\u00a0234\u202f567,8", {"EUR": "1234567.80"}),
    ("EUR no limit", {"EUR": None}),
    ("ei rajaa EUR\nSEK Ingen gräns", {"EUR": None, "SEK": None}),
    ("EUR 0", {"EUR": "0"}),
    ("EUR 5,", {"EUR": "5"}),
    ("EUR 0,50,\nSEK 7,\n\n", {"EUR": "0.50", "SEK": "7"}),
    ("EUR 10000000000", {"EUR": "10000000000"}),
    ("", {}),
    (" \n ,\n;", {}),
]
REFUSED = [
    ("EUR 1.234", Slip.AMBIGUOUS),
    ("EUR 1,234", Slip.AMBIGUOUS),
    ("EUR 999.999", Slip.AMBIGUOUS),
    ("EUR 0,123", Slip.CENTS),
    ("EUR 5,1234", Slip.CENTS),
    ("EUR 1234,567", Slip.CENTS),
    ("EUR 1 234,567", Slip.CENTS),
    ("EUR 1.234,567", Slip.CENTS),
    ("EUR -5", Slip.NEGATIVE),
    ("EUR −5", Slip.NEGATIVE),
    ("EUR - 5", Slip.NEGATIVE),
    ("EUR +5", Slip.AMOUNT),
    ("EUR NaN", Slip.AMOUNT),
    ("EUR sNaN", Slip.AMOUNT),
    ("EUR Infinity", Slip.AMOUNT),
    ("EUR -Infinity", Slip.AMOUNT),
    ("EUR 1e5", Slip.AMOUNT),
    ("EUR 1E+5", Slip.AMOUNT),
    ("EUR 1_000", Slip.AMOUNT),
    ("EUR ١٢٣", Slip.AMOUNT),
    ("EUR １２３", Slip.AMOUNT),
    ("EUR 0x10", Slip.AMOUNT),
    ("EUR ,5", Slip.AMOUNT),
    ("EUR 5.", Slip.AMOUNT),
    ("EUR 12 34", Slip.AMOUNT),
    ("EUR 1.234.56", Slip.AMOUNT),
    ("EUR 5,5,5", Slip.AMOUNT),
    ("EUR 1,234,567.890", Slip.CENTS),
    ("EUR 10000000001", Slip.LARGE),
    ("EUR 99999999999999999999999999", Slip.LARGE),
    ("EUR", Slip.AMOUNT),
    ("EUR 5000 SEK 300", Slip.AMOUNT),
    ("EUR paljon", Slip.AMOUNT),
    ("5000", Slip.CURRENCY),
    ("-", Slip.CURRENCY),
    ("no limit", Slip.CURRENCY),
    ("XXX 5", Slip.CURRENCY),
    ("EURO 5", Slip.CURRENCY),
    ("EUR 5, EUR 6", Slip.TWICE),
    ("EUR 5, 300", Slip.CURRENCY),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_what_is_read(text: str, expected: dict[str, str | None]) -> None:
    assert read(text) == Typed({code: None if most is None else Decimal(most) for code, most in expected.items()})


@pytest.mark.parametrize(("text", "slip"), REFUSED)
def test_what_is_not(text: str, slip: Slip) -> None:
    assert [unfit.slip for unfit in read(text).unfit] == [slip]


def test_what_may_mean_two_things_says_which() -> None:
    assert read("EUR 1.234").unfit == (Unfit(Slip.AMBIGUOUS, "1.234", ("1234", "1,234")),)


def test_one_slip_does_not_hide_the_others() -> None:
    found = read("EUR x, SEK 1, NOK 1.234, 7")
    assert [unfit.slip for unfit in found.unfit] == [Slip.AMOUNT, Slip.AMBIGUOUS, Slip.CURRENCY]
    assert dict(found.limits) == {"SEK": Decimal(1)}


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_exactly_or_refused(text: str) -> None:
    for most in read(text).limits.values():
        assert most is None or (most.is_finite() and 0 <= most <= LARGEST)
        assert most is None or most == round(most, 2)


@given(st.decimals(0, LARGEST, places=2), st.sampled_from([".", ","]), st.sampled_from(["", " ", "\u00a0"]))
def test_an_amount_with_its_cents_is_that_amount(value: Decimal, sign: str, space: str) -> None:
    whole, _, cents = f"{value:,.2f}".partition(".")
    assert amount(whole.replace(",", space) + sign + cents) == value
