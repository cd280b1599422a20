"""JSON out and in: exact numbers, and no text that Procountor does not take."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procountor import invoice_body, payload
from procountor.errors import NotEncodable, NotSent, Problem, Refused, Unsendable
from tests.procountor_client.documents import INVOICE, POSTING

D = Decimal


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (D("0.10"), "0.10"),
        (D("1E+2"), "100"),
        (D("1E-7"), "0.0000001"),
        (D("12345678901234567890.123456789"), "12345678901234567890.123456789"),
        (D("-0"), "-0"),
        ({"a": [True, None, 3, 'ä\n"']}, '{"a":[true,null,3,"ä\\n\\""]}'),
    ],
)
def test_numbers_leave_digit_for_digit(value: object, text: str) -> None:
    assert payload.encode(value).decode() == text


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text("aä€\n\"\\") | st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
))  # fmt: skip
def test_what_leaves_comes_back_equal(value: object) -> None:
    assert payload.decode(payload.encode(value)) == value


def test_fractions_arrive_exactly_and_odd_characters_replaced() -> None:
    read = payload.decode(b'{"a":0.1,"b":25.50,"c":"x\\u0000\\ud800y\\ud83d\\ude00"}')
    assert read == {"a": D("0.1"), "b": D("25.50"), "c": "x\ufffd\ufffdy\U0001f600"}


def test_odd_characters_within_lists_are_replaced_and_their_neighbours_kept() -> None:
    assert payload.decode(b'{"a":["x\\u0000",1,null,[true,"\\ud800"]]}') == {
        "a": ["x\ufffd", 1, None, [True, "\ufffd"]]
    }


@pytest.mark.parametrize("value", [1.5, object(), b"x"])
def test_what_is_not_exact_or_no_json_never_leaves(value: object) -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        payload.encode({"sum": [value]})


@pytest.mark.parametrize("value", [D("NaN"), D("Infinity")])
def test_what_is_no_number_never_leaves(value: Decimal) -> None:
    with pytest.raises(Unsendable):
        payload.encode({"sum": value})


def test_text_outside_windows_1252_is_refused_by_field(opened: Any) -> None:
    row = replace(POSTING.rows[0], product="Työ 🙂🙂 ч", comment="ok €")
    with pytest.raises(NotEncodable) as raised:
        payload.encode(invoice_body.body(replace(INVOICE, note="a → b"), replace(POSTING, rows=(row,)), "M1"))
    assert set(raised.value.problems) == {
        Problem("NOT_WINDOWS_1252", "invoiceRows[0].product", 0, "🙂ч"),
        Problem("NOT_WINDOWS_1252", "additionalInformation", 0, "→"),
    }
    assert isinstance(raised.value, Refused)
    assert not isinstance(raised.value, NotSent)
    wire = opened()
    with pytest.raises(NotEncodable):
        wire.api.post("invoices", {"notes": "Ŕ"})
    assert wire.bridge.calls == []


@given(st.characters(exclude_categories=["Cs"]))
def test_the_guard_is_windows_1252(sign: str) -> None:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        with pytest.raises(NotEncodable):
            payload.check([sign])
    else:
        payload.check([sign])
