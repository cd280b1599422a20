"""Companies and their people: nothing of one is seen or decided by another, though every id is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from finance.company import Choices
from storage import companies, messages, references
from storage.companies import Person
from storage.database import Store
from storage.messages import Message
from tests.support.stores import NOON


def allowed(store: Store, team: str, user: str, company: str, *roles: str) -> None:
    with store.write() as tx:
        companies.allow(tx, Person(team, user, company, frozenset(roles), ""), "test", NOON)


def test_connecting_again_renews_the_key_and_wakes_the_company(store: Store) -> None:
    with store.write() as tx:
        first = companies.connect(tx, "Yhtiö Oy", "2077474-0", 77, 501, "vanha", NOON)
        companies.choose(tx, first, Choices(default_country="FI"))
        assert companies.set_state(tx, first, "paused")
        assert not companies.set_state(tx, first, "paused")
        again = companies.connect(tx, "Yhtiö Oyj", "2077474-0", 77, 502, "uusi", NOON)
    assert first == again
    with store.read() as tx:
        found = companies.get(tx, first)
        assert (found.name, found.user_id, found.state, found.choices.default_country) == (
            "Yhtiö Oyj", 502, "ready", "FI",
        )  # fmt: skip
        assert companies.api_key(tx, first) == "uusi"


def test_the_same_slack_user_id_in_two_workspaces_is_two_people(store: Store, company: str, other: str) -> None:
    allowed(store, f"T{company[:8]}", "U01", company, "finance", "admin")
    allowed(store, f"T{other[:8]}", "U01", other, "admin")
    with store.read() as tx:
        here, there = (companies.person_of(tx, f"T{c[:8]}", "U01") for c in (company, other))
        assert here is not None
        assert there is not None
        assert (here.company, here.roles) == (company, frozenset({"finance", "admin"}))
        assert (there.company, there.roles) == (other, frozenset({"admin"}))
        assert companies.with_role(tx, other, "finance") == ()
        assert companies.person_of(tx, "T0ELSE", "U01") is None


def test_rights_given_anew_take_the_place_of_all_earlier_ones(store: Store, company: str) -> None:
    allowed(store, "T9", f"U{company[:6]}", company, "finance", "admin")
    allowed(store, "T9", f"U{company[:6]}", company)
    with store.read() as tx:
        found = companies.person_of(tx, "T9", f"U{company[:6]}")
        assert found is not None
        assert found.roles == frozenset()
        assert companies.with_role(tx, company, "admin") == ()


@pytest.mark.parametrize("role", ["finance", "fin", "admin,finance", ""])
def test_a_role_is_a_whole_word(store: Store, company: str, role: str) -> None:
    allowed(store, f"T{company[:8]}", "U02", company, "finance")
    with store.read() as tx:
        assert companies.with_role(tx, company, role) == (("U02",) if role == "finance" else ())


def test_a_workspace_moves_with_its_company(store: Store, company: str, other: str) -> None:
    team = f"T{company[:8]}"
    with store.write() as tx:
        companies.join(tx, team, "Yksi", "U0", company)
        assert companies.of_team(tx, team) == company
        companies.join(tx, team, "Yksi", "U0", other)
    with store.read() as tx:
        assert companies.of_team(tx, team) == other
        assert companies.team_of(tx, company) is None


def test_messages_and_bookmarks_are_the_companys_own(store: Store, company: str, other: str) -> None:
    ours, theirs = Message("D1", "1.1", "a", NOON), Message("D2", "2.2", "b", NOON)
    with store.write() as tx:
        messages.keep(tx, company, "run:1", replace(ours, picture="old"))
        messages.keep(tx, company, "run:1", ours)
        messages.keep(tx, other, "run:1", theirs)
        references.mark(tx, company, "bills", "1")
        references.mark(tx, company, "bills", "2")
    with store.read() as tx:
        assert messages.find(tx, company, "run:1") == ours
        assert messages.find(tx, other, "run:1") == theirs
        assert messages.find(tx, company, "run:2") is None
        assert references.marked(tx, company, "bills") == "2"
        assert references.marked(tx, other, "bills") is None


def test_an_unknown_company_is_none(store: Store) -> None:
    with store.read() as tx, pytest.raises(LookupError):
        companies.get(tx, "0" * 32)
