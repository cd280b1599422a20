"""What a button carries: the same words for the same thing, nothing for anybody else, and an end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage import handles
from storage.database import Store
from tests.support.stores import NOON

TEAM = "T1"


def issued(store: Store, company: str, purpose: str = "run.send", subject: str = "7", day: int = 0) -> str:
    with store.write() as tx:
        return handles.issue(tx, company, TEAM, purpose, subject, NOON + timedelta(days=day))


def test_a_handle_opens_what_it_stands_for(store: Store, company: str) -> None:
    token = issued(store, company)
    with store.read() as tx:
        assert handles.open_(tx, token, TEAM, "run.send", NOON) == handles.Handle(company, "run.send", "7")


@pytest.mark.parametrize(
    ("cut", "team", "purpose", "days"),
    [
        (1, TEAM, "run.send", 0),
        (32, TEAM, "run.send", 0),
        (0, "T2", "run.send", 0),
        (0, TEAM, "run.cancel", 0),
        (0, TEAM, "run.send", 14),
        (0, TEAM, "run.send", 400),
    ],
)
def test_everything_else_gets_one_and_the_same_answer(
    store: Store, company: str, cut: int, team: str, purpose: str, days: int
) -> None:
    token = issued(store, company)
    with store.read() as tx:
        assert handles.open_(tx, token[: len(token) - cut], team, purpose, NOON + timedelta(days=days)) is None


def test_it_is_long_and_says_nothing_of_its_subject(store: Store, company: str) -> None:
    token = issued(store, company, subject="4711")
    assert len(token) >= 32
    assert "4711" not in token


def test_it_stays_the_same_while_it_lives_and_is_another_afterwards(store: Store, company: str) -> None:
    first = issued(store, company)
    assert issued(store, company, day=3) == first
    assert issued(store, company, day=10) == first  # lengthened: half of its life was over
    with store.read() as tx:
        assert handles.open_(tx, first, TEAM, "run.send", NOON + timedelta(days=20)) is not None
    assert issued(store, company, day=60) != first


def test_companies_have_handles_of_their_own(store: Store, company: str, other: str) -> None:
    assert issued(store, company) != issued(store, other)


def test_many_at_once_are_given_the_same_one(store: Store, company: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda n: issued(store, company, subject=str(n % 5)), range(60)))
    assert len(found) == 5


def test_a_handle_tells_which_company_it_belongs_to_in_its_own_workspace(
    store: Store, company: str, other: str
) -> None:
    ours, theirs = issued(store, company), issued(store, other)
    with store.read() as tx:
        assert handles.company_of(tx, ours, TEAM, NOON) == company
        assert handles.company_of(tx, theirs, TEAM, NOON) == other


@pytest.mark.parametrize(("cut", "team", "days"), [(1, TEAM, 0), (32, TEAM, 0), (0, "T2", 0), (0, TEAM, 14)])
def test_a_cut_a_foreign_and_an_old_one_belong_to_nobody(
    store: Store, company: str, cut: int, team: str, days: int
) -> None:
    token = issued(store, company)
    with store.read() as tx:
        assert handles.company_of(tx, token[: len(token) - cut], team, NOON + timedelta(days=days)) is None
