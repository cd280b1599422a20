"""What a worker does with what was kept, and the end of what never succeeds."""

from __future__ import annotations

import logging
import re

import pytest
from edge_support import ANNA, BERTIL, GUEST, TEAM, House, click, command, event, message

from bot.perform import bury, perform
from finance.authority import Right
from handlers.chat import ChatGone
from handlers.routing import Route, Table
from procountor.errors import Unsure
from storage import audit, companies, inbox, rights

NUMBER = re.compile(r"\b[0-9a-f]{8}\b")


def heard(house: House, body: dict[str, object]) -> str:
    house.hear(body)
    return house.work.asked[-1][2]


def work(house: House, key: str) -> None:
    perform(house.desk, house.journeys.table, "hear", [key])


def is_done(house: House, key: str) -> bool:
    with house.store.read() as tx:
        return inbox.take(tx, key)[1]


def test_what_was_kept_is_done_once(house: House) -> None:
    key = heard(house, command("send invoices 202611"))
    assert not is_done(house, key)
    work(house, key)
    work(house, key)
    ((name, said),) = house.journeys.ran
    assert (name, said.text, said.user) == ("send invoices", "202611", ANNA)
    assert is_done(house, key)


def test_what_breaks_stays_to_be_done(house: House) -> None:
    key = heard(house, command("runs"))
    house.journeys.raises = OSError()
    with pytest.raises(OSError):
        work(house, key)
    assert not is_done(house, key)
    house.journeys.raises = None
    work(house, key)
    assert is_done(house, key)


def test_what_was_said_where_the_bot_is_gone_now_ends_quietly(house: House, caplog: pytest.LogCaptureFixture) -> None:
    key = heard(house, command("runs"))
    house.journeys.raises = ChatGone()
    work(house, key)
    assert is_done(house, key)
    perform(house.desk, house.journeys.table, "transfer", ["1"])
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


def test_what_was_kept_stays_about_the_company_it_was_kept_for(house: House) -> None:
    key = heard(house, command("runs"))
    assert house.kept()[0].company == house.company
    with house.store.write() as tx:
        companies.place(tx, house.company, None)
        other = companies.found(tx, "Toinen", TEAM, house.clock())
        rights.give(tx, other, TEAM, ANNA, (Right.FINANCE,), "test", house.clock())
    work(house, key)
    assert house.journeys.ran == []
    ((kind, user, text),) = house.paper.told
    assert (kind, user) == ("whisper", ANNA)
    assert "no longer belong" in text


@pytest.mark.parametrize("user", [BERTIL, GUEST])
def test_rights_are_those_of_the_moment_of_doing(house: House, user: str) -> None:
    key = heard(house, click("batch.send", user=user))
    work(house, key)
    assert house.journeys.ran == []
    assert [told[:2] for told in house.paper.told] == [("whisper", user)]
    assert is_done(house, key)


def test_a_right_taken_away_meanwhile_is_gone(house: House) -> None:
    key = heard(house, click("batch.send"))
    with house.store.write() as tx:
        rights.give(tx, house.company, TEAM, ANNA, (), "test", house.clock())
    work(house, key)
    assert house.journeys.ran == []


def test_a_button_that_no_longer_exists_says_so(house: House) -> None:
    work(house, heard(house, click("old.button")))
    assert "no longer in use" in house.paper.told[0][2]


def test_a_form_asked_for_in_a_message_is_shown_the_way(house: House) -> None:
    work(house, heard(house, event(message("settings"))))
    assert "`/procountor settings`" in house.paper.told[0][2]
    assert house.journeys.ran == []


def test_a_task_gets_its_ids_and_an_unknown_one_raises(house: House) -> None:
    perform(house.desk, house.journeys.table, "transfer", [house.company, "12"])
    assert house.journeys.tasks == [(house.company, "12")]
    with pytest.raises(LookupError):
        perform(house.desk, house.journeys.table, "nothing", [])


def test_what_never_succeeded_is_told_to_the_one_who_asked(house: House, caplog: pytest.LogCaptureFixture) -> None:
    key = heard(house, command("send invoices canary"))
    with caplog.at_level(logging.DEBUG):
        bury(house.desk, house.journeys.table, "hear", [key], RuntimeError("canary FI2112345600000785"))
    ((how, who, sentence),) = house.paper.told
    assert (how, who) == ("whisper", ANNA)
    (number,) = NUMBER.findall(sentence)
    assert number in caplog.text
    assert "canary" not in caplog.text + sentence
    with house.store.read() as tx:
        (entry,) = audit.trail(tx, house.company)
    assert (entry.what, entry.who, entry.subject) == ("given up", f"{TEAM}/{ANNA}", "command send invoices")
    assert number in entry.details
    assert is_done(house, key)


def test_the_trail_is_written_even_when_nobody_can_be_told(house: House) -> None:
    key = heard(house, command("runs"))
    house.paper.trouble = "account_inactive"
    bury(house.desk, house.journeys.table, "hear", [key], RuntimeError())
    assert house.count("audit") == 1


def test_a_task_that_never_succeeded_is_told_to_the_admins_once_an_hour(house: House) -> None:
    for document in range(30):
        bury(house.desk, house.journeys.table, "transfer", [house.company, str(document)], OSError())
    assert [told[:2] for told in house.paper.told] == [("post", "D" + ANNA)]
    assert house.count("audit") == 30
    house.clock.go(3600)
    bury(house.desk, house.journeys.table, "transfer", [house.company, "31"], OSError())
    assert len(house.paper.told) == 2


@pytest.mark.parametrize(("failed", "parked"), [(KeyError("x"), True), (OSError(), False), (Unsure(), False)])
def test_only_what_was_at_fault_itself_waits_for_a_person(house: House, failed: Exception, parked: bool) -> None:
    """What something passing kept from succeeding has its next turn by itself."""
    ran: list[tuple[object, ...]] = []
    routes = [
        Route("task", "carry", lambda *_: None, lane="transfers"),
        Route("buried", "carry", lambda _, *ids: ran.append(ids), at_fault=True),
    ]
    bury(house.desk, Table(routes), "carry", [house.company, "12"], failed)
    assert ran == ([(house.company, "12")] if parked else [])


def test_a_task_of_no_company_is_in_the_trail_all_the_same(house: House) -> None:
    bury(house.desk, house.journeys.table, "tidy", ["x"], OSError())
    assert house.count("audit") == 1
    assert house.paper.told == []
