"""Typing: slash commands and plain messages, as the composer sends them."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import replace
from typing import Any

from sandbox.slack.api.chat import content
from sandbox.slack.desk import SLACKBOT, Desk
from sandbox.slack.events import emit
from sandbox.slack.records import Delivery, Message, SlackRefusal
from sandbox.slack.shapes import message_json
from sandbox.slack.workspace import Channel, Workspace

KIND_NAMES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
EVENT_NAMES = {"public": "message.channels", "private": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def escaped(space: Workspace, text: str, *, names: bool = True) -> str:
    """What Slack makes of typed text: entities, and with `names` mentions as <@U…|name> and <#C…|name>."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def person(found: re.Match[str]) -> str:
        who = next((p for p in space.people if p.name.lower() == found[1].lower().rstrip(".")), None)
        return f"<@{who.id}|{who.name}>" if who and names else f"<@{who.id}>" if who else found[0]

    def channel(found: re.Match[str]) -> str:
        room = space.channel_named(found[1])
        return f"<#{room.id}|{room.name}>" if room else found[0]

    text = re.sub(r"(?<!\S)@([\w.\-]+)", person, text)
    text = re.sub(r"(?<!\S)#([\w\-]+)", channel, text)
    return re.sub(r"(?<!\S)(https?://[^\s|]+)", r"<\1>", text)


def run_command(desk: Desk, user: str, text: str, channel: str | None = None) -> Delivery:
    """A slash command; what the app answers within three seconds is shown, an error as Slack words it."""
    space = desk.space
    user = desk.person(user).id
    room = desk.world.channel(channel) if channel else space.direct(user)
    name, _, rest = (text if text.startswith("/") else f"{_first(space)} {text}").strip().partition(" ")
    command = space.command(name)
    if command is None:
        return _unknown(desk, user, room, name)
    words = escaped(space, rest.strip()) if command.should_escape else rest.strip()
    delivery = desk.deliver(
        "command", _form(desk, user, room, name, words), f'{name} failed with the error "{{error}}"'
    )
    if delivery.error:
        _tell(desk, user, room, delivery.error)
        return delivery
    return _show_answer(desk, user, room, name, delivery)


def _first(space: Workspace) -> str:
    return space.commands[0].name if space.commands else "/procountor"


def _unknown(desk: Desk, user: str, room: Channel, name: str) -> Delivery:
    error = f"{name} is not a valid command. In Slack, messages that start with a slash are commands."
    _tell(desk, user, room, error)
    return desk.local("command", error)


def _form(desk: Desk, user: str, room: Channel, name: str, words: str) -> dict[str, Any]:
    space = desk.space
    names = {"im": "directmessage", "private": "privategroup"}
    return {
        "token": space.app.verification_token,
        "team_id": space.team_id,
        "team_domain": space.domain,
        "channel_id": room.id,
        "channel_name": names.get(room.kind, room.name),
        "user_id": user,
        "user_name": desk.person(user).name,
        "command": name,
        "text": words,
        "api_app_id": space.app.id,
        "is_enterprise_install": "false",
        "response_url": f"{desk.base()}/hooks/{desk.world.issue_hook(room.id, user)}",
        "trigger_id": desk.world.issue_trigger(user),
    }


def _tell(desk: Desk, user: str, room: Channel, text: str) -> None:
    desk.world.post(Message(desk.world.next_ts(), room.id, SLACKBOT, text, seen_by=user, username="Slackbot"))


def _show_answer(desk: Desk, user: str, room: Channel, name: str, delivery: Delivery) -> Delivery:
    """An acknowledgement with a body is a message: ephemeral unless it says in_channel."""
    raw = delivery.ack.body.decode("utf-8", "replace").strip()
    if not raw:
        return delivery
    try:
        answer: Any = json.loads(raw)
    except ValueError:
        answer = {"text": raw}
    if not isinstance(answer, dict):
        answer = {"text": str(answer)}
    if not any(answer.get(part) for part in ("text", "blocks", "attachments")):
        return replace(delivery, answer=answer)
    try:
        show(desk, user, room.id, answer)
    except SlackRefusal as refused:
        error = f'{name} failed with the error "{refused.error}"'
        _tell(desk, user, room, error)
        return replace(delivery, error=error, answer=answer)
    return replace(delivery, answer=answer)


def show(desk: Desk, user: str, channel: str, answer: dict[str, Any], thread_ts: str = "") -> Message:
    """Posts an answer to a command or a response_url message."""
    app = desk.space.app
    parts = content(desk.world, str(answer.get("text") or ""), answer.get("blocks"), answer.get("attachments"), None)
    public = answer.get("response_type") == "in_channel"
    return desk.world.post(
        Message(
            ts=desk.world.next_ts(),
            channel=channel,
            user=app.bot_user,
            bot_id=app.bot_id,
            seen_by="" if public else user,
            thread_ts=str(answer.get("thread_ts") or thread_ts),
            **parts,
        )
    )


def say(desk: Desk, user: str, text: str, channel: str | None = None, thread_ts: str = "") -> Delivery:
    """A plain message; the app hears it when it takes part and has subscribed."""
    user = desk.person(user).id
    room = desk.world.channel(channel) if channel else desk.space.direct(user)
    if not room.has(user):
        raise LookupError(f"{user} does not take part in {room.id}")
    words = escaped(desk.space, text, names=False)
    message = desk.world.post(Message(desk.world.next_ts(), room.id, user, words, thread_ts=thread_ts))
    return announce(desk, room, message)


def announce(desk: Desk, room: Channel, message: Message, **more: Any) -> Delivery:
    """Tells the app of a person's message: message.* and app_mention, where subscribed."""
    event = {
        **message_json(desk.space, message),
        "client_msg_id": str(uuid.uuid4()),
        "channel": room.id,
        "event_ts": message.ts,
        **more,
    }
    delivery = desk.local("event")
    if not room.has(desk.space.app.bot_user):
        return delivery
    if EVENT_NAMES[room.kind] in desk.space.events:
        delivery = emit(desk, {**event, "channel_type": KIND_NAMES[room.kind]})
    if f"<@{desk.space.app.bot_user}>" in message.text and "app_mention" in desk.space.events:
        delivery = emit(desk, {**event, "type": "app_mention"})
    return delivery
