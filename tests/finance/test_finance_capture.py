"""Claims while they are written: what is wrong with a row, what is odd, and the claim that comes of the sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance import captured
from finance.canonical import dump, load
from finance.capture import CostType, Journey, Row, Sheet, Wrong, offered, usual, wrong
from finance.claim import Claimant, ClaimKind, split
from finance.claim_documents import documents
from finance.invoice import Attachment, Kind
from finance.lists import COMPANY, OWN
from finance.receipts import Bought, Doubt, Seen, doubt, looks_like
from finance.reference import Product

TODAY = date(2026, 11, 26)
HOME = ZoneInfo("Europe/Helsinki")
ROW = Row(1, date(2026, 5, 3), Decimal("12.40"), supplier="R-kioski", vat_percent=Decimal("13.5"), payment=OWN)
TRIP = Journey(
    "Helsinki–Tukholma", "Workshop", datetime(2026, 5, 4, 8, tzinfo=HOME), datetime(2026, 5, 5, 19, tzinfo=HOME),
    ("SE",), km=Decimal(42),
)  # fmt: skip

WRONG = [
    ({}, {}),
    ({"day": date(2026, 11, 27)}, {"day": Wrong.FUTURE}),
    ({"gross": Decimal(0)}, {"gross": Wrong.AMOUNT}),
    ({"gross": Decimal(-5)}, {"gross": Wrong.AMOUNT}),
    ({"gross": Decimal("12.405")}, {"gross": Wrong.CENTS}),
    ({"currency": "XXX", "rate": Decimal(2)}, {"currency": Wrong.CURRENCY}),
    ({"currency": "SEK"}, {"rate": Wrong.RATE}),
    ({"currency": "SEK", "rate": Decimal(0)}, {"rate": Wrong.RATE}),
    ({"currency": "SEK", "rate": Decimal("11.2")}, {}),
    ({"supplier": " "}, {"supplier": Wrong.MISSING}),
    ({"supplier": "", "description": "Taxi"}, {}),
]


@pytest.mark.parametrize(("changed", "found"), WRONG)
def test_what_is_wrong_with_a_row(changed: dict[str, object], found: dict[str, Wrong]) -> None:
    assert wrong(replace(ROW, **changed), TODAY) == found  # type: ignore[arg-type]


PERCENTS = [
    (date(2024, 8, 31), "24", True), (date(2024, 8, 31), "25.5", False),
    (date(2024, 9, 1), "24", False), (date(2024, 9, 1), "25.5", True),
    (date(2025, 12, 31), "14", True), (date(2025, 12, 31), "13.5", False),
    (date(2026, 1, 1), "14", False), (date(2026, 1, 1), "13.5", True),
    (date(2026, 1, 1), "0", True), (date(2026, 1, 1), "10", True),
]  # fmt: skip


@pytest.mark.parametrize(("day", "percent", "right"), PERCENTS)
def test_a_percentage_is_judged_by_the_day_of_the_payment(day: date, percent: str, right: bool) -> None:
    found = wrong(replace(ROW, day=day, vat_percent=Decimal(percent)), TODAY)
    assert found == ({} if right else {"percent": Wrong.PERCENT})


def test_the_menu_offers_what_receipts_of_two_years_may_have() -> None:
    assert offered(date(2026, 2, 1)) == tuple(map(Decimal, ("25.5", "24", "14", "13.5", "10", "0")))


USUAL = [
    (CostType.HOTEL, date(2024, 12, 31), "10"), (CostType.HOTEL, date(2025, 1, 1), "14"),
    (CostType.HOTEL, date(2026, 1, 1), "13.5"), (CostType.MEAL, date(2024, 8, 1), "14"),
    (CostType.MEAL, date(2026, 1, 1), "13.5"), (CostType.FUEL, date(2024, 8, 31), "24"),
    (CostType.FUEL, date(2024, 9, 1), "25.5"), (CostType.OTHER, date(2026, 1, 1), "None"),
]  # fmt: skip


@pytest.mark.parametrize(("type", "day", "percent"), USUAL)
def test_the_usual_percentage(type: CostType, day: date, percent: str) -> None:
    assert str(usual(type, day)) == percent


DOUBTS = [
    (date(2026, 5, 3), TODAY, [Seen("pdf", dates=(date(2026, 5, 2),))], None),
    (TODAY, TODAY, [Seen("pdf", dates=(date(2026, 11, 20),))], (Doubt.RECEIPT, date(2026, 11, 20))),
    (TODAY, TODAY, [Seen("pdf", dates=(date(2026, 11, 20), TODAY))], None),
    (TODAY, TODAY, [Seen("jpg", taken=date(2026, 11, 24))], (Doubt.PICTURE, date(2026, 11, 24))),
    (date(2026, 11, 20), TODAY, [Seen("jpg", taken=date(2026, 11, 24))], None),
    (TODAY, TODAY, [], None),
    (date(2026, 11, 27), TODAY, [], (Doubt.AHEAD, TODAY)),
]  # fmt: skip


@pytest.mark.parametrize(("day", "today", "seen", "found"), DOUBTS)
def test_what_is_odd_about_a_day(day: date, today: date, seen: list[Seen], found: object) -> None:
    assert doubt(day, today, seen) == found


def test_looks_and_purchases_that_are_alike() -> None:
    assert looks_like("00ff00ff00ff00ff", "00ff00ff00ff00fe")
    assert not looks_like("00ff00ff00ff00ff", "ff00ff00ff00ff00")
    assert not looks_like("", "")
    one = Bought("R-Kioski", date(2026, 5, 3), Decimal("12.40"), "EUR")
    assert one.like([replace(one, supplier="r-kioski ")])
    assert not one.like([replace(one, gross=Decimal("12.41"))])
    assert not replace(one, supplier="").like([replace(one, supplier="")])


def made(sheet: Sheet, types: dict[str, str] | None = None) -> captured.Claim:
    return captured.claim(
        sheet, "K-1", Claimant("7", "Emma"), TODAY, {1: [Attachment("K-1-1.jpg", 5, "a" * 64)]}, types or {}, "fi"
    )


def test_a_sheet_becomes_a_claim_with_its_trip_and_the_sums_agree() -> None:
    rows = (ROW, replace(ROW, id=2, gross=Decimal(112), currency="SEK", rate=Decimal("11.2"), payment=COMPANY))
    sheet = Sheet(ClaimKind.TRAVEL, "note", rows, TRIP)
    claim = made(sheet)
    assert claim.total == captured.total(sheet) == Decimal("12.40") + 10 + 70 + 70 + Decimal("23.10")
    assert [cost.paid_by for cost in claim.costs] == [OWN, COMPANY, OWN, OWN, OWN]
    assert claim.costs[0].receipts[0].name == "K-1-1.jpg"
    assert [cost.vat_percent for cost in claim.costs[2:]] == [None, None, None]  # allowances carry no VAT
    assert claim.trip is not None
    assert claim.trip.country == "SE"
    assert load(type(claim), dump(claim)) == claim
    found = documents(claim, {})
    assert [one.kind for one in found] == [Kind.CLAIM, Kind.COMPANY_COST]
    assert [line.unit_code for line in found[0].lines] == ["", "DAY", "DAY", "KMT"]


def test_allowances_carry_the_official_products_of_their_year() -> None:
    def product(code: str, name: str, price: str, year: int = 2026) -> Product:
        return Product(1, code, name, price=Decimal(price), start=date(year, 1, 1), end=date(year, 12, 31))

    known = [
        product("KM", "Kilometrikorvaus 2026", "0.55"), product("KM25", "Kilometrikorvaus 2025", "0.55", 2025),
        product("LM", "Lisämatkustaja 2026", "0.04"), product("KO", "Koira 2026", "0.04"),
        product("UP", "Ulkomaanpäiväraha Ruotsi 2026", "70"), product("KP", "Kokopäiväraha 2026", "54"),
        product("PV", "Perävaunu 2026", "0.09"),
    ]  # fmt: skip
    trip = replace(TRIP, passengers=2, trailer=True, meals=(2,), end=datetime(2026, 5, 5, 12, tzinfo=HOME))
    claim = captured.claim(Sheet(ClaimKind.TRAVEL, journey=trip), "K-1", Claimant(), TODAY, {}, {}, "fi", known)
    assert [cost.product_code for cost in claim.costs] == ["UP", "UP", "KM", "LM", "PV"]
    assert [str(cost.amount) for cost in claim.costs] == ["35.00", "35.00", "23.10", "3.36", "3.78"]


def test_the_companys_own_payment_types_tell_whose_money_it_was() -> None:
    claim = made(Sheet(ClaimKind.EXPENSE, rows=(replace(ROW, payment="Visa Business"),)), {"Visa Business": COMPANY})
    assert claim.costs[0].paid_by == COMPANY
    assert claim.costs[0].payment_type == "Visa Business"


def test_an_allowance_nobody_knows_keeps_the_claim_from_going() -> None:
    sheet = Sheet(ClaimKind.TRAVEL, journey=replace(TRIP, countries=("KE",)))
    assert len(captured.unknown(sheet)) == 2
    known = replace(sheet, journey=replace(TRIP, countries=("KE",), looked_up={"KE": Decimal(66)}))
    assert captured.unknown(known) == ()
    assert captured.total(known) == Decimal("155.10")
    assert captured.unknown(replace(sheet, journey=replace(TRIP, countries=("KE",), per_diem=False))) == ()


def test_a_sheet_is_the_same_after_it_was_kept() -> None:
    sheet = Sheet(ClaimKind.TRAVEL, "n", (ROW,), replace(TRIP, looked_up={"KE": Decimal("66.50")}, meals=(1, 2)), 2)
    assert load(Sheet, dump(sheet)) == sheet


AMOUNTS = st.decimals(Decimal("0.01"), Decimal(9999), places=2)
RATES = st.decimals(Decimal("0.01"), Decimal(200), places=4)
ROWS = st.builds(Row, st.integers(1, 30), st.dates(date(2024, 1, 1), TODAY), AMOUNTS, st.just("SEK"), RATES,
                 payment=st.sampled_from([OWN, COMPANY]))  # fmt: skip


@given(st.lists(ROWS, min_size=1, max_size=12))
def test_the_documents_of_a_claim_come_to_what_was_shown(rows: list[Row]) -> None:
    sheet = Sheet(ClaimKind.EXPENSE, rows=tuple(rows))
    claim = made(sheet)
    assert sum((part.total for part in split(claim, {})), Decimal(0)) == captured.total(sheet)


@pytest.mark.parametrize(("country", "shown"), [("KE", True), ("SE", False)])
def test_where_a_per_diem_was_looked_up_is_told_to_those_who_approve(country: str, shown: bool) -> None:
    looked = {"looked_up": {country: Decimal("66.50")}, "sources": {country: "vero.fi/paatos"}}
    sheet = Sheet(ClaimKind.TRAVEL, "n", (), replace(TRIP, countries=(country,), meals=(), **looked))
    made = captured.claim(sheet, "K-1", Claimant("7", "Emma"), TRIP.end.date(), {}, {}, "fi")
    assert any("[vero.fi/paatos]" in cost.description for cost in made.costs) is shown
