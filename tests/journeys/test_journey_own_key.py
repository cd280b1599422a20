"""An approver's own API key: typed once, confirmed by its owner, sealed, used in his name, and forgotten."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

from handlers import own_books
from sandbox.procountor import seed
from storage import audit, own_keys, staff
from tests.support.practice import ANNA, EMMA, GUEST, MIKAEL, Bot

PETTERI, KARI = 507, 503
SOUTH = seed.API_KEY_SECOND


@pytest.fixture(autouse=True)
def whole(bot: Bot) -> Iterator[None]:
    """Nobody has an own key, nobody is known."""
    yield
    with bot.house.store.write() as tx:
        for there, user in own_keys.everybody(tx, bot.company):
            own_keys.forget(tx, bot.company, there, user)
        for human in staff.all(tx, bot.company):
            staff.change(tx, bot.company, human.id, team=None, user=None, user_id=None, matched="", matched_by="")


def team(bot: Bot) -> str:
    return bot.slack.workspace.team_id


def key_of(user: int) -> str:
    return seed.USER_KEYS[user]


def typed(bot: Bot, key: str, user: str = EMMA) -> Any:
    """Opens the form, types the key, sends it; gives the form that stands there after."""
    assert bot.slack.command(user, "connect me").ok
    view = bot.slack.wait_for(lambda: bot.slack.views(user), 5)[-1]
    bot.slack.fill(user, view, {"own_key": key})
    bot.slack.submit(user, view)
    return bot.slack.views(user)[-1]


def asked(bot: Bot, key: str, user: str = EMMA) -> Any:
    """The bot's question whose key it is."""
    before = {m.ts for m in bot.slack.messages(bot.slack.dm(user))}
    typed(bot, key, user)
    new = bot.wait(lambda: [m for m in bot.slack.messages(bot.slack.dm(user)) if m.ts not in before and m.bot_id], 15)
    for view in reversed(bot.slack.views(user)):
        bot.slack.close(user, view)
    return new[-1]


def said(bot: Bot, message: Any, user: str = EMMA) -> str:
    room = bot.slack.messages(bot.slack.dm(user))
    return bot.shown(next(m for m in room if m.ts == message.ts))


def press(bot: Bot, message: Any, action: str, pattern: str, user: str = EMMA) -> None:
    bot.slack.click(user, message, action)
    bot.wait(lambda: re.search(pattern, said(bot, message, user)), 15)


def connect(bot: Bot, user: str = EMMA, owner: int = PETTERI) -> None:
    press(bot, asked(bot, key_of(owner), user), "own.yes", "Connected|Ansluten", user)


def kept(bot: Bot, user: str = EMMA) -> own_keys.OwnKey | None:
    with bot.house.store.read() as tx:
        return own_keys.get(tx, bot.company, team(bot), user)


def test_the_key_is_asked_of_procountor_and_confirmed_by_its_owner(bot: Bot) -> None:
    question = asked(bot, key_of(PETTERI))
    assert "The key belongs to Petteri Koivisto in Procountor" in bot.shown(question)
    assert kept(bot) is None
    press(bot, question, "own.yes", "Connected: from now on you approve in Procountor as Petteri Koivisto")
    own = kept(bot)
    assert own is not None
    assert (own.user_id, own.user_name) == (PETTERI, "Petteri Koivisto")
    with bot.house.store.read() as tx:
        human = staff.by_slack(tx, bot.company, team(bot), EMMA)
        rows = [row for row in audit.trail(tx, bot.company) if row.what == "own_key.connected"]
    assert human is not None
    assert (human.user_id, human.matched, human.matched_by) == (PETTERI, "key", "")
    assert "Petteri Koivisto" in rows[-1].details


def test_the_form_says_where_the_key_is_made(bot: Bot) -> None:
    bot.slack.command(MIKAEL, "connect me")
    view = bot.slack.wait_for(lambda: bot.slack.views(MIKAEL), 5)[-1]
    shown = bot.shown(view)
    assert "API-nycklar → Ny API-nyckel" in shown
    assert seed.CLIENT_ID in shown


def test_a_key_thrown_away_is_gone(bot: Bot) -> None:
    question = asked(bot, key_of(PETTERI))
    press(bot, question, "own.no", "Nothing was connected")
    assert kept(bot) is None


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (SOUTH, "opens the books of Etelätuuli Oy, but here it is about Pohjantuuli Konsultointi Oy"),
        (seed.API_KEY, "belongs to Kierto’s own user"),
        ("no-such-key-anywhere", "does not accept this key"),
    ],
)
def test_a_key_that_is_not_his_is_refused_with_the_reason(bot: Bot, key: str, why: str) -> None:
    assert why in bot.shown(asked(bot, key))
    assert kept(bot) is None


def test_when_procountor_is_silent_it_is_said_and_the_key_forgotten(bot: Bot) -> None:
    bot.procountor.world.faults.add(route="GET /sessioninfo", what="500json")
    assert "did not answer" in bot.shown(asked(bot, key_of(PETTERI)))
    bot.wait(lambda: offered(bot) == 0)


def offered(bot: Bot) -> int:
    with bot.house.store.read() as tx:
        return int(tx.exec_driver_sql("SELECT count(*) FROM offered_key").scalar() or 0)


