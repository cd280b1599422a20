"""Claims written and receipts looked into while the claim is sent or thrown away in the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from finance import captured
from finance.capture import CostType
from finance.claim import Claimant, ClaimKind
from finance.lists import ListKind
from finance.projects import Project
from finance.receipts import Seen
from handlers import (
    capturing,
    claim_fields,
    claim_sending,
    expense,
    expense_row,
)
from handlers.chat import ChatTrouble
from storage import captured_receipts as receipts
from storage import captures, registers
from storage.captures import Captured
from tests.support.office import SAM, TEAM
from tests.support.spoken import AWAY, Spoken, drawn, first
from tests.support.spoken_claims import COST, THROWN, TODAY, claiming_people, written


def once(act: Callable[..., object]) -> Callable[..., object]:
    """Does it the first time only."""
    left = [act]
    return lambda *args: left.pop()(*args) if left else None


@pytest.fixture
def house(opened: Spoken) -> Iterator[Spoken]:
    with claiming_people(opened) as found:
        yield found


def test_a_claim_sent_from_another_window_is_not_sent_twice(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    one = written(house, COST)
    told = captured.claim(one.sheet, one.number, Claimant("7", "Sam"), TODAY, {}, {}, "fi")

    def other_window(*_: object) -> None:
        with house.write() as tx:
            captures.send(tx, one, told, house.now)

    monkeypatch.setattr(expense, "_lacking", first(other_window, lambda *_: ""))
    assert THROWN in house.send("claim.send", f"{one.id}:0", SAM)
    assert "claim.sent" not in house.trail()


FILLED = {
    "expense": ("claim.row", {
        "gross": "12,40", "day": "2026-06-01", "supplier": "R-kioski", "percent": "25,5", "payment": "own",
    }),
    "trip": ("claim.trip", {
        "route": "Helsinki – Tampere", "purpose": "Työ", "start_day": "2026-06-01", "start_time": "08:00",
        "end_day": "2026-06-01", "end_time": "19:00",
    }),
}  # fmt: skip


@pytest.mark.parametrize("what", FILLED)
def test_what_is_filled_in_while_the_claim_is_sent_from_another_window_is_said_to_be_late(
    house: Spoken, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    one = written(house, COST, kind=ClaimKind.TRAVEL if what == "trip" else ClaimKind.EXPENSE)
    with house.write() as tx:
        (paper,) = receipts.ask(tx, house.id, one.id, 1, ["F1"], house.now)
    told = captured.claim(one.sheet, one.number, Claimant("7", "Sam"), TODAY, {}, {}, "fi")

    def other_window(*_: object) -> None:
        with house.write() as tx:
            captures.send(tx, one, told, house.now)

    read = "journey" if what == "trip" else "row"
    monkeypatch.setattr(claim_fields, read, first(other_window, getattr(claim_fields, read)))
    form, values = FILLED[what]
    assert THROWN in house.send(form, f"{one.id}:0", SAM, **values, off=str(paper))
    with house.read() as tx:
        now = captures.get(tx, house.id, one.id)
        assert now is not None
        assert (now.state, now.sheet) == (captures.WAITING, one.sheet)
        assert [kept.id for kept in receipts.of_claim(tx, house.id, one.id)] == [paper], (
            "a receipt of a sent claim stays"
        )


def test_two_costs_written_in_two_windows_are_both_kept(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    one = written(house, COST)
    form, values = FILLED["expense"]
    other = {**values, "gross": "99"}
    monkeypatch.setattr(
        claim_fields,
        "row",
        first(once(lambda *_: house.send(form, f"{one.id}:0", SAM, **other)), claim_fields.row),
    )
    house.send(form, f"{one.id}:0", SAM, **values)
    with house.read() as tx:
        now = captures.get(tx, house.id, one.id)
        assert now is not None
        assert [(row.id, str(row.gross)) for row in now.sheet.rows] == [(1, "12.4"), (2, "99"), (3, "12.4")]


def test_a_trip_is_told_what_it_lacks_at_its_fields_and_short_ones_need_no_days(house: Spoken) -> None:
    one = written(house, kind=ClaimKind.TRAVEL)
    about = f"{one.id}:0"
    assert "start_time" in house.send("claim.trip", about, SAM, route="Helsinki – Tampere", purpose="Työ")
    whole = {
        "route": "Helsinki – Tampere", "purpose": "Työ", "start_day": "2026-06-01", "start_time": "08:00",
        "end_day": "2026-06-03", "end_time": "19:00",
    }  # fmt: skip
    assert "no allowances" in house.send("claim.trip", about, SAM, **whole), (
        "without a per diem nobody is asked for the days"
    )
    assert "country_1" in house.send("claim.days", about, SAM, **{"claim.country.1": "XX"})


def test_a_form_about_a_claim_that_is_no_more_says_so(house: Spoken) -> None:
    gone = capturing.sheet(house.here(SAM), 999_999)
    assert THROWN in drawn(gone)
    assert gone.submit == ""


def test_what_is_odd_about_a_cost_is_told_beside_it(house: Spoken) -> None:
    strange = replace(COST, type=CostType.HOTEL, vat_percent=Decimal("25.5"), project="P-7")
    one = written(house, strange)
    with house.write() as tx:
        registers.keep(tx, house.id, ListKind.PROJECTS, {"p-7": Project("P-7", "Silta")}, house.now)
        (paper,) = receipts.ask(tx, house.id, one.id, 1, ["F1"], house.now)
        asked = receipts.get(tx, house.id, paper)
        assert asked is not None
        receipts.keep(tx, asked, "kuitti.pdf", "o", Seen("pdf", dates=(date(2026, 5, 2),)), b"%PDF")
    here = house.here(SAM)
    (line,) = capturing.facts(house.desk, one, here.say).lines
    assert any("VAT of this is usually 13.5" in told for told in line.remarks), line.remarks
    assert any("2.5.2026" in told for told in line.remarks), line.remarks
    assert expense_row.project(here, "P-7")[1].endswith("Silta")
    assert expense_row.project(here, "") == ("", "")


def test_a_message_without_files_makes_no_expense_and_a_file_already_claimed_opens_its_row(house: Spoken) -> None:
    assert "no picture and no PDF" in house.say("shortcut", "receipt.shortcut", SAM)
    for _ in range(2):
        assert "is being looked into" in house.say("shortcut", "receipt.shortcut", SAM, files=("F1",))
    with house.read() as tx:
        (one,) = captures.of_user(tx, house.id, TEAM, SAM, (captures.DRAFT,))
        assert [paper.row for paper in receipts.of_claim(tx, house.id, one.id)] == [1]
        assert one.sheet.next_row == 2


def test_an_expense_thrown_away_in_the_moment_it_is_begun_says_so(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def thrown_away(desk: Any, tx: Any, one: Captured, *_: object) -> None:
        captures.drop(tx, one)

    monkeypatch.setattr(claim_sending, "ask_for_receipts", thrown_away)
    assert THROWN in house.say("shortcut", "receipt.shortcut", SAM, files=("F1",))


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (ChatTrouble("file_too_large"), receipts.BAD),
        (ChatTrouble("file_not_found"), receipts.LOST),
        (AWAY, receipts.ASKED),
    ],
)
def test_a_receipt_slack_does_not_give_is_told_or_asked_for_again(
    house: Spoken, trouble: ChatTrouble, state: str
) -> None:
    one = written(house, COST)
    with house.write() as tx:
        (id,) = receipts.ask(tx, house.id, one.id, 1, ["F2"], house.now)
    with house.refusing(download=trouble):
        if state == receipts.ASKED:
            with pytest.raises(ChatTrouble):
                house.do("claim.receipt", str(one.id), str(id))
        else:
            assert one.number in house.do("claim.receipt", str(one.id), str(id))
    with house.read() as tx:
        paper = receipts.get(tx, house.id, id)
    assert paper is not None
    assert paper.state == state


def test_a_receipt_given_up_is_told_and_one_taken_off_meanwhile_is_not(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = written(house, COST)
    with house.write() as tx:
        lost, off = receipts.ask(tx, house.id, one.id, 1, ["F3", "F4"], house.now)
    assert one.number in house.do("claim.receipt", str(one.id), str(lost), kind="buried")

    def taken_off(file: str, most: int) -> Any:
        with house.write() as tx:
            receipts.drop(tx, house.id, one.id, [off])
        return SimpleNamespace(name="kuitti.txt", content=b"x")

    monkeypatch.setattr(house.room, "download", taken_off)
    assert house.do("claim.receipt", str(one.id), str(off)) == ""


def test_the_open_form_is_redrawn_unless_it_was_closed(house: Spoken) -> None:
    one = written(house, COST)
    before = len(house.room.shown)
    capturing.redraw(house.desk, one)
    assert len(house.room.shown) == before, "no form is open"
    shown = replace(one, view="V1")
    with house.refusing(refresh=ChatTrouble("not_found")):
        capturing.redraw(house.desk, shown)
    with house.refusing(refresh=AWAY), pytest.raises(ChatTrouble):
        capturing.redraw(house.desk, shown)
    capturing.redraw(house.desk, shown)
    assert "R-kioski" in house.room.shown[-1]


def test_a_claim_thrown_away_by_who_hears_of_its_receipt_is_not_drawn_again(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = written(house, COST)
    with house.write() as tx:
        captures.show(tx, house.id, one.id, "V1")
        (id,) = receipts.ask(tx, house.id, one.id, 1, ["F5"], house.now)
    post = house.room.post

    def hears(*args: Any) -> Any:
        with house.write() as tx:
            captures.drop(tx, one)
        return post(*args)

    monkeypatch.setattr(house.room, "post", hears)
    with house.refusing(download=ChatTrouble("file_not_found")):
        told = house.do("claim.receipt", str(one.id), str(id))
    assert one.number in told
    assert "Expense claim" not in told, "the form is not drawn"
