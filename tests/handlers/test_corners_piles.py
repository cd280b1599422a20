"""Piles and divisions that somebody else has taken further: signed once, told as it is, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from finance.circulation import Act
from finance.reference import Dimension, DimensionItem, Reference
from handlers import (
    papers,
    sign_pile,
    tell_pile,
)
from procountor import invoices
from storage import bills, decisions, divisions, piles, shares
from storage.piles import Pile
from tests.support.office import MIKA, SAM, TEAM
from tests.support.spoken import AT, Spoken
from tests.support.spoken_signing import arrived, claimed, moved, signing_people

PROJECTS = Reference(
    1, "Oy", "2077474-0", AT, dimensions=(Dimension(7, "Projekti", (DimensionItem(1, "P-1", "Silta"),)),)
)


@pytest.fixture
def house(opened: Spoken, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoken]:
    with signing_people(opened, monkeypatch) as found:
        yield found


def laid(
    house: Spoken, *kept: bills.Kept, stand: str = piles.CHOOSING, user: str = MIKA, act: Act = Act.APPROVE
) -> Pile:
    with house.write() as tx:
        id = piles.begin(tx, house.id, TEAM, user, act, stand, house.now)
        pile = piles.get(tx, house.id, id)
        for one in kept:
            piles.add(tx, pile, one.bill.id, one.print, piles.IN)
    return pile


def now(house: Spoken, pile: Pile) -> Pile:
    with house.read() as tx:
        return piles.get(tx, house.id, pile.id)


def test_a_pile_is_signed_once_with_its_own_large_bills(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = arrived(house), arrived(house)
    pile = laid(house, small)
    with house.write() as tx:
        piles.add(tx, pile, large.bill.id, large.print, piles.LARGE)
    foreign = "x" * 32
    ticked = f"{foreign},{house.handle('pile.large', str(large.bill.id))}"
    meta = house.handle("pile.sign", str(pile.id))
    assert house.say("form", "pile.sign", MIKA, meta=meta, values={"pile.large": ticked}, view="V1") == ""
    signed = [call[3] for call in house.asked.calls() if call[0] == "pile.bill"]
    assert sorted(signed) == sorted([str(small.bill.id), str(large.bill.id)])
    late = house.say("form", "pile.sign", MIKA, meta=meta, values={}, view="V1")
    assert "This has been dealt with already" in late
    assert house.asked.calls() == []
    monkeypatch.setattr(sign_pile, "_pile", lambda here, id: pile)  # as it stood when he pressed
    assert house.say("form", "pile.sign", MIKA, meta=meta, values={}, view="V1") == late
    assert house.asked.calls() == []


def test_a_question_is_answered_once(house: Spoken) -> None:
    kept = arrived(house)
    pile = laid(house, kept, stand=piles.ASKING)
    take = f"{pile.id}|{kept.bill.id}"
    assert house.press("pile.take", take, MIKA) == ""
    with house.read() as tx:
        assert [item.part for item in piles.items(tx, pile.id)] == [piles.IN], "it was chosen already"
    for _ in range(2):
        assert house.press("pile.go", str(pile.id), MIKA) == ""
    assert [name for name, *_ in house.asked.calls()].count("pile.bill") == 1
    assert house.press("pile.drop", str(pile.id), MIKA, purpose="pile.go") == ""
    assert now(house, pile).state == piles.SIGNED, "what is signed is not dropped"
    assert house.trail().count("pile.signed") == 2


def test_the_result_of_a_bill_is_settled_once(house: Spoken) -> None:
    pile = laid(house, kept := arrived(house), stand=piles.SIGNED)
    with house.read() as tx:
        item = piles.item(tx, pile.id, kept.bill.id)
    assert item is not None
    sign_pile._settle(house.desk, pile, item, piles.CHANGED)
    house.asked.calls()
    sign_pile._settle(house.desk, pile, item, piles.SILENT)
    assert house.asked.calls() == []
    with house.read() as tx:
        settled = piles.item(tx, pile.id, kept.bill.id)
    assert settled is not None
    assert settled.result == piles.CHANGED


def test_what_became_of_each_bill_is_told_whoever_was_quicker(house: Spoken) -> None:
    his, contested, over = arrived(house), arrived(house), arrived(house, status="APPROVED")
    pile = laid(house, his, contested, stand=piles.SIGNED)
    made = {
        his.bill.id: moved(house, claimed(house, his, SAM), decisions.NOTED),
        contested.bill.id: moved(house, claimed(house, contested), decisions.CONTESTED, done_at=house.now),
    }
    with house.write() as tx:
        for id, d in made.items():
            item = piles.item(tx, pile.id, id)
            assert item is not None
            piles.settle(tx, item, piles.TAKEN, "", d.id)
    told = house.do("pile.tell", str(pile.id))
    assert f"@{SAM} was quicker" in told
    assert "changed in Procountor in the same moment" in told
    asking = laid(house, over, stand=piles.ASKING)
    assert "Nothing is left to decide" in house.do("pile.tell", str(asking.id))
    assert house.do("pile.tell", str(laid(house, his).id)) == "", "a choice that is being made has no message"


def test_piles_are_looked_after_and_old_questions_dropped(house: Spoken) -> None:
    with house.write() as tx:
        for kind in (piles.SIGNED, piles.ASKING, piles.CHOOSING):
            for pile in piles.in_state(tx, kind):
                piles.forget(tx, pile)
    kept = arrived(house)
    signed, asked, chosen = (laid(house, kept, stand=kind) for kind in (piles.SIGNED, piles.ASKING, piles.CHOOSING))
    assert house.tick("piles.refresh") == [["pile.tell", house.id, str(signed.id)]]
    house.at[0] += tell_pile.PATIENCE + timedelta(minutes=1)
    told = house.tick("piles.refresh")
    assert sorted(told) == sorted([["pile.tell", house.id, str(one.id)] for one in (signed, asked)])
    assert now(house, asked).state == piles.DROPPED
    with house.read() as tx, pytest.raises(LookupError):
        piles.get(tx, house.id, chosen.id)


@pytest.mark.parametrize("newer", [False, True])
def test_a_bill_without_rows_is_not_divided_and_a_newer_division_counts(
    house: Spoken, monkeypatch: pytest.MonkeyPatch, newer: bool
) -> None:
    house.choose(project_dimension="Projekti")
    kept = arrived(house)
    monkeypatch.setattr(papers, "fresh_reference", lambda desk, company: PROJECTS)

    def without_rows(api: object, id: int) -> Any:
        if newer:
            with house.write() as tx:
                divisions.keep(tx, house.id, id, divisions.ASKED, "T1/U0SAM", house.now + timedelta(seconds=1))
        return SimpleNamespace(ledger_receipt_id=None)

    monkeypatch.setattr(invoices, "get", without_rows)
    with house.write() as tx:
        shares.divide(tx, house.id, kept.bill.id, {"P-1": Decimal(100)}, "T1/U0MIKA", house.now)
        divisions.keep(tx, house.id, kept.bill.id, divisions.ASKED, "T1/U0MIKA", house.now)
    house.do("bill.divide", str(kept.bill.id), f"{house.now:%Y%m%d%H%M%S%f}", "1")
    with house.read() as tx:
        division = divisions.get(tx, house.id, kept.bill.id)
    assert division is not None
    expected = (divisions.ASKED, "") if newer else (divisions.REFUSED, "no_rows")
    assert (division.state, division.problem) == expected
    assert bool(house.asked.calls()) is not newer, "the card shows what came of it"
