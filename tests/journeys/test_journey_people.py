"""Who is who: joined where it is certain, asked where it is not, and never guessed; the admin's list and its forms."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from finance.authority import Right, Why, may
from handlers import matching
from handlers.routing import routes
from handlers.steps import Look, gathered
from handlers.views.steps import Mark
from handlers.views.tongue import Tongue
from sandbox.slack.workspace import Person
from storage import companies, handles, rights, staff
from tests.support.batches import Batch
from tests.support.people import (
    brought,
    choose,
    csv,
    entry,
    forget,
    front,
    humans,
    opened,
    press,
    trail,
)
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot

PETTERI, JUSSI = "U1005", "U1003"  # the one has another address and a turned name in Slack


@pytest.fixture
def people(bot: Bot) -> Iterator[Bot]:
    """The practice company with its lists taken in; afterwards nobody is known and Slack's people are as before."""
    before = list(bot.slack.workspace.people)
    assert "*56* of *58* people are known in Slack" in str(bot.slack and _blocks(bot, brought(bot)))
    yield bot
    bot.slack.workspace.people[:] = before
    forget(bot)


def _blocks(bot: Bot, _: str) -> str:
    return str(bot.latest().blocks)


def becomes(bot: Bot, user: str, **changes: Any) -> None:
    """Somebody in Slack is no longer what he was."""
    everybody = bot.slack.workspace.people
    everybody[:] = [replace(p, **changes) if p.id == user else p for p in everybody]


def joins(bot: Bot, user: str, name: str, email: str = "") -> None:
    """A new member of the workspace, seen by the next look."""
    bot.slack.workspace.people.append(Person(user, user.lower(), name, email))
    matching.renew(bot.house.desk, bot.company)


def test_what_is_certain_is_joined_and_the_rest_is_asked(people: Bot) -> None:
    known = humans(people)
    anna, mikael = known["Anna Virtanen"], known["Mikael Lindqvist"]
    assert (mikael.psa, mikael.person_id, mikael.user, mikael.matched) == ("h-107", 3007, MIKAEL, staff.EMAIL)
    assert mikael.matched_by == "kierto"
    assert (anna.person_id, anna.user, anna.email) == (3001, ANNA, "anna@pohjantuuli.example")
    assert known["Petteri Koivisto"].user is None
    assert len(known) == 58
    with people.house.store.read() as tx:
        assert staff.counts(tx, people.company) == staff.Counts(58, 56, 58, 58)
    text = people.shown(opened(people))
    assert "56 of 58 people are known in Slack." in text
    assert "Koivisto Petteri  Slack @U1005" in text
    assert "Petteri Koivisto  project system ••06 · person in Procountor ••06" in text


def test_a_look_again_changes_nothing(people: Bot) -> None:
    before, rows = humans(people), len(trail(people))
    found = matching.renew(people.house.desk, people.company)
    assert (found.all, found.matched, found.new, found.lost) == (58, 56, 0, ())
    assert humans(people) == before
    assert len(trail(people)) == rows


def test_an_address_is_only_asked_for_where_nothing_else_leads(people: Bot) -> None:
    calls = people.procountor.world.counts.answers
    before = calls["GET /persons/{id} 200"]
    matching.renew(people.house.desk, people.company)
    assert calls["GET /persons/{id} 200"] == before
    forget(people)
    matching.renew(people.house.desk, people.company)
    assert calls["GET /persons/{id} 200"] == before + 58
    assert humans(people)["Aino Nurmela"].user == "U1036"


def test_yes_they_are_one(people: Bot) -> None:
    view = press(people, opened(people), "Petteri Koivisto", "people.same")
    assert "Petteri Koivisto is matched now." in people.shown(view)
    assert "57 of 58" in people.shown(view)
    petteri = humans(people)["Petteri Koivisto"]
    assert (petteri.user, petteri.person_id, petteri.matched) == (PETTERI, 3006, staff.NAME)
    assert petteri.matched_by.endswith(f"/{ANNA}")
    row = trail(people, "person.mapped")[-1]
    assert (row.who, row.subject) == (petteri.matched_by, f"staff:{petteri.id}")


