"""The transfer table: asked for once, taken up by one worker at a time, and a stale worker writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from finance.invoice import Kind, Party
from finance.transfer import Problem, State
from storage import documents, runs, transfers
from storage.database import Store
from storage.documents import Document
from storage.runs import Item, Summary
from storage.transfers import Fenced, Transfer
from tests.support.invoices import invoice
from tests.support.stores import NOON

ZERO = Decimal(0)


def batch(store: Store, company: str, *numbers: str) -> tuple[int, list[Document]]:
    """Queued invoices, in one batch."""
    with store.write() as tx:
        docs = [documents.keep(tx, company, invoice(n, NOON.date()), "psa", None, NOON).document for n in numbers]
        wanted = {"kind": "sales_invoice", "selection": "", "dry": 0}
        run = runs.start(tx, company, ("T1", "U1"), f"{company}:{len(numbers)}", NOON, **wanted)
        summary = Summary("1", "Asiakas Oy", "EUR", ZERO, ZERO, ZERO)
        runs.put_items(tx, run, [Item(doc.id, place, "ready", (), summary) for place, doc in enumerate(docs)])
        for doc in docs:
            assert transfers.queue(tx, doc, run, f"KI1{doc.source.number}")
    return run, docs


def claimed(store: Store, doc: Document) -> Transfer:
    with store.write() as tx:
        t = transfers.claim(tx, doc.company, doc.id)
    assert t is not None
    return t


def committed(store: Store, t: Transfer, **values: object) -> Transfer:
    with store.write() as tx:
        return transfers.commit(tx, t, **values)


def test_a_stale_worker_is_fenced_off(store: Store, company: str) -> None:
    _, (doc,) = batch(store, company, "1")
    stale, newer = claimed(store, doc), claimed(store, doc)
    assert newer.fence == stale.fence + 1
    with pytest.raises(Fenced):
        committed(store, stale, state=State.CREATING.value)
    assert committed(store, newer, state=State.LOOKING.value).state is State.LOOKING


def test_what_a_fenced_worker_wrote_beside_it_is_undone(store: Store, company: str) -> None:
    _, (doc,) = batch(store, company, "1")
    stale, _ = claimed(store, doc), claimed(store, doc)

    def finish() -> None:
        with store.write() as tx:
            documents.set_state(tx, doc.id, "sent")
            transfers.commit(tx, stale, state=State.DONE.value)

    with pytest.raises(Fenced):
        finish()
    with store.read() as tx:
        assert documents.get(tx, company, doc.id).state == "open"


def test_what_was_made_and_then_refused_or_left_to_a_person_stands(store: Store, company: str) -> None:
    _, docs = batch(store, company, *"123")
    committed(store, claimed(store, docs[0]), state=State.REFUSED.value, remote_id=811001)
    committed(store, claimed(store, docs[1]), state=State.PARKED.value)
    committed(store, claimed(store, docs[2]), state=State.DONE.value, remote_id=811003, done_at=NOON)
    with store.read() as tx:
        assert [t.number for t in transfers.left_standing(tx, company)] == ["1"]


@pytest.mark.parametrize("state", [State.DONE, State.REFUSED, State.PARKED])
def test_what_is_finished_is_not_taken_up(store: Store, company: str, state: State) -> None:
    _, (doc,) = batch(store, company, "1")
    committed(store, claimed(store, doc), state=state.value)
    with store.write() as tx:
        assert transfers.claim(tx, company, doc.id) is None


@pytest.mark.parametrize(
    ("state", "again"),
    [
        (State.NEW, False),
        (State.LOOKING, False),
        (State.CREATING, False),
        (State.CREATED, False),
        (State.DONE, False),
        (State.PARKED, False),
        (State.REFUSED, True),
    ],
)
def test_only_a_refused_one_can_be_queued_again(store: Store, company: str, state: State, again: bool) -> None:
    run, (doc,) = batch(store, company, "1")
    told = transfers.problems_text([Problem("X", "account", "no", 400)])
    t = committed(store, claimed(store, doc), state=state.value, tries=7, problems=told, remote_id=810001)
    assert t.problems == (Problem("X", "account", "no", 400),)
    with store.write() as tx:
        assert transfers.queue(tx, doc, run, "KI1other") is again
        now = transfers.of(tx, company, doc.id)
    assert now is not None
    assert (now.state, now.tries, now.problems) == ((State.NEW, 0, ()) if again else (state, 7, t.problems))
    assert (now.remote_id, now.marker) == (810001, "KI11")


def test_a_person_wakes_only_what_is_parked(store: Store, company: str) -> None:
    _, (doc,) = batch(store, company, "1")
    with store.write() as tx:
        assert not transfers.wake(tx, company, doc.id, forced=True)
    committed(store, claimed(store, doc), state=State.PARKED.value, note="number_taken", tries=9)
    with store.write() as tx:
        assert transfers.wake(tx, company, doc.id, forced=True)
        woken = transfers.of(tx, company, doc.id)
    assert woken is not None
    assert (woken.state, woken.forced, woken.note, woken.tries) == (State.NEW, True, "", 0)


def test_the_log_of_one_company_says_nothing_of_another(store: Store, company: str, other: str) -> None:
    for place, owner in enumerate((company, other)):
        _, (doc,) = batch(store, owner, "1042")
        done = {"state": State.DONE.value, "remote_id": 810001, "remote_number": 30101 + place, "done_at": NOON}
        committed(store, claimed(store, doc), **done)
    with store.read() as tx:
        assert transfers.done_numbers(tx, company, "sales_invoice") == {"1042": (30101, 810001)}
        assert transfers.done_numbers(tx, other, "sales_invoice") == {"1042": (30102, 810001)}
        assert transfers.by_remote_number(tx, company, 30102) is None


def test_a_bill_is_known_by_its_suppliers_number_and_apart_from_invoices(store: Store, company: str) -> None:
    bill = replace(invoice("77", NOON.date()), kind=Kind.BILL, seller=Party("Toimittaja Oy", "0201256-6"))
    with store.write() as tx:
        doc = documents.keep(tx, company, bill, "psa", None, NOON).document
        run = runs.start(tx, company, ("T1", "U1"), f"{company}:bill", NOON, kind="bill", selection="", dry=0)
        assert transfers.queue(tx, doc, run, "KI1BILL")
    t = claimed(store, doc)
    assert (t.kind, t.number) == (Kind.BILL, "0201256-6/77")
    committed(store, t, state=State.DONE.value, remote_id=820001, remote_number=30201, done_at=NOON)
    with store.read() as tx:
        assert [(s.number, s.remote_id) for s in transfers.known(tx, company, "bill")] == [("77", 820001)]
        assert transfers.done_numbers(tx, company, "bill") == {"0201256-6/77": (30201, 820001)}
        assert transfers.done_as(tx, company, "bill") == {"77": 30201}
        assert transfers.done_numbers(tx, company, "sales_invoice") == {}


def test_the_newest_that_are_done_are_known(store: Store, company: str) -> None:
    _, docs = batch(store, company, *"1234567")
    for place, doc in enumerate(docs):
        at = NOON + timedelta(minutes=place)
        committed(store, claimed(store, doc), state=State.DONE.value, remote_id=810001 + place, done_at=at)
    with store.read() as tx:
        assert [t.number for t in transfers.known(tx, company, "sales_invoice")] == ["7", "6", "5", "4", "3"]
        assert transfers.known(tx, company, "bill") == ()
        assert len(transfers.done_since(tx, company, NOON + timedelta(minutes=5))) == 2
        assert transfers.unfinished(tx, company) == ()
