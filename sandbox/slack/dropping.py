"""Dropping files: storing them, sharing them in a conversation, telling the app."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.slack.commanding import announce, escaped
from sandbox.slack.desk import Desk
from sandbox.slack.events import emit
from sandbox.slack.records import Delivery, Message, StoredFile
from sandbox.slack.shapes import file_json

LARGEST = 1_000_000_000


def store(desk: Desk, user: str, name: str, content: bytes, channels: tuple[str, ...] = ()) -> StoredFile:
    """Keeps a file as uploaded by this person."""
    if len(content) > LARGEST:
        raise ValueError("Slack takes files of up to 1 GB")
    file = StoredFile(desk.world.new_id("F"), name, content, user, int(desk.world.clock()), name, channels)
    with desk.world.changing():
        desk.world.files[file.id] = file
    return file


def drop_files(
    desk: Desk,
    user: str,
    files: Sequence[tuple[str, bytes]],
    channel: str | None = None,
    text: str = "",
    thread_ts: str = "",
) -> Delivery:
    """Shares files in one message; the app gets file_shared for each and then the message event."""
    user = desk.person(user).id
    room = desk.world.channel(channel) if channel else desk.space.direct(user)
    if not room.has(user):
        raise LookupError(f"{user} does not take part in {room.id}")
    stored = [store(desk, user, name, content, (room.id,)) for name, content in files]
    words = escaped(desk.space, text, names=False)
    ids = tuple(file.id for file in stored)
    ts = desk.world.next_ts()
    message = Message(ts, room.id, user, words, files=ids, subtype="file_share", thread_ts=thread_ts)
    desk.world.post(message)
    delivery = desk.local("event")
    if room.has(desk.space.app.bot_user) and "file_shared" in desk.space.events:
        for file in stored:
            shared = {"file_id": file.id, "user_id": user, "file": {"id": file.id}, "channel_id": room.id}
            delivery = emit(desk, {"type": "file_shared", **shared, "event_ts": message.ts})
    shown = [file_json(desk.space, desk.base(), file) for file in stored]
    told = announce(desk, room, message, files=shown, upload=False, display_as_bot=False)
    return told if told.sent else delivery
