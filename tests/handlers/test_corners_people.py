"""Who is who, whose key it is, and what admins are told: said twice, too late, or about somebody who is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from finance.faces import Face, Side
from finance.lists import ListKind
from finance.people import Person
from finance.targeting import Barred
from handlers import (
    absence,
    apart,
    circulating,
    leads,
    matching,
    setting_aside,
    uniting,
)
from handlers.apart import Said
from handlers.chat import ChatTrouble
from handlers.faces import SEEN
from handlers.people_list import Spot
from handlers.roster import human_of, roster
from handlers.views.people import Mode
from procountor import persons, users
from procountor.errors import Forbidden
from procountor.users import User
from storage import (
    absences,
    companies,
    own_keys,
    registers,
    staff,
)
from storage.absences import Absence
from tests.support.office import ANNA, MIKA, SAM, TEAM
from tests.support.spoken import AWAY, STRANGER, Spoken


@pytest.fixture
def house(opened: Spoken) -> Iterator[Spoken]:
    """Nobody is known yet."""
    opened.asked.calls()
    opened.room.guests.clear()
    yield opened
    with opened.write() as tx:
        for human in staff.all(tx, opened.id):
            staff.remove(tx, opened.id, human.id)
        for register in (ListKind.PEOPLE, *SEEN.values(), apart.APART):
            registers.keep(tx, opened.id, register, {}, opened.now, whole=True)
        companies.set_state(tx, opened.id, companies.READY)


def human(house: Spoken, **known: Any) -> int:
    with house.write() as tx:
        return staff.add(tx, house.id, "Mikko Mäki", **known)


def seen(house: Spoken, *faces: Face) -> None:
    with house.write() as tx:
        for face in faces:
            if face.side is Side.PSA:
                entry = {face.id: Person(face.name, face.id, face.email)}
                registers.keep(tx, house.id, ListKind.PEOPLE, entry, house.now)
            else:
                registers.keep(tx, house.id, SEEN[face.side], {face.id: face}, house.now)


MIKKO = Face(Side.PSA, "12", "Mikko Mäki")
IN_SLACK = Face(Side.SLACK, MIKA, "Mika")


def test_what_is_said_of_somebody_who_is_no_more_there_changes_nothing(house: Spoken) -> None:
    here = house.here()
    seen(house, MIKKO)
    assert uniting.unite(here, (MIKKO.key,)).said is Said.GONE, "one alone is nobody else"
    assert uniting.unite(here, (MIKKO.key, (Side.PERSON, "77"))).said is Said.GONE
    assert uniting.part(here, 999, Side.SLACK).said is Said.ALREADY
    assert uniting.change(here, 999, {Side.PSA: "12"}).said is Said.GONE
    assert uniting.change(here, 999, {Side.SLACK: STRANGER}).said is Said.STRANGER
    assert setting_aside.set_aside(here, ((Side.PSA, "77"),)).said is Said.GONE
    assert setting_aside.differ(here, (MIKKO.key,)).said is Said.ALREADY
    assert setting_aside.bring_back(here, (MIKKO.key,)).said is Said.ALREADY
    assert setting_aside.bring_back(here, ((Side.PSA, "77"),)).name == ""
    with house.refusing(profile=AWAY), pytest.raises(ChatTrouble):
        uniting.unite(here, (MIKKO.key, IN_SLACK.key))
    with house.read() as tx:
        assert staff.all(tx, house.id) == ()


def test_two_that_were_kept_apart_become_one_and_who_is_known_in_slack_is_not_set_aside(house: Spoken) -> None:
    here = house.here()
    seen(house, MIKKO, Face(Side.USER, "902", "Mikko Mäki"), IN_SLACK)
    older, newer = human(house, psa="12"), human(house, user_id=902)
    assert uniting.unite(here, (MIKKO.key, (Side.USER, "902"))).said is Said.DONE
    with house.read() as tx:
        (one,) = staff.all(tx, house.id)
    assert (one.id, one.psa, one.user_id) == (newer, "12", 902)
    assert older != newer
    assert uniting.unite(here, (MIKKO.key, IN_SLACK.key)).said is Said.DONE
    assert setting_aside.set_aside(here, (IN_SLACK.key,)).said is Said.ALREADY


@pytest.mark.parametrize(
    ("known", "side", "word"),
    [
        ({"psa": "12", "user_id": 902, "user": MIKA, "team": TEAM, "matched": staff.EMAIL}, Side.SLACK, ""),
        ({"psa": "12", "user_id": 902, "user": MIKA, "team": TEAM, "matched": staff.EMAIL}, Side.PSA, staff.HAND),
        ({"psa": "12", "user_id": 902, "matched": ""}, Side.PSA, ""),
    ],
)
def test_what_is_left_after_a_side_was_taken_away_is_by_the_word_of_who_did_it(
    house: Spoken, known: dict[str, Any], side: Side, word: str
) -> None:
    id = human(house, **known)
    assert uniting.part(house.here(), id, side).said is Said.DONE
    with house.read() as tx:
        left = staff.get(tx, house.id, id)
    assert left is not None
    assert left.matched == word
    assert uniting.part(house.here(), id, side).said is Said.ALREADY


def test_typing_who_somebody_is_knows_strangers_the_unseen_and_the_likely(house: Spoken) -> None:
    seen(house, MIKKO, replace(IN_SLACK, name="Mikko Maki"))
    strange = house.say("command", "map person", text=f"<@{STRANGER}> 12")
    assert "This Slack user is not in the workspace." in strange
    assert "Mikko Mäki" in house.say("command", "map person", text=f"<@{MIKA}>"), "he may be one of these"
    unseen = house.say("command", "map person", text=f"<@{SAM}>")
    assert "is not among the people Kierto may match" in unseen
    assert "Mikko" not in unseen
    with house.read() as tx:
        assert staff.all(tx, house.id) == ()


def test_the_form_about_somebody_who_is_gone_is_the_list_again(house: Spoken) -> None:
    subject = Spot(Mode.WAITING, 0, (MIKKO.key,)).subject
    gone = house.press("people.map", subject, purpose="people.entry", view="V1")
    seen(house, MIKKO)
    there = house.press("people.map", subject, purpose="people.entry", view="V1")
    assert "Mikko Mäki" in there
    assert "Mikko Mäki" not in gone
    assert house.say("options", "people.psa", meta="x" * 32) == ""
    meta = house.handle("people.map", subject)
    assert "Mikko" in house.say("options", "people.psa", meta=meta, text="mikko")


def test_a_look_at_everybody_keeps_whom_it_may_not_see_and_lets_nobody_go_in_doubt(
    house: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen(house, Face(Side.PERSON, "501", "Kari Kurki"))

    def hidden(*_: object, **__: object) -> Any:
        raise Forbidden(())

    monkeypatch.setattr(persons, "all", hidden)
    monkeypatch.setattr(users, "known", lambda api: (User(902, "Mikko", "Mäki"),))
    id = human(house, user="U0LEFT", team=TEAM)
    with house.refusing(people=AWAY), pytest.raises(ChatTrouble):
        matching.renew(house.desk, house.id)
    with house.read() as tx:
        assert set(registers.all(tx, house.id, SEEN[Side.PERSON], Face)) == {"501"}
        assert set(registers.all(tx, house.id, SEEN[Side.USER], Face)) == {"902"}
    own = house.room.profile

    def silent(user: str, *, fresh: bool = False) -> Any:
        if user == "U0LEFT":
            raise AWAY
        return own(user, fresh=fresh)

    monkeypatch.setattr(house.room, "profile", silent)
    with pytest.raises(ChatTrouble):
        matching.join(house.desk, house.id)
    monkeypatch.setattr(house.room, "profile", own)
    with house.write() as tx:  # somebody has said meanwhile who he is
        before = staff.get(tx, house.id, id)
        assert before is not None
        staff.change(tx, house.id, id, user=MIKA)
        assert not matching._let_go(house.desk, tx, before)
        staff.remove(tx, house.id, id)
        assert not matching._let_go(house.desk, tx, before)


def test_who_has_left_or_is_not_known_in_slack_gets_no_bills(house: Spoken) -> None:
    with house.write() as tx:
        people = {
            "1": Person("Lea Lähtenyt", "1", personal_id="901", active=False),
            "2": Person("Olli Outo", "2", personal_id="902"),
        }
        registers.keep(tx, house.id, ListKind.PEOPLE, people, house.now)
    found = leads.of(house.desk, house.company).people
    assert {id: lead.barred for id, lead in found.items()} == {"901": Barred.LEFT, "902": Barred.UNKNOWN}


def test_a_manager_who_stands_on_no_list_is_found_by_what_is_kept_of_him(house: Spoken) -> None:
    id = human(house, email="mikko@example.fi")
    with house.read() as tx:
        person = roster(tx, house.id).find("mikko@example.fi")
        assert person is not None
        found = human_of(tx, house.id, person)
    assert found is not None
    assert found.id == id


def test_who_circulates_is_known_by_his_own_key_first_and_stands_in_where_both_are_users(house: Spoken) -> None:
    with house.write() as tx:
        own_keys.keep(tx, house.id, TEAM, MIKA, "avain", 905, "Mikko", house.now)
        staff.add(tx, house.id, "Joku Muu", user_id=905, team=TEAM, user=SAM)
        assert circulating._slack(tx, house.id, TEAM, 905) == MIKA
        assert circulating._slack(tx, house.id, "T2", 905) == "", "his key was typed in another workspace"
        own_keys.forget(tx, house.id, TEAM, MIKA)
        day = house.now.date()
        for user in (MIKA, SAM):
            absences.keep(tx, Absence(house.id, TEAM, user, day, day, ANNA))
        staff.add(tx, house.id, "Anna", user_id=906, team=TEAM, user=ANNA)
    ours = absence.substitutions(house.desk, house.company)
    assert [(one.user, one.approves) for one in ours] == [(905, 906)], "of Mika Procountor knows nothing"
    assert [name for name, *_ in house.tick("away.tick")] == ["away.look"]
    house.do("away.look")
    assert [name for name, *_ in house.asked.calls()].count("away.begins") == 2
    house.do("away.look")
    assert "away.begins" not in [name for name, *_ in house.asked.calls()], "once"
    with house.write() as tx:
        companies.set_state(tx, house.id, companies.PAUSED)
    assert house.tick("away.tick") == []
    with house.write() as tx:
        for user in (MIKA, SAM):
            absences.end(tx, house.id, TEAM, user)
