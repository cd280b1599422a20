"""Decisions and piles in which somebody else is in between: what stands is not undone, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from finance.authority import Right
from finance.bill import Place
from finance.bill_rules import Rule
from finance.circulation import Act
from finance.decision import Lost
from handlers import (
    bill_facts,
    bill_page,
    decide,
    deciding,
    signing,
    standing,
    suggesting,
)
from handlers.bill_page import Spot
from handlers.deciding import Press
from storage import bills, decisions, piles
from storage.decisions import Decision
from tests.support.office import MIKA, SAM, TEAM
from tests.support.spoken import AT, Spoken, then
from tests.support.spoken_signing import arrived, claimed, moved, signing_people

SUNDAY = date(2026, 6, 14)


@pytest.fixture
def house(opened: Spoken, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoken]:
    with signing_people(opened, monkeypatch) as found:
        yield found


def state(house: Spoken, d: Decision) -> str:
    with house.read() as tx:
        return decisions.get(tx, house.id, d.id).state


# a decision


def test_what_somebody_else_has_taken_further_is_left_to_him(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = arrived(house)
    d = claimed(house, kept)
    put: list[object] = []
    monkeypatch.setattr(decide, "_put", lambda *args: put.append(args))
    with monkeypatch.context() as raced:
        raced.setattr(decide, "_checked", then(decide._checked, lambda: moved(house, d, decisions.SENT)))
        assert house.do("bill.decide", str(d.id)) == ""
    assert put == [], "it has left already"
    assert state(house, d) == decisions.SENT
    with house.read() as tx:
        d = decisions.get(tx, house.id, d.id)
    over = moved(house, d, decisions.DONE, sent_at=house.now, done_at=house.now)
    house.asked.calls()
    stale = replace(over, state=decisions.SENT)
    decide._done(house.desk, house.company, stale, kept.bill)
    decide._later(house.desk, stale)
    assert house.do("bill.decide", str(d.id), kind="buried") == ""
    assert "bill.decide" not in [name for name, *_ in house.asked.calls()]
    assert state(house, d) == decisions.DONE
    assert "bill.done" not in house.trail()


def test_an_approval_that_would_be_the_last_of_too_few_is_not_made(house: Spoken) -> None:
    house.choose(bill_rules=(Rule("Kaksi", signatures=2),))
    d = claimed(house, arrived(house))
    house.do("bill.decide", str(d.id))
    with house.read() as tx:
        found = decisions.get(tx, house.id, d.id)
    assert (found.state, found.problem) == (decisions.REFUSED, f"{Lost.RIGHT.value}|")
    assert "You may not do this any more" in house.do("bill.sorry", str(d.id))


def test_a_signature_is_kept_once_and_taken_back_once(house: Spoken) -> None:
    kept = arrived(house)
    who = signing.signer(house.desk, house.company, TEAM, MIKA)
    press = Press(kept.bill.id, kept.print, Act.APPROVE)
    first, mine = deciding._sign(house.desk, house.company, kept.bill, who, press, [])
    again, too = deciding._sign(house.desk, house.company, kept.bill, who, press, [])  # he has not seen the first
    assert (mine, too, again.id) == (True, False, first.id)
    assert house.trail().count("bill.signed") == 1
    signed = replace(first, state=decisions.SIGNED)
    for _ in range(2):
        deciding._void(house.desk, house.company, signed, kept.bill)
    assert house.trail().count("bill.signature void") == 1


def test_what_a_shared_key_did_is_told_once_by_the_name_of_who_pressed(house: Spoken) -> None:
    acted = (Place(901, AT.date()),)
    kept = arrived(house, verifiers=(Place(905, AT.date()),), acceptors=acted, status="APPROVED")
    moved(house, claimed(house, kept), decisions.DONE, done_at=house.now)
    with house.read() as tx:
        made = decisions.of_bill(tx, house.id, kept.bill.id)
        told = bill_facts._history(tx, house.company, kept.bill, made)
    assert [(one.act, one.who) for one in told] == [(Act.APPROVE, f"<@{MIKA}>"), (Act.VERIFY, "905")]


def test_of_those_who_may_approve_a_few_are_named(house: Spoken) -> None:
    house.give("U0FOUR", Right.APPROVE)
    kept = arrived(house)
    assert len(bill_facts.able(house.desk, house.company, kept.bill, "U0FIVE")) == 3
    house.give("U0FOUR")


# lists


def test_a_list_is_made_of_what_waits_and_a_sunday_makes_nothing_late(house: Spoken) -> None:
    assert bill_page.overdue_before(house.desk, house.company) == AT.date()
    house.at[0] = AT.replace(day=SUNDAY.day)
    assert bill_page.overdue_before(house.desk, house.company) == SUNDAY - timedelta(days=2)
    here = house.here(MIKA)
    stand = standing.of(here)
    (waiting,) = bill_page.strands(here, stand, "waiting")
    assert waiting.hand == stand.hand
    house.give(SAM, Right.SEE_OWN)
    without = house.here(SAM)
    (own,) = bill_page.strands(without, standing.of(without), "mine")
    assert own.desk == (TEAM, SAM), "who signs nothing has nothing that waits for him"


def test_who_may_nothing_sees_no_bill_and_what_cannot_be_signed_has_no_box(house: Spoken) -> None:
    kept = arrived(house, SAM)
    house.give(SAM)
    assert not standing.of(house.here(SAM)).sees(kept.bill.id)
    house.give(SAM, Right.SEE_OWN, Right.APPROVE)
    assert standing.of(house.here(SAM)).sees(kept.bill.id)
    settled = arrived(house, SAM, status="APPROVED")
    with house.write() as tx:
        pile = piles.begin(tx, house.id, TEAM, SAM, Act.APPROVE, piles.CHOOSING, house.now)
    spot = replace(Spot("mine"), pile=pile, choosing=True)
    here = house.here(SAM)
    lines, _ = bill_page._lines(here, spot, [(False, _listed(house, settled))], {}, {}, ())
    assert [(line.handle, line.tick) for line in lines] == [("", "")]


def _listed(house: Spoken, kept: bills.Kept) -> Any:
    with house.read() as tx:
        (found,) = bills.by_number(tx, house.id, str(kept.bill.number))
    return found


def test_no_question_is_asked_about_a_passing_that_is_not_known(house: Spoken) -> None:
    suggesting.suggest(house.desk, house.company, 999)
    assert house.asked.calls() == []
