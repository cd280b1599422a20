"""Decisions: one for each bill, content and step. And what is remembered of suppliers and absences."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from finance.circulation import Act
from storage import absences, decisions, suppliers
from storage.absences import Absence
from storage.bill_tables import decision, supplier_account
from storage.database import Store
from storage.decisions import DONE, NOTED, REFUSED, SENT, SIGNED, Claim, Decision
from tests.support.stores import NOON

TEAM = "T1"
SHOWN = '{"gross":"1240","iban":"FI2112345600000785"}'


def wanted(company: str, user: str = "U01", **changes: object) -> Claim:
    claim = Claim(company, 1, "p" * 64, "approve:1", Act.APPROVE, TEAM, user, 503, False, SHOWN)
    return replace(claim, **changes)  # type: ignore[arg-type]


def claimed(store: Store, claim: Claim, minutes: int = 0) -> tuple[Decision, bool]:
    with store.write() as tx:
        return decisions.claim(tx, claim, NOON + timedelta(minutes=minutes))


def moved(store: Store, d: Decision, state: str, **changed: object) -> bool:
    with store.write() as tx:
        return decisions.move(tx, d, state, **changed)


def test_the_quicker_one_has_the_step(store: Store, company: str) -> None:
    first, mine = claimed(store, wanted(company))
    assert mine
    assert (first.user, first.state, first.act, first.who) == ("U01", NOTED, Act.APPROVE, "T1/U01")
    second, late = claimed(store, wanted(company, "U02"), 1)
    assert (second, late) == (first, False)


@pytest.mark.parametrize(
    "changes",
    [{"bill": 2}, {"print": "q" * 64}, {"step": "approve:2"}, {"step": "approve:1/1"}, {"step": "verify:1"}],
    ids=str,
)
def test_another_bill_content_or_step_is_another_decision(
    store: Store, company: str, changes: dict[str, object]
) -> None:
    claimed(store, wanted(company))
    _, mine = claimed(store, wanted(company, "U02", **changes))
    assert mine


def test_companies_have_decisions_of_their_own(store: Store, company: str, other: str) -> None:
    first, _ = claimed(store, wanted(company))
    _, mine = claimed(store, wanted(other))
    assert mine
    with store.read() as tx:
        assert [d.company for d in decisions.of_bill(tx, other, 1)] == [other]
        with pytest.raises(LookupError):
            decisions.get(tx, other, first.id)


def test_one_of_many_at_once_has_it(store: Store, company: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: claimed(store, wanted(company, f"U{n:02}")), range(16)))
    assert sum(mine for _, mine in found) == 1
    assert len({d.user for d, _ in found}) == 1


def test_what_was_refused_may_be_tried_again_by_anybody(store: Store, company: str) -> None:
    first, _ = claimed(store, wanted(company, reason="vanha"))
    assert moved(store, first, REFUSED, problem="right|", done_at=NOON)
    again, mine = claimed(store, wanted(company, "U02", user_id=None), 5)
    assert mine
    assert (again.step, again.user, again.user_id, again.state) == (first.step, "U02", None, NOTED)
    assert (again.problem, again.reason, again.done_at) == ("", "", None)
    assert again.noted_at == NOON + timedelta(minutes=5)
    left = read(store, first)
    assert (left.state, left.step, left.round) == (REFUSED, f"over:{first.id}", 0)
    assert again.id != first.id  # a mark in Procountor speaks for one of them only
    assert moved(store, again, REFUSED)
    third, mine = claimed(store, wanted(company), 9)
    assert mine
    with store.read() as tx:
        assert [d.id for d in decisions.of_bill(tx, company, 1)] == [first.id, again.id, third.id]


def test_a_number_is_no_other_decisions(store: Store, company: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where a database that was put back counts on, and hardly by chance; a chance is dealt with."""
    claim = wanted(company)
    others = [replace(claim, user="U02"), replace(claim, step="approve:2"), replace(claim, bill=2)]
    numbers = [decisions.number(one, NOON) for one in (claim, *others)]
    numbers += [decisions.number(claim, NOON + timedelta(microseconds=1)), decisions.number(claim, NOON, 1)]
    assert len(set(numbers)) == len(numbers)
    assert all(0 < one < 2**31 for one in numbers)
    monkeypatch.setattr(decisions, "number", lambda _, __, place=0: 700_001 + place)
    made = [claimed(store, replace(claim, bill=bill))[0].id for bill in (21, 22, 23)]
    assert made == [700_001, 700_002, 700_003]


@pytest.mark.parametrize("state", [NOTED, SENT, DONE, SIGNED, decisions.UNSURE, decisions.CONTESTED])
def test_what_was_not_refused_stands(store: Store, company: str, state: str) -> None:
    first, _ = claimed(store, wanted(company))
    moved(store, first, state)
    _, mine = claimed(store, wanted(company, "U02"), 1)
    assert not mine


def test_it_is_moved_only_from_the_state_it_was_read_in(store: Store, company: str) -> None:
    first, _ = claimed(store, wanted(company))
    assert moved(store, first, SENT, sent_at=NOON, before=1)
    assert not moved(store, first, SENT, sent_at=NOON)  # another worker was quicker
    with store.read() as tx:
        now = decisions.get(tx, company, first.id)
        assert (now.state, now.before, now.sent_at) == (SENT, 1, NOON)
        assert first.id in {d.id for d in decisions.unfinished(tx)}
    assert moved(store, now, DONE, done_at=NOON)
    with store.read() as tx:
        assert first.id not in {d.id for d in decisions.unfinished(tx)}


