"""Bills as last read, and the copies of them on people's desks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from finance.bill import APPROVED, PAID, Bill, Place, print_of
from finance.bill_doubts import Doubt, Doubtful
from finance.targeting import Aim, Lead, Reason, Sign
from storage import bills, cards
from storage.bill_tables import bill as table
from storage.database import Store
from tests.support.kept_bills import TEAM, bill
from tests.support.stores import NOON

AIM = Aim(Reason.PROJECT, "U01", (Sign("214", "note", False, Lead("214 Tie", "U01")),), "214")
DOUBTS = (Doubtful(Doubt.SAME_NUMBER, "L-1", "L-1", 4), Doubtful(Doubt.ACCOUNT_FIRST, "FI21 •••• 0785"))
LATER = NOON + timedelta(minutes=5)


def kept(
    store: Store,
    company: str,
    found: Bill,
    doubts: tuple[Doubtful, ...] = (),
    minutes: int = 0,
    asked: int | None = None,
) -> str:
    now = NOON + timedelta(minutes=minutes)
    then = None if asked is None else NOON + timedelta(minutes=asked)
    with store.write() as tx:
        return bills.keep(tx, company, found, AIM, doubts, now, asked=then)


def read(store: Store, company: str, id: int) -> bills.Kept:
    with store.read() as tx:
        found = bills.get(tx, company, id)
    assert found is not None
    return found


def test_a_bill_is_given_back_as_it_was_read(store: Store, company: str, other: str) -> None:
    one = bill(1, "1240.00", acceptors=(Place(503, date(2026, 11, 2)), Place(504)), notes="muistio")
    assert kept(store, company, one, DOUBTS) == "new"
    found = read(store, company, 1)
    assert (found.bill, found.print, found.aim, found.doubts) == (one, print_of(one), AIM, DOUBTS)
    assert (found.seen_at, found.changed_at, found.read_at, found.previous) == (NOON, NOON, NOON, None)
    with store.read() as tx:
        assert bills.get(tx, other, 1) is None
        assert bills.versions(tx, company, [1, 2]) == {1: ("1", "RECEIVED")}
        assert bills.open_ids(tx, company) == (1,)


def test_what_is_shown_changed_only_moved_and_the_same_are_told_apart(store: Store, company: str) -> None:
    one = bill(2)
    steps = [
        (one, "new"),
        (one, "same"),
        (replace(one, version="2"), "moved"),
        (replace(one, version="2", acceptors=(Place(503),)), "moved"),
        (replace(one, version="2", acceptors=(Place(503),), notes="muu"), "moved"),
        (replace(one, version="2", gross=Decimal(101)), "changed"),
        (replace(one, version="2", gross=Decimal(101), status=APPROVED), "moved"),
    ]
    for minutes, (now, told) in enumerate(steps):
        assert kept(store, company, now, minutes=minutes) == told
    found = read(store, company, 2)
    assert found.bill == steps[-1][0]
    assert found.previous == steps[-3][0]
    assert found.changed_at == NOON + timedelta(minutes=5)
    assert found.seen_at == NOON
    with store.read() as tx:
        assert bills.open_ids(tx, company) == ()


def test_what_is_the_same_still_gets_new_doubts_and_a_new_aim(store: Store, company: str) -> None:
    kept(store, company, bill(3), DOUBTS)
    assert kept(store, company, bill(3), ()) == "same"
    assert read(store, company, 3).doubts == ()


def test_what_was_asked_for_earlier_replaces_nothing(store: Store, company: str) -> None:
    one = bill(4)
    kept(store, company, one, minutes=10, asked=1)
    assert kept(store, company, replace(one, status=APPROVED), minutes=11, asked=5) == "moved"
    assert kept(store, company, one, minutes=12, asked=4) == "older"
    assert read(store, company, 4).bill.status == APPROVED
    assert kept(store, company, replace(one, status=PAID), minutes=13, asked=5) == "moved"
    assert read(store, company, 4).read_at == LATER


def test_neither_accounts_nor_amounts_of_a_bill_stand_in_clear(store: Store, company: str) -> None:
    kept(store, company, bill(5, iban="FI5810171000000122"))
    with store.read() as tx:
        row = tx.execute(select(table).where(table.c.company == company, table.c.id == 5)).one()
    assert b"FI5810171000000122" not in bytes(row.content)
    assert "FI58" not in "".join(str(value) for name, value in row._mapping.items() if name != "content")


@pytest.mark.parametrize(("gross", "shown"), [("0.00", "0.00"), ("-12.50", "-12.50"), ("123456789.99", "123456789.99")])
def test_amounts_come_back_exact(store: Store, company: str, gross: str, shown: str) -> None:
    kept(store, company, bill(6, gross))
    assert read(store, company, 6).bill.gross == Decimal(shown)


def test_past_bills_are_given_for_a_rehearsal(store: Store, company: str, other: str) -> None:
    for id, day in ((7, 1), (8, 15), (9, 28)):
        kept(store, company, bill(id, issued=date(2026, 10, day), status=APPROVED))
    kept(store, other, bill(7, issued=date(2026, 10, 20)))
    with store.read() as tx:
        assert [one.bill.id for one in bills.past(tx, company, date(2026, 10, 15))] == [8, 9]
        assert [one.bill.id for one in bills.past(tx, company, date(2026, 10, 1), most=2)] == [7, 8]


# copies on desks


def dealt(store: Store, company: str, id: int, user: str, why: str = "{}", minutes: int = 0) -> bool:
    with store.write() as tx:
        return cards.deal(tx, company, id, TEAM, user, why, NOON + timedelta(minutes=minutes))


def states(store: Store, company: str, id: int) -> dict[str, str]:
    with store.read() as tx:
        return {card.user: card.state for card in cards.all(tx, company, id)}


def test_a_bill_lies_on_a_desk_once(store: Store, company: str, other: str) -> None:
    kept(store, company, bill(20))
    kept(store, other, bill(20))
    assert dealt(store, company, 20, "U01", "first")
    assert not dealt(store, company, 20, "U01", "again", minutes=1)
    assert dealt(store, company, 20, "U02", minutes=2)
    with store.read() as tx:
        card = cards.of(tx, company, 20, TEAM, "U01")
        assert card is not None
        assert (card.why, card.dealt_at, card.state, card.shown_print) == ("first", NOON, cards.LIVE, "")
        assert [card.user for card in cards.all(tx, company, 20)] == ["U01", "U02"]
        assert cards.holders(tx, company, [20, 21]) == {20: ("U01", "U02")}
        assert cards.all(tx, other, 20) == ()
        assert cards.of(tx, company, 20, "T2", "U01") is None


def test_one_that_was_passed_on_comes_back_as_new(store: Store, company: str) -> None:
    kept(store, company, bill(21))
    dealt(store, company, 21, "U01", "first")
    with store.write() as tx:
        assert cards.change(tx, company, 21, TEAM, "U01", state=cards.PASSED, shown_print="p", snoozed_until=LATER)
        assert not cards.change(tx, company, 21, TEAM, "U09", state=cards.PASSED)
    assert states(store, company, 21) == {"U01": cards.PASSED}
    assert dealt(store, company, 21, "U01", "back", minutes=9)
    with store.read() as tx:
        card = cards.of(tx, company, 21, TEAM, "U01")
    assert card is not None
    assert (card.state, card.why, card.shown_print, card.snoozed_until) == (cards.LIVE, "back", "", None)


def test_a_settled_bill_leaves_every_desk_and_an_opened_one_comes_back(store: Store, company: str) -> None:
    kept(store, company, bill(22))
    for user in ("U01", "U02", "U03"):
        dealt(store, company, 22, user)
    with store.write() as tx:
        cards.change(tx, company, 22, TEAM, "U03", state=cards.PASSED)
        cards.settle(tx, company, 22)
        assert not any(card.bill == 22 for card in cards.held_by(tx, company, TEAM, "U01"))
    assert states(store, company, 22) == {"U01": cards.DONE, "U02": cards.DONE, "U03": cards.PASSED}
    assert not dealt(store, company, 22, "U01")
    with store.write() as tx:
        cards.reopen(tx, company, 22)
    assert states(store, company, 22) == {"U01": cards.LIVE, "U02": cards.LIVE, "U03": cards.PASSED}


def test_what_one_person_holds_is_the_oldest_first(store: Store, company: str) -> None:
    for id, minutes in ((25, 3), (23, 2), (24, 1)):
        kept(store, company, bill(id))
        dealt(store, company, id, "U07", minutes=minutes)
    with store.read() as tx:
        assert [card.bill for card in cards.held_by(tx, company, TEAM, "U07")] == [24, 23, 25]
        assert (TEAM, "U07") in cards.everybody(tx, company)


def test_who_is_concerned_by_a_bill(store: Store, company: str) -> None:
    kept(store, company, bill(26, acceptors=(Place(503),), verifiers=(Place(505),)))
    dealt(store, company, 26, "U01")
    with store.write() as tx:
        cards.change(tx, company, 26, TEAM, "U01", state=cards.PASSED)
        assert cards.show(tx, company, 26, TEAM, "U02", "{}", NOON)
        assert not cards.show(tx, company, 26, TEAM, "U01", "{}", NOON)
        assert cards.concerned(tx, company, 26, TEAM, "U01")
        assert not cards.concerned(tx, company, 26, TEAM, "U02")
        assert cards.concerned(tx, company, 26, TEAM, "U02", named=[505])
        assert not cards.concerned(tx, company, 26, TEAM, "U02", named=[504])