def test_no_they_are_not_and_nobody_proposes_it_again(people: Bot) -> None:
    view = press(people, opened(people), "Petteri Koivisto", "people.differ")
    assert "Noted: Koivisto Petteri is somebody else." in people.shown(view)
    matching.renew(people.house.desk, people.company)
    view = opened(people)
    assert "people.same" not in entry(view, "Petteri Koivisto")
    assert humans(people)["Petteri Koivisto"].user is None


def test_all_with_equal_names_at_once(people: Bot) -> None:
    view = opened(people)
    heading = next(b for b in view.blocks if b.get("accessory", {}).get("action_id") == "people.all")
    assert heading["accessory"]["text"]["text"] == "Yes to the 6 with equal names"
    press_same = entry(view, "Petteri Koivisto")["people.same"]
    before = len(trail(people, "person.mapped"))
    assert people.slack.click(ANNA, view, "people.all").ok
    people.slack.wait_for(lambda: "6 are matched now." in people.shown(front(people)), 10)
    known = humans(people)
    assert [known[name].user_id for name in ("Anna Virtanen", "Kari Lindqvist", "Maria Saarinen")] == [502, 503, 504]
    assert known["Petteri Koivisto"].user == PETTERI
    assert len(trail(people, "person.mapped")) == before + 6
    old = Batch(people, people.latest().ts).press_old("people.same", press_same)
    assert "was matched already by" in old
    assert len(trail(people, "person.mapped")) == before + 6


def test_look_again_looks(people: Bot) -> None:
    people.slack.workspace.people.append(Person("U2PIA", "pia", "Pia Uusi", "pia@elsewhere.example"))
    assert people.slack.click(ANNA, opened(people), "people.look").ok
    assert "looked at anew" in people.shown(front(people))
    people.wait(lambda: "Pia Uusi" in people.shown(opened(people)))


def test_who_is_mapped_by_himself_waits_a_day_before_he_signs(people: Bot) -> None:
    press(people, opened(people), "Anna Virtanen", "people.same")
    desk = people.house.desk
    with desk.store.write() as tx:
        team = companies.team_of(tx, people.company) or ""
        rights.give(
            tx, people.company, team, ANNA, {Right.APPROVE: {}, Right.ADMIN: {}, Right.FINANCE: {}}, "x", desk.clock()
        )
        holder = rights.holder(tx, people.company, team, ANNA)
    assert holder.user_id == 502
    assert may(holder, Right.APPROVE, desk.clock()).why is Why.REMAPPED
    assert may(holder, Right.ADMIN, desk.clock()).allowed


def test_who_brings_the_list_that_makes_him_somebody_has_said_it_himself(bot: Bot) -> None:
    """A list is an admin's word too: with it he cannot become the approver he would like to be at once."""
    bot.allow(MIKAEL, "admin")
    forged = csv("1;Kari Lindqvist;mikael@pohjantuuli.example;;1002;")
    brought(bot, ("henkilot.csv", forged), user=MIKAEL)
    kari = humans(bot)["Kari Lindqvist"]
    assert (kari.user, kari.person_id) == (MIKAEL, 3002)
    assert kari.matched_by.endswith(f"/{MIKAEL}")
    forget(bot)
    brought(bot, ("henkilot.csv", forged), user=ANNA)
    assert humans(bot)["Kari Lindqvist"].matched_by == "kierto"
    forget(bot)


def test_the_form_maps_whom_it_is_told_to(people: Bot) -> None:
    joins(people, "U2MAIJA", "Maija S", "maija@elsewhere.example")
    form = press(people, opened(people), "Maria Saarinen", "people.map")
    assert form.callback_id == "people.map"
    assert [b["block_id"] for b in form.blocks if b["type"] == "input"] == ["slack", "user"]
    people.slack.submit(ANNA, form)
    assert front(people).errors == {"slack": "Choose somebody in one of these."}
    choose(people, form, "slack", "Jussi Heikkinen")
    people.slack.submit(ANNA, form)
    assert "two people of the same system" in front(people).errors["slack"]
    choose(people, form, "slack", "Maija S")
    choose(people, form, "user", "Maria Saarinen")
    assert people.slack.submit(ANNA, form).ok
    assert "Maria Saarinen is matched now." in people.shown(front(people))
    maria = humans(people)["Maria Saarinen"]
    assert (maria.user, maria.user_id, maria.matched) == ("U2MAIJA", 504, staff.HAND)


