"""Numbers and days: read exactly, asked back, or refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import values
from intake.values import Unreadable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("1234", "1234"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1\u202f234\u202f567", "1234567"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("-5,00", "-5"),
        ("\u22125,00", "-5"),
        ("5,00-", "-5"),
        ("+5", "5"),
        ("0,500", "0.5"),
        ("1234,500", "1234.5"),
        ("1 234,500", "1234.5"),
        ("1000000000000", "1000000000000"),
    ],
)
def test_a_number_is_read_exactly(text: str, expected: str) -> None:
    assert values.number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "number"),
        ("abc", "number"),
        ("NaN", "number"),
        ("Infinity", "number"),
        ("1e5", "number"),
        ("1E+05", "number"),
        ("1_000", "number"),
        ("١٢٣", "number"),
        ("１２", "number"),
        ("12 34", "number"),
        ("1234 567", "number"),
        ("1.23,4.5", "number"),
        ("1,2,3", "number"),
        ("1.2345,6", "number"),
        (",50", "number"),
        ("5,", "number"),
        ("--5", "number"),
        ("-5-", "number"),
        ("0x10", "number"),
        ("1.234", "ambiguous_number"),
        ("12,345", "ambiguous_number"),
        ("1000000000000,01", "number_size"),
        ("0,12345678901", "number_size"),
    ],
)
def test_what_is_no_number_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        values.number(text)
    assert refused.value.reason == reason


def test_an_ambiguous_number_follows_the_sign_of_its_file() -> None:
    assert values.number("1.234", ",") == 1234
    assert values.number("1.234", ".") == Decimal("1.234")
    assert values.number("1,234", ".,") == Decimal("1.234")


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["12,50", "1.234"], ","),
        (["12.50", "1,234"], "."),
        (["1.234"], ""),
        (["12,50", "12.50"], ""),
        (["1.234.567"], ","),
        (["1.234,56"], ","),
        (["25,5 %"], ","),
        (["1 234,500"], ","),
        (["abc", "1,2,3x"], ""),
        ([], ""),
    ],
)
def test_a_file_shows_its_decimal_sign(texts: list[str], sign: str) -> None:
    assert values.file_sign(texts) == sign


@given(
    st.decimals(min_value=-(10**11), max_value=10**11, places=2),
    st.sampled_from([(" ", ","), (".", ","), (",", "."), ("", ","), ("", "."), ("\u00a0", ",")]),
)
def test_every_way_of_writing_an_amount_gives_the_amount(amount: Decimal, marks: tuple[str, str]) -> None:
    group, sign = marks
    written = f"{amount:,.2f}".replace(",", "\0").replace(".", sign).replace("\0", group)
    assert values.number(written) == amount


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("31.12.2026", "", date(2026, 12, 31)),
        ("1.9.2026", "", date(2026, 9, 1)),
        ("1. 9. 2026", "", date(2026, 9, 1)),
        ("2026-09-01", "", date(2026, 9, 1)),
        ("2026/09/01", "", date(2026, 9, 1)),
        ("2026-09-01T00:00:00", "", date(2026, 9, 1)),
        ("2026-09-01T12:30:00.000+03:00", "", date(2026, 9, 1)),
        ("1.9.2026 8:30", "", date(2026, 9, 1)),
        ("20260901", "", date(2026, 9, 1)),
        ("13/5/2026", "", date(2026, 5, 13)),
        ("5/13/2026", "", date(2026, 5, 13)),
        ("5/5/2026", "", date(2026, 5, 5)),
        ("5/6/2026", "dm", date(2026, 6, 5)),
        ("5/6/2026", "md", date(2026, 5, 6)),
    ],
)
def test_a_day_is_read(text: str, order: str, expected: date) -> None:
    assert values.day(text, order) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.2.2026", "date"),
        ("31.12.26", "date"),
        ("2026-13-01", "date"),
        ("20261301", "date"),
        ("1.1.1850", "date"),
        ("eilen", "date"),
        ("13/13/2026", "date"),
        ("5/6/2026", "ambiguous_date"),
    ],
)
def test_what_is_no_day_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        values.day(text)
    assert refused.value.reason == reason


def test_a_file_shows_the_order_of_its_slashed_days() -> None:
    assert values.file_order(["5/6/2026", "13/6/2026"]) == "dm"
    assert values.file_order(["5/6/2026", "6/13/2026"]) == "md"
    assert values.file_order(["13/6/2026", "6/13/2026"]) == ""


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_sheets_day_number_is_its_day(day: date) -> None:
    assert values.serial_day(Decimal((day - date(1899, 12, 30)).days)) == day


@given(
    st.decimals(min_value="0.01", max_value=10**6, places=2),
    st.decimals(min_value="0.01", max_value=1000, places=2),
)
def test_a_division_is_exact_or_none(whole: Decimal, parts: Decimal) -> None:
    share = values.divided(whole, parts)
    assert share is None or share * parts == whole


def test_a_division_that_does_not_end_is_none() -> None:
    assert values.divided(Decimal(1), Decimal(3)) is None
    assert values.divided(Decimal(1), Decimal(0)) is None
    assert values.divided(Decimal(100), Decimal(8)) == Decimal("12.5")
