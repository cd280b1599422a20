"""The sift of lists says what the decision says: for any bill, person, circulation, rules and history."""

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
from finance.bill import Bill, Place, print_of
from finance.bill_rules import Demand, Rule, demand
from finance.bill_waiting import hand
from finance.circulation import Act, Circulation, Substitution
from finance.signing import Case, House, may_sign
from handlers import signing
from handlers.signing import Signer
from storage import decisions, shares, sifting
from storage.database import Store
from storage.decisions import Claim, Decision
from tests.support.databases import fresh
from tests.support.kept_bills import bill, brought, keep
from tests.support.stores import KEY, found_company

NOW, TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 23)
LONG_AGO = NOW.replace(day=1)
ME, OTHERS = 502, (503, 504)
ids = itertools.count(1)

places = st.lists(
    st.builds(Place, st.sampled_from((ME, *OTHERS)), st.sampled_from((None, TODAY))),
    max_size=3,
    unique_by=lambda p: p.user,
).map(tuple)
bills_ = st.builds(
    lambda **said: bill(next(ids), supplier="Toimittaja Oy", supplier_id="2077474-0", **said),
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
        st.sampled_from((LONG_AGO, NOW)),
        st.dictionaries(st.sampled_from(("EUR", "SEK")), st.sampled_from((None, Decimal(100)))),
    ),
    max_size=2,
    unique_by=lambda grant: grant.right,
).map(tuple)
stand_in = Substitution(OTHERS[0], ME, ME, TODAY, TODAY)
houses = st.builds(
    House,
    st.builds(
        Circulation,
        for_bills=st.booleans(),
        ordered=st.booleans(),
        substitutions=st.sampled_from(((), (stand_in,), (replace(stand_in, known=False),))),
    ),
    st.booleans(),
    st.booleans(),
)
history_ = st.lists(
    st.tuples(
        st.sampled_from((Act.VERIFY, Act.APPROVE)),
        st.sampled_from(("U1", "U2")),
        st.sampled_from((decisions.DONE, decisions.SIGNED, decisions.REFUSED)),
    ).filter(lambda made: made[0] is Act.APPROVE or made[2] != decisions.SIGNED),
    max_size=2,
    unique_by=lambda made: made[:2],
)
rules_ = st.lists(
    st.builds(
        Rule,
        name=st.just("sääntö"),
        least=st.sampled_from(({}, {"EUR": "100.01"})),
        suppliers=st.sampled_from(((), ("TOIMITTAJA oy",), ("2077474-0",), ("Muu Oy",))),
        projects=st.sampled_from(((), ("p-1",), ("P-2",))),
        verifiers=st.sampled_from(((), ("U1",), ("U1", "U2"), ("U2",))),
        verify_all=st.booleans(),
        approvers=st.sampled_from(((), ("U1",), ("U2",))),
        four_eyes=st.booleans(),
    ),
    max_size=2,
).map(tuple)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str]]:
    store = Store(fresh("sqlite", tmp_path_factory.mktemp("sift")), (KEY,))
    store.upgrade()
    yield store, found_company(store)
    store.close()


def case(found: Bill, made: tuple[Decision, ...], asked: Demand) -> Case:
    """As `handlers.signing.case` has it."""

    def acted(named: tuple[Place, ...]) -> frozenset[str]:
        return frozenset(f"user:{p.user}" for p in named if p.acted is not None)

    def names(act: Act) -> frozenset[str]:
        own = [d for d in signing.standing(made, found) if d.act is act]
        return frozenset(name for d in own for name in (d.who, f"user:{d.user_id}" if d.user_id is not None else d.who))

    verified = {d.user for d in signing.standing(made, found) if d.act is Act.VERIFY}
    return Case(
        status=found.status,
        amount=found.gross,
        currency=found.currency,
        verifiers=found.verifiers,
        acceptors=found.acceptors,
        verified=acted(found.verifiers) | names(Act.VERIFY),
        approved=acted(found.acceptors) | names(Act.APPROVE),
        demand=asked,
        verifications=len(verified & asked.verifiers),
    )


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    bills_,
    grants,
    houses,
    history_,
    st.sampled_from((ME, None)),
    st.booleans(),
    rules_,
    st.sampled_from(("", "P-1")),
    st.sampled_from(("", "P-2")),
    st.sampled_from(("", "", "U1", "U2")),
)
def test_the_sift_says_what_the_decision_says(
    place: tuple[Store, str],
    found: Bill,
    given: Any,
    house: House,
    history: Any,
    me: int | None,
    own_key: bool,
    rules: tuple[Rule, ...],
    project: str,
    divided: str,
    sender: str,
) -> None:
    holder = Holder(frozenset({"T1/U1", *([f"user:{me}"] if me else [])}), grants=given, user_id=me)
    store, company = place
    with store.read() as tx:  # never committed: the next bill finds the store empty
        keep(tx, company, found, project)
        shares.divide(tx, company, found.id, {divided: Decimal(100)} if divided else {}, "test", NOW)
        for n, (act, user, state) in enumerate(history):
            own, print = (me if user == "U1" else None), (print_of(found) if n == 0 else "old")
            d, _ = decisions.claim(tx, Claim(company, found.id, print, f"{n}", act, "T1", user, own, False, "{}"), NOW)
            decisions.move(tx, d, state)
        if sender:
            brought(tx, company, ("T1", sender), found.id, NOW)
        mine = hand("T1", "U1", holder, house, NOW, TODAY, rules, own_key=own_key)
        sifted = sifting.sifted(tx, company, mine, [found.id])
        made = decisions.of_bill(tx, company, found.id)
    asked = demand(found, (project, *([divided] if divided else [])), (), rules)
    matter = replace(case(found, made, asked), entered=frozenset({f"T1/{sender}"} if sender else ()))
    who = Signer("T1", "U1", holder, own_key)

    def allowed(act: Act) -> bool:
        own = own_key and signing.speaks_himself(who, act, found, house.circulation)
        return may_sign(holder, act, matter, house, NOW, TODAY, own_key=own).allowed

    assert bool(sifted) == any(map(allowed, (Act.VERIFY, Act.APPROVE)))


