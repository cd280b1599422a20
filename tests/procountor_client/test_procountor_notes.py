"""The marker in the notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procountor import notes


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("", "[kierto:M1]"),
        ("Huom", "Huom\n[kierto:M1]"),
        ("copied [kierto:OTHER] here", "copied (kierto:OTHER] here\n[kierto:M1]"),
        ("x" * 20_000, "x" * 9_987 + "…\n[kierto:M1]"),
    ],
)
def test_the_marker_stands_last_in_the_notes(note: str, expected: str) -> None:
    made = notes.with_marker(note, "M1")
    assert made == expected
    assert len(made) <= 10_000
    assert notes.marker_in(made) == "M1"


@given(st.text(max_size=200), st.text(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), min_size=1, max_size=40))
def test_the_marker_comes_back_from_any_notes(note: str, marker: str) -> None:
    assert notes.marker_in(notes.with_marker(note, marker)) == marker


@pytest.mark.parametrize("text", ["", "kierto:M1", "[kierto:]", "[kierto:a b]", "[kierto:a"])
def test_notes_without_a_marker_have_none(text: str) -> None:
    assert notes.marker_in(text) == ""
