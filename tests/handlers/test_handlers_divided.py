"""What becomes of a bill's division on its way into the accounting, by each of Procountor's answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest

from bot.perform import perform
from finance.projects import Project
from handlers import dividing
from procountor import ledger
from procountor.api import Api
from procountor.errors import Forbidden, NotFound, Problem, Unsendable, Unsure
from storage import divisions, registers, shares
from storage.divisions import DONE, REFUSED, Division
from tests.support.by_hand import Hand, in_hand
from tests.support.practice import MIKAEL

ITEM = "P-1001"


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    """A company that follows projects: one of them stands in Procountor."""
    with in_hand(tmp_path_factory.mktemp("divided")) as hand:
        books = hand.bot.books
        found = next(d for d in books.registers["dimensions"].values() if d["name"] != "Kustannuspaikka")
        found["items"].append({"id": books.next_id("dimensionitems"), "codeName": ITEM, "description": "Hanke"})
        hand.bot.decide(project_dimension=found["name"], reference_hours=0)
        with hand.desk.store.write() as tx:
            known = {p.key: p for p in (Project(ITEM, "Hanke", "12"), Project("9", "Muualla", "12"))}
            registers.keep(tx, hand.bot.company, "project", known, hand.desk.clock())
        yield hand


def divided(hand: Hand, bill: int, parts: dict[str, Decimal]) -> Division:
    """Divides it and lets that be written, as often as it is tried; gives what came of it."""
    company, who = hand.bot.company, f"{hand.team}/{MIKAEL}"
    hand.later(1)
    with hand.desk.store.write() as tx:
        shares.divide(tx, company, bill, parts, who, hand.desk.clock())
        dividing.asked(hand.desk, tx, company, bill, who)
    while found := hand.asked.take("bill.divide"):
        for task, args, after in found:
            hand.later(after)
            perform(hand.desk, hand.bot.house.table, task, args)
    with hand.desk.store.read() as tx:
        known = divisions.get(tx, company, bill)
    assert known is not None
    return known


def booked(hand: Hand, bill: int) -> list[int]:
    """How many projects each entry of the bill is divided between."""
    return [len(entry["dimensionItemValues"]) for entry in hand.bot.entries(hand.practice.doc(bill))]


WHOLE = {ITEM: Decimal(100)}


@pytest.mark.parametrize(
    ("error", "tries", "problem"),
    [
        (Forbidden((Problem("LEDGER_LOCKED", ""),)), 1, "no|LEDGER_LOCKED"),
        (Unsendable((Problem("NO_ROWS", ""),)), 1, "no_rows"),
        (Unsure("cut"), 4, "silent"),
    ],
)
def test_what_is_refused_or_not_answered_is_kept_with_its_reason(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, error: Exception, tries: int, problem: str
) -> None:
    bill, asked = hand.arrived(), []

    def divide(*args: object) -> None:
        asked.append(args)
        raise error

    monkeypatch.setattr(ledger, "divide", divide)
    found = divided(hand, bill, WHOLE)
    assert (found.state, found.problem) == (REFUSED, problem)
    assert len(asked) == tries
    monkeypatch.undo()
    assert divided(hand, bill, WHOLE).state == DONE, "it may be divided again"
    assert booked(hand, bill) == [1]


def test_a_receipt_that_was_renewed_in_the_same_moment_is_written_to(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    bill, real, asked = hand.arrived(), ledger.divide, []

    def divide(api: Api, receipt: int, dimension: int, items: Sequence[Any]) -> Any:
        asked.append(receipt)
        if len(asked) == 1:
            row = {**hand.practice.doc(bill)["invoiceRows"][0], "unitPrice": Decimal(80)}
            hand.practice.edit(bill, invoiceRows=[row])
            raise NotFound((Problem("NOT_FOUND", ""),))
        return real(api, receipt, dimension, items)

    monkeypatch.setattr(ledger, "divide", divide)
    assert divided(hand, bill, WHOLE).state == DONE
    assert len(asked) == 2
    assert booked(hand, bill) == [1]


def test_what_procountor_has_no_place_for_is_said_and_what_is_settled_stays(hand: Hand) -> None:
    bill = hand.arrived()
    found = divided(hand, bill, {"9": Decimal(100)})
    assert (found.state, found.problem) == (REFUSED, "no_item|9")
    before = hand.bot.decide(project_dimension="Ei ole")
    found = divided(hand, bill, WHOLE)
    hand.bot.decide(project_dimension=before.project_dimension)
    assert (found.state, found.problem) == (REFUSED, "no_dimension")
    hand.practice.edit(bill, status="APPROVED")
    found = divided(hand, bill, WHOLE)
    assert (found.state, found.problem) == (REFUSED, "settled")
    assert booked(hand, bill) == [0]


def test_a_division_that_was_replaced_meanwhile_is_not_written(hand: Hand) -> None:
    bill, company, who = hand.arrived(), hand.bot.company, f"{hand.team}/{MIKAEL}"
    with hand.desk.store.write() as tx:
        shares.divide(tx, company, bill, {"9": Decimal(100)}, who, hand.desk.clock())
        dividing.asked(hand.desk, tx, company, bill, who)
    old = hand.asked.take("bill.divide")
    assert divided(hand, bill, WHOLE).state == DONE
    for task, args, _ in old:
        perform(hand.desk, hand.bot.house.table, task, args)
    with hand.desk.store.read() as tx:
        known = divisions.get(tx, company, bill)
    assert known is not None
    assert (known.state, known.problem) == (DONE, "")
    assert booked(hand, bill) == [1]