def test_a_slack_user_is_mapped_from_his_own_entry_and_back_leads_back(people: Bot) -> None:
    joins(people, "U2MAIJA", "Maija S", "maija@elsewhere.example")
    form = press(people, opened(people), "Maija S", "people.map")
    assert [b["block_id"] for b in form.blocks if b["type"] == "input"] == ["psa", "person", "user"]
    assert people.slack.click(ANNA, form, "people.back").ok
    form = press(people, front(people), "Maija S", "people.map")
    choose(people, form, "psa", "Maria Saarinen")
    assert people.slack.submit(ANNA, form).ok
    assert humans(people)["Maria Saarinen"].person_id == 3003
    assert humans(people)["Maria Saarinen"].user == "U2MAIJA"


def test_a_match_is_changed_and_undone_and_stays_undone(people: Bot) -> None:
    joins(people, "U2JUSSI", "Jussi H", "jussi@elsewhere.example")
    view = opened(people)
    assert people.slack.click(ANNA, view, "people.matched").ok
    view = front(people)
    assert "Matched by e-mail address." in people.shown(view)
    while "Jussi Heikkinen" not in people.shown(view):
        assert people.slack.click(ANNA, view, "people.next").ok
        view = front(people)
    form = press(people, view, "Jussi Heikkinen", "people.map")
    offered = people.slack.options(ANNA, form, "people.slack", "Jussi H")
    people.slack.choose(ANNA, form, "people.slack", next(o for o in offered if "elsewhere" in o["text"]["text"]))
    assert people.slack.submit(ANNA, form).ok
    assert humans(people)["Jussi Heikkinen"].user == "U2JUSSI"
    matching.renew(people.house.desk, people.company)
    assert humans(people)["Jussi Heikkinen"].user == "U2JUSSI"
    view = press(people, front(people), "Jussi Heikkinen", "people.undo")
    assert "Jussi Heikkinen is no longer matched." in people.shown(view)
    matching.renew(people.house.desk, people.company)
    jussi = humans(people)["Jussi Heikkinen"]
    assert (jussi.user, jussi.matched, jussi.matched_by, jussi.matched_at) == (None, "", "", None)
    assert [row.what for row in trail(people, "person.parted", "person.mapped")][-3:] == [
        "person.parted",
        "person.mapped",
        "person.parted",
    ]


def test_a_change_that_cannot_be_leaves_all_as_it_was(people: Bot) -> None:
    view = opened(people)
    assert people.slack.click(ANNA, view, "people.matched").ok
    before = humans(people)
    form = press(people, front(people), "Aino Nurmela", "people.map")
    choose(people, form, "slack", "Eero Ylitalo")
    people.slack.submit(ANNA, form)
    assert "two people of the same system" in front(people).errors["slack"]
    assert humans(people) == before


def test_none_of_ours_is_not_asked_about_again_until_brought_back(people: Bot) -> None:
    view = press(people, opened(people), "Koivisto Petteri", "people.aside")
    assert "is set aside" in people.shown(view)
    assert "Koivisto Petteri" not in people.shown(opened(people))
    assert "people.same" not in entry(opened(people), "Petteri Koivisto")
    view = opened(people)
    assert people.slack.click(ANNA, view, "people.aside_list").ok
    view = press(people, front(people), "Koivisto Petteri", "people.bring_back")
    assert "is back among the company" in people.shown(view)
    assert "people.same" in entry(opened(people), "Koivisto Petteri")
    assert [row.what for row in trail(people)][-2:] == ["person.set_aside", "person.brought_back"]


def test_who_becomes_a_guest_or_leaves_is_let_go_and_the_admins_hear_it_once(people: Bot) -> None:
    becomes(people, JUSSI, is_restricted=True)
    becomes(people, "U1004", deleted=True)
    people.slack.workspace.people[:] = [p for p in people.slack.workspace.people if p.id != "U1001"]
    found = matching.renew(people.house.desk, people.company)
    assert set(found.lost) == {JUSSI, "U1004", "U1001"}
    assert all(humans(people)[name].user is None for name in ("Jussi Heikkinen", "Sofia Nyman", "Kari Lindqvist"))
    told = people.until("3 matches were undone")
    assert f"@{JUSSI}" in told
    assert matching.renew(people.house.desk, people.company).lost == ()
    assert people.text().count("3 matches were undone") == 1
    assert {row.who for row in trail(people, "person.let_go")} == {"kierto"}
    assert humans(people)["Jussi Heikkinen"].user is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (f"<@{GUEST}> Maria Saarinen", "cannot be matched"),
        ("<@UBOT0001> Maria Saarinen", "cannot be matched|not in the workspace"),
        ("<@U0NOBODY> Maria Saarinen", "not in the workspace"),
        ("@maria Maria Saarinen", "Which Slack user"),
        ("", "Which Slack user"),
        (f"<@{PETTERI}|petteri> 1234567890", "Nobody is known by that"),
        (f"<@{PETTERI}> H-103 x", "Nobody is known by that"),
    ],
)
def test_nobody_else_is_mapped_by_typing(people: Bot, typed: str, told: str) -> None:
    before = humans(people)
    people.answer(told, lambda: people.slack.command(ANNA, f"map person {typed}"))
    assert humans(people) == before


