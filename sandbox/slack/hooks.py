"""response_url: messages by link, for half an hour and five times."""

from __future__ import annotations

import json
from typing import Any

from sandbox.slack.api.chat import content
from sandbox.slack.commanding import show
from sandbox.slack.desk import Desk
from sandbox.slack.records import SlackRefusal
from sandbox.slack.world import HOOK_USES, Hook


def use_hook(desk: Desk, token: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """Does what was posted to a response_url; gives the HTTP status and the answer."""
    world = desk.world
    with world.lock:
        hook = world.hooks.get(token)
        if hook is None:
            return 404, {"ok": False, "error": "invalid_url"}
        if world.clock() > hook.expires:
            return 404, {"ok": False, "error": "expired_url"}
        if hook.uses >= HOOK_USES:
            return 404, {"ok": False, "error": "used_url"}
        hook.uses += 1
    try:
        said = json.loads(body)
        if not isinstance(said, dict):
            raise SlackRefusal("invalid_payload")
        world.hears("response_url", {**said, "channel": hook.channel, "user": hook.user})
        _obey(desk, hook, said)
    except ValueError:
        return 400, {"ok": False, "error": "invalid_payload"}
    except SlackRefusal as refused:
        return (404 if refused.error == "message_not_found" else 400), {
            "ok": False,
            "error": refused.error,
            **refused.extra,
        }
    return 200, {"ok": True}


def _obey(desk: Desk, hook: Hook, said: dict[str, Any]) -> None:
    world = desk.world
    if said.get("delete_original"):
        world.remove(world.find(hook.channel, hook.ts))
        return
    if said.get("replace_original") and hook.ts:
        original = world.find(hook.channel, hook.ts)
        parts = content(world, str(said.get("text") or ""), said.get("blocks"), said.get("attachments"), None)
        world.replace(original, **parts, edited=world.next_ts())
        return
    show(desk, hook.user, hook.channel, said, hook.thread_ts)
