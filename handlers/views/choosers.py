"""Elements with which people choose several things, people, or a time of day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from handlers.chat import Block
from handlers.views.blocks import OPTION, PLACEHOLDER, plain


def checkboxes(action: str, boxes: Sequence[tuple[str, str, str]], ticked: Collection[str] = ()) -> Block:
    """Up to ten boxes (value, label, a sentence about it)."""
    options: list[dict[str, Any]] = []
    for value, label, about in boxes[:10]:
        made: dict[str, Any] = {"text": plain(label, OPTION), "value": value}
        options.append({**made, "description": plain(about, OPTION)} if about else made)
    found = [option for option in options if option["value"] in ticked]
    first = {"initial_options": found} if found else {}
    return {"type": "checkboxes", "action_id": action, "options": options, **first}


def people(action: str, placeholder: str, chosen: str = "") -> Block:
    """Somebody of the workspace; ``chosen`` is a Slack user."""
    first = {"initial_user": chosen} if chosen else {}
    return {"type": "users_select", "action_id": action, "placeholder": plain(placeholder, PLACEHOLDER), **first}


def clock(action: str, chosen: str = "") -> Block:
    """A time of day; ``chosen`` is "08:30"."""
    first = {"initial_time": chosen} if chosen else {}
    return {"type": "timepicker", "action_id": action, **first}
