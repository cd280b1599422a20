"""Whoever may not is told so, he alone, and who may: at every command, button, form, select and dropped file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from finance.authority import Right
from handlers.routing import Route, routes
from tests.support.practice import ANNA, EMMA, Bot

TABLE = routes()
GUARDED = [r for kind in ("command", "click", "form", "options", "file") for r in TABLE.of(kind) if r.rights]
HELD = {Right.ADMIN, Right.FINANCE}  # Anna's


def ids(route: Route) -> str:
    return f"{route.kind} {route.name}"


def base(bot: Bot, kind: str) -> dict[str, Any]:
    desk = bot.slack.desk
    return {"type": kind, **desk.common(EMMA), "trigger_id": desk.world.issue_trigger(EMMA)}


def in_message(bot: Bot) -> dict[str, Any]:
    room = bot.slack.dm(EMMA)
    return {
        "container": {"type": "message", "message_ts": "1.1", "channel_id": room},
        "channel": {"id": room, "name": "directmessage"},
        "message": {"ts": "1.1", "text": ""},
    }


def told(bot: Bot, route: Route) -> str:
    """What Emma, who has no right at all, sees."""
    desk = bot.slack.desk
    if route.kind == "command":
        return bot.answer(".", lambda: bot.slack.command(EMMA, route.name), EMMA)
    if route.kind == "file":
        return bot.answer(".", lambda: bot.slack.drop_file(EMMA, "a.csv", b"x"), EMMA)
    if route.kind == "click":
        action = {"type": "button", "action_id": route.name, "value": "x", "block_id": "b", "action_ts": "1.1"}
        payload = {**base(bot, "block_actions"), **in_message(bot), "response_url": "", "actions": [action]}
        return bot.answer(".", lambda: desk.deliver("block_actions", payload, "trouble"), EMMA)
    if route.kind == "options":
        asked = {"action_id": route.name, "block_id": "b", "value": ""}
        payload = {**base(bot, "block_suggestion"), **in_message(bot), **asked}
        answer = json.loads(desk.deliver("block_suggestion", payload, "trouble").ack.body)
        return " ".join(option["text"]["text"] for option in answer["options"])
    view = {"id": f"V{route.name}", "type": "modal", "callback_id": route.name, "private_metadata": "x", "blocks": []}
    payload = {**base(bot, "view_submission"), "view": {**view, "state": {"values": {}}, "hash": "1"}}
    return str(json.loads(desk.deliver("view_submission", payload, "trouble").ack.body))


@pytest.mark.parametrize("route", GUARDED, ids=ids)
def test_who_may_not_is_told_who_may(bot: Bot, route: Route) -> None:
    before = bot.text(ANNA), len(bot.slack.whispers(ANNA))
    said = told(bot, route)
    assert "You do not have the right to do this" in said
    if HELD & set(route.rights):
        assert ANNA in said or "Anna Virtanen" in said, said
    else:
        assert "nobody has it yet" in said
    assert "…" not in said
    assert (bot.text(ANNA), len(bot.slack.whispers(ANNA))) == before
    assert bot.slack.views(EMMA) == []


def test_only_admins_give_rights() -> None:
    given = [r for kind in ("command", "click", "form") for r in TABLE.of(kind) if r.name.startswith("rights")]
    assert len(given) > 8
    assert {ids(route) for route in given if route.rights != (Right.ADMIN,)} == set()


def test_of_several_rights_the_one_somebody_has_is_named(bot: Bot) -> None:
    bot.allow(ANNA, "admin")
    try:
        said = bot.answer("Ask one of these", lambda: bot.slack.command(EMMA, "import"), EMMA)
        assert "(the settings)" in said
    finally:
        bot.allow(ANNA, "admin", "finance")