def test_whoever_slept_over_its_round_does_not_end_the_next(store: Store, company: str) -> None:
    """The next stands in the same state: sent once more by the same press, or by another after it was given back."""
    first, _ = claimed(store, wanted(company))
    assert moved(store, first, SENT, sent_at=NOON)
    slept = read(store, first)
    assert moved(store, slept, NOTED, sent_at=None)
    assert moved(store, read(store, first), SENT, sent_at=NOON + timedelta(minutes=1))
    assert not moved(store, slept, REFUSED)
    slept = read(store, first)
    assert moved(store, slept, REFUSED)
    again, mine = claimed(store, wanted(company, "U02"), 5)
    assert mine
    assert moved(store, again, SENT, sent_at=slept.sent_at)
    assert not moved(store, slept, DONE)


def read(store: Store, d: Decision) -> Decision:
    with store.read() as tx:
        return decisions.get(tx, d.company, d.id)


def test_what_was_shown_is_sealed(store: Store, company: str) -> None:
    first, _ = claimed(store, wanted(company))
    with store.read() as tx:
        assert decisions.shown(tx, company, first.id) == SHOWN
        sealed = tx.execute(select(decision.c.shown).where(decision.c.id == first.id)).scalar_one()
    assert b"FI21" not in bytes(sealed)


def test_what_one_person_has_decided_since_a_moment(store: Store, company: str) -> None:
    for minutes, bill in enumerate((11, 12, 13)):
        claimed(store, wanted(company, bill=bill), minutes)
    claimed(store, wanted(company, "U02", bill=14), 9)
    with store.read() as tx:
        found = decisions.by(tx, company, TEAM, "U01", NOON + timedelta(minutes=1))
    assert [d.bill for d in found] == [12, 13]


@pytest.mark.parametrize(
    ("step", "round"), [("approve:1", 0), ("approve:2", 0), ("approve:1/1", 1), ("verify:1/12", 12), ("sign:1", 0)]
)
def test_a_step_tells_its_round(store: Store, company: str, step: str, round: int) -> None:
    found, _ = claimed(store, wanted(company, step=step))
    assert found.round == round


# suppliers


def looked(store: Store, company: str, registered: str, *paid_to: str, days: int = 0) -> suppliers.Account:
    with store.write() as tx:
        suppliers.keep(tx, company, 7, registered, paid_to, NOON + timedelta(days=days))
        found = suppliers.get(tx, company, 7)
    assert found is not None
    return found


def test_a_change_of_the_register_is_remembered_with_its_moment(store: Store, company: str, other: str) -> None:
    first = looked(store, company, "FI1", "FI1", "FI1")
    assert (first.registered, first.paid_to, first.changed_at) == ("FI1", ("FI1", "FI1"), None)
    assert looked(store, company, "FI1", "FI1", days=1).changed_at is None
    changed = looked(store, company, "FI2", "FI1", days=2)
    assert (changed.registered, changed.changed_at) == ("FI2", NOON + timedelta(days=2))
    later = looked(store, company, "FI2", "FI2", "FI1", days=3)
    assert (later.paid_to, later.changed_at, later.looked_at) == (
        ("FI2", "FI1"),
        NOON + timedelta(days=2),
        NOON + timedelta(days=3),
    )
    assert looked(store, company, "FI1", "FI2", days=4).changed_at == NOON + timedelta(days=4)
    with store.read() as tx:
        assert suppliers.get(tx, other, 7) is None
        assert suppliers.get(tx, company, 8) is None


def test_accounts_of_suppliers_are_sealed(store: Store, company: str) -> None:
    looked(store, company, "FI2112345600000785", "FI5810171000000122")
    with store.read() as tx:
        row = tx.execute(select(supplier_account).where(supplier_account.c.company == company)).one()
    assert b"2112345600000785" not in bytes(row.account)
    assert b"5810171000000122" not in bytes(row.paid_to)


# absences


def away(company: str, user: str, first: int, last: int, substitute: str = "U09") -> Absence:
    return Absence(company, TEAM, user, date(2026, 7, first), date(2026, 7, last), substitute)


def test_an_absence_takes_the_place_of_an_earlier_one(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        absences.keep(tx, away(company, "U01", 6, 10))
        absences.keep(tx, away(company, "U02", 1, 2))
        absences.keep(tx, away(company, "U01", 13, 31, "U08"))
        absences.keep(tx, away(other, "U01", 1, 31))
    with store.read() as tx:
        assert absences.of(tx, company, TEAM, "U01") == away(company, "U01", 13, 31, "U08")
        assert absences.of(tx, company, "T2", "U01") is None
        assert [found.user for found in absences.all(tx, company)] == ["U02", "U01"]
    with store.write() as tx:
        assert absences.end(tx, company, TEAM, "U01")
        assert not absences.end(tx, company, TEAM, "U01")
        assert absences.of(tx, other, TEAM, "U01") is not None


@pytest.mark.parametrize(("day", "is_away"), [(5, False), (6, True), (8, True), (10, True), (11, False)])
def test_both_days_of_an_absence_belong_to_it(day: int, is_away: bool) -> None:
    assert away("c", "U01", 6, 10).on(date(2026, 7, day)) is is_away
