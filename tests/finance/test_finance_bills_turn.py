"""Whose turn it is in Procountor's circulation: a table, and what holds for any circulation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.bill import Place
from finance.circulation import Act, Circulation, Substitution, Turn, turn

TODAY = date(2026, 11, 26)
ANNA, KARI, MARIA, JUSSI = 502, 503, 504, 505
FREE, MINE, NEXT, LATER, ACTED, OTHERS = Turn.FREE, Turn.MINE, Turn.NEXT, Turn.LATER, Turn.ACTED, Turn.OTHERS
V, A, R, NO = Act.VERIFY, Act.APPROVE, Act.REJECT, Act.OBJECT


def places(*told: int) -> tuple[Place, ...]:
    """Places of these users; a negative one has acted."""
    return tuple(Place(abs(user), TODAY if user < 0 else None) for user in told)


def stand_in(user: int, by: int, start: int = -1, end: int = 1, verifies: bool = True) -> Substitution:
    days = (TODAY + timedelta(days=start), TODAY + timedelta(days=end))
    return Substitution(user, by if verifies else None, by, *days)


# what is so, act, verifiers, acceptors, who, whether in order, turn
TABLE = [
    ("nobody is named", A, (), (), KARI, False, FREE),
    ("nobody is named, a stranger", A, (), (), None, False, FREE),
    ("nobody is named for verifying", V, (), (KARI,), ANNA, False, FREE),
    ("the only one", A, (), (KARI,), KARI, False, NEXT),
    ("another than the only one", A, (), (KARI,), ANNA, False, OTHERS),
    ("somebody Procountor does not know", A, (), (KARI,), None, False, OTHERS),
    ("the first of two", A, (), (KARI, MARIA), KARI, False, NEXT),
    ("the second of two, any order", A, (), (KARI, MARIA), MARIA, False, MINE),
    ("the second of two, in order", A, (), (KARI, MARIA), MARIA, True, LATER),
    ("the second, the first has acted", A, (), (-KARI, MARIA), MARIA, True, NEXT),
    ("the first, after acting", A, (), (-KARI, MARIA), KARI, True, ACTED),
    ("all have acted", A, (), (-KARI, -MARIA), KARI, False, ACTED),
    ("all have acted, another", A, (), (-KARI, -MARIA), ANNA, False, OTHERS),
    ("twice named, once acted", A, (), (-KARI, KARI), KARI, False, NEXT),
    ("a verifier before", A, (JUSSI,), (KARI,), KARI, False, LATER),
    ("the verifiers have acted", A, (-JUSSI,), (KARI,), KARI, False, NEXT),
    ("a verifier before, nobody named to approve", A, (JUSSI,), (), KARI, False, LATER),
    ("the verifiers have acted, nobody named to approve", A, (-JUSSI,), (), KARI, False, FREE),
    ("verifying, the first", V, (JUSSI, ANNA), (KARI,), JUSSI, True, NEXT),
    ("verifying, the second in order", V, (JUSSI, ANNA), (KARI,), ANNA, True, LATER),
    ("verifying does not wait for acceptors", V, (JUSSI,), (-KARI,), JUSSI, True, NEXT),
    ("verifying, after acting", V, (-JUSSI, ANNA), (), JUSSI, False, ACTED),
    ("rejecting waits for no verifier", R, (JUSSI,), (KARI,), KARI, True, NEXT),
    ("rejecting waits for no order", R, (), (KARI, MARIA), MARIA, True, MINE),
    ("rejecting is for those named", R, (), (KARI,), ANNA, False, OTHERS),
    ("saying no is a verifier’s", NO, (JUSSI, ANNA), (KARI,), ANNA, True, MINE),
    ("saying no is not for others", NO, (JUSSI,), (KARI,), KARI, False, OTHERS),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_whose_turn(row: tuple[str, Act, tuple[int, ...], tuple[int, ...], int | None, bool, Turn]) -> None:
    _, act, verifiers, acceptors, user, ordered, told = row
    rules = Circulation(for_bills=True, ordered=ordered)
    assert turn(act, places(*verifiers), places(*acceptors), user, rules, TODAY) is told


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [(0, 0, NEXT), (-1, 1, NEXT), (-5, 0, NEXT), (0, 5, NEXT), (1, 5, OTHERS), (-5, -1, OTHERS)],
)
def test_a_substitute_acts_on_his_days_both_included(start: int, end: int, told: Turn) -> None:
    rules = Circulation(for_bills=True, substitutions=(stand_in(KARI, MARIA, start, end),))
    assert turn(A, (), places(KARI), MARIA, rules, TODAY) is told
    assert turn(A, (), places(KARI), KARI, rules, TODAY) is NEXT


def test_a_substitutes_substitute_does_not_act() -> None:
    rules = Circulation(for_bills=True, substitutions=(stand_in(KARI, MARIA), stand_in(MARIA, JUSSI)))
    assert turn(A, (), places(KARI), JUSSI, rules, TODAY) is OTHERS
    assert turn(A, (), places(MARIA), JUSSI, rules, TODAY) is NEXT


def test_one_may_stand_in_for_approving_and_not_for_verifying() -> None:
    rules = Circulation(for_bills=True, substitutions=(stand_in(KARI, MARIA, verifies=False),))
    assert turn(A, (), places(KARI), MARIA, rules, TODAY) is NEXT
    assert turn(R, (), places(KARI), MARIA, rules, TODAY) is NEXT
    assert turn(V, places(KARI), (), MARIA, rules, TODAY) is OTHERS


USERS = st.integers(501, 506)
ROUND = st.lists(st.builds(Place, USERS, st.none() | st.just(TODAY)), max_size=5).map(tuple)
ABSENCES = st.lists(
    st.builds(stand_in, USERS, USERS, st.integers(-3, 1), st.integers(-1, 3), st.booleans()), max_size=3
).map(tuple)
RULES = st.builds(Circulation, st.just(True), ordered=st.booleans(), substitutions=ABSENCES)
ACTS = st.sampled_from(Act)


@given(ACTS, ROUND, ROUND, st.none() | USERS, RULES)
def test_it_is_ones_turn_only_in_an_open_place_of_ones_own(
    act: Act, verifiers: tuple[Place, ...], acceptors: tuple[Place, ...], user: int | None, rules: Circulation
) -> None:
    found = turn(act, verifiers, acceptors, user, rules, TODAY)
    named = verifiers if act in (V, NO) else acceptors
    mine = {s.user for s in rules.substitutions if s.by(act) == user and s.start <= TODAY <= s.end} | {user}
    free = [place.user for place in named if place.acted is None]
    if found in (MINE, NEXT):
        assert mine & set(free)
        assert act is not A or all(place.acted is not None for place in verifiers)
    if found is NEXT:
        assert free[0] in mine
    if found is FREE:
        assert not named
    if rules.ordered and act in (V, A):
        assert found is not MINE


@given(ACTS, ROUND, ROUND, RULES)
def test_whoever_is_not_known_in_procountor_has_no_place(
    act: Act, verifiers: tuple[Place, ...], acceptors: tuple[Place, ...], rules: Circulation
) -> None:
    assert turn(act, verifiers, acceptors, None, rules, TODAY) in (FREE, OTHERS, LATER)


@given(ACTS, ROUND, ROUND, USERS, RULES)
def test_where_all_have_acted_it_is_nobodys_turn(
    act: Act, verifiers: tuple[Place, ...], acceptors: tuple[Place, ...], user: int, rules: Circulation
) -> None:
    done = [tuple(Place(place.user, TODAY) for place in group) for group in (verifiers, acceptors)]
    named = done[0 if act in (V, NO) else 1]
    assert turn(act, *done, user, rules, TODAY) in ((ACTED, OTHERS) if named else (FREE,))


@given(ROUND, ROUND, RULES)
def test_somebody_can_always_go_on(
    verifiers: tuple[Place, ...], acceptors: tuple[Place, ...], rules: Circulation
) -> None:
    """While a place is open, one of those named has the turn: no bill is stuck."""
    act = V if any(place.acted is None for place in verifiers) else A
    if act is A and all(place.acted is not None for place in acceptors):
        return
    named = {place.user for place in (*verifiers, *acceptors)}
    assert NEXT in {turn(act, verifiers, acceptors, user, rules, TODAY) for user in named}
