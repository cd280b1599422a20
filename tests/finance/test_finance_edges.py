"""Rarer turns of the decisions: what says nothing decides nothing, and what cannot be told apart is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from finance_bill_cases import BILL
from finance_samples import CHOICES, INVOICE, REFERENCE, codes_of, put
from test_finance_capture import HOME, TRIP

from finance import captured
from finance.absence import Odd, Wanted, typed
from finance.capture import Sheet
from finance.changes import differences
from finance.claim import Claim, Claimant, ClaimKind, Cost
from finance.claim_documents import documents
from finance.faults import Choice, Fault, Repair
from finance.invoice import CashDiscount, Kind, StatedVat
from finance.options import options
from finance.reference import Product
from finance.registers import index
from finance.selection import Selection
from finance.suppliers import Named, doubles

D = Decimal
TODAY = date(2026, 11, 27)


def test_a_short_trip_gives_the_price_of_a_meal() -> None:
    short = replace(TRIP, end=datetime(2026, 5, 4, 13, tzinfo=HOME), countries=("FI",), km=D(0), own_meals=1)
    (gift,) = captured.given(short)
    meal = Product(1, "ATERIA", "Ateriakorvaus", price=gift.amount)
    other = Product(2, "PV", "Kokopäiväraha", price=gift.amount)
    for language, word in (("fi", "Ateriakorvaus"), ("sv", "Måltidsersättning"), ("en", "Meal allowance")):
        sheet = Sheet(ClaimKind.TRAVEL, "", (), short)
        made = captured.claim(sheet, "K-1", Claimant("7", "E"), TODAY, {}, {}, language, (other, meal))
        (cost,) = made.costs
        assert (cost.description, cost.unit, cost.quantity, cost.unit_price) == (word, "", 1, gift.amount)
        assert cost.product_code == "ATERIA"


def test_a_price_that_does_not_make_the_sum_gives_way_and_tells_how_much_it_was() -> None:
    cost = Cost(TODAY, D("10.00"), "", "Km", quantity=D(3), unit="km", unit_price=D("3.34"), paid_by="own")
    claim = Claim("K-1", TODAY, ClaimKind.TRAVEL, Claimant("7", "E"), "EUR", (cost, replace(cost, unit="")), None, "")
    first, second = documents(claim, {})[0].lines
    assert [(one.quantity, one.unit_price, one.descriptions) for one in (first, second)] == [
        (1, D("10.00"), ("3 km",)),
        (1, D("10.00"), ()),
    ]


def test_discounts_and_rates_are_told_by_what_they_are() -> None:
    with_discount = put(INVOICE, payment__discounts=(CashDiscount(7, D("2.00")),))
    (change,) = differences(put(INVOICE, payment__discounts=()), with_discount)
    assert (change.old, change.new) == (None, "2 % / 7")
    stated = (StatedVat(D("25.50"), D(100), D("25.50")),)
    (change,) = differences(put(INVOICE, stated__breakdown=()), put(INVOICE, stated__breakdown=stated))
    assert change.new == "25.5 %: 100 + 25.50"


SAME: list[tuple[Named, Named, bool]] = [
    (Named(7), Named(7, ("0201256-6",)), True),
    (Named(None, ("FI02012566",)), Named(7, ("0201256-6",)), True),
    (Named(None, ("0201256-6",), "Oy"), Named(None, ("2077474-0",), "Oy"), False),
    (Named(None, (), "Silta Oy"), Named(None, ("0201256-6",), "silta  oy"), True),
    (Named(None, (), ""), Named(None, (), ""), False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_whether_two_may_be_one_supplier(one: Named, other: Named, same: bool) -> None:
    assert (one.same(other), other.same(one)) == (same, same)


def test_bills_without_numbers_are_nobodys_doubles() -> None:
    bare = {"seller__business_id": "", "seller__vat_number": "", "seller__name": "PILVI OY"}
    pair = (BILL, put(BILL, **bare))
    unnumbered = [put(one, number=" ") for one in pair]
    assert doubles((*pair, *unnumbered), index(REFERENCE, CHOICES, Kind.BILL)) == {one.source_id for one in pair}


ABSENCES: list[tuple[str, tuple[date, date] | Odd]] = [
    ("1.12. 5.12. <@U2>", (date(2026, 12, 1), date(2026, 12, 5))),
    ("30.12. 3.1. <@U2>", (date(2026, 12, 30), date(2027, 1, 3))),
    ("24.12.2026 2027-01-03 <@U2>", (date(2026, 12, 24), date(2027, 1, 3))),
    ("1.11. 30.11. <@U2>", (date(2026, 11, 1), date(2026, 11, 30))),
    ("29.2. 1.3. <@U2>", Odd.DATES),
    ("31.4.2027 1.5.2027 <@U2>", Odd.DATES),
]


@pytest.mark.parametrize(("text", "found"), ABSENCES)
def test_days_without_a_year_are_the_next_such_days(text: str, found: tuple[date, date] | Odd) -> None:
    told = typed(text, TODAY)
    assert (told if isinstance(told, Odd) else (told.first, told.last)) == found
    assert isinstance(told, Wanted) is isinstance(found, tuple)


def test_units_are_offered_and_what_has_no_list_is_not() -> None:
    unit = Fault("unit.unknown", "lines[0].unit", "tunti", repair=Repair.CHOOSE, register="unit")
    assert any(choice.value == "HUR" for choice in options(unit, INVOICE, REFERENCE, CHOICES, "tunti"))
    own = replace(unit, register="", choices=(Choice("a", "Aamu"), Choice("i", "Ilta")))
    assert [choice.value for choice in options(own, INVOICE, REFERENCE, CHOICES, "ilta")] == ["i"]


def test_a_finnish_business_id_without_a_country_is_right() -> None:
    for country, told in (("", set()), ("SE", {"buyer.foreign_id"})):
        changed = put(INVOICE, buyer__business_id="0201256-6", buyer__address__country=country, buyer__vat_number="")
        assert {code for code in codes_of(changed) if code in ("buyer.business_id", "buyer.foreign_id")} == told


def test_only_trips_are_picked_where_trips_are_asked_for() -> None:
    assert Selection(everything=True).picks(INVOICE)
    assert not Selection(travel=True, everything=True).picks(INVOICE)
