"""Lists of bills: whose, in which order, page by page, added up; and that the sums follow everything that happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from finance.bill import Place
from finance.bill_waiting import Hand
from finance.circulation import Act
from storage import bill_lists, bill_search, bills, cards, tallies
from storage.bill_lists import Wanted
from storage.bill_search import Only
from storage.database import Store
from storage.tallies import Totals
from tests.support.kept_bills import TEAM, bill, deal, keep

MIKAEL = (TEAM, "U02MIKAEL")
HAND = Hand(*MIKAEL, me=502, verifies=True, approves=True, limits={"EUR": None})


def ids(store: Store, company: str, wanted: Wanted, first: int = 0, most: int = 100) -> list[int]:
    with store.read() as tx:
        return [found.id for found in bill_lists.page(tx, company, wanted, first, most)]


def added(store: Store, company: str, wanted: Wanted) -> Totals:
    with store.read() as tx:
        return bill_lists.totals(tx, company, wanted)


def euros(n: int, amount: str) -> Totals:
    return Totals(n, (("EUR", Decimal(amount)),) if n else ())


def test_the_first_due_comes_first_and_what_has_no_due_date_last(store: Store, company: str) -> None:
    days = (None, date(2026, 12, 5), date(2026, 11, 30), date(2026, 12, 5))
    with store.write() as tx:
        for id, due in enumerate(days, 1):
            keep(tx, company, bill(id, due=due))
    assert ids(store, company, Wanted()) == [3, 2, 4, 1]
    assert [ids(store, company, Wanted(), first, 2) for first in (0, 2, 4)] == [[3, 2], [4, 1], []]
    with store.read() as tx:
        assert [found.due for found in bill_lists.page(tx, company, Wanted(), 0, 9)] == [
            days[2],
            days[1],
            days[1],
            None,
        ]


def test_the_sums_follow_everything_that_happens_to_a_bill(store: Store, company: str, other: str) -> None:
    one = bill(1, "100.10")
    with store.write() as tx:
        keep(tx, company, one, "214")
        keep(tx, company, bill(2, "50.05", due=None), "214")
        keep(tx, company, bill(3, "7.00", currency="SEK"))
        keep(tx, other, bill(1, "1.00"))
    assert added(store, company, Wanted()) == Totals(3, (("EUR", Decimal("150.15")), ("SEK", Decimal("7"))))
    assert added(store, company, Wanted(project="214")) == euros(2, "150.15")
    with store.write() as tx:
        assert keep(tx, company, replace(one, gross=Decimal("90.10"), due=date(2026, 11, 2)), "215") == "changed"
        assert keep(tx, company, replace(one, gross=Decimal("90.10"), due=date(2026, 11, 2)), "215") == "same"
    assert added(store, company, Wanted(project="214")) == euros(1, "50.05")
    assert added(store, company, Wanted(project="215")) == euros(1, "90.10")
    assert added(store, company, Wanted(due_before=date(2026, 11, 3))) == euros(1, "90.10")
    with store.write() as tx:
        paid = replace(one, gross=Decimal("90.10"), due=date(2026, 11, 2), status="APPROVED", version="2")
        assert keep(tx, company, paid, "215") == "moved"
    assert added(store, company, Wanted(project="215")) == Totals()
    assert added(store, company, Wanted()) == Totals(2, (("EUR", Decimal("50.05")), ("SEK", Decimal("7"))))
    assert added(store, other, Wanted()) == euros(1, "1")


def test_what_is_overdue_was_due_before_the_day(store: Store, company: str) -> None:
    with store.write() as tx:
        for id in range(1, 6):
            keep(tx, company, bill(id, due=date(2026, 11, 20) + timedelta(days=id)))
        keep(tx, company, bill(9, due=None))
    assert ids(store, company, Wanted(due_before=date(2026, 11, 23))) == [1, 2]
    assert added(store, company, Wanted(due_before=date(2026, 11, 23))) == euros(2, "200")


def test_a_desk_has_what_lies_on_it_and_a_copy_to_look_at_does_not(store: Store, company: str) -> None:
    with store.write() as tx:
        for id in (1, 2, 3, 4):
            keep(tx, company, bill(id, due=date(2026, 12, 10 - id)))
        for id in (1, 2, 3):
            deal(tx, company, id, MIKAEL[1])
        deal(tx, company, 4, "U01ANNA")
        cards.change(tx, company, 3, *MIKAEL, state=cards.PASSED)
        assert cards.show(tx, company, 4, *MIKAEL, "opened", bills.get(tx, company, 4).seen_at)  # type: ignore[union-attr]
    assert ids(store, company, Wanted(desk=MIKAEL)) == [2, 1]
    assert added(store, company, Wanted(desk=MIKAEL)) == euros(2, "200")
    with store.write() as tx:
        deal(tx, company, 4, MIKAEL[1])
        keep(tx, company, bill(1, due=date(2026, 11, 1)))
    assert ids(store, company, Wanted(desk=MIKAEL)) == [1, 4, 2]
    with store.read() as tx:
        assert cards.holders(tx, company, [2, 4]) == {2: ("U02MIKAEL",), 4: ("U01ANNA", "U02MIKAEL")}


def test_what_waits_for_a_signature_and_what_only_lies_there_make_the_whole_desk(store: Store, company: str) -> None:
    named = (Place(502), Place(503))
    only_me = frozenset({502})
    mine = {Act.APPROVE: only_me}
    hand = replace(HAND, verifies=False, circulates=True, stands_for=mine, speaks_for=mine)
    with store.write() as tx:
        keep(tx, company, bill(1, acceptors=(Place(503), Place(502))))  # the other's place is first
        keep(tx, company, bill(2, acceptors=named))
        keep(tx, company, bill(3, acceptors=(Place(503),)))
        keep(tx, company, bill(4))
        keep(tx, company, bill(5, acceptors=named))  # on another desk
        for id in (1, 2, 3, 4):
            deal(tx, company, id, MIKAEL[1])
    assert ids(store, company, Wanted(hand=hand)) == [2, 4, 5]
    assert ids(store, company, Wanted(rest=hand)) == [1, 3]
    assert added(store, company, Wanted(hand=hand)) == euros(3, "300")
    assert ids(store, company, Wanted(hand=replace(hand, own_key=True))) == [1, 2, 4, 5]
    assert ids(store, company, Wanted(hand=hand), 1, 1) == [4]
    assert ids(store, company, Wanted(hand=replace(hand, verifies=False, approves=False))) == []


def test_a_desk_is_counted_up_to_a_point(store: Store, company: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bill_lists, "MOST", 3)
    with store.write() as tx:
        for id in range(1, 6):
            keep(tx, company, bill(id))
            deal(tx, company, id, MIKAEL[1])
    assert added(store, company, Wanted(desk=MIKAEL)).more
    assert not added(store, company, Wanted()).more
    assert added(store, company, Wanted()).n == 5


def test_bills_are_found_by_whatever_is_at_hand(store: Store, company: str, other: str) -> None:
    with store.write() as tx:
        keep(tx, company, bill(1, original_number="L-0042", reference="RF18 5390 0754 7034", supplier="Kone & Työ Oy"))
        keep(tx, company, bill(2, original_number="42", number=77, supplier="Työkone 100% Ab"))
        keep(tx, company, bill(77, supplier="Muu Oy", status="APPROVED"))
        keep(tx, other, bill(1, supplier="Kone & Työ Oy"))
        deal(tx, company, 1, MIKAEL[1])

    def found(typed: str, only: Only | None = None) -> list[int]:
        with store.read() as tx:
            return [hit.id for hit in bill_search.find(tx, company, typed, only)]

    assert found("l 0042") == [1]
    assert found("42") == [2]
    assert found("77") == [77, 2]
    assert found("rf185390075470 34") == [1]
    assert found("TYÖ") == [2, 1]
    assert found("100%") == [2]
    assert found("%") == []
    assert found("ty") == []
    assert found("TYÖ", Only(*MIKAEL)) == [1]
    assert found("nothing like it") == []
    with store.read() as tx:
        assert [hit.id for hit in bills.by_number(tx, company, "77")] == [77, 2]
        assert [hit.id for hit in bill_search.numbered(tx, company, "77", open_only=True)] == [2]
        assert bills.by_number(tx, company, "--") == ()


def test_doubles_are_looked_for_among_the_suppliers_own(store: Store, company: str) -> None:
    one = bill(1, original_number="A-7")
    with store.write() as tx:
        keep(tx, company, one)
        keep(tx, company, bill(2, "999.00", original_number="a 7"))
        keep(tx, company, bill(3, original_number="B-9"))
        keep(tx, company, bill(4, original_number="B-9", issued=date(2026, 10, 1)))
        keep(tx, company, bill(5, original_number="A-7", partner_id=8))
    with store.read() as tx:
        assert [earlier.id for earlier in bills.alike(tx, company, one)] == [3, 2]


def test_a_project_is_known_in_any_case(store: Store, company: str) -> None:
    with store.write() as tx:
        keep(tx, company, bill(1), "P-1001")
        assert bill_lists.project_number(tx, company, "p-1001") == "P-1001"
        assert bill_lists.project_number(tx, company, "p-9") == "p-9"
        assert tallies.open_(tx, company, tallies.of_project("P-1001")).n == 1