ALL = Grant(Right.APPROVE, "T1/U9", LONG_AGO, {"EUR": None})


@pytest.mark.parametrize(
    ("acceptors", "made", "waits"),
    [
        ((Place(ME), Place(OTHERS[0])), (), True),
        ((Place(ME, TODAY), Place(OTHERS[0])), (), False),  # he acts for the other, and has acted himself
        ((Place(ME),), (decisions.DONE,), True),  # made unfinished since: Procountor has forgotten it
        ((Place(ME),), (decisions.SIGNED,), False),
        ((), (decisions.SIGNED,), False),
        ((), (decisions.DONE,), True),
    ],
)
def test_what_somebody_has_done_himself(
    place: tuple[Store, str], acceptors: tuple[Place, ...], made: tuple[str, ...], waits: bool
) -> None:
    store, company = place
    found = bill(next(ids), acceptors=acceptors)
    circulation = Circulation(for_bills=True, substitutions=(stand_in,))
    holder = Holder(frozenset({"T1/U1", f"user:{ME}"}), grants=(ALL,), user_id=ME)
    mine = hand("T1", "U1", holder, House(circulation), NOW, TODAY)
    with store.write() as tx:
        keep(tx, company, found)
        for state in made:
            claim = Claim(company, found.id, print_of(found), "a", Act.APPROVE, "T1", "U1", ME, False, "{}")
            d, _ = decisions.claim(tx, claim, NOW)
            decisions.move(tx, d, state)
        assert sifting.sifted(tx, company, mine, [found.id]) == (frozenset({found.id}) if waits else frozenset())


@pytest.mark.parametrize(
    ("verified", "waits"),
    [((), False), (("U2",), False), (("U2", "U3"), True)],
    ids=["nobody", "one of two", "both"],
)
def test_a_rule_lets_the_approver_wait_until_all_it_names_have_pre_approved(
    place: tuple[Store, str], verified: tuple[str, ...], waits: bool
) -> None:
    store, company = place
    found = bill(next(ids), status="VERIFIED" if verified else "RECEIVED")
    rule = Rule("iso", {"EUR": "50"}, verifiers=("U2", "U3"), verify_all=True)
    holder = Holder(frozenset({"T1/U1"}), grants=(ALL,))
    mine = hand("T1", "U1", holder, House(), NOW, TODAY, (rule,))
    with store.write() as tx:
        keep(tx, company, found)
        for user in verified:
            claim = Claim(company, found.id, print_of(found), user, Act.VERIFY, "T1", user, None, False, "{}")
            d, _ = decisions.claim(tx, claim, NOW)
            decisions.move(tx, d, decisions.DONE)
        assert bool(sifting.sifted(tx, company, mine, [found.id])) == waits


def test_what_is_on_its_way_waits_for_nobody(place: tuple[Store, str]) -> None:
    store, company = place
    found = bill(next(ids))
    mine = hand("T1", "U1", Holder(frozenset({"T1/U1"}), grants=(ALL,)), House(), NOW, TODAY)
    with store.write() as tx:
        keep(tx, company, found)
        assert sifting.sifted(tx, company, mine, [found.id]) == {found.id}
        claim = Claim(company, found.id, "p", "approve:1", Act.APPROVE, "T1", "U2", None, False, "{}")
        d, _ = decisions.claim(tx, claim, NOW)
        assert sifting.sifted(tx, company, mine, [found.id]) == frozenset()
        decisions.move(tx, d, decisions.REFUSED)
        assert sifting.sifted(tx, company, mine, [found.id]) == {found.id}
        assert sifting.sifted(tx, company, replace(mine, approves=False), [found.id]) == frozenset()