def test_a_bot_is_never_mapped(people: Bot) -> None:
    bot_user = people.slack.workspace.app.bot_user
    before = humans(people)
    people.answer("cannot be matched", lambda: people.slack.command(ANNA, f"map person <@{bot_user}> Maria Saarinen"))
    assert humans(people) == before
    form = press(people, opened(people), "Maria Saarinen", "people.map")
    offered = " ".join(o["text"]["text"] for o in people.slack.options(ANNA, form, "people.slack", ""))
    assert "Auditor" not in offered
    assert people.slack.options(ANNA, form, "people.slack", "Auditor") == []


@pytest.mark.parametrize(
    "rest", ["H-106", "1006", "Petteri Koivisto", "petteri.koivisto@pohjantuuli.example", '"petteri koivisto"']
)
def test_a_number_an_address_or_a_name_maps_by_typing(people: Bot, rest: str) -> None:
    told = people.answer(
        "is matched now", lambda: people.slack.command(ANNA, f"map person <@{PETTERI}|petteri> {rest}")
    )
    assert "Petteri Koivisto is matched now." in told
    assert "1006" not in told
    petteri = humans(people)["Petteri Koivisto"]
    assert (petteri.user, petteri.matched) == (PETTERI, staff.HAND)
    people.answer("Matched by", lambda: people.slack.command(ANNA, f"map person <@{PETTERI}>"))


def test_a_name_that_is_only_alike_is_asked_back(people: Bot) -> None:
    said = len(people.slack.whispers(ANNA))
    people.answer("Is it one of these", lambda: people.slack.command(ANNA, f"map person <@{PETTERI}> P. Koivisto"))
    assert humans(people)["Petteri Koivisto"].user is None
    question = people.slack.whispers(ANNA)[said]
    people.answer("is matched now", lambda: people.slack.click(ANNA, question, "people.same"))
    assert humans(people)["Petteri Koivisto"].user == PETTERI
    people.answer("is matched already|was matched already", lambda: people.slack.click(ANNA, question, "people.same"))


