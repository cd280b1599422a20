"""Message shortcuts: an entry of the menu at a message, as Slack sends it (type "message_action")."""

from __future__ import annotations

from typing import Any

from sandbox.slack.desk import TROUBLE, Desk
from sandbox.slack.records import Delivery, Gone, Message, SlackRefusal
from sandbox.slack.shapes import file_json, message_json


def shortcut(desk: Desk, user: str, where: Message | tuple[str, str], callback_id: str) -> Delivery:
    """Takes the entry at a message that the person can see."""
    user = desk.person(user).id
    channel, ts = (where.channel, where.ts) if isinstance(where, Message) else where
    try:
        message = desk.world.find(channel, ts)
    except SlackRefusal:
        raise Gone(f"there is no message {ts} in {channel}") from None
    room = desk.world.channel(channel)
    if not room.has(user):
        raise LookupError(f"{user} cannot see message {ts} in {channel}")
    name = {"im": "directmessage", "private": "privategroup"}.get(room.kind, room.name)
    payload = {
        "type": "message_action",
        **desk.common(user),
        "callback_id": callback_id,
        "trigger_id": desk.world.issue_trigger(user, ""),
        "action_ts": desk.world.next_ts(),
        "message_ts": message.ts,
        "message": {**message_json(desk.space, message), **_files(desk, message)},
        "channel": {"id": channel, "name": name},
        "response_url": f"{desk.base()}/hooks/{desk.world.issue_hook(channel, user, '', '')}",
    }
    return desk.deliver("message_action", payload, TROUBLE)


def _files(desk: Desk, message: Message) -> dict[str, Any]:
    files = [file_json(desk.space, desk.base(), desk.world.files[id]) for id in message.files]
    return {"files": files} if files else {}