@pytest.mark.parametrize("key", ["short", "with a blank in it", "ä" * 40, "x" * 12 + "\u202e"])
def test_what_is_no_key_is_said_in_the_form(bot: Bot, key: str) -> None:
    assert "not an API key" in typed(bot, key).errors["own_key"]


def test_one_user_of_procountors_is_one_human(bot: Bot) -> None:
    connect(bot)
    assert "is connected to another Slack user already" in bot.shown(asked(bot, key_of(PETTERI), ANNA))
    assert kept(bot, ANNA) is None


def test_who_was_taken_for_somebody_else_sees_it_before_he_says_yes(bot: Bot) -> None:
    with bot.house.store.write() as tx:
        staff.add(tx, bot.company, "Emma", team=team(bot), user=EMMA, user_id=KARI, matched="hand", matched_by="x")
        staff.add(
            tx, bot.company, "Mikael", team=team(bot), user=MIKAEL, user_id=PETTERI, matched="hand", matched_by="x"
        )
    question = asked(bot, key_of(PETTERI))
    assert "taken for another user there: •••03" in bot.shown(question)
    press(bot, question, "own.yes", "Connected")
    told = bot.until("count as one human")
    assert f"@{EMMA}" in told
    assert f"@{MIKAEL}" in told


def test_nobody_confirms_anothers_key(bot: Bot) -> None:
    question = asked(bot, key_of(PETTERI))
    value = next(
        e["value"] for b in question.blocks if b["type"] == "actions" for e in b["elements"]
        if e["action_id"] == "own.yes"
    )  # fmt: skip
    forged = pressed_by(bot, MIKAEL, value)
    assert "finns inte kvar" in forged
    assert kept(bot, MIKAEL) is None
    press(bot, question, "own.yes", "Connected")
    assert kept(bot) is not None


def pressed_by(bot: Bot, user: str, value: str) -> str:
    desk, room = bot.slack.desk, bot.slack.dm(user)
    payload = {
        "type": "block_actions",
        **desk.common(user),
        "container": {"type": "message", "message_ts": "1.1", "channel_id": room},
        "channel": {"id": room, "name": "directmessage"},
        "message": {"ts": "1.1", "text": ""},
        "trigger_id": desk.world.issue_trigger(user),
        "response_url": "",
        "actions": [{"type": "button", "action_id": "own.yes", "value": value, "block_id": "b", "action_ts": "1.1"}],
    }
    return bot.answer(".", lambda: desk.deliver("block_actions", payload, "trouble"), user)


def test_disconnect_forgets_it(bot: Bot) -> None:
    connect(bot)
    bot.answer("is forgotten", lambda: bot.slack.command(EMMA, "disconnect me"), EMMA)
    assert kept(bot) is None
    bot.answer("have not connected", lambda: bot.slack.command(EMMA, "disconnect me"), EMMA)
    with bot.house.store.read() as tx:
        assert [row.what for row in audit.trail(tx, bot.company, f"{team(bot)}/{EMMA}")][-1] == "own_key.forgotten"


def test_a_guest_connects_nothing(bot: Bot) -> None:
    bot.answer("Guests and bots cannot", lambda: bot.slack.command(GUEST, "connect me"), GUEST)
    assert bot.slack.views(GUEST) == []


def test_an_own_key_that_is_not_accepted_is_removed_and_told_once(bot: Bot) -> None:
    connect(bot)
    before, own = bot.text(EMMA).count("no longer accepts your own API key"), kept(bot)
    assert own is not None
    for _ in range(2):
        own_books.refused(bot.house.desk, bot.company, team(bot), EMMA, own.kept_at)
    assert kept(bot) is None
    bot.until("no longer accepts your own API key", EMMA)
    assert bot.text(EMMA).count("no longer accepts your own API key") == before + 1
    with bot.house.store.read() as tx:
        rows = [row for row in audit.trail(tx, bot.company) if row.what == "own_key.refused"]
    assert rows


def test_a_newer_key_is_not_taken_for_the_refused_one(bot: Bot) -> None:
    connect(bot)
    first = kept(bot)
    assert first is not None
    connect(bot)
    own_books.refused(bot.house.desk, bot.company, team(bot), EMMA, first.kept_at)
    assert kept(bot) is not None


def test_the_typed_key_stands_nowhere_in_clear(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    canary = "canary-key-0a1b2c3d4e5f"
    bot.books.keys[canary] = {"user": PETTERI, "name": "Petteri"}
    with caplog.at_level(logging.DEBUG):
        press(bot, asked(bot, canary), "own.yes", "Connected")
        assert canary in (opened(bot) or "")
    forms = [canary, canary[::-1], canary.encode().hex(), base64.b64encode(canary.encode()).decode().rstrip("=")]
    assert [form for form in forms if form in caplog.text] == []
    spoken = str(bot.slack.messages(bot.slack.dm(EMMA))) + str(bot.slack.whispers(EMMA)) + str(bot.slack.views(EMMA))
    assert [form for form in forms if form in spoken] == []
    with bot.house.store.read() as tx:
        names = tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        rows = [str(row) for name in names for row in tx.exec_driver_sql(f'SELECT * FROM "{name}"')]
    assert [row[:80] for row in rows for form in forms if form in row] == []


def opened(bot: Bot) -> str | None:
    with bot.house.store.read() as tx:
        return own_keys.opened(tx, bot.company, team(bot), EMMA)
