"""What people choose for themselves: typed or in a form, checked, and said in their language at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from storage import companies, members, staff
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot


@pytest.fixture(autouse=True)
def whole(bot: Bot) -> Iterator[None]:
    yield
    with bot.house.store.write() as tx:
        for user in (ANNA, EMMA, MIKAEL):
            members.choose(tx, team(bot), user, language="", notify="", quiet="", hour="")


def team(bot: Bot) -> str:
    return bot.slack.workspace.team_id


def chosen(bot: Bot, user: str = EMMA) -> members.Member:
    with bot.house.store.read() as tx:
        return members.get(tx, team(bot), user)


def typed(bot: Bot, words: str, pattern: str, user: str = EMMA) -> str:
    return bot.answer(pattern, lambda: bot.slack.command(user, words), user)


@pytest.mark.parametrize(
    ("words", "kept", "said"),
    [
        ("language fi", "fi", "Kielesi: suomi"),
        ("language suomi", "fi", "Kielesi: suomi"),
        ("language sv", "sv", "Ditt språk: svenska"),
        ("language EN", "en", "Your language: English"),
        ("language auto", "", r"Your language: as in Slack \(English\)"),
    ],
)
def test_a_language_is_spoken_at_once(bot: Bot, words: str, kept: str, said: str) -> None:
    typed(bot, words, said)
    assert chosen(bot).language == kept


def test_also_what_is_said_at_the_door_is_in_the_chosen_language(bot: Bot) -> None:
    typed(bot, "language fi", "Kielesi")
    desk = bot.slack.desk
    view = {"id": "V1", "type": "modal", "callback_id": "of.old", "private_metadata": "", "blocks": [], "hash": "1"}
    payload = {
        "type": "view_submission",
        **desk.common(EMMA),
        "trigger_id": desk.world.issue_trigger(EMMA),
        "view": {**view, "state": {"values": {}}},
    }
    answer = json.loads(desk.deliver("view_submission", payload, "trouble").ack.body)
    assert "ei ole enää käytössä" in str(answer["view"]["blocks"])


@pytest.mark.parametrize(
    ("words", "name", "kept", "said"),
    [
        ("notify instant", "notify", "instant", "Your notices: bills at once, reminders at 08:30"),
        ("notify off", "notify", "off", "only what I ask for"),
        ("notify digest", "notify", "digest", "together, at 08:30"),
        ("quiet 18:00-07:30", "quiet", "18:00-07:30", "Your quiet hours: 18:00–07:30"),
        ("quiet 18–7.30", "quiet", "18:00-07:30", "Your quiet hours: 18:00–07:30"),
        ("quiet off", "quiet", "", "Your quiet hours: none"),
        ("hour 9.15", "hour", "09:15", "come at 09:15"),
    ],
)
def test_a_setting_is_typed(bot: Bot, words: str, name: str, kept: str, said: str) -> None:
    typed(bot, words, said)
    assert getattr(chosen(bot), name) == kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("language latin", "is none of: fi, sv, en, auto"),
        ("notify sometimes", "is none of: digest, instant, off"),
        ("quiet 18", "are no hours"),
        ("quiet 18-18", "are no hours"),
        ("quiet 25:00-07:00", "are no hours"),
        ("hour noon", "is no time of day"),
        ("hour 24:00", "is no time of day"),
        ("hour 03:30", "the clocks change"),
        ("hour <!channel>", "is no time of day"),
    ],
)
def test_what_is_none_is_said_and_nothing_kept(bot: Bot, words: str, said: str) -> None:
    typed(bot, words, said)
    assert replace(chosen(bot), zone="") == members.Member(team(bot), EMMA)


def test_without_a_value_it_is_shown_with_the_way_to_change_it(bot: Bot) -> None:
    told = typed(bot, "quiet", "Your quiet hours: none")
    assert "/procountor quiet 18:00-07:30|off" in told
    assert "[My settings]" in told


def test_notices_within_quiet_hours_are_pointed_out(bot: Bot) -> None:
    typed(bot, "quiet 18:00-09:00", "within your quiet hours")
    typed(bot, "hour 10", "come at 10:00")
    assert "within" not in typed(bot, "quiet 18:00-09:30", "18:00–09:30")


def form(bot: Bot, user: str = EMMA) -> Any:
    bot.slack.command(user, "language")
    whisper = bot.slack.wait_for(lambda: bot.slack.whispers(user)[-1:], 10)[0]
    bot.wait(lambda: "me.open" in str(bot.slack.whispers(user)[-1].blocks))
    whisper = bot.slack.whispers(user)[-1]
    bot.slack.click(user, whisper, "me.open")
    return bot.slack.wait_for(lambda: bot.slack.views(user), 5)[-1]


def test_all_of_it_in_one_form(bot: Bot) -> None:
    view = form(bot)
    for name, value in {
        "language": "sv", "notify": "instant", "hour": "07:45", "quiet_from": "17:30", "quiet_to": "07:00",
    }.items():  # fmt: skip
        bot.slack.choose(EMMA, view, name, value)
    assert bot.slack.submit(EMMA, view).ok
    assert "Sparat" in bot.shown(bot.slack.views(EMMA)[-1])
    assert replace(chosen(bot), zone="") == members.Member(
        team(bot), EMMA, None, "sv", "instant", "17:30-07:00", "07:45"
    )


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"quiet_from": "18:00"}, "quiet_to", "both the beginning and the end"),
        ({"quiet_from": "18:00", "quiet_to": "18:00"}, "quiet_to", "same as the beginning"),
        ({"hour": "03:15"}, "hour", "clocks change"),
    ],
)
def test_the_form_says_what_does_not_fit(bot: Bot, values: dict[str, str], field: str, said: str) -> None:
    view = form(bot)
    for name, value in values.items():
        bot.slack.choose(EMMA, view, name, value)
    bot.slack.submit(EMMA, view)
    assert said in bot.slack.views(EMMA)[-1].errors[field]
    assert replace(chosen(bot), zone="") == members.Member(team(bot), EMMA)


def test_the_home_tab_tells_who_one_is_and_what_one_may(bot: Bot) -> None:
    bot.slack.open_home(EMMA)
    bot.wait(lambda: "You have no rights in Kierto yet" in bot.home(EMMA))
    assert "not known yet" in bot.home(EMMA)
    assert "[Connect my own key]" in bot.home(EMMA)
    assert "[Rights of everybody]" not in bot.home(EMMA)
    with bot.house.store.write() as tx:
        id = staff.add(tx, bot.company, "Emma", team=team(bot), user=EMMA, user_id=507, matched="hand", matched_by="x")
    bot.allow(EMMA, "see_own", "pre_approve")
    try:
        typed(bot, "language fi", "Kielesi")
        bot.wait(lambda: "Kieli: suomi" in bot.home(EMMA))
        assert "Oikeutesi: omien ostolaskujen näkeminen, ostolaskujen esihyväksyminen" in bot.home(EMMA)
        assert "käyttäjä •••07" in bot.home(EMMA)
        assert "507" not in bot.home(EMMA).replace("•••07", "")
    finally:
        bot.allow(EMMA)
        with bot.house.store.write() as tx:
            staff.change(tx, bot.company, id, team=None, user=None, user_id=None)


def test_an_admin_opens_everybodys_rights_from_the_home_tab(bot: Bot) -> None:
    bot.slack.open_home(ANNA)
    bot.wait(lambda: "[Rights of everybody]" in bot.home(ANNA))
    bot.slack.click(ANNA, "home", "rights.open")
    assert bot.slack.wait_for(lambda: bot.slack.views(ANNA), 5)[-1].callback_id == "rights.list"


def test_the_key_is_connected_from_the_home_tab(bot: Bot) -> None:
    bot.slack.open_home(EMMA)
    bot.wait(lambda: "[Connect my own key]" in bot.home(EMMA))
    bot.slack.click(EMMA, "home", "own.connect")
    assert bot.slack.wait_for(lambda: bot.slack.views(EMMA), 5)[-1].callback_id == "own.offer"


def test_settings_come_before_the_books(bot: Bot) -> None:
    with bot.house.store.write() as tx:
        companies.set_state(tx, bot.company, "new")
    try:
        typed(bot, "language sv", "Ditt språk: svenska")
        typed(bot, "connect me", "inte kopplad|not connected|inte kopplat")
    finally:
        with bot.house.store.write() as tx:
            companies.set_state(tx, bot.company, "ready")


def test_a_guest_chooses_nothing(bot: Bot) -> None:
    typed(bot, "language fi", "Guests and bots cannot", GUEST)


def test_it_is_written_in_a_message_too(bot: Bot) -> None:
    before = len(bot.slack.messages(bot.slack.dm(EMMA)))
    bot.slack.say(EMMA, "language sv")
    bot.wait(lambda: chosen(bot).language == "sv")
    assert len(bot.slack.messages(bot.slack.dm(EMMA))) >= before + 1


def test_the_key_was_kept_when_the_home_tab_says_since_when(bot: Bot) -> None:
    from storage import own_keys

    at = datetime.fromisoformat("2026-11-20T08:00:00+00:00")
    with bot.house.store.write() as tx:
        own_keys.keep(tx, bot.company, team(bot), EMMA, "canary", 507, "Petteri Koivisto", at)
    try:
        bot.slack.open_home(EMMA)
        bot.wait(
            lambda: (
                "Petteri Koivisto (•••07), with your own key since 20.11." in bot.home(EMMA).replace("20/11", "20.11.")
            )
        )
        assert "[Forget my own key]" in bot.home(EMMA)
        assert "canary" not in str(bot.slack.home(EMMA))
        bot.slack.click(EMMA, "home", "own.disconnect")
        bot.until("is forgotten", EMMA)
    finally:
        with bot.house.store.write() as tx:
            own_keys.forget(tx, bot.company, team(bot), EMMA)
