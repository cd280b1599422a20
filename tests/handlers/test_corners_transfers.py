"""Documents on their way and what is told of them afterwards, while others look after the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from finance.claim_part import ClaimPart
from finance.faults import Fault
from finance.fixes import FixError
from finance.invoice import Attachment, Kind
from finance.lists import COMPANY, OWN, WorkType
from finance.resolve import resolve
from finance.transfer import State
from handlers import (
    finishing,
    looking,
    mark_paid,
    payment_types,
    registering,
    taken,
    transfer,
)
from handlers.job import Job
from procountor import invoices, ledger
from procountor import rights as held
from storage import audit, claim_money, documents, runs, transfers
from storage.documents import Document
from tests.support.invoices import invoice
from tests.support.spoken import Spoken
from tests.support.spoken_batches import NUMBERS, REFERENCE, TODAY, batch, brought, checking, faulty


def test_a_number_is_taken_by_the_same_claimant_only_and_none_is_taken_by_nobody(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = replace(invoice("K1/1", TODAY), kind=Kind.CLAIM, claim=ClaimPart("K1", OWN, TODAY, person=77))
    other = SimpleNamespace(partner="Joku Muu", partner_id=5, identifier="")
    assert not taken.is_it(claim, other, None)  # type: ignore[arg-type]
    other.partner_id = 77
    assert taken.is_it(claim, other, None)  # type: ignore[arg-type]
    searched: list[Any] = []

    def search(api: object, **asked: Any) -> list[Any]:
        searched.append(asked)
        return []

    monkeypatch.setattr(invoices, "search", search)
    bare = replace(invoice("", TODAY), number="  ")
    assert taken._unmarked(house.desk, house.company, Kind.SALES_INVOICE, [bare], None) == {}  # type: ignore[arg-type]
    assert len(searched) == 1


@pytest.fixture
def house(opened: Spoken) -> Iterator[Spoken]:
    with checking(opened) as found:
        yield found


def job(house: Spoken, doc: Document) -> tuple[Job, transfers.Transfer]:
    run = batch(house, doc, state="sending")
    with house.write() as tx:
        transfers.queue(tx, doc, run, f"m{doc.id}")
        t = transfers.claim(tx, house.id, doc.id)
    assert t is not None
    posting, _ = resolve(doc.invoice, REFERENCE, house.company.choices)
    assert posting is not None
    wanted = invoices.fingerprint(doc.invoice, posting)
    return Job(house.desk, house.company, None, doc.invoice, posting, wanted, run, 0), t  # type: ignore[arg-type]


def test_what_cannot_be_booked_any_more_is_refused_and_what_broke_down_waits_for_a_person(house: Spoken) -> None:
    bad, broken = faulty(house), brought(house)
    run = batch(house, bad, broken, state="sending")
    with house.write() as tx:
        for doc in (bad, broken):
            transfers.queue(tx, doc, run, f"m{doc.id}")
    house.do("transfer.carry", str(bad.id))
    for _ in range(2):  # the second time there is nothing left to give up
        house.do("transfer.carry", str(broken.id), kind="buried")
    with house.read() as tx:
        found = [transfers.of(tx, house.id, doc.id) for doc in (bad, broken)]
        told = [e.what for e in audit.trail(tx, house.id, f"document:{broken.id}")]
    assert [t and t.state for t in found] == [State.REFUSED, State.PARKED]
    assert found[0] is not None
    assert found[0].problems != ()
    assert told == ["transfer.parked"]


def test_further_copies_of_our_own_are_cancelled_and_noted(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    work, t = job(house, brought(house))
    cancelled: list[int] = []
    monkeypatch.setattr(invoices, "invalidate", lambda api, id: cancelled.append(id))
    transfer._cancel(work, t, 1, [2, 3])
    assert cancelled == [2, 3]
    assert house.trail()[-2:] == ["draft.cancelled"] * 2


def stored(work: Job, **said: Any) -> Any:
    values = {
        "id": 900, "status": "UNFINISHED", "version": "v", "ledger_receipt_id": None, "attachments": (), "says": {},
        "totals": SimpleNamespace(gross=Decimal(0)),
    }  # fmt: skip
    found = SimpleNamespace(**{**values, **said})
    known = found.says
    found.says = lambda sent: known.get(sent, False)
    return found


def test_what_stands_as_it_should_is_left_alone_and_what_is_ours_corrected(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = brought(house, attachments=(Attachment("poissa.pdf", 3, "e" * 64),))
    work, t = job(house, doc)
    t = replace(t, remote_id=900, fingerprint="before")
    put: list[object] = []

    def corrected(*args: object, **_: object) -> Any:
        put.append(args)
        return stored(work)

    monkeypatch.setattr(invoices, "put", corrected)
    monkeypatch.setattr(ledger, "assign", lambda *_: put.append("ledger"))
    approved = stored(work, status="APPROVED", says={work.fingerprint: True})
    assert finishing.finish(work, t, approved) == ""
    assert put == []
    assert finishing.finish(work, t, stored(work, says={"before": True})) == "sum_differs"
    assert len(put) == 1
    with pytest.raises(finishing.Parked, match="changed_by_person"):
        finishing.finish(work, t, stored(work))


@pytest.mark.parametrize(("missing", "blind"), [((), False), (("sales",), True)])
def test_in_empty_books_the_right_to_see_is_the_proof(
    house: Spoken, monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...], blind: bool
) -> None:
    _, t = job(house, brought(house))
    monkeypatch.setattr(looking.transfers, "known", lambda *_: ())
    monkeypatch.setattr(invoices, "search", lambda api, **asked: [])
    monkeypatch.setattr(held, "probe", lambda api: SimpleNamespace(missing=lambda task: missing))
    monkeypatch.setattr(house.desk.memo, "get", lambda key, seconds, make: make())
    assert looking._blind(house.desk, None, t) is blind  # type: ignore[arg-type]


def test_before_the_first_fetch_every_product_is_taken_at_its_word(house: Spoken) -> None:
    entries = (WorkType("Konsultointi", "KONS"),)
    with house.write() as tx:
        assert registering._sellable(tx, "another company", "lista.csv", entries) == (entries, [])
        kept, (fault,) = registering._sellable(tx, house.id, "lista.csv", entries)
    assert kept == ()
    assert fault.code == "intake.list.product"


def test_whose_money_it_is_is_one_of_two_and_a_batch_that_has_begun_stays_as_it_is(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = Fault("claim.payment", "choices.payment_types[Kortti]", "Kortti")
    with pytest.raises(FixError):
        payment_types.tell(house.here(), 1, fault, "nobody")
    assert "Kortti" not in house.company.choices.payment_types
    run = batch(house, kind=Kind.CLAIM)
    with house.read() as tx:
        begun = runs.get(tx, house.id, run)
    with house.write() as tx:
        runs.move(tx, run, ("preview",), "sending")
    house.asked.calls()
    payment_types._again(house.desk, house.company, begun)
    assert house.asked.calls() == []
    other = replace(begun, kind=Kind.COMPANY_COST)
    payment_types._other_section(house.desk, house.company, begun, [other], fault)
    payment_types._other_section(house.desk, house.company, begun, [], fault)
    assert house.asked.calls() == [], "the other section has a batch of its own, or nothing that waits"
    doc = brought(house, f"K{next(NUMBERS)}/1", kind=Kind.COMPANY_COST, claim=ClaimPart("K9", COMPANY, TODAY))
    payment_types._other_section(house.desk, house.company, begun, [], fault)
    assert [name for name, *_ in house.asked.calls()] == ["run.tell", "run.check"]
    with house.write() as tx:
        documents.set_state(tx, doc.id, "replaced")


def test_a_day_of_payment_that_another_has_taken_up_is_left_to_him(house: Spoken) -> None:
    doc = brought(house, f"K{next(NUMBERS)}/1", kind=Kind.COMPANY_COST, claim=ClaimPart("K8", COMPANY, TODAY))
    with house.write() as tx:
        claim_money.want_marks(tx, house.id, doc.id, 900 + doc.id, "EUR", {TODAY: Decimal(10)})
        (mine,) = claim_money.claim_marks(tx, house.id, doc.id)
    mark_paid._for_person(house.desk, mine, "gone")
    assert [name for name, *_ in house.asked.calls()] == ["claims.todo"]
    with house.read() as tx:
        (known,) = claim_money.marks(tx, house.id, document=doc.id)
    mark_paid._for_person(house.desk, known, "gone")
    assert house.asked.calls() == [], "told once for each reason"
    with house.write() as tx:
        claim_money.claim_marks(tx, house.id, doc.id)
    for late in (mark_paid._for_person, mark_paid._later):
        with pytest.raises(mark_paid._Overtaken):
            late(house.desk, known, "gone")
    assert house.asked.calls() == []