def test_two_admins_at_once_do_no_harm(people: Bot) -> None:
    people.allow(MIKAEL, "admin", language="en")
    views = {user: opened(people, user) for user in (ANNA, MIKAEL)}
    tokens = {user: entry(view, "Petteri Koivisto")["people.same"] for user, view in views.items()}
    before = len(trail(people, "person.mapped"))
    both = [
        threading.Thread(
            target=people.slack.click, args=(user, views[user], "people.same"), kwargs={"value": tokens[user]}
        )
        for user in views
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(20)
    told = [people.shown(front(people, user)) for user in views]
    assert sum("Petteri Koivisto is matched now." in text for text in told) == 1
    assert sum("Petteri Koivisto was matched already by" in text for text in told) == 1
    assert len(trail(people, "person.mapped")) == before + 1
    for view in people.slack.views(MIKAEL):
        people.slack.close(MIKAEL, view)


def test_what_an_old_list_shows_is_looked_at_again(people: Bot) -> None:
    """One admin says no, another presses yes in an older list: the later word counts, and both are in the trail."""
    people.allow(MIKAEL, "admin", language="en")
    old = opened(people, MIKAEL)
    press(people, opened(people), "Petteri Koivisto", "people.aside")
    press(people, old, "Petteri Koivisto", "people.same", MIKAEL)
    assert [row.what for row in trail(people)][-2:] == ["person.set_aside", "person.mapped"]
    assert humans(people)["Petteri Koivisto"].matched_by.endswith(f"/{MIKAEL}")
    assert "Koivisto Petteri" not in people.shown(opened(people))


def said_of_people(bot: Bot) -> int:
    """How often the trail tells of who is who; other things go on beside."""
    return sum(entry.subject.startswith("staff:") for entry in trail(bot))


@pytest.mark.parametrize("action", ["people.same", "people.differ", "people.aside", "people.undo", "people.bring_back"])
def test_a_forged_or_foreign_handle_does_nothing(people: Bot, action: str) -> None:
    before, rows = humans(people), said_of_people(people)
    batch = Batch(people, people.latest().ts)
    desk = people.house.desk
    with desk.store.write() as tx:
        team = companies.team_of(tx, people.company) or ""
        other = companies.found(tx, "Toinen Oy", team, desk.clock())
        foreign = handles.issue(
            tx, other, team, "people.entry", '["waiting", 0, ["psa:h-106", "slack:U1005"]]', desk.clock()
        )
        page = handles.issue(tx, people.company, team, "people.page", '["waiting", 0, []]', desk.clock())
    assert "no longer in use" in batch.press_old(action, "forged")
    assert "no longer in use" in batch.press_old(action, page)
    batch.press_old(action, foreign)
    assert humans(people) == before
    assert said_of_people(people) == rows
    with desk.store.write() as tx:
        companies.place(tx, other, None)


@pytest.mark.parametrize(
    "typed",
    ["unmatched", f"map person <@{PETTERI}> H-106", "map worktype A B", "map paymenttype A own", "map operator A 1234"],
)
def test_only_admins_say_who_is_who(people: Bot, typed: str) -> None:
    before = humans(people)
    for user, given in ((EMMA, ()), (MIKAEL, ("finance", "receive", "approve"))):
        people.allow(user, *given, language="en")
        people.answer("do not have the right", lambda user=user: people.slack.command(user, typed), user)  # type: ignore[misc]
        assert people.slack.views(user) == []
    assert humans(people) == before
    people.allow(EMMA)


def test_a_press_without_the_right_is_refused(people: Bot) -> None:
    handle = entry(opened(people), "Petteri Koivisto")["people.same"]
    batch = Batch(people, people.latest().ts)
    assert "do not have the right" in batch.press_old("people.same", handle, EMMA)
    assert humans(people)["Petteri Koivisto"].user is None


def test_the_people_of_another_company_in_the_workspace_wait_for_nobody_here(people: Bot) -> None:
    joins(people, "U2OTHER", "Outi Muualta", "outi@toinen.example")
    assert "Outi Muualta" in people.shown(opened(people))
    desk = people.house.desk
    with desk.store.write() as tx:
        team = companies.team_of(tx, people.company) or ""
        other = companies.found(tx, "Toinen Oy", team, desk.clock())
        staff.add(tx, other, "Outi Muualta", team=team, user="U2OTHER")
    assert "Outi Muualta" not in people.shown(opened(people))
    with desk.store.write() as tx:
        staff.change(tx, other, staff.all(tx, other)[0].id, user=None, team=None)
        companies.place(tx, other, None)


def steps(bot: Bot) -> dict[str, Any]:
    with bot.house.store.read() as tx:
        company = companies.get(tx, bot.company)
    return {step.name: step for step in gathered(routes(), Look(bot.house.desk, company, Tongue("en")))}


def test_the_setup_says_how_far_it_is(bot: Bot) -> None:
    forget(bot)
    assert steps(bot)["persons"].mark is Mark.OPEN
    assert steps(bot)["projects"].mark is Mark.OPEN
    brought(bot)
    found = steps(bot)
    assert (found["persons"].mark, found["persons"].action) == (Mark.OPEN, "people.unmatched")
    assert found["persons"].told == "*56* of *58* matched, *6* need you"
    assert found["projects"].told == "*11* open projects, *1* without a known manager"
    assert found["payment types"].mark is Mark.OPEN
    bot.decide(payment_types={"Oma": "own"})
    assert steps(bot)["payment types"].mark is Mark.OK
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "6 people need you to say who they are" in bot.home())
    home = bot.slack.home(ANNA)
    assert home is not None
    assert bot.slack.click(ANNA, "home", "people.unmatched").ok
    assert front(bot).title == "Who is who"
    forget(bot)
