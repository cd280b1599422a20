"""chat.postMessage, update, postEphemeral, delete and getPermalink, with Slack's checks."""

from __future__ import annotations

from typing import Any

from sandbox.slack import pictures
from sandbox.slack.api.call import Call, Method
from sandbox.slack.blockkit import Problem, check_message
from sandbox.slack.records import Message, SlackRefusal
from sandbox.slack.shapes import message_json
from sandbox.slack.walk import require_blocks, with_ids
from sandbox.slack.workspace import Channel
from sandbox.slack.world import World

CONTENT_ERRORS = ("no_text", "msg_too_long", "too_many_attachments", "metadata_too_large")


def refuse(problems: list[Problem]) -> None:
    """Raises what Slack would answer to a payload with these problems."""
    if not problems:
        return
    named = next((problem.code for problem in problems if problem.code in CONTENT_ERRORS), "")
    if named:
        raise SlackRefusal(named)
    lines = [str(problem) for problem in problems]
    raise SlackRefusal(
        "invalid_blocks",
        errors=[line.removeprefix("[ERROR] ") for line in lines],
        response_metadata={"messages": lines},
    )


def content(world: World, text: str, blocks: Any, attachments: Any, metadata: Any) -> dict[str, Any]:
    """The checked parts of a message, with ids given to blocks and elements."""
    found = require_blocks(blocks or [])
    extra = require_blocks(attachments or [], "invalid_attachments")
    payload = {"text": text, "blocks": found, "attachments": extra, "metadata": metadata or {}}
    refuse(check_message(payload))
    pictures.check(world, found)

    def fresh() -> str:
        return world.new_id("b")[-8:]

    return {
        "text": text,
        "blocks": with_ids(found, fresh),
        "attachments": tuple({**item, "blocks": list(with_ids(item.get("blocks", []), fresh))} for item in extra),
        "metadata": metadata or {},
    }


def _content(call: Call) -> dict[str, Any]:
    return content(
        call.world,
        call.text("text"),
        call.data("blocks", "invalid_blocks_format"),
        call.data("attachments", "invalid_attachments"),
        call.data("metadata", "invalid_metadata_format"),
    )


def writable(call: Call) -> Channel:
    """The channel the bot may write to."""
    channel = call.world.channel(call.need("channel", "channel_not_found"))
    if channel.is_archived:
        raise SlackRefusal("is_archived")
    if channel.kind == "im":
        other = next((user for user in channel.members if user != call.space.app.bot_user), "")
        person = call.space.person(other)
        if person and person.deleted:
            raise SlackRefusal("channel_not_found")
    if not channel.has(call.space.app.bot_user):
        raise SlackRefusal("not_in_channel" if channel.kind == "public" else "channel_not_found")
    return channel


def _thread(call: Call, channel: Channel) -> str:
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return ""
    try:
        parent = call.world.find(channel.id, thread_ts)
    except SlackRefusal:
        raise SlackRefusal("thread_not_found") from None
    return parent.thread_ts or parent.ts


def _made(call: Call, channel: Channel, **more: Any) -> Message:
    app = call.space.app
    return Message(
        ts=call.world.next_ts(),
        channel=channel.id,
        user=app.bot_user,
        bot_id=app.bot_id,
        thread_ts=_thread(call, channel),
        username=call.text("username"),
        **_content(call),
        **more,
    )


def post_message(call: Call) -> dict[str, Any]:
    """Posts; `channel` may be a user id (their direct message)."""
    channel = writable(call)
    message = call.world.post(_made(call, channel))
    return {"channel": channel.id, "ts": message.ts, "message": message_json(call.space, message)}


def post_ephemeral(call: Call) -> dict[str, Any]:
    """Posts for the eyes of one member of the channel."""
    channel = writable(call)
    user = call.need("user", "user_not_in_channel")
    if call.space.person(user) is None or not channel.has(user):
        raise SlackRefusal("user_not_in_channel")
    return {"message_ts": call.world.post(_made(call, channel, seen_by=user)).ts}


def _own(call: Call, error: str) -> Message:
    channel = call.space.channel(call.need("channel", "channel_not_found"))
    if channel is None:  # unlike posting, changing wants the conversation's own id
        raise SlackRefusal("channel_not_found")
    message = call.world.find(channel.id, call.need("ts", "message_not_found"))
    if message.seen_by:
        raise SlackRefusal("message_not_found")
    if message.bot_id != call.space.app.bot_id:
        raise SlackRefusal(error)
    return message


def update(call: Call) -> dict[str, Any]:
    """Changes the bot's own message; parts that are not given stay as they were."""
    message = _own(call, "cant_update_message")
    if all(call.args.get(name) is None for name in ("text", "blocks", "attachments")):
        raise SlackRefusal("no_text")
    changes = _content(call)
    for name in ("attachments", "blocks", "metadata", "text"):
        if call.args.get(name) is None:
            changes.pop(name)
    changed = call.world.replace(message, **changes, edited=call.world.next_ts())
    shown = message_json(call.space, changed)
    return {"channel": changed.channel, "ts": changed.ts, "text": changed.text, "message": shown}


def delete(call: Call) -> dict[str, Any]:
    """Deletes the bot's own message."""
    message = _own(call, "cant_delete_message")
    call.world.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(call: Call) -> dict[str, Any]:
    """The address of a message; the page opens it."""
    channel = call.world.channel(call.need("channel", "channel_not_found"))
    message = call.world.find(channel.id, call.need("message_ts", "message_not_found"))
    link = f"{call.base}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
}
