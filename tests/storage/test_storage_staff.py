"""People and registers as they are kept: one by one, and each company its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import registers, staff
from storage.database import Store
from tests.support.stores import NOON

TEAM, SHARED = "T1", "T7"


@dataclass(frozen=True, slots=True)
class Thing:
    name: str = ""


def test_people_are_found_changed_and_forgotten(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        staff.hold(tx, company)
        anna = staff.add(tx, company, "Anna", psa="1", person_id=3001, team=TEAM, user="U1", matched=staff.EMAIL)
        bo = staff.add(tx, company, "Bo", user_id=502)
        staff.add(tx, other, "Anna", psa="1", person_id=3001, team=TEAM, user="U1")
        staff.remove(tx, other, bo)
        staff.change(tx, company, bo, psa="2", email="bo@x.fi")
    with store.read() as tx:
        assert [human.name for human in staff.all(tx, company)] == ["Anna", "Bo"]
        found = staff.get(tx, company, bo)
        assert found is not None
        assert (found.psa, found.email, found.user_id) == ("2", "bo@x.fi", 502)
        assert staff.by_slack(tx, company, TEAM, "U1") == staff.by_psa(tx, company, "1") == staff.get(tx, company, anna)
        assert staff.get(tx, other, anna) is None
        assert staff.counts(tx, company) == staff.Counts(2, 1, 2, 1)
    with store.write() as tx:
        staff.remove(tx, company, anna)
    with store.read() as tx:
        assert [human.name for human in staff.all(tx, company)] == ["Bo"]
        assert len(staff.all(tx, other)) == 1


@pytest.mark.parametrize("known", [{"psa": "1"}, {"person_id": 3001}, {"team": TEAM, "user": "U1"}])
def test_nobody_is_two(store: Store, company: str, known: dict[str, object]) -> None:
    with store.write() as tx:
        staff.add(tx, company, "Anna", psa="1", person_id=3001, team=TEAM, user="U1")
    with pytest.raises(IntegrityError), store.write() as tx:
        staff.add(tx, company, "Somebody", **known)


def test_the_people_of_other_companies_in_a_workspace(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        staff.add(tx, company, "Anna", team=SHARED, user="U1")
        staff.add(tx, other, "Bo", team=SHARED, user="U2")
        staff.add(tx, other, "Cia", team="T2", user="U3")
        staff.add(tx, other, "Dan")
    with store.read() as tx:
        assert staff.elsewhere(tx, company, SHARED) == {"U2"}
        assert staff.elsewhere(tx, other, SHARED) == {"U1"}


def test_single_entries_are_taken_away_and_a_stamp_tells_of_changes(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        registers.keep(tx, company, "thing", {"a": Thing("A"), "b": Thing("B")}, NOON)
        registers.keep(tx, other, "thing", {"a": Thing("A")}, NOON)
    with store.read() as tx:
        first = registers.stamp(tx, company, "thing")
        assert registers.stamp(tx, company, "nothing") == (0, None)
    with store.write() as tx:
        registers.keep(tx, company, "thing", {"a": Thing("A")}, NOON + timedelta(hours=1))
    with store.read() as tx:
        assert registers.stamp(tx, company, "thing") == first
    with store.write() as tx:
        registers.keep(tx, company, "thing", {"a": Thing("AA")}, NOON + timedelta(hours=1))
        assert registers.stamp(tx, company, "thing") != first
        assert registers.drop(tx, company, "thing", ["a", "x"]) == 1
        assert list(registers.all(tx, company, "thing", Thing)) == ["b"]
        assert list(registers.all(tx, other, "thing", Thing)) == ["a"]
        assert registers.drop(tx, company, "thing", []) == 0
