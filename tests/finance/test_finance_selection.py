"""Which invoices the words of a command mean, and their order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from finance_samples import INVOICE, LINE
from hypothesis import given
from hypothesis import strategies as st

from finance.faults import Fault
from finance.selection import Selection, number_key, parse

NUMBERS = ["9", "1039", "1040", "1042", "1052", "A1041", "B7", "2026-0012", "2026-0015", "01042"]


def picked(text: str, numbers: list[str] = NUMBERS) -> list[str]:
    selection = parse(text)
    assert isinstance(selection, Selection), selection
    return [number for number in numbers if selection.picks(replace(INVOICE, number=number))]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1042", ["1042"]),
        ("1042, 9", ["9", "1042"]),
        ("1040-1052", ["1040", "1042", "1052", "01042"]),
        ("1040 – 1042", ["1040", "1042", "01042"]),
        ("1040..1042", ["1040", "1042", "01042"]),
        ("a1040-1052", ["A1041"]),
        ("A1040-A1052", ["A1041"]),
        ("A1040-B1052", []),
        ("2026-0012", ["2026-0012"]),
        ("2026-0012-2026-0040", ["2026-0012", "2026-0015"]),
        ("2026-0012..2026-0013", ["2026-0012"]),
        ("b7 9", ["9", "B7"]),
        ("", NUMBERS),
        ("all", NUMBERS),
        ("ready dry", NUMBERS),
        ("1052-1040", []),
    ],
)
def test_numbers_and_ranges(text: str, numbers: list[str]) -> None:
    assert picked(text) == numbers


def test_projects_are_those_of_the_invoice_and_its_rows() -> None:
    selection = parse("project:214")
    assert isinstance(selection, Selection)
    assert selection.picks(replace(INVOICE, project="214"))
    assert selection.picks(replace(INVOICE, lines=(LINE, replace(LINE, project="214"))))
    assert not selection.picks(replace(INVOICE, project="2140"))


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("", Selection()),
        ("ALL", Selection(everything=True)),
        ("ready", Selection(ready=True)),
        ("kaikki koe", Selection(everything=True, dry=True)),
        ("Dry 7", Selection(numbers=("7",), dry=True)),
        ("projekti:Satama", Selection(projects=("satama",))),
    ],
)
def test_words(text: str, selection: Selection) -> None:
    assert parse(text) == selection


@pytest.mark.parametrize("text", ["lähetä", "1042 kohta", "project:", "-", "1042;; drop", "--"])
def test_a_word_that_means_nothing_is_told(text: str) -> None:
    found = parse(text)
    assert isinstance(found, Fault)
    assert found.code == "selection.unknown"
    assert found.found in text


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(parse(text), Selection | Fault)


@given(st.integers(0, 10**6), st.integers(0, 200), st.integers(0, 10**6))
def test_a_range_picks_exactly_its_numbers(first: int, length: int, number: int) -> None:
    selection = parse(f"{first}-{first + length}")
    assert isinstance(selection, Selection)
    assert selection.picks(replace(INVOICE, number=str(number))) is (first <= number <= first + length)


def test_numbers_are_ordered_as_people_do() -> None:
    numbers = ["A10", "10", "A9", "9", "2026-10", "2026-9", "B1", "a1"]
    assert sorted(numbers, key=number_key) == ["9", "10", "2026-9", "2026-10", "a1", "A9", "A10", "B1"]


@given(st.lists(st.text(max_size=8)))
def test_any_numbers_can_be_ordered(numbers: list[str]) -> None:
    assert sorted(sorted(numbers), key=number_key) == sorted(sorted(numbers), key=number_key)
