"""Who may what: a table of people, rights and moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from finance.authority import FRESH, YES, Grant, Holder, Right, Verdict, Why, may, within

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ME, ADMIN = "T1/U01", "T1/U09"


def holder(*given: Right, by: str = ADMIN, at: datetime = NOW, **more: object) -> Holder:
    names = more.pop("names", frozenset({ME, "user:502"}))
    return Holder(names, grants=tuple(Grant(right, by, at) for right in given), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("right", list(Right))
def test_nothing_is_given_by_itself_nor_by_another_right(right: Right) -> None:
    others = holder(*(other for other in Right if other is not right))
    assert may(others, right, NOW) == Verdict(Why.MISSING)
    assert may(holder(right), right, NOW) == YES
    assert holder(right).rights == {right}
    assert others.rights == frozenset(Right) - {right}


@pytest.mark.parametrize("right", list(Right))
def test_a_stranger_has_nothing_whatever_he_was_given(right: Right) -> None:
    assert may(holder(right, trusted=False), right, NOW) == Verdict(Why.STRANGER)


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("by", [ME, "user:502", "T1/U02"])
@pytest.mark.parametrize(("hours", "usable"), [(0, False), (23.99, False), (24, True), (48, True), (-1, False)])
def test_what_one_gave_oneself_waits_a_day(right: Right, by: str, hours: float, usable: bool) -> None:
    me = holder(right, by=by, at=NOW - timedelta(hours=hours), names=frozenset({ME, "user:502", "T1/U02"}))
    verdict = may(me, right, NOW)
    assert verdict == (YES if usable else Verdict(Why.FRESH, NOW - timedelta(hours=hours) + FRESH))
    assert may(me, right, NOW, alone=True) == YES


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("by", [ME, ADMIN, ""])
def test_who_said_himself_who_he_is_signs_nothing_for_a_day(right: Right, by: str) -> None:
    me = holder(right, mapped_by=by, mapped_at=NOW - timedelta(hours=1), user_id=502)
    signing = right in (Right.PRE_APPROVE, Right.APPROVE, Right.APPROVE_CLAIMS)
    assert may(me, right, NOW).allowed == (not signing or by != ME)
    assert may(me, right, NOW + timedelta(hours=23)).allowed


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("0", "EUR", YES),
        ("5000.00", "EUR", YES),
        ("5000.01", "EUR", Verdict(Why.LIMIT, limit=Decimal(5000))),
        ("-5000.01", "EUR", Verdict(Why.LIMIT, limit=Decimal(5000))),
        ("-5000", "EUR", YES),
        ("999999999", "SEK", YES),
        ("0.01", "USD", Verdict(Why.CURRENCY)),
        ("0", "eur", Verdict(Why.CURRENCY)),
    ],
)
def test_a_limit_is_a_limit_in_its_currency(amount: str, currency: str, expected: Verdict) -> None:
    grant = Grant(Right.APPROVE, ADMIN, NOW, {"EUR": Decimal(5000), "SEK": None})
    assert within(Holder(grants=(grant,)), Right.APPROVE, Decimal(amount), currency) == expected


def test_without_the_right_there_is_no_limit_to_be_within() -> None:
    assert within(Holder(), Right.APPROVE, Decimal(1), "EUR") == Verdict(Why.MISSING)


def test_whoever_says_himself_who_he_is_hears_when_he_may_sign() -> None:
    said = NOW - timedelta(hours=1)
    me = holder(Right.APPROVE, at=said, mapped_by=ME, mapped_at=said)
    assert may(me, Right.APPROVE, NOW) == Verdict(Why.REMAPPED, said + FRESH)
