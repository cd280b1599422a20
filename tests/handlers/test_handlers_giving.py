"""Giving rights, against a model: whatever admins do in whatever order, nobody signs on his own word within a day."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance import authority
from finance.authority import Right
from handlers import giving
from handlers.giving import Bar, Outcome, Wish
from storage import audit, companies, rights, staff
from storage.database import Store
from tests.support.databases import KINDS, fresh
from tests.support.stores import KEY, NOON, found_company

TEAM = "T1"
HUMANS = {"UANNA": "anna", "UANNA2": "anna", "UMIKA": "mika", "UEMMA": "emma"}  # Anna has two accounts
ADMINS = ("UANNA", "UANNA2", "UMIKA")


@dataclass
class Asked:
    tasks: list[tuple[str, list[str]]] = field(default_factory=list)

    def soon(self, tx: Any, lane: str, task: str, key: str, company: str, args: list[str], **_: Any) -> None:
        self.tasks.append((task, args))


@dataclass
class Office:
    """A company with its admins and a clock."""

    store: Store
    company: str
    now: datetime = NOON
    asked: Asked = field(default_factory=Asked)

    @property
    def desk(self) -> Any:
        return SimpleNamespace(clock=lambda: self.now, work=self.asked, store=self.store)

    def seen(self, user: str) -> str:
        with self.store.read() as tx:
            return giving.mark(rights.holder(tx, self.company, TEAM, user).grants)

    def held(self, user: str) -> dict[Right, Any]:
        with self.store.read() as tx:
            return {g.right: g.limits for g in rights.holder(tx, self.company, TEAM, user).grants}

    def give(self, by: str, to: str, wanted: dict[Right, Any], seen: str = "", **more: Any) -> Outcome:
        wish = Wish(to, wanted, seen or self.seen(to), **more)
        with self.store.write() as tx:
            company = companies.get(tx, self.company)
            outcome = giving.give(self.desk, tx, company, (TEAM, by), wish, set(ADMINS) - {to})
            if outcome.row:
                giving.tell(self.desk, tx, company, (TEAM, by), [outcome.row])
        return outcome

    def usable(self, user: str, right: Right) -> bool:
        with self.store.read() as tx:
            holder = rights.holder(tx, self.company, TEAM, user)
        return authority.may(holder, right, self.now).allowed


@pytest.fixture(scope="module", params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(fresh(request.param, tmp_path_factory.mktemp("giving")), (KEY,))
    opened.upgrade()
    yield opened
    opened.close()


def office(store: Store) -> Office:
    """Anna (twice), Mika and Emma, mapped by the command line; three of the accounts are admins'."""
    made = Office(store, found_company(store))
    with store.write() as tx:
        for place, user in enumerate(HUMANS):
            known = {"team": TEAM, "user": user, "user_id": 500 + list(HUMANS.values()).index(HUMANS[user])}
            staff.add(tx, made.company, user, matched="hand", matched_by="command line", psa=str(place), **known)
        for user in ADMINS:
            rights.give(tx, made.company, TEAM, user, (Right.ADMIN,), "command line", NOON - timedelta(days=9))
    return made


LIMITS = ({"EUR": Decimal(100)}, {"EUR": Decimal(900)}, {"EUR": None})
STEP = st.tuples(
    st.sampled_from(ADMINS),
    st.sampled_from(list(HUMANS)),
    st.sampled_from(["give", "take", "confirm"]),
    st.sampled_from(LIMITS),
    st.integers(0, 30),
)


@settings(max_examples=40)
@given(steps=st.lists(STEP, min_size=1, max_size=12))
def test_nobody_signs_on_his_own_word_within_a_day(store: Store, steps: list[Any]) -> None:
    here = office(store)
    last: dict[str, tuple[str, datetime]] = {}  # whose word an account's right to approve rests on, and since when
    for by, to, what, most, hours in steps:
        here.now += timedelta(hours=hours)
        before = here.held(to)
        wanted = {r: m for r, m in before.items() if r is not Right.APPROVE}
        if what == "give":
            wanted[Right.APPROVE] = most
        elif what == "confirm" and Right.APPROVE in before:
            wanted[Right.APPROVE] = before[Right.APPROVE]
        outcome = here.give(by, to, wanted, confirm=what == "confirm")
        assert outcome.bar is None
        changed = before.get(Right.APPROVE) != wanted.get(Right.APPROVE)
        confirmed = what == "confirm" and HUMANS[by] != HUMANS[to] and to in last and _own_and_fresh(here, last, to)
        if Right.APPROVE not in wanted:
            last.pop(to, None)
        elif changed or confirmed:
            last[to] = (HUMANS[by], here.now)
        for user in HUMANS:
            assert here.usable(user, Right.APPROVE) == (user in last and not _own_and_fresh(here, last, user))


