"""Slack's own pickers: a person, a channel, a time of day."""

from __future__ import annotations

from handlers.chat import Block
from handlers.views import blocks as b


def person(action: str, placeholder: str, chosen: str = "") -> Block:
    """A member of the workspace; the value is his Slack id."""
    made: Block = {"type": "users_select", "action_id": action, "placeholder": b.plain(placeholder, b.PLACEHOLDER)}
    if chosen:
        made["initial_user"] = chosen
    return made


def channel(action: str, placeholder: str, chosen: str = "") -> Block:
    """A public or private channel of the workspace, none that is shared with others; the value is its id."""
    made: Block = {"type": "conversations_select", "action_id": action}
    made["placeholder"] = b.plain(placeholder, b.PLACEHOLDER)
    made["filter"] = {
        "include": ["public", "private"],
        "exclude_external_shared_channels": True,
        "exclude_bot_users": True,
    }
    if chosen:
        made["initial_conversation"] = chosen
    return made


def hour(action: str, placeholder: str, chosen: str = "") -> Block:
    """A time of day, "08:30"."""
    made: Block = {"type": "timepicker", "action_id": action, "placeholder": b.plain(placeholder, b.PLACEHOLDER)}
    if chosen:
        made["initial_time"] = chosen
    return made
