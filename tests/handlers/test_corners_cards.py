"""Cards of bills, their menu and their document: drawn late, without a picture, or with Slack away."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from finance.authority import Right
from finance.bill import Paper
from handlers import bill_split, snooze
from handlers.chat import ChatTrouble
from handlers.views.bill_split import PERCENT, PROJECT
from procountor import attachments
from procountor import bills as resource
from procountor.errors import Unsure
from storage import (
    bill_pictures,
    cards,
    divisions,
    passings,
    shown_documents,
)
from storage.shown_documents import Where
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AWAY, GONE, STRANGER, Spoken
from tests.support.spoken_bills import NO_MORE, NOT_HIS, SETTLED, arrived, bill_people, posted, settled

REMOVED = ChatTrouble("message_not_found")


@pytest.fixture
def house(opened: Spoken, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoken]:
    with bill_people(opened, monkeypatch) as found:
        yield found


def test_a_card_nobody_can_get_leaves_its_desk_and_other_trouble_is_tried_again(house: Spoken) -> None:
    id = arrived(house, STRANGER)
    assert house.do("bill.card", str(id), TEAM, STRANGER) == ""
    with house.read() as tx:
        (card,) = cards.all(tx, house.id, id)
    assert card.state == cards.PASSED
    assert house.trail()[-1] == "bill.unreachable"
    for trouble in (AWAY, ChatTrouble("invalid_blocks")):
        with house.refusing(post=trouble), pytest.raises(ChatTrouble, match=trouble.code):
            house.do("bill.card", str(arrived(house)), TEAM, MIKA)


def test_a_card_that_was_held_comes_while_it_lies_there_and_has_no_buttons_after_it_left(house: Spoken) -> None:
    id = arrived(house)
    told = house.do("bill.held", str(id), TEAM, MIKA)
    assert f"D{MIKA}: " in told
    assert "Toimittaja Oy" in told
    with house.write() as tx:  # it went elsewhere, and who passed it is not known any more
        passings.leave(tx, house.id, id, TEAM, MIKA)
    assert "Approve" not in house.do("bill.card", str(id), TEAM, MIKA)


def test_the_buttons_shown_again_leave_their_old_place_unless_that_is_gone(house: Spoken) -> None:
    id = arrived(house)
    house.do("bill.card", str(id), TEAM, MIKA)
    args = ("bill.again", str(id), TEAM, MIKA)
    assert "Approve" in house.do(*args)
    with house.refusing(redraw=REMOVED):
        assert "Approve" in house.do(*args)
    with house.refusing(redraw=AWAY), pytest.raises(ChatTrouble):
        house.do(*args)


def test_an_old_card_that_was_removed_makes_way_for_the_new_one(house: Spoken) -> None:
    id = arrived(house)
    for trouble, then in ((AWAY, []), (REMOVED, ["bill.card"])):
        posted(house, f"bill:{id}:{MIKA}", MIKA, "5.5")
        with house.refusing(redraw=trouble):
            if then:
                assert house.do("bill.open_again", str(id), TEAM, MIKA) == ""
            else:
                with pytest.raises(ChatTrouble, match=trouble.code):
                    house.do("bill.open_again", str(id), TEAM, MIKA)
        assert [name for name, *_ in house.asked.calls()] == then
    said = house.press("bill.open", str(id), MIKA, view="V1", meta=house.handle("pile.sign", "1"))
    assert "its card is in our direct conversation" in said


def test_what_the_menu_offers_is_refused_when_the_bill_is_not_there_to_do_it_to(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = arrived(house)
    shown = house.shown_as(id)
    assert GONE in house.press("bill.more", shown, MIKA, purpose="bill.approve")
    foreign = arrived(house, ANNA)
    house.give(MIKA, Right.SEE_ALL)
    assert NO_MORE in house.press("bill.more", house.shown_as(foreign), MIKA, purpose="bill.split")
    house.give(MIKA, Right.SEE_OWN)
    until = snooze.later

    def meanwhile(*args: Any) -> Any:
        """In the moment in which he puts it off it is decided."""
        settled(house, id)
        return until(*args)

    monkeypatch.setattr(snooze, "later", meanwhile)
    assert house.say("command", "snooze", MIKA, text=f"{id} 2d").count(SETTLED) == 1
    assert SETTLED in house.press("bill.more", shown, MIKA, purpose="bill.split")
    assert "bill.snoozed" not in house.trail()


def test_another_page_of_the_details_is_for_who_sees_the_bill_and_has_them_open(house: Spoken) -> None:
    id = arrived(house)
    assert NOT_HIS in house.press("details.next", f"{id}|1", SAM, purpose="details.page")
    assert GONE in house.press("details.next", "999|1", purpose="details.page")
    closed = ChatTrouble("not_found")
    with house.refusing(refresh=closed):
        assert house.press("details.next", f"{id}|1", MIKA, purpose="details.page") == ""
    with house.refusing(refresh=AWAY), pytest.raises(ChatTrouble):
        house.press("details.next", f"{id}|1", MIKA, purpose="details.page")


def test_a_division_that_was_changed_meanwhile_is_shown_as_it_is(house: Spoken) -> None:
    id = arrived(house)
    assert "Somebody divided the bill in the meantime" in house.press("split.line", f"{id}|old", MIKA, view="V1")
    subject = f"{id}|{bill_split.stamp(())}"
    wrong = house.send("split.keep", subject, MIKA, **{f"{PROJECT}.0": "", f"{PERCENT}.0": "50"})
    assert "Choose the project." in wrong
    with house.read() as tx:
        assert divisions.get(tx, house.id, id) is None


def test_the_document_is_not_shown_to_who_sees_the_bill_no_more(house: Spoken) -> None:
    id = arrived(house)
    where = Where(house.id, id, TEAM, MIKA, house.shown_as(id).partition("|")[2])
    args = (str(id), TEAM, MIKA, where.print)
    with house.write() as tx:
        shown_documents.ask(tx, where, house.now)
    house.room.guests.add(MIKA)
    assert house.do("bill.document", *args) == ""
    with house.read() as tx:
        found = shown_documents.get(tx, where)
    assert found is not None
    assert found.state == shown_documents.FAILED, "he may ask again when he may see it again"
    assert house.room.uploads == []


@pytest.mark.parametrize(("size", "many"), [(10, 20), (9_000_000, 2)])
def test_so_many_pages_are_shown_as_there_is_room_for(
    house: Spoken, monkeypatch: pytest.MonkeyPatch, size: int, many: int
) -> None:
    id = arrived(house)
    monkeypatch.setattr(resource, "image", lambda api, bill, number: SimpleNamespace(content=b"x" * size))
    where = Where(house.id, id, TEAM, MIKA, house.shown_as(id).partition("|")[2])
    with house.write() as tx:
        shown_documents.ask(tx, where, house.now)
    house.room.uploads.clear()
    house.do("bill.document", str(id), TEAM, MIKA, where.print)
    assert len(house.room.uploads) == many


def test_the_picture_is_made_once_and_tried_again_a_few_times(house: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    id = arrived(house, papers=(Paper(1, "luettelo.txt"),))
    read: list[str] = []

    def download(api: object, paper: int) -> tuple[str, bytes]:
        read.append("paper")
        return "luettelo.txt", b"nothing to draw"

    def silent(*_: object) -> Any:
        read.append("page")
        raise Unsure("no answer")

    monkeypatch.setattr(attachments, "download", download)
    monkeypatch.setattr(resource, "image", silent)
    for tries, then in (("1", [["bill.picture", house.id, str(id), TEAM, "2"]]), ("3", [])):
        assert house.do("bill.picture", str(id), TEAM, tries) == ""
        assert house.asked.calls() == then
    assert read == ["paper", "page"] * 2, "a file that cannot be drawn leads to Procountor's own picture"
    with house.write() as tx:
        bill_pictures.keep(tx, house.id, id, TEAM, house.shown_as(id).partition("|")[2], "F1", house.now)
    assert house.do("bill.picture", str(id), TEAM, "1") == ""
    assert len(read) == 4
