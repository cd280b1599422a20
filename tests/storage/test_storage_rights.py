"""Rights as they are kept: one by one, each with its giver; who a Slack user is; what he has chosen for himself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import insert

from finance.authority import Limits, Right
from storage import members, own_keys, registers, rights
from storage.database import Store
from storage.rights import Change
from storage.tables import staff
from tests.support.stores import NOON

LATER = NOON + timedelta(days=2)
TEAM, ANNA, MIKA = "T1", "U01", "U02"


def given(
    store: Store, company: str, to: Mapping[Right, Limits] | Iterable[Right], user: str = ANNA, at: int = 0
) -> Change:
    with store.write() as tx:
        return rights.give(tx, company, TEAM, user, to, f"{TEAM}/U0ADMIN{at}", NOON + timedelta(days=at))


def known_as(store: Store, company: str, user: str, **more: object) -> None:
    values = {"name": "x", "email": "", "matched": "hand", "matched_by": f"{TEAM}/U0ADMIN", "matched_at": NOON, **more}
    with store.write() as tx:
        tx.execute(insert(staff).values(company=company, team=TEAM, slack_user=user, **values))


def test_the_same_slack_user_is_somebody_else_in_another_company(store: Store, company: str, other: str) -> None:
    given(store, company, (Right.FINANCE, Right.ADMIN))
    given(store, other, (Right.ADMIN,))
    with store.read() as tx:
        assert rights.holder(tx, company, TEAM, ANNA).rights == {Right.FINANCE, Right.ADMIN}
        assert rights.holder(tx, other, TEAM, ANNA).rights == {Right.ADMIN}
        assert rights.holder(tx, other, "T2", ANNA).rights == frozenset()
        assert rights.with_right(tx, other, Right.FINANCE) == ()
        assert set(rights.companies_of(tx, TEAM, ANNA)) == {company, other}


def test_giving_tells_what_it_changed_and_leaves_the_rest_as_it_was_given(store: Store, company: str) -> None:
    hundred = {"EUR": Decimal("100.50"), "SEK": None}
    assert given(store, company, {Right.APPROVE: hundred, Right.SEE_OWN: {}}) == Change(
        new=frozenset({Right.APPROVE, Right.SEE_OWN})
    )
    assert not given(store, company, {Right.APPROVE: hundred, Right.SEE_OWN: {}}, at=1)
    more = {"EUR": Decimal(200), "SEK": None}
    assert given(store, company, {Right.APPROVE: more, Right.RECEIVE: {}}, at=2) == Change(
        frozenset({Right.RECEIVE}), frozenset({Right.SEE_OWN}), frozenset({Right.APPROVE})
    )
    with store.read() as tx:
        holder = rights.holder(tx, company, TEAM, ANNA)
    approve, receive = holder.grant(Right.APPROVE), holder.grant(Right.RECEIVE)
    assert approve is not None
    assert receive is not None
    assert (approve.limits, approve.by, approve.at) == (more, f"{TEAM}/U0ADMIN2", LATER)
    assert receive.limits == {}


def test_a_right_kept_through_a_new_giving_keeps_its_giver(store: Store, company: str) -> None:
    given(store, company, (Right.FINANCE,))
    given(store, company, (Right.FINANCE, Right.ADMIN), at=1)
    with store.read() as tx:
        kept = rights.holder(tx, company, TEAM, ANNA).grant(Right.FINANCE)
    assert kept is not None
    assert (kept.by, kept.at) == (f"{TEAM}/U0ADMIN0", NOON)


def test_everybody_is_listed_with_all_they_have(store: Store, company: str) -> None:
    given(store, company, (Right.FINANCE,))
    given(store, company, {Right.APPROVE: {"EUR": None}, Right.SEE_ALL: {}}, user=MIKA)
    with store.read() as tx:
        found = {user: {g.right for g in grants} for (_, user), grants in rights.everybody(tx, company).items()}
    assert found == {ANNA: {Right.FINANCE}, MIKA: {Right.APPROVE, Right.SEE_ALL}}


def test_two_slack_users_of_one_person_have_each_others_names(store: Store, company: str, other: str) -> None:
    known_as(store, company, ANNA, person_id=3001, user_id=502)
    known_as(store, company, MIKA, person_id=3002, user_id=502)
    known_as(store, other, "U03", user_id=502)
    with store.read() as tx:
        anna = rights.holder(tx, company, TEAM, ANNA)
    assert anna.names == {"T1/U01", "T1/U02", "user:502", "person:3001"}
    assert (anna.user_id, anna.person_id, anna.mapped_by, anna.mapped_at) == (502, 3001, "T1/U0ADMIN", NOON)


def test_an_own_key_says_who_one_is_and_nobody_else_has_to(store: Store, company: str) -> None:
    known_as(store, company, ANNA, person_id=3001, user_id=502)
    with store.write() as tx:
        own_keys.keep(tx, company, TEAM, ANNA, "avain", 507, "petteri", NOON)
        anna = rights.holder(tx, company, TEAM, ANNA)
        assert (anna.user_id, anna.mapped_by, anna.mapped_at) == (507, "", None)
        own = own_keys.get(tx, company, TEAM, ANNA)
        assert own is not None
        assert (own.user_id, own.user_name) == (507, "petteri")
        assert own_keys.opened(tx, company, TEAM, ANNA) == "avain"
        assert own_keys.opened(tx, company, TEAM, MIKA) is None
        assert own_keys.forget(tx, company, TEAM, ANNA)
        assert not own_keys.forget(tx, company, TEAM, ANNA)
        assert rights.holder(tx, company, TEAM, ANNA).user_id == 502


def test_it_is_known_who_has_shown_to_be_whom(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        own_keys.keep(tx, company, TEAM, ANNA, "avain", 507, "Petteri", NOON)
        own_keys.keep(tx, other, TEAM, MIKA, "avain", 507, "Petteri", NOON)
        assert own_keys.of_user(tx, company, 507) == (TEAM, ANNA)
        assert own_keys.of_user(tx, company, 508) is None
        assert own_keys.everybody(tx, company) == {(TEAM, ANNA): own_keys.OwnKey(507, "Petteri", NOON)}


def test_another_giver_takes_a_right_over_as_it_is(store: Store, company: str) -> None:
    most = {"EUR": Decimal(5)}
    given(store, company, {Right.APPROVE: most, Right.SEE_OWN: {}})
    with store.write() as tx:
        rights.confirm(tx, company, TEAM, ANNA, [Right.APPROVE], "T1/UEMMA", LATER)
        holder = rights.holder(tx, company, TEAM, ANNA)
    approve, own = holder.grant(Right.APPROVE), holder.grant(Right.SEE_OWN)
    assert approve is not None
    assert own is not None
    assert (approve.by, approve.at, approve.limits) == ("T1/UEMMA", LATER, most)
    assert own.by == f"{TEAM}/U0ADMIN0"


def test_an_offered_key_is_taken_once_and_not_late(store: Store, company: str) -> None:
    with store.write() as tx:
        token = own_keys.offer(tx, company, TEAM, ANNA, "company", "avain", NOON)
        own_keys.found(tx, token, "{}")
        offered = own_keys.offered(tx, token, NOON + timedelta(minutes=9))
        assert offered == own_keys.Offered(company, TEAM, ANNA, "company", "avain", "{}")
        assert own_keys.offered(tx, token, NOON + timedelta(minutes=10)) is None
        assert own_keys.offered(tx, "invented", NOON) is None
        assert own_keys.taken(tx, token)
        assert not own_keys.taken(tx, token)


def test_what_a_member_chose_stays_when_he_chooses_more(store: Store, company: str) -> None:
    with store.write() as tx:
        assert members.get(tx, "T5", ANNA) == members.Member("T5", ANNA)
        members.choose(tx, "T5", ANNA, language="sv")
        members.choose(tx, "T5", ANNA, notify="off", company=company)
        assert members.get(tx, "T5", ANNA) == members.Member("T5", ANNA, company, "sv", "off")


def test_a_register_tells_what_a_file_brought(store: Store, company: str, other: str) -> None:
    def keep(*names: str, whole: bool = False, where: str = company) -> registers.Kept:
        with store.write() as tx:
            found = {name[0]: members.Member("T", name) for name in names}
            return registers.keep(tx, where, "project", found, NOON, whole=whole)

    assert keep("a1", "b1") == registers.Kept(new=2)
    assert keep("a1", "b2", "c1") == registers.Kept(new=1, changed=1, same=1)
    assert keep("a1", whole=True) == registers.Kept(same=1, gone=2)
    assert keep("z", where=other) == registers.Kept(new=1)
    with store.read() as tx:
        assert registers.all(tx, company, "project", members.Member) == {"a": members.Member("T", "a1")}
        assert registers.get(tx, company, "project", "z", members.Member) is None
        assert registers.count(tx, company, "project") == 1
