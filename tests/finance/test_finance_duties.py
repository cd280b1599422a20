"""Separation of duties: the table against one written out again by hand, and random histories of random people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.authority import Grant, Holder, Right
from finance.company import Choices
from finance.duties import TABLE, Act, Deed, Rule, barred, excepted, may_confirm, pair_of, rows

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DAY = timedelta(hours=24)
C, E, V, A, S, B, T, M, L = Act  # claim, enter, verify, approve 1, approve 2, bank data, transfer, map, audit (looks)

# reliability.md 7, read off row by row; what it leaves empty is free.
NEVER = {
    (C, E), (C, V), (C, A), (C, S),
    (E, S), (V, S), (E, B), (V, B), (E, M), (V, M),
    (A, A), (A, S), (S, S), (A, B), (S, B),
    (B, T), (B, M), (T, M),
}  # fmt: skip
SWITCHED = {(E, A): "verify_and_approve", (V, A): "verify_and_approve", (A, T): "approve_and_send",
            (S, T): "approve_and_send"}  # fmt: skip
A_DAY = {(A, M), (S, M)}

# Six accounts of four people: Anna has two in Slack, Kari one that nobody has mapped yet.
PEOPLE = {
    "T1/anna": frozenset({"T1/anna", "T1/anna2", "user:502"}),
    "T1/anna2": frozenset({"T1/anna", "T1/anna2", "user:502"}),
    "T1/mikael": frozenset({"T1/mikael", "user:503"}),
    "T1/emma": frozenset({"T1/emma", "user:507", "person:3006"}),
    "T1/kari": frozenset({"T1/kari"}),
}


def human(account: str) -> Holder:
    return Holder(PEOPLE[account])


def told(pair: tuple[Act, Act]) -> tuple[Act, Act]:
    return pair if pair in NEVER | SWITCHED.keys() | A_DAY else (pair[1], pair[0])


@pytest.mark.parametrize(("first", "second"), list(combinations_with_replacement(Act, 2)))
@pytest.mark.parametrize("policy", [(False, False), (True, False), (False, True), (True, True)])
def test_each_pair_is_as_the_table_of_the_threat_model_has_it(
    first: Act, second: Act, policy: tuple[bool, bool]
) -> None:
    choices = Choices(verify_and_approve=policy[0], approve_and_send=policy[1])
    pair = told((first, second))
    for done, wanted in {(first, second), (second, first)}:
        deed = Deed(done, PEOPLE["T1/anna2"], NOW - timedelta(hours=23))
        kept = barred(wanted, human("T1/anna"), [deed], NOW, choices)
        expected = (
            pair in NEVER
            or (pair in SWITCHED and not getattr(choices, SWITCHED[pair]))
            or (pair in A_DAY and done is M)
        )
        assert kept == (deed if expected else None), (done, wanted)
        assert barred(wanted, human("T1/mikael"), [deed], NOW, choices) is None
        assert barred(wanted, human("T1/anna"), [deed], NOW, replace(choices, one_person=True)) is None


@pytest.mark.parametrize("act", [A, S])
@pytest.mark.parametrize(("age", "held"), [(0, True), (24 * 3600 - 1, True), (24 * 3600, False), (10**6, False)])
def test_who_gave_the_right_approves_a_day_later(act: Act, age: int, held: bool) -> None:
    deed = Deed(M, PEOPLE["T1/anna"], NOW - timedelta(seconds=age))
    assert (barred(act, human("T1/anna"), [deed], NOW, Choices()) is not None) == held


def test_every_pair_stands_once_and_has_a_reason() -> None:
    assert len({frozenset((p.first, p.second)) for p in TABLE}) == len(TABLE)
    assert all(p.why and (p.rule is Rule.POLICY) == bool(p.policy) for p in TABLE)
    missing = [p for p in combinations_with_replacement(Act, 2) if p[0] is not p[1] and pair_of(*p) is None]
    assert missing == []


STEPS = st.lists(
    st.tuples(st.sampled_from(list(Act)), st.sampled_from(list(PEOPLE)), st.integers(0, 30)), min_size=1, max_size=25
)


@given(STEPS, st.booleans(), st.booleans())
def test_no_history_ever_holds_two_deeds_of_one_human_that_must_be_apart(
    steps: list[tuple[Act, str, int]], verify: bool, send: bool
) -> None:
    choices = Choices(verify_and_approve=verify, approve_and_send=send)
    history: list[Deed] = []
    now = NOW
    for act, account, hours in steps:
        now += timedelta(hours=hours)
        if barred(act, human(account), history, now, choices) is None:
            history.append(Deed(act, PEOPLE[account], now))
    for later, second in enumerate(history):
        for first in history[:later]:
            if first.who & second.who:
                pair = told((first.act, second.act))
                assert pair not in NEVER, pair
                assert pair not in SWITCHED or getattr(choices, SWITCHED[pair]), pair
                assert pair not in A_DAY or first.act is not M or second.at - first.at >= DAY, pair


@given(STEPS)
def test_another_human_is_never_kept_by_what_this_one_did(steps: list[tuple[Act, str, int]]) -> None:
    history = [Deed(act, PEOPLE[account], NOW) for act, account, _ in steps if account != "T1/kari"]
    assert all(barred(act, human("T1/kari"), history, NOW, Choices()) is None for act in Act)


def test_only_another_human_confirms_what_one_gave_oneself() -> None:
    own = Grant(Right.APPROVE, "T1/anna2", NOW)
    given = Grant(Right.APPROVE, "T1/mikael", NOW)
    assert may_confirm(human("T1/mikael"), human("T1/anna"), own)
    assert not may_confirm(human("T1/anna2"), human("T1/anna"), own)
    assert not may_confirm(human("T1/emma"), human("T1/anna"), given)


@pytest.mark.parametrize("right", list(Right))
def test_in_a_company_of_one_each_signature_is_told(right: Right) -> None:
    signing = right in (Right.PRE_APPROVE, Right.APPROVE, Right.APPROVE_CLAIMS)
    assert excepted(right, Choices(one_person=True)) == signing
    assert not excepted(right, Choices())


def test_the_export_says_the_rule_and_the_choice_it_hangs_on() -> None:
    told = {(a, b): rule for a, b, rule, _, _ in rows(Choices())}
    assert told["verify", "approve 1"] == "as the company has chosen (verify_and_approve)"
    assert told["claim", "enter"] == "no"


def test_the_export_says_what_holds_now() -> None:
    plain = {(a, b): now for a, b, _, now, _ in rows(Choices())}
    assert plain["verify", "approve 1"] == "no"
    assert plain["approve 1", "send"] == "yes"
    loose = {(a, b): now for a, b, _, now, _ in rows(Choices(verify_and_approve=True, approve_and_send=False))}
    assert (loose["verify", "approve 1"], loose["approve 1", "send"]) == ("yes", "no")
    alone = {(a, b): now for a, b, _, now, _ in rows(Choices(one_person=True))}
    assert alone["approve 1", "approve 2"] == "yes: exception of a one-person company (one_person), each use is told"
    assert alone["approve 1", "audit"] == "yes"
