"""The files.* methods of the external upload flow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.slack.api.call import Call, Method
from sandbox.slack.api.chat import content
from sandbox.slack.pictures import ready
from sandbox.slack.records import Message, SlackRefusal, StoredFile
from sandbox.slack.shapes import file_json
from sandbox.slack.workspace import Channel


def get_upload_url(call: Call) -> dict[str, Any]:
    """An address to which the bytes are sent, and the id the file will have."""
    name, length = call.need("filename"), call.number("length", 0)
    if length <= 0:
        raise SlackRefusal("invalid_arguments")
    file_id = call.world.new_id("F")
    with call.world.lock:
        call.world.uploads[file_id] = {"name": name, "length": length, "alt_text": call.text("alt_txt")}
    return {"upload_url": f"{call.base}/upload/v1/{file_id}", "file_id": file_id}


def _target(call: Call) -> Channel | None:
    wanted = call.text("channel_id") or call.text("channels").split(",")[0]
    if not wanted:
        return None
    channel = call.world.channel(wanted)
    if not channel.has(call.space.app.bot_user):
        raise SlackRefusal("not_in_channel")
    return channel


def complete_upload(call: Call) -> dict[str, Any]:
    """Finishes uploads and, with a channel, shares them in one message."""
    wanted = call.data("files")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(f, dict) for f in wanted):
        raise SlackRefusal("invalid_arguments")
    world, channel = call.world, _target(call)
    if any(item.get("id") not in world.files for item in wanted):
        raise SlackRefusal("file_not_found")
    comment = call.text("initial_comment")
    parts = content(world, comment, call.data("blocks"), None, None) if comment or call.data("blocks") else {}
    with world.changing():
        for item in wanted:
            file = world.files[item["id"]]
            shared = (*file.channels, channel.id) if channel else file.channels
            world.files[file.id] = replace(file, title=item.get("title") or file.title, channels=shared)
    done = [world.files[item["id"]] for item in wanted]
    if channel:
        app = call.space.app
        world.post(
            Message(
                ts=world.next_ts(),
                channel=channel.id,
                user=app.bot_user,
                bot_id=app.bot_id,
                thread_ts=call.text("thread_ts"),
                files=tuple(file.id for file in done),
                **parts,
            )
        )
    return {"files": [_told(call, file) for file in done]}


def _told(call: Call, file: StoredFile) -> dict[str, Any]:
    """A file; what it is shows only once Slack has looked at it."""
    unknown = {} if ready(call.world, file.id) else {"mimetype": "", "filetype": "", "pretty_type": ""}
    return {**file_json(call.space, call.base, file), **unknown}


def info(call: Call) -> dict[str, Any]:
    """One file."""
    file = call.world.files.get(call.need("file", "file_not_found"))
    if file is None:
        raise SlackRefusal("file_not_found")
    return {"file": _told(call, file), "comments": []}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}
