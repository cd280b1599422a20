"""What the page draws: the whole state as JSON, either as one person may see it or in full."""

from __future__ import annotations

from typing import Any

from sandbox.slack.desk import Desk
from sandbox.slack.inputs import values_of
from sandbox.slack.records import Message, View
from sandbox.slack.shapes import file_json, message_json, view_json
from sandbox.slack.workspace import Channel, Person


def message_picture(desk: Desk, message: Message, viewer: str | None) -> dict[str, Any]:
    """A message with its files and what the viewer has put into its inputs."""
    shown = message_json(desk.space, message)
    files = [desk.world.files[file] for file in message.files if file in desk.world.files]
    shown["files"] = [file_json(desk.space, "", file) for file in files]
    shown["channel"] = message.channel
    if message.seen_by:
        shown["seen_by"] = message.seen_by
    if viewer:
        given = desk.world.inputs.get((viewer, f"{message.channel}:{message.ts}"), {})
        shown["values"] = values_of(message.all_blocks(), given)
    return shown


def view_picture(desk: Desk, view: View) -> dict[str, Any]:
    """A view with its values, inline errors and trouble."""
    shown = view_json(desk.space, view)
    shown["user"] = view.user
    shown["errors"], shown["trouble"] = dict(view.errors), view.trouble
    return shown


def channel_picture(channel: Channel, bot: str) -> dict[str, Any]:
    """A conversation for the sidebar."""
    other = next((user for user in channel.members if user != bot), "")
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "members": list(channel.members),
        "user": other if channel.kind == "im" else "",
    }


def _person(person: Person) -> dict[str, Any]:
    names = ("id", "name", "title", "locale", "tz", "is_bot", "deleted", "played")
    return {"real_name": person.shown} | {name: getattr(person, name) for name in names}


def surroundings(desk: Desk) -> dict[str, Any]:
    """What does not depend on who looks."""
    space = desk.space
    return {
        "team": {"id": space.team_id, "name": space.name},
        "app": {"id": space.app.id, "name": space.app.name, "user": space.app.bot_user},
        "people": [_person(person) for person in space.people],
        "commands": [
            {
                "name": command.name,
                "description": command.description,
                "usage_hint": command.usage_hint,
                "completions": [list(pair) for pair in command.completions],
            }
            for command in space.commands
        ],
        "shortcuts": dict(space.shortcuts),
        "samples": [
            {"name": sample.name, "note": sample.note, "size": len(sample.content)} for sample in space.samples
        ],
        "hints": [
            {
                "person": hint.person,
                "text": hint.text,
                "why": hint.why,
                "channel": hint.channel,
                "files": list(hint.files),
                "copy": hint.copy,
            }
            for hint in space.hints
        ],
    }


def picture(desk: Desk, viewer: str | None = None) -> dict[str, Any]:
    """Everything (`viewer` None), or what one person sees."""
    world, space = desk.world, desk.space
    if viewer:
        space.direct(viewer)
    with world.lock:
        rooms = [room for room in space.channels if viewer is None or room.has(viewer)]
        seen = {room.id for room in rooms}
        whispers = [m for m in world.whispers if m.channel in seen and viewer in (None, m.seen_by)]
        listed = [m for room in rooms for m in world.messages.get(room.id, ())]
        views = [view for user in world.stacks for view in world.stack(user) if viewer in (None, user)]
        homes = [home for user, home in world.homes.items() if viewer in (None, user)]
        return {
            "version": world.version,
            **surroundings(desk),
            "viewer": viewer,
            "channels": [channel_picture(room, space.app.bot_user) for room in rooms],
            "messages": [message_picture(desk, m, viewer) for m in sorted(listed + whispers, key=lambda m: m.ts)],
            "views": [view_picture(desk, view) for view in views],
            "homes": [view_picture(desk, home) for home in homes],
            "acks": [
                {"kind": ack.kind, "status": ack.status, "seconds": round(ack.seconds, 4), "error": ack.error}
                for ack in world.acks[-50:]
            ],
        }
