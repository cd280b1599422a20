"""Batches: one for each request, moved from state to state by whoever comes first, and only seen by their company."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from finance.faults import Choice, Fault, Repair
from storage import documents, runs
from storage.database import Store
from storage.runs import Item, Summary
from tests.support.invoices import invoice
from tests.support.stores import NOON

WANTED = {"kind": "sales_invoice", "selection": "1040-1052", "dry": 0}


def begun(store: Store, company: str, asked: str) -> int:
    with store.write() as tx:
        return runs.start(tx, company, ("T1", "U1"), f"{company}{asked}", NOON, **WANTED)


def test_the_same_request_begins_one_batch(store: Store, company: str) -> None:
    assert begun(store, company, "a") == begun(store, company, "a")
    assert begun(store, company, "a") != begun(store, company, "b")


def test_a_batch_moves_once_though_eight_press(store: Store, company: str) -> None:
    run = begun(store, company, "a")

    def press(_: int) -> bool:
        with store.write() as tx:
            return runs.move(tx, run, ("checking",), "preview")

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(press, range(8))) == [False] * 7 + [True]


def test_another_company_does_not_see_the_batch(store: Store, company: str, other: str) -> None:
    run = begun(store, company, "a")
    with store.read() as tx:
        assert runs.get(tx, company, run).selection == "1040-1052"
        with pytest.raises(LookupError):
            runs.get(tx, other, run)
        assert runs.recent(tx, other) == ()


def test_verdicts_come_back_as_they_were_kept(store: Store, company: str) -> None:
    run = begun(store, company, "a")
    fault = Fault("operator.unknown", "buyer.e_invoice.operator", "X", "Y", {"n": 2, "sum": Decimal("1.50")},
                  Repair.CHOOSE, "operator", (Choice("BAWCFI22", "Basware"),), "BAWCFI22")  # fmt: skip
    summary = Summary("1", "Asiakas | Oy", "SEK", Decimal("1.10"), Decimal("0.28"), Decimal("1.38"), ("liite.pdf",))
    with store.write() as tx:
        given = invoice("1", NOON.date())
        ids = [documents.keep(tx, company, given, "psa", None, NOON).document.id]
        runs.put_items(tx, run, [Item(ids[0], 0, "faulty", (fault,), summary)])
    with store.read() as tx:
        (item,) = runs.items(tx, run)
        assert runs.runs_with(tx, ids[0]) == (run,)
    assert (item.faults, item.summary, item.verdict, item.state) == ((fault,), summary, "faulty", None)
    with store.write() as tx:
        runs.put_item(tx, run, Item(ids[0], 0, "ready", (), summary))
        assert runs.items(tx, run)[0].verdict == "ready"


def test_what_is_left_out_stays_out_however_it_is_judged_and_only_before_the_batch_begins(
    store: Store, company: str
) -> None:
    run = begun(store, company, "a")
    summary = Summary("1", "Asiakas Oy", "EUR", Decimal(1), Decimal(0), Decimal(1))
    with store.write() as tx:
        document = documents.keep(tx, company, invoice("1", NOON.date()), "psa", None, NOON).document.id
        runs.put_items(tx, run, [Item(document, 0, "ready", (), summary)])
        assert not runs.turn(tx, run, document, "ready", runs.HELD)
        assert runs.held(tx, run) == frozenset()
        runs.move(tx, run, ("checking",), "preview")

    def press(_: int) -> bool:
        with store.write() as tx:
            return runs.turn(tx, run, document, "ready", runs.HELD)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [False] * 3 + [True]
    with store.write() as tx:
        runs.put_item(tx, run, Item(document, 0, "faulty", (), summary))
        assert runs.held(tx, run) == {document}
        assert runs.turn(tx, run, document, runs.HELD, "ready")
        assert runs.held(tx, run) == frozenset()
        runs.move(tx, run, ("preview",), "sending")
        assert not runs.turn(tx, run, document, "ready", runs.HELD)
        assert runs.items(tx, run)[0].verdict == "ready"
