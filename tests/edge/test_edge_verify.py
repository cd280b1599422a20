"""Signatures: what is genuine, and everything that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verify import WINDOW, Verdict, shape, sign, verify

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_763_884_800.0
STAMP = b"1763884800"
BODY = b"token=x&team_id=T1&command=%2Fprocountor&text=send+invoices"
GOOD = sign(SECRET, STAMP, BODY)


def test_it_agrees_with_the_worked_example_of_slacks_documentation() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    sign_there = b"v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert verify(SECRET, b"1531420618", sign_there, body, 1531420618.0) is Verdict.GENUINE


@pytest.mark.parametrize("off", [0, 1, 60, 299, 300, -299, -300])
def test_within_five_minutes_it_is_genuine(off: int) -> None:
    assert verify(SECRET, STAMP, GOOD, BODY, NOW + off) is Verdict.GENUINE


@pytest.mark.parametrize("off", [301, -301, 3600, -86_400, 300.5])
def test_outside_five_minutes_it_is_stale(off: float) -> None:
    assert verify(SECRET, STAMP, GOOD, BODY, NOW + off) is Verdict.STALE


TIMESTAMPS = [
    b"", b"abc", b"1.5", b"+1", b"-1763884800", b" ", b" 1763884800", b"1763884800 ", b"1763884800\n", b"\x00",
    b"1763884800\x00", b"9" * 20, b"1" * 1_000_000, b"12345678", b"0x69233100", b"1e9", b"1_763_884_800",
    "١٧٦٣٨٨٤٨٠٠".encode(), b"\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6", b"NaN", b"1763884800,1763884800",
]  # fmt: skip
SIGNATURES = [
    b"", b"v0", b"v0=", b"v1=" + GOOD[3:], GOOD[3:], GOOD.upper(), GOOD + b"\n", GOOD + b"0", GOOD[:-1],
    b"v0=" + b"g" * 64, b"v0=" + b"\xff" * 64, b"v0=" + "é".encode() * 32, b"v0 =" + GOOD[3:], b"x" * 1_000_000,
    GOOD + b"," + GOOD, b"\x00" * 67, b" " + GOOD, b"V0=" + GOOD[3:],
]  # fmt: skip
FORGED = [
    sign("another secret", STAMP, BODY),
    sign(SECRET, b"1763884801", BODY),
    sign(SECRET, STAMP, BODY + b"&"),
    sign(SECRET, STAMP, b""),
    sign(SECRET, STAMP, BODY.replace(b"+", b"%20")),
    sign("", STAMP, BODY),
    GOOD[:3] + (b"0" if GOOD[3:4] != b"0" else b"1") + GOOD[4:],
    GOOD[:-1] + (b"0" if GOOD[-1:] != b"0" else b"1"),
    b"v0=" + b"0" * 64,
]


@pytest.mark.parametrize("stamp", TIMESTAMPS, ids=lambda b: repr(b[:24]))
def test_an_odd_time_stamp_is_malformed(stamp: bytes) -> None:
    assert verify(SECRET, stamp, sign(SECRET, stamp, BODY), BODY, NOW) is Verdict.MALFORMED


@pytest.mark.parametrize("signature", SIGNATURES, ids=lambda b: repr(b[:24]))
def test_an_odd_signature_is_malformed(signature: bytes) -> None:
    assert verify(SECRET, STAMP, signature, BODY, NOW) is Verdict.MALFORMED


@pytest.mark.parametrize("signature", FORGED, ids=range(len(FORGED)))
def test_a_wrong_signature_is_forged(signature: bytes) -> None:
    assert verify(SECRET, STAMP, signature, BODY, NOW) is Verdict.FORGED


@pytest.mark.parametrize(("stamp", "signature"), [(None, GOOD), (STAMP, None), (None, None)])
def test_without_a_header_it_is_missing(stamp: bytes | None, signature: bytes | None) -> None:
    assert verify(SECRET, stamp, signature, BODY, NOW) is Verdict.MISSING


def test_doubled_headers_are_refused_even_when_both_are_right() -> None:
    assert shape([STAMP, STAMP], [GOOD], NOW) is Verdict.DOUBLED
    assert shape([STAMP], [GOOD, GOOD], NOW) is Verdict.DOUBLED
    assert shape([STAMP], [GOOD], NOW) is None


def test_an_empty_secret_makes_nobody_genuine() -> None:
    assert verify("", STAMP, sign("", STAMP, BODY), BODY, NOW) is Verdict.FORGED


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=200))
def test_no_bytes_are_genuine_by_chance_and_none_raise(stamp: bytes, signature: bytes, body: bytes) -> None:
    assert verify(SECRET, stamp, signature, body, NOW) is not Verdict.GENUINE


@given(st.binary(max_size=300), st.integers(-WINDOW, WINDOW))
def test_what_was_signed_is_genuine(body: bytes, off: int) -> None:
    stamp = str(int(NOW) + off).encode()
    assert verify(SECRET, stamp, sign(SECRET, stamp, body), body, NOW) is Verdict.GENUINE


@given(st.binary(min_size=1, max_size=300), st.data())
def test_one_flipped_bit_of_the_body_is_forged(body: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) * 8 - 1))
    turned = bytearray(body)
    turned[place // 8] ^= 1 << place % 8
    assert verify(SECRET, STAMP, sign(SECRET, STAMP, body), bytes(turned), NOW) is Verdict.FORGED