def _own_and_fresh(here: Office, last: dict[str, tuple[str, datetime]], user: str) -> bool:
    giver, at = last[user]
    return giver == HUMANS[user] and here.now < at + timedelta(hours=24)


def test_admins_who_remove_each_other_at_once_leave_one(store: Store) -> None:
    here = office(store)
    here.give("UMIKA", "UANNA2", {})
    marks = {user: here.seen(user) for user in ("UANNA", "UMIKA")}
    found: list[Outcome] = []
    barrier = threading.Barrier(2)

    def remove(by: str, to: str) -> None:
        barrier.wait()
        found.append(here.give(by, to, {}, marks[to]))

    pairs = (("UANNA", "UMIKA"), ("UMIKA", "UANNA"))
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as tx:
        assert len(rights.with_right(tx, here.company, Right.ADMIN)) == 1
    assert sorted(str(outcome.bar) for outcome in found) == ["None", "right"]


def test_of_two_who_looked_at_the_same_only_the_first_is_heard(store: Store) -> None:
    here = office(store)
    seen = here.seen("UEMMA")
    assert here.give("UANNA", "UEMMA", {Right.SEE_OWN: {}}, seen).bar is None
    assert here.give("UMIKA", "UEMMA", {Right.SEE_ALL: {}}, seen).bar is Bar.STALE
    assert set(here.held("UEMMA")) == {Right.SEE_OWN}


@pytest.mark.parametrize(
    ("by", "to", "wanted", "more", "bar"),
    [
        ("UEMMA", "UMIKA", {Right.FINANCE: {}}, {}, Bar.RIGHT),
        ("UNOBODY", "UEMMA", {Right.ADMIN: {}}, {}, Bar.RIGHT),
        ("UANNA", "UEMMA", {Right.SEE_OWN: {}}, {"trusted": False}, Bar.STRANGER),
    ],
)
def test_what_is_not_given(
    store: Store, by: str, to: str, wanted: dict[Right, Any], more: dict[str, Any], bar: Bar
) -> None:
    here = office(store)
    before = here.held(to)
    assert here.give(by, to, wanted, **more) == Outcome(bar)
    assert (here.held(to), here.asked.tasks) == (before, [])


def test_the_last_admin_stays(store: Store) -> None:
    here = office(store)
    assert here.give("UMIKA", "UANNA", {}).bar is None
    assert here.give("UMIKA", "UANNA2", {}).bar is None
    assert here.give("UMIKA", "UMIKA", {}).bar is Bar.LAST


def test_who_hears_of_what(store: Store) -> None:
    here = office(store)
    row = str(here.give("UANNA", "UEMMA", {Right.RECEIVE: {}}).row)
    assert here.asked.tasks == [("rights.tell", [here.company, TEAM, "UEMMA", row])]
    here.asked.tasks.clear()
    row = str(here.give("UANNA", "UEMMA", {Right.APPROVE: {"EUR": Decimal(5)}}).row)
    alarms = [("rights.alarm", [here.company, TEAM, admin, row]) for admin in ("UANNA2", "UMIKA")]
    assert sorted(here.asked.tasks) == [*alarms, ("rights.tell", [here.company, TEAM, "UEMMA", row])]
    with store.read() as tx:
        changed = giving.changed(audit.row(tx, here.company, int(row)))
    assert (changed.user, changed.by) == ("UEMMA", "UANNA")
    assert changed.old == {Right.RECEIVE: {}}
    assert changed.new == {Right.APPROVE: {"EUR": Decimal(5)}}
    with pytest.raises(LookupError), store.read() as tx:
        audit.row(tx, "another", int(row))
