"""A button or form whose handle is nobody's: whoever presses it hears a plain sentence, and nothing has changed.

Every route is tried, by somebody who has every right: what stops him is the handle alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from finance.authority import Right
from handlers.routing import Route, routes
from sandbox.slack.modals import open_view
from storage import audit
from tests.support.practice import MIKAEL, Bot

TABLE = routes()
MADE_UP = "x" * 32
MISHAP = "Something went wrong"
FREE = frozenset({"home.import", "home.send", "home.send_bills", "home.send_claims", "people.start"})
"""Buttons that begin something and need no handle to do it."""
FORM = {"type": "modal", "callback_id": "any", "title": {"type": "plain_text", "text": "Any"}, "blocks": []}


@pytest.fixture
def everything(bot: Bot) -> Iterator[Bot]:
    """Mikael has every right there is, and his form is open."""
    bot.allow(MIKAEL, *Right, language="en")
    yield bot
    for view in reversed(bot.slack.views(MIKAEL)):
        bot.slack.close(MIKAEL, view)


def base(bot: Bot, kind: str) -> dict[str, Any]:
    desk = bot.slack.desk
    return {"type": kind, **desk.common(MIKAEL), "trigger_id": desk.world.issue_trigger(MIKAEL)}


def press(bot: Bot, route: Route) -> str:
    """Presses it in a form; gives what he then hears or sees."""
    for old in reversed(bot.slack.views(MIKAEL)):
        bot.slack.close(MIKAEL, old)
    with bot.slack.world.changing():
        view = open_view(bot.slack.world, MIKAEL, dict(FORM))
    before = seen(bot)
    payload = {
        **base(bot, "block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "view": {"id": view.id, "type": "modal", "private_metadata": MADE_UP, "blocks": [], "state": {"values": {}}},
        "actions": [{"type": "button", "action_id": route.name, "value": MADE_UP, "block_id": "b", "action_ts": "1.1"}],
    }
    assert bot.slack.desk.deliver("block_actions", payload, "trouble").ok
    try:
        bot.wait(lambda: seen(bot) != before)
    except TimeoutError as silent:
        raise AssertionError(f"{route.name} is answered by nothing") from silent
    return "\n".join(one for one in seen(bot) if one not in before)


def seen(bot: Bot) -> list[str]:
    """What he has heard so far, and the form he sees."""
    said = [*bot.slack.messages(bot.slack.dm(MIKAEL)), *bot.slack.whispers(MIKAEL)]
    heard = [f"{one.ts} {bot.shown(one)}" for one in said]
    return [*heard, *(f"{view.title} {bot.shown(view)}" for view in bot.slack.views(MIKAEL))]


def done(bot: Bot) -> list[str]:
    """What he has done, as the trail has it."""
    with bot.house.store.read() as tx:
        return [f"{e.what} {e.subject}" for e in audit.trail(tx, bot.company) if e.who.endswith(f"/{MIKAEL}")]


def test_no_button_without_its_handle_does_anything_and_each_is_answered(everything: Bot) -> None:
    made = len(everything.created())
    for route in TABLE.of("click"):
        if route.name not in FREE:
            said = press(everything, route)
            assert MISHAP not in said, route.name
    assert done(everything) == []
    assert len(everything.created()) == made


def test_no_form_without_its_handle_keeps_anything_and_each_says_so(everything: Bot) -> None:
    bot = everything
    for route in TABLE.of("form"):
        view: dict[str, Any] = {
            "id": f"V{route.name}",
            "type": "modal",
            "callback_id": route.name,
            "blocks": [],
            "hash": "1",
        }
        view |= {"private_metadata": MADE_UP, "state": {"values": {}}}
        payload = {**base(bot, "view_submission"), "view": view}
        answer = json.loads(bot.slack.desk.deliver("view_submission", payload, "trouble").ack.body or "{}")
        assert answer.get("response_action") in ("update", "errors"), (route.name, answer)
        assert MISHAP not in str(answer), route.name
    assert done(bot) == []
