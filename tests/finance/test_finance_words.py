"""Words that people take for an approval, and the marks by which Procountor's discussion is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance import questions
from finance.assent import is_assent

YES = [
    "ok", "OK!", "Looks good", "looks good to me", "LGTM", "approved", "Approve", "hyväksytty", "Hyväksytty, kiitos",
    "minun puolesta ok", "kunnossa", "ser bra ut", "godkänt", "godkänd",
    "👍", ":+1:", ":+1::skin-tone-3:", ":white_check_mark: thanks", "joo",
]  # fmt: skip
NO = ["", "thanks", "not ok", "ei käy", "inte ok", "bills", "help", "who ordered this?", "ok " * 40, "okra", "no"]


@pytest.mark.parametrize("text", YES)
def test_these_say_yes(text: str) -> None:
    assert is_assent(text)


@pytest.mark.parametrize("text", NO)
def test_these_do_not(text: str) -> None:
    assert not is_assent(text)


@given(st.text(max_size=80), st.text(max_size=80), st.integers(1, 10**6), st.integers(1, 20))
def test_what_is_written_to_the_discussion_is_found_again(asked: str, answered: str, id: int, number: int) -> None:
    text = questions.discussion("Anna", asked, "Emma", answered, id, number)
    assert questions.marked(text[text.rindex("[q:") :]) == (id, number)
    text.encode("cp1252")
    assert len(text) <= 2 * questions.LONGEST + 100


def test_others_comments_have_no_mark() -> None:
    assert questions.marked("Kari Lindqvist: [q:] odd [k:12]") is None
