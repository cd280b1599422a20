"""What the clock asks for and what is told by itself: to the right ones, in time, and again when Slack is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from finance.authority import Right
from finance.invoice import Kind
from finance.paid import Sale
from finance.paid_rules import Place
from handlers import paid_places, tell_batch
from handlers.chat import ChatTrouble
from handlers.reminders import people, waiting
from handlers.views import paid as paid_views
from storage import (
    cards,
    companies,
    desks,
    documents,
    holding,
    messages,
    references,
    runs,
    sales,
    transfers,
)
from storage.messages import Message
from tests.support.invoices import invoice
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AT, AWAY, Spoken

NUMBERS, IDS = count(9001), count(701)
NUMBERS, IDS = count(9001), count(701)
TODAY = AT.date()


@pytest.fixture
def house(opened: Spoken) -> Iterator[Spoken]:
    opened.asked.calls()
    yield opened
    opened.at[0] = AT
    with opened.write() as tx:
        companies.set_state(tx, opened.id, companies.READY)
    opened.choose(result_channel="")


def sent(house: Spoken, by: str = ANNA, asked: str = "", many: int = 1, team: str = TEAM) -> tuple[int, list[int]]:
    """A batch that stands in Procountor, told of in its message; gives its number and Procountor's ids."""
    ids = []
    with house.write() as tx:
        named = {"kind": Kind.SALES_INVOICE.value, "selection": "all", "dry": 0}
        run = runs.start(tx, house.id, (team, by), asked or f"asked {next(NUMBERS)}", house.now, **named)
        for _ in range(many):
            kept = documents.keep(tx, house.id, invoice(f"L{next(NUMBERS)}", TODAY), documents.PSA, None, house.now)
            assert transfers.queue(tx, kept.document, run, f"m{kept.document.id}")
            t = transfers.claim(tx, house.id, kept.document.id)
            assert t is not None
            ids.append(next(IDS))
            known = {"state": "done", "remote_id": ids[-1], "remote_number": ids[-1], "done_at": house.now}
            transfers.commit(tx, t, **known)
        messages.keep(tx, house.id, f"run:{run}", Message(f"D{by}", f"9.{run}", "", house.now))
        sales.take_up(tx, house.id)
    return run, ids


def paid(house: Spoken, ids: list[int], *places: Place) -> str:
    """They have been paid, and are to be told of together."""
    batch = f"b{ids[0]}"
    with house.write() as tx:
        for id in ids:
            sale = Sale(id, "PAID", "v", id, Decimal(100), due=TODAY)
            sales.keep(tx, house.id, [sale], house.now, house.now)
        for entry in sales.untold(tx, house.id):
            sales.compose(tx, house.id, entry.id, batch, places)
    return batch


# the clock


def test_what_is_due_is_asked_for_where_the_books_are_open_and_nothing_holds(house: Spoken) -> None:
    assert house.tick("drafts.sweep") == [], "nothing of ours stands there"
    sent(house)
    assert house.tick("drafts.sweep") == [["drafts.sweep", house.id]]
    house.at[0] += timedelta(hours=1)
    with house.write() as tx:
        holding.met(tx, house.id, house.now, "1042")
    assert house.tick("drafts.sweep") == []
    assert house.tick("connection.rouse") == []
    with house.write() as tx:
        holding.end(tx, house.id, house.now)
        companies.set_state(tx, house.id, companies.PAUSED)
    assert house.tick("drafts.sweep") == []
    assert [name for name, *_ in house.tick("connection.rouse")] == ["connection.try"]


