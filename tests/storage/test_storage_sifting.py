"""The sift of lists says what the decision says: for any bill, person, circulation and history."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.authority import Grant, Holder, Right
from finance.bill import Bill, Place
from finance.bill_waiting import hand
from finance.circulation import Act, Circulation, Substitution
from finance.signing import Case, House, may_sign
from storage import decisions, sifting
from storage.database import Store
from storage.decisions import Claim
from tests.support.databases import fresh
from tests.support.kept_bills import bill, keep
from tests.support.stores import KEY, found_company

NOW, TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 23)
ME, OTHERS = 502, (503, 504)
ids = itertools.count(1)

places = st.lists(
    st.builds(Place, st.sampled_from((ME, *OTHERS)), st.sampled_from((None, TODAY))),
    max_size=3,
    unique_by=lambda p: p.user,
).map(tuple)
bills_ = st.builds(
    lambda **said: bill(next(ids), **said),
    gross=st.sampled_from(("100.00", "100.01", "-99.99", "-100.01")),
    currency=st.sampled_from(("EUR", "SEK")),
    status=st.sampled_from(("RECEIVED", "UNFINISHED", "VERIFIED", "APPROVED")),
    verifiers=places,
    acceptors=places,
)
grants = st.lists(
    st.builds(
        Grant,
        st.sampled_from((Right.PRE_APPROVE, Right.APPROVE)),
        st.sampled_from(("T1/U1", "T1/U2")),
        st.sampled_from((NOW.replace(day=1), NOW)),
        st.dictionaries(st.sampled_from(("EUR", "SEK")), st.sampled_from((None, Decimal(100)))),
    ),
    max_size=2,
    unique_by=lambda grant: grant.right,
).map(tuple)
houses = st.builds(
    House,
    st.builds(
        Circulation,
        for_bills=st.booleans(),
        ordered=st.booleans(),
        substitutions=st.sampled_from(((), (Substitution(OTHERS[0], ME, ME, TODAY, TODAY),))),
    ),
    st.booleans(),
    st.booleans(),
)
history = st.lists(
    st.tuples(
        st.sampled_from((Act.VERIFY, Act.APPROVE)),
        st.sampled_from(("U1", "U2")),
        st.sampled_from((decisions.DONE, decisions.SIGNED, decisions.REFUSED)),
    ),
    max_size=2,
    unique_by=lambda made: made[:2],
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    store = Store(fresh("sqlite", tmp_path_factory.mktemp("sift")), (KEY,))
    store.upgrade()
    yield store, found_company(store)
    store.close()


def case(found: Bill, made: list[tuple[Act, str, str]], me: int | None) -> Case:
    """As `handlers.signing.case` has it."""

    def acted(named: tuple[Place, ...]) -> frozenset[str]:
        return frozenset(f"user:{p.user}" for p in named if p.acted is not None)

    def decided(act: Act) -> frozenset[str]:
        names = set()
        for what, user, state in made:
            undone = bool(found.acceptors) and all(p.acted is None for p in found.acceptors)
            counts = state == decisions.SIGNED or (state == decisions.DONE and not (act is Act.APPROVE and undone))
            if what is act and counts:
                names |= {f"T1/{user}", *([f"user:{me}"] if user == "U1" and me else [])}
        return frozenset(names)

    verified, approved = acted(found.verifiers) | decided(Act.VERIFY), acted(found.acceptors) | decided(Act.APPROVE)
    return Case(found.status, found.gross, found.currency, False, found.verifiers, found.acceptors, frozenset(),
                verified, approved)  # fmt: skip


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bills_, grants, houses, history, st.sampled_from((ME, None)), st.booleans())
def test_the_sift_says_what_the_decision_says(
    place: tuple[Store, str], found: Bill, given: Any, house: House, made: Any, me: int | None, own_key: bool
) -> None:
    names = frozenset({"T1/U1", *([f"user:{me}"] if me else [])})
    holder = Holder(names, grants=given, user_id=me)
    store, company = place
    with store.write() as tx:
        keep(tx, company, found)
        for n, (act, user, state) in enumerate(made):
            claim = Claim(
                company, found.id, f"{n}", f"{act}:{n}", act, "T1", user, me if user == "U1" else None, False, "{}"
            )
            d, _ = decisions.claim(tx, claim, NOW)
            decisions.move(tx, d, state)
        mine = hand("T1", "U1", holder, house, NOW, TODAY, own_key=own_key)
        sifted = sifting.sifted(tx, company, mine, [found.id])
    decided = [
        may_sign(holder, act, case(found, made, me), house, NOW, TODAY, own_key=own_key).allowed
        for act in (Act.VERIFY, Act.APPROVE)
    ]
    assert bool(sifted) == any(decided)


ALL = Grant(Right.APPROVE, "T1/U9", NOW.replace(day=1), {"EUR": None})


@pytest.mark.parametrize(
    ("acceptors", "made", "waits"),
    [
        ((Place(ME), Place(OTHERS[0])), (), True),
        ((Place(ME, TODAY), Place(OTHERS[0])), (), False),  # he acts for the other, and has acted himself
        ((Place(ME),), (decisions.DONE,), True),  # made unfinished since: Procountor has forgotten it
        ((Place(ME),), (decisions.SIGNED,), False),
        ((), (decisions.DONE,), False),
    ],
)
def test_what_somebody_has_done_himself(
    place: tuple[Store, str], acceptors: tuple[Place, ...], made: tuple[str, ...], waits: bool
) -> None:
    store, company = place
    found = bill(next(ids), acceptors=acceptors)
    circulation = Circulation(for_bills=True, substitutions=(Substitution(OTHERS[0], ME, ME, TODAY, TODAY),))
    holder = Holder(frozenset({"T1/U1", f"user:{ME}"}), grants=(ALL,), user_id=ME)
    mine = hand("T1", "U1", holder, House(circulation), NOW, TODAY)
    with store.write() as tx:
        keep(tx, company, found)
        for state in made:
            d, _ = decisions.claim(
                tx, Claim(company, found.id, "p", "a", Act.APPROVE, "T1", "U1", ME, False, "{}"), NOW
            )
            decisions.move(tx, d, state)
        assert sifting.sifted(tx, company, mine, [found.id]) == (frozenset({found.id}) if waits else frozenset())


def test_what_is_on_its_way_waits_for_nobody(place: tuple[Store, str]) -> None:
    store, company = place
    found = bill(next(ids))
    holder = Holder(frozenset({"T1/U1"}), grants=(ALL,))
    mine = hand("T1", "U1", holder, House(), NOW, TODAY)
    with store.write() as tx:
        keep(tx, company, found)
        assert sifting.sifted(tx, company, mine, [found.id]) == {found.id}
        d, _ = decisions.claim(
            tx, Claim(company, found.id, "p", "approve:1", Act.APPROVE, "T1", "U2", None, False, "{}"), NOW
        )
        assert sifting.sifted(tx, company, mine, [found.id]) == frozenset()
        assert sifting.sifted(tx, company, replace(mine, approves=False), [found.id]) == frozenset()
        decisions.move(tx, d, decisions.REFUSED)
        assert sifting.sifted(tx, company, mine, [found.id]) == {found.id}
