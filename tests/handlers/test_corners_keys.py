"""Whose key it is, the workspace and the setup: said twice, too late, or found by two at once."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from finance.authority import Right
from finance.canonical import dump
from finance.webhook import Reply
from handlers import (
    api_key,
    checklist,
    connecting,
    greeting,
    hook,
    installing,
    other_kierto,
    probing,
)
from handlers.chat import ChatTrouble
from handlers.connecting import Found
from handlers.installing import Joined
from handlers.memo import Memo
from handlers.probing import Outcome, Probe
from storage import (
    audit,
    companies,
    holding,
    messages,
    own_keys,
    references,
    rights,
    staff,
    workspaces,
)
from storage.messages import Message
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AWAY, Spoken


@pytest.fixture
def house(opened: Spoken) -> Spoken:
    opened.asked.calls()
    return opened


def offered(house: Spoken, purpose: str, found: str = "") -> str:
    with house.write() as tx:
        token = own_keys.offer(tx, house.id, TEAM, ANNA, purpose, "avain-avain", house.now)
        if found:
            own_keys.found(tx, token, found)
    return token


def test_ones_own_key_is_kept_once_thrown_away_once_and_never_the_machines(house: Spoken) -> None:
    mine = json.dumps({"user_id": 907, "name": "Anna Aho"})
    with house.write() as tx:
        id = staff.add(tx, house.id, "Anna Aho", user_id=907)
    yes = house.handle("own.yes", offered(house, "own", mine))
    for _ in range(2):
        assert "Anna Aho" in house.say("click", "own.yes", value=yes)
    with house.read() as tx:
        known = staff.get(tx, house.id, id)
        assert known is not None
        assert known.user == ANNA, "whom only Procountor knew is she"
        assert own_keys.get(tx, house.id, TEAM, ANNA) is not None
    no = house.handle("own.no", offered(house, "own", mine))
    for _ in range(2):
        assert "The key was forgotten. Nothing was connected." in house.say("click", "own.no", value=no)
    machine = offered(house, "own", json.dumps({"user_id": house.company.user_id, "name": "Kone"}))
    assert "This key belongs to Kierto’s own user" in house.press("own.yes", machine)
    with house.write() as tx:
        kept = own_keys.get(tx, house.id, TEAM, ANNA)
        assert kept is not None
        assert kept.user_id == 907, "the company's own user is nobody's"
        own_keys.forget(tx, house.id, TEAM, ANNA)


def test_a_key_for_other_books_or_typed_too_long_ago_changes_nothing(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = house.do("key.try", TEAM, ANNA, "nothing", "V1")
    assert "this one has waited longer" in late
    other = Found(77, "Muu Oy", "1572860-0", 5, "Kirsi")
    monkeypatch.setattr(connecting, "asked", lambda api: other)
    monkeypatch.setattr(other_kierto, "at_work", lambda *_: None)
    assert "This key opens the books of Muu Oy" in house.do("key.try", TEAM, ANNA, offered(house, "company"), "V1")
    confirmed = house.handle("key.confirm", offered(house, "company", dump(other)))
    told = house.say("form", "key.confirm", meta=confirmed, view="V1")
    assert "This key opens the books of Muu Oy" in told
    assert house.company.procountor_id == 1


def test_the_question_whose_books_they_are_comes_as_a_message_to_who_has_closed_the_form(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = Found(1, "Yhtiö Oy", "2077474-0", 5, "Kirsi")
    monkeypatch.setattr(connecting, "asked", lambda api: same)
    assert f"D{ANNA}: " in house.do("key.try", TEAM, ANNA, offered(house, "company"), "")
    with house.refusing(refresh=AWAY), pytest.raises(ChatTrouble):
        house.do("key.try", TEAM, ANNA, offered(house, "company"), "V1")
    with house.refusing(refresh=ChatTrouble("not_found")):
        assert f"D{ANNA}: " in house.do("key.try", TEAM, ANNA, offered(house, "company"), "V1")
    confirmed = house.handle("key.confirm", offered(house, "company", dump(same)))
    assert "Yhtiö Oy" in house.say("form", "key.confirm", meta=confirmed, view="V1")
    assert "There is nothing more to confirm" in house.say("form", "key.confirm", meta=confirmed, view="V1")


def test_books_of_another_company_of_the_workspace_are_named(house: Spoken) -> None:
    """Last of the keys: here the workspace has two companies for a moment."""
    with house.write() as tx:
        other = companies.found(tx, "Toinen Oy", TEAM, house.now)
        token = own_keys.offer(tx, other, TEAM, ANNA, "company", "avain-avain", house.now)
        second = companies.get(tx, other)
    try:
        found = Found(1, "Yhtiö Oy", "2077474-0", 5, "Kirsi")
        with house.read() as tx:
            clash = connecting.clash(tx, second, found)
        assert clash is connecting.Clash.TAKEN
        told = api_key._clashing(house.desk, house.here().say, second, found, clash)
        assert told == "Yhtiö Oy is connected in this workspace already. Nothing was changed."
        made = Joined(TEAM, "Yksi", "U0BOT", "", SAM, boss=True)
        installing.joined(house.desk, made)
        with house.read() as tx:
            assert rights.with_right(tx, other, Right.ADMIN) == (), "of several companies nobody is made admin"
    finally:
        with house.write() as tx:
            own_keys.taken(tx, token)
            companies.place(tx, other, None)


def test_what_comes_back_with_the_bot_is_what_was_away(house: Spoken) -> None:
    made = Joined(TEAM, "Yksi", "U0BOT", "", ANNA, boss=True)
    with house.write() as tx:
        workspaces.leave(tx, TEAM)
    installing.joined(house.desk, made)
    assert [name for name, *_ in house.asked.calls()] == ["slack.welcome"], "nobody noted that it was away"
    with house.write() as tx:
        workspaces.leave(tx, TEAM)
        audit.note(tx, house.id, "slack", installing.REMOVED, f"workspace:{TEAM}", house.now)
    house.at[0] += timedelta(seconds=1)
    installing.joined(house.desk, made)
    assert {name for name, *_ in house.asked.calls()} == {"slack.welcome", "slack.returned"}


def test_a_guest_hears_nothing_by_himself(house: Spoken) -> None:
    with house.write() as tx:
        row = audit.note(tx, house.id, f"{TEAM}/{MIKA}", "alone.used", "x", house.now, right="approve", about="bill:1")
        own_keys.keep(tx, house.id, TEAM, MIKA, "avain", 905, "Mikko", house.now)
    house.room.guests.add(ANNA)
    assert house.do("alone.tell", TEAM, ANNA, str(row)) == ""
    assert house.do("own.clash", TEAM, ANNA, MIKA, SAM) == ""
    assert house.do("me.home", TEAM, ANNA) == ""
    house.room.guests.clear()
    assert f"@{MIKA} used the right" in house.do("alone.tell", TEAM, ANNA, str(row))
    assert f"@{SAM} was taken for the same user" in house.do("own.clash", TEAM, ANNA, MIKA, SAM)
    assert "Yhtiö Oy" in house.do("me.home", TEAM, ANNA)


def test_a_home_tab_shows_the_company_its_reader_is_at(house: Spoken) -> None:
    route = house.table.get("task", "home.redraw")
    assert route is not None
    before = len(house.room.shown)
    route.run(house.desk, "another", TEAM, ANNA)
    assert len(house.room.shown) == before


def test_the_channel_of_results_is_tried_again_only_where_slack_gave_an_answer(house: Spoken) -> None:
    house.choose(result_channel="C9")
    with house.refusing(post=AWAY), pytest.raises(ChatTrouble):
        greeting.greet(house.desk, house.id)
    with house.read() as tx:
        assert references.marked(tx, house.id, greeting.MARK) is None
    with house.refusing(post=ChatTrouble("not_in_channel")):
        greeting.greet(house.desk, house.id)
    with house.read() as tx:
        assert references.marked(tx, house.id, greeting.MARK) == greeting.closed("C9")


def test_admins_hear_of_another_kierto_once_and_of_a_webhook_once_an_hour(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = SimpleNamespace(original_number="1042", number=7, id=7)

    def meanwhile(*_: object) -> Any:
        """Another worker has found it, too."""
        with house.write() as tx:
            holding.met(tx, house.id, house.now, "1042")
        return stranger

    monkeypatch.setattr(other_kierto, "at_work", meanwhile)
    assert house.do("other.look") == ""
    assert house.asked.calls() == []
    assert house.trail().count("safe mode.begun") == 1
    assert "1042" in house.do("safe.tell")
    with house.write() as tx:
        holding.end(tx, house.id, house.now)
    told = []
    for _ in range(2):
        before = len(house.room.shown)
        hook._again(house.desk, house.id, "1", len(hook.DELAYS), Reply(problem="silent"))
        told.append(len(house.room.shown) - before)
    assert told == [1, 0]


def test_lists_of_the_setup_are_redrawn_while_they_are_looked_at(house: Spoken) -> None:
    with house.write() as tx:
        references.mark(tx, house.id, probing.MARK, dump(Probe(house.now - timedelta(hours=1), Outcome.SILENT)))
        for user in (ANNA, MIKA):
            checklist.reads(tx, house.id, TEAM, user)
        posted = Message("D", "1.1", "", house.now)
        messages.keep(tx, house.id, checklist.topic(TEAM, ANNA), posted)
    assert sorted(name for name, *_ in house.tick("setup.watch")) == ["setup.ask", "setup.tell"]
    with house.read() as tx:
        assert checklist.readers(tx, house.id) == [(TEAM, ANNA)], "Mika's list was never posted"


def test_of_what_is_remembered_the_oldest_makes_way() -> None:
    moments = iter(range(100))
    memo = Memo(lambda: float(next(moments)), most=2)
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("a", "b", "c", "b", "a"):
        assert memo.get(name, 50.0, lambda name=name: make(name)) == name  # type: ignore[misc]
    assert made == ["a", "b", "c", "a"]
