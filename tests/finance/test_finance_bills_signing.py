"""Who may sign: a table of bars, and what no change of the world may ever make more allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.authority import Grant, Holder, Right, Why
from finance.bill import APPROVED, DENIED, INVALIDATED, OPEN, PAID, RECEIVED, UNFINISHED, VERIFIED, Place
from finance.bill_rules import NOTHING, Demand
from finance.circulation import Act, Circulation, Substitution
from finance.signing import Bar, Case, House, Signing, may_sign, right_for

NOW, TODAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC), date(2026, 11, 26)
ME, ADMIN, KARI, MARIA = "T1/U01", "T1/U09", 503, 504
D = Decimal
FREE, ROUND = House(), House(Circulation(for_bills=True, for_claims=True))
BILLS_ONLY, CLAIMS_ONLY = House(Circulation(for_bills=True)), House(Circulation(for_claims=True))
STAND_IN = House(Circulation(for_bills=True, substitutions=(Substitution(KARI, None, MARIA, TODAY, TODAY),)))
BOTH_ACTS = House(verify_and_approve=True)
ALONE = House(alone=True)


def holder(*given_: Right, most: str | None = "1000", user: int | None = KARI, **more: object) -> Holder:
    limits = {"EUR": None if most is None else D(most)}
    grants = tuple(Grant(right, ADMIN, NOW, limits) for right in given_)
    return Holder(frozenset({ME, f"user:{user}"}), grants=grants, user_id=user, **more)  # type: ignore[arg-type]


ALL = holder(Right.APPROVE, Right.PRE_APPROVE, Right.APPROVE_CLAIMS)
VERIFIER = holder(Right.PRE_APPROVE)
MARIAS = holder(Right.APPROVE, user=MARIA)
CLAIMS = holder(Right.APPROVE_CLAIMS, user=MARIA)
UNKNOWN = holder(Right.APPROVE, user=None)
BILL = Case(RECEIVED, D(100), "EUR")
HIS = frozenset({"user:503"})
NAMED = {"acceptors": (Place(KARI),)}
SECOND = {"acceptors": (Place(MARIA), Place(KARI))}
CLAIM = {"claim": True, "owners": HIS}
FOUR_EYES = Demand(four_eyes=True)

TABLE: list[tuple[str, Act, Holder, dict[str, object], House, Bar | None]] = [
    ("all is well", Act.APPROVE, ALL, {}, FREE, None),
    ("approved already", Act.APPROVE, ALL, {"status": APPROVED}, FREE, Bar.STATE),
    ("denied", Act.APPROVE, ALL, {"status": DENIED}, FREE, Bar.STATE),
    ("paid", Act.REJECT, ALL, {"status": PAID}, FREE, Bar.STATE),
    ("cancelled", Act.VERIFY, ALL, {"status": INVALIDATED}, FREE, Bar.STATE),
    ("of a status nobody knows", Act.APPROVE, ALL, {"status": "HALF_APPROVED"}, FREE, Bar.STATE),
    ("verified once is enough", Act.VERIFY, ALL, {"status": VERIFIED}, FREE, Bar.STATE),
    (
        "a further verifier",
        Act.VERIFY,
        ALL,
        {"status": VERIFIED, "verifiers": (Place(MARIA, TODAY), Place(KARI))},
        ROUND,
        None,
    ),
    ("no right", Act.APPROVE, VERIFIER, {}, FREE, Bar.RIGHT),
    ("rejecting needs the right to approve", Act.REJECT, VERIFIER, {}, FREE, Bar.RIGHT),
    ("saying no needs the right to pre-approve", Act.OBJECT, VERIFIER, {}, FREE, None),
    ("over the limit", Act.APPROVE, ALL, {"amount": D("1000.01")}, FREE, Bar.RIGHT),
    ("a credit note over the limit", Act.APPROVE, ALL, {"amount": D("-1000.01")}, FREE, Bar.RIGHT),
    ("at the limit", Act.APPROVE, ALL, {"amount": D("1000.00")}, FREE, None),
    ("over the limit one may say no", Act.REJECT, ALL, {"amount": D(5000)}, FREE, None),
    ("another currency", Act.APPROVE, ALL, {"currency": "SEK"}, FREE, Bar.RIGHT),
    ("a stranger", Act.APPROVE, replace(ALL, trusted=False), {}, FREE, Bar.RIGHT),
    ("verified it himself", Act.APPROVE, ALL, {"verified": HIS}, FREE, Bar.VERIFIED),
    ("verified it himself, where that is allowed", Act.APPROVE, ALL, {"verified": HIS}, BOTH_ACTS, None),
    (
        "… but a rule asks for four eyes",
        Act.APPROVE,
        ALL,
        {"verified": HIS, "demand": FOUR_EYES},
        BOTH_ACTS,
        Bar.VERIFIED,
    ),
    ("approved it himself", Act.APPROVE, ALL, {"approved": HIS}, FREE, Bar.APPROVED),
    ("approved it by another name of his", Act.APPROVE, ALL, {"approved": frozenset({ME})}, FREE, Bar.APPROVED),
    ("changed the account himself", Act.APPROVE, ALL, {"bank_changed": HIS}, FREE, Bar.BANK),
    ("changed the account, and only pre-approves", Act.VERIFY, ALL, {"bank_changed": HIS}, FREE, Bar.BANK),
    ("changed the account, and says no", Act.REJECT, ALL, {"bank_changed": HIS}, FREE, None),
    ("brought it in himself", Act.APPROVE, ALL, {"entered": HIS}, FREE, Bar.ENTERED),
    ("brought it in himself, and only pre-approves", Act.VERIFY, ALL, {"entered": HIS}, FREE, None),
    ("brought it in himself, where that is allowed", Act.APPROVE, ALL, {"entered": HIS}, BOTH_ACTS, None),
    ("brought it in himself in a company of one", Act.APPROVE, ALL, {"entered": HIS}, ALONE, None),
    ("his own claim", Act.APPROVE, ALL, CLAIM, FREE, Bar.OWNER),
    ("his own claim, pre-approving", Act.VERIFY, ALL, CLAIM, FREE, Bar.OWNER),
    ("his own claim in a company of one", Act.APPROVE, ALL, CLAIM, ALONE, Bar.OWNER),
    ("verified himself in a company of one", Act.APPROVE, ALL, {"verified": HIS}, ALONE, None),
    ("the next in the round", Act.APPROVE, ALL, NAMED, ROUND, None),
    ("others are named", Act.APPROVE, MARIAS, NAMED, ROUND, Bar.OTHERS),
    ("nobody Procountor knows", Act.APPROVE, UNKNOWN, NAMED, ROUND, Bar.OTHERS),
    ("others are named, but nothing circulates", Act.APPROVE, MARIAS, NAMED, FREE, None),
    ("in the middle of the round", Act.APPROVE, ALL, SECOND, ROUND, Bar.OWN_KEY),
    ("in the middle of the round, saying no", Act.REJECT, ALL, SECOND, ROUND, None),
    (
        "has acted in the round",
        Act.APPROVE,
        ALL,
        {"acceptors": (Place(KARI, TODAY), Place(MARIA))},
        ROUND,
        Bar.APPROVED,
    ),
    (
        "has verified in the round",
        Act.VERIFY,
        ALL,
        {"verifiers": (Place(KARI, TODAY), Place(MARIA))},
        ROUND,
        Bar.VERIFIED,
    ),
    ("stands in for who is away", Act.APPROVE, MARIAS, NAMED, STAND_IN, None),
    ("bills circulate, claims do not: a bill", Act.APPROVE, MARIAS, NAMED, BILLS_ONLY, Bar.OTHERS),
    ("bills circulate, claims do not: a claim", Act.APPROVE, CLAIMS, {**NAMED, "claim": True}, BILLS_ONLY, None),
    ("claims circulate, bills do not: a bill", Act.APPROVE, MARIAS, NAMED, CLAIMS_ONLY, None),
    ("claims circulate, bills do not: a claim", Act.APPROVE, CLAIMS, {**NAMED, "claim": True}, CLAIMS_ONLY, Bar.OTHERS),
    ("verifiers first", Act.APPROVE, ALL, {**NAMED, "verifiers": (Place(MARIA),)}, ROUND, Bar.LATER),
    ("a rule names others", Act.APPROVE, ALL, {"demand": Demand(approvers=frozenset({"U02"}))}, FREE, Bar.RULE),
    ("a rule names him", Act.APPROVE, ALL, {"demand": Demand(approvers=frozenset({"U01"}))}, FREE, None),
    ("a rule asks for verifying first", Act.APPROVE, ALL, {"demand": Demand(verifications=1)}, FREE, Bar.RULE_LATER),
]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_who_may(row: tuple[str, Act, Holder, dict[str, object], House, Bar | None]) -> None:
    _, act, who, changes, house, bar = row
    found = may_sign(who, act, replace(BILL, **changes), house, NOW, TODAY)  # type: ignore[arg-type]
    assert found.bar is bar
    assert found.allowed is (bar is None)


def test_with_his_own_key_he_signs_in_his_own_place() -> None:
    middle = replace(BILL, acceptors=(Place(MARIA), Place(KARI)))
    assert may_sign(ALL, Act.APPROVE, middle, ROUND, NOW, TODAY, own_key=True).allowed


def test_a_missing_part_of_the_right_is_told() -> None:
    over = may_sign(ALL, Act.APPROVE, replace(BILL, amount=D(2000)), FREE, NOW, TODAY)
    assert (over.verdict.why, over.verdict.limit) == (Why.LIMIT, D(1000))
    assert may_sign(ALL, Act.APPROVE, replace(BILL, currency="SEK"), FREE, NOW, TODAY).verdict.why is Why.CURRENCY
    assert may_sign(holder(), Act.APPROVE, BILL, FREE, NOW, TODAY).verdict.why is Why.MISSING


@pytest.mark.parametrize("act", Act)
def test_claims_have_a_right_of_their_own(act: Act) -> None:
    assert right_for(act, claim=True) is Right.APPROVE_CLAIMS
    assert right_for(act, claim=False) is (Right.PRE_APPROVE if act in (Act.VERIFY, Act.OBJECT) else Right.APPROVE)


NAMES = ("T1/U01", "T1/U02", "T1/U03", "user:503", "user:504", "user:505")
SIGNING = (Right.APPROVE, Right.PRE_APPROVE, Right.APPROVE_CLAIMS)
people = st.frozensets(st.sampled_from(NAMES), max_size=3)
slack = st.frozensets(st.sampled_from(("U01", "U02")), max_size=2)
users = st.sampled_from((503, 504, 505))
rounds = st.lists(st.builds(Place, users, st.none() | st.just(TODAY)), max_size=3).map(tuple)
limits = st.dictionaries(st.sampled_from(("EUR", "SEK")), st.none() | st.decimals(0, 3000, places=2), max_size=2)
grants = st.lists(
    st.builds(Grant, st.sampled_from(SIGNING), st.sampled_from(NAMES), st.just(NOW), limits),
    max_size=3,
    unique_by=lambda grant: grant.right,
).map(tuple)
holders = st.builds(
    Holder,
    names=people.map(lambda names: names | {"T1/U01"}),
    trusted=st.booleans(),
    grants=grants,
    user_id=st.none() | users,
    mapped_by=st.sampled_from(("", *NAMES)),
    mapped_at=st.just(NOW),
)
demands = st.just(NOTHING) | st.builds(
    Demand, st.just("r"), slack, st.integers(0, 2), slack, st.integers(1, 3), st.booleans()
)
cases = st.builds(
    Case,
    status=st.sampled_from((*sorted(OPEN), APPROVED, DENIED)),
    amount=st.decimals(-3000, 3000, places=2),
    currency=st.sampled_from(("EUR", "SEK")),
    claim=st.booleans(),
    verifiers=rounds,
    acceptors=rounds,
    owners=people,
    verified=people,
    approved=people,
    bank_changed=people,
    demand=demands,
    verifications=st.integers(0, 2),
)
houses = st.builds(
    House, st.builds(Circulation, st.booleans(), st.booleans(), st.booleans()), st.booleans(), st.booleans()
)
acts, keys = st.sampled_from(Act), st.booleans()


def sign(who: Holder, act: Act, case: Case, house: House, own_key: bool = False) -> Signing:
    return may_sign(who, act, case, house, NOW, TODAY, own_key=own_key)


@given(holders, acts, cases, houses, keys)
def test_nothing_taken_from_a_person_lets_him_do_more(
    who: Holder, act: Act, case: Case, house: House, key: bool
) -> None:
    lesser = [
        replace(who, trusted=False),
        *(replace(who, grants=tuple(g for g in who.grants if g is not gone)) for gone in who.grants),
        replace(who, grants=tuple(replace(g, limits=_lowered(g)) for g in who.grants)),
        replace(who, grants=tuple(replace(g, limits={}) for g in who.grants)),
    ]
    if not sign(who, act, case, house, key).allowed:
        assert not any(sign(less, act, case, house, key).allowed for less in lesser)


def _lowered(grant: Grant) -> dict[str, Decimal | None]:
    return {currency: D(500) if most is None else most / 2 for currency, most in grant.limits.items()}


@given(holders, acts, cases, houses, keys, st.decimals(0, 5000, places=2))
def test_no_larger_amount_is_more_allowed(
    who: Holder, act: Act, case: Case, house: House, key: bool, more: Decimal
) -> None:
    larger = replace(case, amount=case.amount + (more if case.amount >= 0 else -more))
    assert not sign(who, act, larger, house, key).allowed or sign(who, act, case, house, key).allowed


@given(holders, acts, cases, houses, keys, people)
def test_nobody_may_more_because_somebody_has_acted(
    who: Holder, act: Act, case: Case, house: House, key: bool, more: frozenset[str]
) -> None:
    for name in ("owners", "verified", "approved", "bank_changed"):
        after = replace(case, **{name: getattr(case, name) | more})
        assert not sign(who, act, after, house, key).allowed or sign(who, act, case, house, key).allowed


@given(holders, cases, houses, keys)
def test_one_human_is_never_two(who: Holder, case: Case, house: House, key: bool) -> None:
    """Under whatever of his names he has approved, verified, changed the account, or claims the money."""
    house = replace(house, alone=False)
    if sign(who, Act.APPROVE, case, house, key).allowed:
        assert not who.names & (case.approved | case.bank_changed | case.owners)
        assert house.verify_and_approve or not who.names & case.verified
        for name in who.names:
            signed = replace(case, approved=case.approved | {name})
            assert sign(who, Act.APPROVE, signed, house, key).bar is Bar.APPROVED


@given(holders, acts, cases, houses, demands)
def test_the_companys_own_rules_only_ask_for_more(
    who: Holder, act: Act, case: Case, house: House, asked: Demand
) -> None:
    plain = replace(case, demand=NOTHING, verifications=0)
    further = act is Act.VERIFY and case.status == VERIFIED  # a rule may ask for a second verifier
    ruled = replace(plain, demand=replace(asked, verifications=0) if further else asked)
    assert not sign(who, act, ruled, house).allowed or sign(who, act, plain, house).allowed


@given(holders, acts, cases, houses)
def test_an_own_key_takes_nothing_away(who: Holder, act: Act, case: Case, house: House) -> None:
    assert not sign(who, act, case, house).allowed or sign(who, act, case, house, own_key=True).allowed


@given(holders, acts, cases, houses, keys)
def test_without_the_right_or_an_open_bill_nothing_is_allowed(
    who: Holder, act: Act, case: Case, house: House, key: bool
) -> None:
    if sign(who, act, case, house, key).allowed:
        grant = who.grant(right_for(act, claim=case.claim))
        assert case.status in OPEN
        assert who.trusted
        assert grant is not None
        if act is Act.APPROVE:
            most = grant.limits[case.currency]
            assert most is None or abs(case.amount) <= most


@pytest.mark.parametrize("status", [RECEIVED, UNFINISHED, VERIFIED])
def test_every_open_bill_can_be_approved_by_somebody(status: str) -> None:
    assert sign(ALL, Act.APPROVE, replace(BILL, status=status), FREE).allowed
