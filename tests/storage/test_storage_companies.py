"""Companies and their people: nothing of one is seen or decided by another, though every id is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from finance.company import Choices
from storage import companies, messages, references, workspaces
from storage.database import Store
from storage.messages import Message
from storage.sealing import KeyMissing, new_key
from tests.support.stores import NOON


def joined(store: Store, team: str, *ids: str) -> None:
    with store.write() as tx:
        workspaces.join(tx, team, "Yksi", "U0")
        for id in ids:
            companies.place(tx, id, team)


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


def test_a_companys_key_is_sealed_anew_with_the_newest_key(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    url = f"sqlite:///{tmp_path}/kierto.db"
    first = Store(url, (old,))
    first.upgrade()
    with first.write() as tx:
        id = companies.connect(tx, "Yhtiö Oy", "2077474-0", 77, 501, "avain", NOON)
    with Store(url, (new, old)).write() as tx:
        companies.reseal(tx, id)
    with Store(url, (new,)).read() as tx:
        assert companies.api_key(tx, id) == "avain"
    with pytest.raises(KeyMissing), Store(url, (old,)).read() as tx:
        companies.api_key(tx, id)


def test_a_new_company_becomes_the_one_its_key_opens(store: Store) -> None:
    joined(store, "T3")
    with store.write() as tx:
        new = companies.found(tx, "Työtila", "T3", NOON)
        assert companies.get(tx, new).state == "new"
        assert companies.api_key(tx, new) is None
        assert companies.connect(tx, "Yhtiö Oy", "2077474-0", 78, 501, "avain", NOON, new) == new
    with store.read() as tx:
        found = companies.get(tx, new)
        assert (found.name, found.procountor_id, found.state, found.team) == ("Yhtiö Oy", 78, "ready", "T3")
        assert companies.by_procountor_id(tx, 78) == found
        assert companies.by_procountor_id(tx, 79) is None


def test_a_workspace_may_have_several_companies_and_a_company_has_one(store: Store, company: str, other: str) -> None:
    team = f"T{company[:8]}"
    joined(store, team, company, other)
    with store.read() as tx:
        assert set(companies.of_team(tx, team)) == {company, other}
        assert companies.team_of(tx, company) == team
    joined(store, f"{team}B", company)
    with store.read() as tx:
        assert companies.of_team(tx, team) == (other,)
        assert companies.get(tx, company).team == f"{team}B"


def test_a_workspace_that_removed_the_bot_may_have_it_back(store: Store) -> None:
    joined(store, "T7")
    with store.write() as tx:
        assert workspaces.leave(tx, "T7")
        assert not workspaces.leave(tx, "T7")
        assert not workspaces.leave(tx, "T0ELSE")
        gone = workspaces.get(tx, "T7")
        assert gone is not None
        assert gone.state == "gone"
    joined(store, "T7")
    with store.read() as tx:
        back = workspaces.get(tx, "T7")
        assert back is not None
        assert back.state == "installed"
        assert workspaces.get(tx, "T0ELSE") is None


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
