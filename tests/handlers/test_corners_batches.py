"""Batches in whose middle somebody does something else: nothing is sent, mended or put back that stands otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from finance.faults import Fault, Repair
from finance.fixes import FixError
from finance.invoice import Attachment, Kind
from finance.resolve import resolve
from handlers import (
    fault_list,
    fixing,
    gather,
    mend,
    papers,
    ready_list,
    sending,
    taking_in,
    tell_batch,
)
from handlers.ready_list import Spot
from handlers.views import ready
from storage import documents, references, runs, transfers
from storage.documents import Document
from tests.support.documents import pdf
from tests.support.office import ANNA, TEAM
from tests.support.spoken import Spoken
from tests.support.spoken_batches import NOW, REFERENCE, batch, brought, checking, faulty


@pytest.fixture
def house(opened: Spoken) -> Iterator[Spoken]:
    with checking(opened) as found:
        yield found


def verdicts(house: Spoken, run: int) -> list[str]:
    with house.read() as tx:
        return [item.verdict for item in runs.items(tx, run)]


def fault_of(house: Spoken, run: int, doc: Document) -> tuple[Fault, str]:
    """The first fault of an invoice, and what the button that mends it stands for."""
    _, found = gather.batch(house.desk, house.id, run)
    (entry,) = [e for e in found.entries if e.document == doc.id]
    fault = next(f for f in entry.faults if not f.warning)
    return fault, fault_list.Spot(run, doc.id, fault.code, fault.where).subject


# the list of what goes


def test_what_was_not_left_out_is_not_put_back_and_what_has_a_fault_now_is_among_those_to_mend(house: Spoken) -> None:
    doc = brought(house)
    run = batch(house, doc)
    item = house.handle("ready.item", Spot(run, 0, doc.id).subject)
    assert "is back in this batch" not in house.say("click", "ready.do", value=f"{ready.BACK}:{item}", view="V1")
    assert "is left out of this batch" in house.say("click", "ready.do", value=f"{ready.LEAVE}:{item}", view="V1")
    with house.write() as tx:
        references.keep(tx, house.id, replace(REFERENCE, fetched=NOW + timedelta(seconds=1), accounts=()))
    try:
        told = house.say("click", "ready.do", value=f"{ready.BACK}:{item}", view="V1")
        assert f"{doc.source.number} is among the invoices to mend now." in told
        assert verdicts(house, run) == ["faulty"]
    finally:
        with house.write() as tx:
            references.keep(tx, house.id, replace(REFERENCE, fetched=NOW + timedelta(seconds=2)))


def test_another_account_is_chosen_and_only_before_the_batch_begins(house: Spoken) -> None:
    doc = brought(house)
    run = batch(house, doc)
    subject = Spot(run, 0, doc.id, ready.ACCOUNT).subject
    meta = house.handle("ready.fix", subject)
    assert house.say("options", "ready.value", meta="x" * 32) == ""
    assert "3010" in house.say("options", "ready.value", meta=meta, text="3010")
    assert house.say("form", "ready.fix", meta=meta, values={}, view="V1").startswith("value: ")
    with house.write() as tx:
        runs.move(tx, run, ("preview",), "sending")
    told = house.say("form", "ready.fix", meta=meta, values={"ready.value": "3010"}, view="V1")
    assert "the account is now" not in told
    with house.read() as tx:
        assert documents.get(tx, house.id, doc.id).overlay.fixes == ()


def test_an_invoice_that_cannot_be_booked_stands_in_the_list_without_accounts(house: Spoken) -> None:
    doc = faulty(house)
    run = batch(house, doc)
    with house.write() as tx:
        runs.turn(tx, run, doc.id, "faulty", runs.HELD)
    assert resolve(doc.invoice, REFERENCE, house.company.choices)[0] is None
    (row,) = ready_list.booked(house.here(), gather.batch(house.desk, house.id, run)[1].entries)
    assert row.accounts == ()
    assert doc.source.number in ready_list.drawn(house.here(), Spot(run)).title + str(
        ready_list.drawn(house.here(), Spot(run)).blocks
    )


# mending


def test_a_fault_that_is_no_more_there_is_not_mended(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = faulty(house)
    run = batch(house, doc)
    fault, subject = fault_of(house, run, doc)
    gone = fault_list.Spot(run, doc.id, fault.code, "lines[7].account").subject
    assert "That one is no longer there." in house.press("fault.open", gone, view="V1")
    assert house.say("options", "fault.value", meta="x" * 32) == ""
    assert house.say("options", "fault.value", meta=house.handle("fault.fix", gone)) == ""
    assert "3010" in house.say("options", "fault.value", meta=house.handle("fault.fix", subject), text="3010")

    def unfit(*_: object) -> Any:
        raise FixError("no such place", fault.where, "x")

    monkeypatch.setattr(fixing, "mend", unfit)
    why = house.send("fault.fix", subject, ANNA, **{"fault.value": "x"})
    assert why.startswith("value.")
    dropped = replace(fault, repair=Repair.DROP)
    monkeypatch.setattr(mend, "_found", lambda here, spot: _with(house, run, dropped))
    told = house.send("fault.fix", subject, ANNA)
    assert why.partition(": ")[2] in told, "that form has no field to say it at"
    assert doc.source.number in told


def _with(house: Spoken, run: int, fault: Fault) -> Any:
    _, found = gather.batch(house.desk, house.id, run)
    return found, found.entries[0], SimpleNamespace(fault=fault, code=fault.code)


def test_what_is_on_its_way_is_mended_no_more(house: Spoken) -> None:
    doc = faulty(house)
    run = batch(house, doc)
    fault, _ = fault_of(house, run, doc)
    with house.write() as tx:
        transfers.queue(tx, doc, run, f"m{doc.id}")
    assert fixing.mend(house.here(), run, [(doc.id, fault)], "3010") == 0
    with house.read() as tx:
        assert documents.get(tx, house.id, doc.id).overlay.fixes == ()


def test_only_what_waits_for_a_person_is_taken_up_again(house: Spoken) -> None:
    doc = brought(house)
    run = batch(house, doc, state="sending")
    assert "We are looking at it again" in house.press("transfer.look", f"{run}|{doc.id}", view="V1")
    assert "transfer.look" not in house.trail()
    assert [name for name, *_ in house.asked.calls()] == ["run.tell"]


# sending


def test_a_batch_put_away_in_that_moment_is_not_sent_and_put_away_once(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = batch(house, brought(house))

    def cancelled(*_: object) -> int:
        with house.write() as tx:
            runs.move(tx, run, ("preview",), "cancelled", house.now)
        return 0

    monkeypatch.setattr(sending.queueing, "queue", cancelled)
    assert "Cancelled. Nothing was sent" in house.press("run.send", str(run))
    assert house.press("run.cancel", str(run)) == ""
    assert "run.cancelled" not in house.trail(), "who put it away has noted it"


def test_trying_again_asks_which_batch_and_shows_first_what_has_changed(house: Spoken) -> None:
    assert "999" in house.say("command", "retry", text="999")
    same, changed = brought(house), brought(house)
    run = batch(house, same, changed)
    assert f"Batch {run} has not been sent yet." in house.say("command", "retry", text=str(run))
    with house.write() as tx:
        runs.move(tx, run, ("preview",), "done", house.now)
    brought(house, changed.source.number, language="sv")
    assert "have changed since the check" in house.say("command", "retry", text=str(run))
    with house.read() as tx:
        there = [item.document for item in runs.items(tx, run)]
    assert there[0] == same.id
    assert there[1] != changed.id
    assert house.do("run.check", str(run)) == "", "it was checked before"
    assert verdicts(house, run) == ["ready", "ready"]


def test_words_that_choose_no_claims_are_told(house: Spoken) -> None:
    before = len(house.asked.tasks)
    assert "The word “from” was not understood" in house.say("command", "send expenses", text="from yesterday")
    assert len(house.asked.tasks) == before


def test_the_last_picture_waits_for_what_still_moves(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = brought(house)
    run = batch(house, doc, state="sending")
    gathered = tell_batch.gather.batch
    shown = gathered(house.desk, house.id, run)

    def before_it_was_queued(*_: object) -> Any:
        with house.write() as tx:
            transfers.queue(tx, doc, run, f"m{doc.id}")
        return shown

    with monkeypatch.context() as raced:
        raced.setattr(tell_batch.gather, "batch", before_it_was_queued)
        house.do("run.tell", str(run))
    with house.read() as tx:
        assert runs.get(tx, house.id, run).state == "sending"


# what comes in


def test_what_fits_no_invoice_is_kept_for_a_claim_or_told_as_strange(house: Spoken) -> None:
    doc = brought(house)
    files = [(f"{doc.source.number}.pdf", pdf()), ("kuitti.pdf", pdf()), ("outo.bin", b"\x00\x01\x02")]
    found = taking_in.take_in(house.desk, house.id, files, f"{TEAM}/{ANNA}")
    assert [name for name, _ in found.attached] == [f"{doc.source.number}.pdf"]
    assert found.loose == ("kuitti.pdf",)
    assert [fault.file for fault in found.faults] == ["outo.bin"], "once"
    with house.write() as tx:
        by = taking_in._Bringer(house.desk, house.company, f"{TEAM}/{ANNA}", frozenset(), taking_in._Tally())
        taking_in._remember(tx, by, None, found.faults)
    assert by.tally.unowned == by.tally.unmapped == []


def test_files_that_have_not_come_or_are_gone_are_not_looked_into(house: Spoken) -> None:
    named = (Attachment("a.pdf"), Attachment("b.pdf", 3, "f" * 64))
    doc = brought(house, attachments=named)
    assert papers.attachment_files(house.desk, house.company, doc.invoice) == ()


def test_allowances_that_were_out_of_sight_are_fetched_for_claims(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_travel = replace(REFERENCE, travel=())
    monkeypatch.setattr(papers, "fetch_reference", lambda desk, company: with_travel)
    assert papers.fresh_reference(house.desk, house.company, Kind.CLAIM) is with_travel
    assert papers.fresh_reference(house.desk, house.company, Kind.SALES_INVOICE) is not with_travel