def test_the_morning_is_for_companies_in_use_and_waits_for_nobody_who_is_gone(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.write() as tx:
        new = companies.found(tx, "Uusi Oy", TEAM, house.now)
    assert new not in {args[0] for _, *args in house.tick("finance.tick")}
    with house.write() as tx:
        companies.place(tx, new, None)
    sent(house)
    day = TODAY.isoformat()
    late = house.bill(next(NUMBERS), ANNA, due=TODAY - timedelta(days=20))
    assert late.bill.due is not None
    for trouble, marked in ((AWAY, None), (ChatTrouble("user_disabled"), day)):
        with house.refusing(post=trouble):
            if marked is None:
                with pytest.raises(ChatTrouble):
                    house.do("finance.morning", ANNA, day)
            else:
                assert house.do("finance.morning", ANNA, day) == ""
        with house.read() as tx:
            assert references.marked(tx, house.id, f"morning:{ANNA}") == marked


def test_who_cannot_be_reminded_keeps_nothing_waiting_and_other_trouble_is_tried_again(house: Spoken) -> None:
    house.bill(next(NUMBERS), MIKA, due=TODAY + timedelta(days=1))
    house.give(MIKA, Right.RECEIVE, Right.SEE_OWN, Right.APPROVE)
    day = TODAY.isoformat()
    with house.refusing(post=AWAY), pytest.raises(ChatTrouble):
        house.do("waiting.digest", TEAM, MIKA, day)
    with house.refusing(post=ChatTrouble("user_disabled")):
        assert house.do("waiting.digest", TEAM, MIKA, day) == ""
    with house.read() as tx:
        assert references.marked(tx, house.id, desks.mark(TEAM, MIKA)) == f"{day} {day}"


def test_what_was_decided_before_silence_passes_it_on_stays(house: Spoken) -> None:
    id = next(NUMBERS)
    house.bill(id, MIKA, due=TODAY)
    with house.read() as tx:
        (lying,) = [one for one in desks.of(tx, house.id, TEAM, MIKA) if one.bill == id]
    with house.write() as tx:
        cards.change(tx, house.id, id, TEAM, MIKA, state=cards.PASSED)
        waiting._further(house.desk, tx, house.company, lying, TODAY)
        card = cards.of(tx, house.id, id, TEAM, MIKA)
    assert card is not None
    assert card.stage == 0
    assert house.asked.calls() == []


def test_people_are_looked_at_once_a_day(house: Spoken) -> None:
    with house.write() as tx:
        references.mark(tx, house.id, people.DAY, TODAY.isoformat())
    assert house.do("people.renew", TODAY.isoformat()) == "", "Slack and Procountor are not even asked"
    assert house.asked.calls() == []


# money


def test_money_is_told_in_pages_to_people_and_to_finance_where_a_channel_is_closed(house: Spoken) -> None:
    _, ids = sent(house, many=paid_views.PAGE + 1)
    batch = paid(house, ids, Place(ANNA), Place("C1"))
    told = house.do("paid.tell", ANNA, batch)
    assert told.startswith(f"D{ANNA}: {len(ids)} invoices have been paid")
    assert "The others stand in the thread." in told
    assert all(str(id) in told for id in ids), "no line is left out"
    for trouble in (AWAY, ChatTrouble("is_archived")):
        with house.refusing(**{"post C1": trouble}):
            if trouble.certain:
                assert house.do("paid.tell", "C1", batch) == ""
            else:
                with pytest.raises(ChatTrouble):
                    house.do("paid.tell", "C1", batch)
    assert [name for name, *_ in house.asked.calls()] == ["paid.instead"]


def test_money_is_told_under_the_batch_only_to_its_sender_while_he_is_of_finance(house: Spoken) -> None:
    mine, ids = sent(house)
    other, _ = sent(house, by=SAM)
    batch = paid(house, ids)
    house.give(SAM)
    assert house.do("paid.thread", str(other), batch) == ""
    assert f"{ids[0]}" in house.do("paid.thread", str(mine), batch)
    nowhere = replace(house.company, team="")
    with house.read() as tx:
        (entry,) = sales.of_batch(tx, house.id, batch)
        found = documents.get(tx, house.id, entry.document).invoice
    assert paid_places._where(nowhere, found, entry, (Place(ANNA),)) == ()


# batches


def test_details_wait_for_the_message_and_a_channel_that_may_have_it_is_tried_again(house: Spoken) -> None:
    run, _ = sent(house)
    with house.write() as tx:
        runs.move(tx, run, ("checking",), "done", house.now)
    house.choose(result_channel="C2")
    with house.refusing(**{"post C2": AWAY}), pytest.raises(ChatTrouble):
        house.do("run.details", str(run))
    with house.refusing(**{"post C2": ChatTrouble("not_in_channel")}):
        assert "C2" in house.do("run.details", str(run))
    with house.write() as tx:
        messages.forget(tx, house.id, f"run:{run}")
    assert house.do("run.details", str(run)) == ""
    typed, _ = sent(house, team="", by="kierto")
    assert house.do("run.details", str(typed)) == "", "asked for on the command line, where it is shown"
    assert house.do("run.tell", str(typed)) == ""


def test_a_batch_is_closed_once_and_not_while_something_of_it_moves(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = sent(house)
    with house.write() as tx:
        runs.move(tx, run, ("checking",), "sending")
    gathered = tell_batch.gather.batch

    def quicker(*args: Any) -> Any:
        found = gathered(*args)
        with house.write() as tx:
            runs.move(tx, run, ("sending",), "done", house.now)
        return found

    monkeypatch.setattr(tell_batch.gather, "batch", quicker)
    assert "Batch" in house.do("run.tell", str(run))
    assert house.asked.calls() == [], "the details are asked for by who closed it"


def test_what_was_done_before_the_bot_left_is_not_told_again(house: Spoken) -> None:
    before, after = sent(house)[0], sent(house)[0]
    with house.write() as tx:
        runs.move(tx, before, ("checking",), "done", house.now - timedelta(days=2))
        runs.move(tx, after, ("checking",), "done", house.now)
    house.do("slack.returned", (house.now - timedelta(days=1)).isoformat())
    details = [args[1] for name, *args in house.asked.calls() if name == "run.details"]
    assert str(after) in details
    assert str(before) not in details
