"""References, business ids, countries, units, VAT dates and the marker: facts with their vectors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from finance import bank_reference, countries, identifiers, languages, operators, text, units, vat
from finance.marker import marker

DIGITS = st.text("0123456789", min_size=3, max_size=19)


@pytest.mark.parametrize(
    ("base", "national", "rf"),
    [
        ("123", "1232", "RF111232"),
        ("1234", "12344", "RF0812344"),
        ("123456", "1234561", "RF341234561"),
        ("100", "1009", "RF181009"),
        ("1000001", "10000016", "RF4210000016"),
    ],
)
def test_reference_vectors(base: str, national: str, rf: str) -> None:
    assert bank_reference.national(base) == national
    assert bank_reference.rf(national) == rf
    assert bank_reference.right(national)
    assert bank_reference.right(rf)


@given(DIGITS.filter(lambda base: base.strip("0")))
def test_a_completed_reference_is_right_and_another_digit_wrong(base: str) -> None:
    whole = bank_reference.national(base)
    if len(whole.lstrip("0")) < 4:
        return
    assert bank_reference.right(whole)
    assert iso11649.is_valid(bank_reference.rf(whole))
    other = whole[:-1] + str((int(whole[-1]) + 1) % 10)
    assert not bank_reference.right(other)
    assert bank_reference.corrected(other) == bank_reference.normal(whole)


@pytest.mark.parametrize("wrong", ["", "12", "1" * 20, "12a4"])
def test_a_base_is_3_to_19_digits(wrong: str) -> None:
    with pytest.raises(ValueError, match="3 to 19"):
        bank_reference.national(wrong)


@pytest.mark.parametrize("text", ["2077474-0", "20774740", "FI20774740", "FI2077474-0", "003720774740", " 2077474–0 "])
def test_spellings_of_a_business_id(text: str) -> None:
    assert identifiers.business_id(text) == "2077474-0"


def test_old_business_ids_get_a_zero() -> None:
    assert identifiers.business_id("201256-6") == "0201256-6"
    assert identifiers.business_id("1234567-1") == "1234567-1"


@pytest.mark.parametrize("text", ["1234567-8", "", "kolme", "20774740 2", "2077474-00"])
def test_not_a_business_id(text: str) -> None:
    assert identifiers.business_id(text) == ""


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("2077474-0", "FI", "FI20774740"),
        ("fi 2077474-0", "FI", "FI20774740"),
        ("5560125790 01", "SE", "SE556012579001"),
        ("12345678", "FI", ""),
        ("NO974760673MVA", "NO", "NO974760673MVA"),
    ],
)
def test_vat_numbers(text: str, country: str, number: str) -> None:
    assert identifiers.vat_number(text, country) == number


def test_ovt_and_iban() -> None:
    assert identifiers.ovt("003720774740")
    assert identifiers.ovt("003720774740KRS1")
    assert not identifiers.ovt("003712345678")
    assert not identifiers.ovt("0037207747")
    assert identifiers.right_iban("FI21 1234 5600 0007 85")
    assert not identifiers.right_iban("FI2112345600000786")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Suomi", "FI"), ("FINLAND", "FI"), ("Ruotsi", "SE"), ("sverige", "SE"), ("USA", "US"), ("Eesti", "EE"),
     ("Hollanti", "NL"), ("ee", "EE"), ("Saksa", "DE"), ("Tyskland", "DE"), ("Atlantis", "")],
)  # fmt: skip
def test_countries_by_name(text: str, code: str) -> None:
    assert countries.find(text) == code


def test_every_country_name_leads_back_to_it() -> None:
    names = countries.names()
    assert len(names) == 251
    assert set(names) >= countries.EU
    for code, three in names.items():
        assert {countries.find(name) for name in three} == {code}, code


def test_languages() -> None:
    found = [languages.find(t) for t in ("ruotsi", "EN", "sv-FI", "Finnish", "latin")]
    assert found == ["sv", "en", "sv", "fi", ""]
    assert [choice.value for choice in languages.choices()] == ["fi", "sv", "en", "et", "no", "da"]


def test_units_are_found_by_word_and_code() -> None:
    assert [units.find(word) for word in ("H", "tuntia", "kpl", "KMT", "m²", "zzz")] == [
        "HUR", "HUR", "C62", "KMT", "MTK", "",
    ]  # fmt: skip
    assert all(choice.value in units.codes() for choice in units.choices())


def test_no_unit_word_means_two_units() -> None:
    words = [word for choice in units._rows().values() for word in choice]
    assert len(words) == len(set(words))


def test_operators_are_unlike_each_other() -> None:
    ids = [operator.id for operator in operators.OPERATORS]
    assert len(ids) == len(set(ids))
    for operator in operators.OPERATORS:
        for name in (operator.id, operator.name, *operator.names):
            found = operators.meant(name)
            assert found is not None
            assert found.id == operator.id, name


@pytest.mark.parametrize(
    ("day", "percents"),
    [
        (date(2024, 8, 31), "24 14 10 0"),
        (date(2024, 9, 1), "25.5 14 10 0"),
        (date(2025, 12, 31), "25.5 14 10 0"),
        (date(2026, 1, 1), "25.5 13.5 10 0"),
    ],
)
def test_percentages_on_both_sides_of_midnight(day: date, percents: str) -> None:
    assert vat.percents(day, day) == tuple(Decimal(p) for p in percents.split())


@pytest.mark.parametrize(
    ("percent", "day", "instead"),
    [("24", date(2026, 1, 1), "25.5"), ("14", date(2026, 1, 1), "13.5"), ("13.5", date(2025, 1, 1), "14"),
     ("25.5", date(2024, 1, 1), "24"), ("22", date(2026, 1, 1), None)],
)  # fmt: skip
def test_the_successor_of_a_percentage(percent: str, day: date, instead: str | None) -> None:
    found = vat.successor(Decimal(percent), vat.percents(day, day))
    assert found == (None if instead is None else Decimal(instead))


@given(st.text())
def test_replaced_text_is_acceptable_and_stays(anything: str) -> None:
    better = text.replaced(anything)
    assert text.acceptable(better)
    assert text.replaced(better) == better
    if text.acceptable(anything):
        assert text.strangers(anything) == ()


@given(st.text(), st.integers(2, 100))
def test_shortened_text_fits(anything: str, limit: int) -> None:
    shorter = text.shortened(anything, limit)
    assert len(shorter) <= limit
    assert shorter == anything or shorter.endswith("…")


def test_the_marker_is_stable() -> None:
    found = marker(b"avain", "2077474-0", "sales_invoice", "psa", "1042", 1)
    assert found == "KI1RTZ732T36UG4TZAP3P2FIFRPV5"
    assert len(found) == 29
    assert found.isascii()


PARTS = st.text(max_size=8)


@given(*[st.tuples(PARTS, PARTS, PARTS, PARTS, st.integers(0, 99))] * 2)
def test_other_parts_make_another_marker(
    one: tuple[str, str, str, str, int], other: tuple[str, str, str, str, int]
) -> None:
    assert (marker(b"avain", *one) == marker(b"avain", *other)) is (one == other)


def test_separators_do_not_confuse_the_marker() -> None:
    shifted = [("a|b", "c"), ("a", "b|c"), ("a,", "bc"), ("a", ",bc"), ("1:a", "b"), ("1", ":ab")]
    found = {marker(b"avain", company, kind, "psa", "1", 1) for company, kind in shifted}
    assert len(found) == len(shifted)
    assert marker(b"toinen", "a", "b", "c", "d", 1) != marker(b"avain", "a", "b", "c", "d", 1)
