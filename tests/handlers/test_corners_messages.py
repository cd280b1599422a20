"""Single messages and files: redrawn, said again, named when they cannot be had, or not said at all."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from finance.bill import Bill
from finance.canonical import dump
from finance.circulation import Act
from finance.faces import Side
from handlers import away, showing
from handlers.chat import ChatTrouble, Picture, Posted
from handlers.people_list import Spot
from handlers.views.people import Mode
from procountor import bills as resource
from procountor.errors import Unsure
from storage import (
    audit,
    decisions,
)
from storage.decisions import Claim
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AT, AWAY, STRANGER, Spoken

NUMBERS = count(9501)

TODAY = AT.date()


@pytest.fixture
def house(opened: Spoken) -> Spoken:
    opened.asked.calls()
    return opened


def test_a_message_is_redrawn_or_said_again_and_otherwise_tried_again(house: Spoken) -> None:
    where = Posted("D1", "1.1")
    with house.refusing(redraw=ChatTrouble("message_not_found")):
        assert showing._redrawn(house.room, where, Picture("x")) != where  # type: ignore[arg-type]
    with house.refusing(redraw=AWAY), pytest.raises(ChatTrouble):
        showing._redrawn(house.room, where, Picture("x"))  # type: ignore[arg-type]


def test_files_slack_does_not_give_are_named_or_tried_again(house: Spoken) -> None:
    with house.refusing(download=ChatTrouble("file_too_large")):
        assert f"D{ANNA}: " in house.do("files.read", TEAM, ANNA, "F1")
    with house.refusing(download=AWAY), pytest.raises(ChatTrouble):
        house.do("files.read", TEAM, ANNA, "F1")


def test_of_what_the_substitute_did_only_what_is_done_and_known_is_summed_up(house: Spoken) -> None:
    known, unknown = house.bill(next(NUMBERS), MIKA), 999
    made = []
    with house.write() as tx:
        for place, (id, state) in enumerate(((known.bill.id, "done"), (known.bill.id, "refused"), (unknown, "done"))):
            wanted = Claim(
                house.id, id, "p", f"approve:{place}", Act.APPROVE, TEAM, SAM, None, own_key=False, shown="{}"
            )
            d, _ = decisions.claim(tx, wanted, house.now)
            decisions.move(tx, d, state, done_at=house.now)
            made.append(decisions.get(tx, house.id, d.id))
        told = [away._line(tx, house.id, d) for d in made]
    assert [line.bill.id if line else None for line in told] == [known.bill.id, None, None]


def test_the_trail_of_a_busy_bill_comes_as_a_file_with_the_names_of_who_acted(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> Any:
        raise Unsure("no answer")

    monkeypatch.setattr(resource, "history", silent)
    id = next(NUMBERS)
    house.bill(id, MIKA)
    with house.write() as tx:
        for place in range(45):
            who = (f"{TEAM}/{MIKA}", f"{TEAM}/{STRANGER}", "kierto")[place % 3]
            audit.note(tx, house.id, who, "bill.opened", f"bill:{id}", house.now)
    files: list[bytes] = []
    monkeypatch.setattr(house.room, "upload", lambda channel, ts, name, content, told: files.append(content))
    house.do("trail.tell", str(id), TEAM, ANNA)
    (content,) = files
    text = content.decode("utf-8-sig")
    assert f"{MIKA} ({TEAM}/{MIKA})" in text
    assert f'"{TEAM}/{STRANGER}"' in text, "whom Slack does not know is told by his id"


def test_somebody_of_whom_nothing_is_kept_is_not_parted(house: Spoken) -> None:
    subject = Spot(Mode.MATCHED, 0, ((Side.SLACK, "U0NONE"),)).subject
    told = house.press("people.undo", subject, purpose="people.entry", view="V1")
    assert "One of them is no longer there." in told
    assert "person.parted" not in house.trail()


def test_an_alarm_about_a_bill_that_is_kept_no_more_is_quiet(house: Spoken) -> None:
    shown = dump(Bill(999, "RECEIVED", "v", "Toimittaja Oy", TODAY, "EUR", Decimal(100)))
    wanted = Claim(house.id, 999, "p", "approve:9", Act.APPROVE, TEAM, MIKA, None, own_key=False, shown=shown)
    with house.write() as tx:
        d, _ = decisions.claim(tx, wanted, house.now)
    assert house.do("bill.alarm", str(d.id)) == ""
    assert house.do("bill.discussed", "999", "1", "1") == ""
    assert house.asked.calls() == []
