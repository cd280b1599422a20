"""What people put into elements, in the shapes Slack sends: state values, actions, and the client's own checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sandbox.slack.records import Block, Values
from sandbox.slack.walk import options_of, pairs

TEXTS = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})
ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons"})
MANY_OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
IDS = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "-"),
    "rich_text_input": ("rich_text_value", "initial_value"),
}
REQUIRED = "Please complete this required field."


def slot(kind: str) -> tuple[str, str]:
    """(member of the state entry, member with the initial value) for an element type."""
    if kind in TEXTS:
        return "value", "initial_value"
    if kind in ONE_OPTION:
        return "selected_option", "initial_option"
    if kind in MANY_OPTIONS:
        return "selected_options", "initial_options"
    return IDS.get(kind, ("", ""))


def _empty(kind: str) -> Any:
    return [] if kind.startswith("multi_") or kind in ("checkboxes", "file_input") else None


def initial(element: dict[str, Any]) -> dict[str, Any] | None:
    """The state entry of an untouched element; None for what holds no state (buttons)."""
    kind = str(element.get("type"))
    member, first = slot(kind)
    if not member:
        return None
    value = element.get(first, _empty(kind))
    return {"type": kind, member: value}


def _pick(element: dict[str, Any], wanted: Any, offered: Iterable[dict[str, Any]]) -> dict[str, Any]:
    choices = [*options_of(element), *offered]
    for option in choices:
        if option == wanted or option.get("value") == str(wanted) or option["text"].get("text") == str(wanted):
            return option
    known = ", ".join(str(option.get("value")) for option in choices) or "nothing"
    raise LookupError(f"{wanted!r} is not offered by {element.get('action_id')!r}; it offers: {known}")


def _many(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M") if isinstance(value, time) else value


def entry(element: dict[str, Any], value: Any, offered: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """The state entry after somebody has put `value` in; options may be given by value or by text."""
    kind = str(element["type"])
    member, _ = slot(kind)
    if kind in TEXTS:
        return {"type": kind, member: None if value in (None, "") else str(value)}
    if kind in ONE_OPTION:
        chosen = None if value in (None, "") else _pick(element, value, offered)
        return {"type": kind, member: chosen}
    if kind in MANY_OPTIONS:
        return {"type": kind, member: [_pick(element, item, offered) for item in _many(value)]}
    if kind.startswith("multi_") or kind == "file_input":
        return {"type": kind, member: _many(value)}
    return {"type": kind, member: _written(value) or None}


def values_of(blocks: Iterable[Block], given: Values) -> Values:
    """The `state.values` of a container: what was given, else what the elements start with."""
    values: Values = {}
    for block, element in pairs(blocks):
        start = initial(element)
        if start is not None:
            mine = given.get(block["block_id"], {}).get(element["action_id"])
            kept = mine if mine and mine["type"] == start["type"] else start
            values.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return values


def action(block: Block, element: dict[str, Any], state: dict[str, Any] | None, ts: str) -> dict[str, Any]:
    """One item of `actions` in a block_actions payload."""
    made: dict[str, Any] = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    for key in ("text", "value", "style", "url"):
        if element["type"] == "button" and key in element:
            made[key] = element[key]
    return {**made, **(state or {}), "action_ts": ts}


def _number_fault(element: dict[str, Any], text: str) -> str:
    pattern = r"-?\d+([.,]\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, text):
        return "Please enter a valid number."
    number = float(text.replace(",", "."))
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and number < float(low):
        return f"Please enter a number greater than or equal to {low}."
    return f"Please enter a number less than or equal to {high}." if high and number > float(high) else ""


def _text_fault(element: dict[str, Any], text: str) -> str:
    kind = element["type"]
    if kind == "number_input":
        return _number_fault(element, text)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.match(r"https?://[^\s/]+", text):
        return "Please enter a valid URL."
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(text) < shortest:
        return f"Please enter at least {shortest} characters."
    return f"Please enter no more than {longest} characters." if len(text) > longest else ""


def client_faults(blocks: Iterable[Block], values: Values) -> dict[str, str]:
    """What Slack's own client refuses before anything is sent: block_id → sentence."""
    faults: dict[str, str] = {}
    for block, element in pairs(blocks):
        if block.get("type") != "input":
            continue
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        value = state.get(slot(element["type"])[0])
        if value in (None, "", []):
            fault = "" if block.get("optional") else REQUIRED
        else:
            fault = _text_fault(element, value) if element["type"] in TEXTS else ""
        if fault:
            faults[block["block_id"]] = fault
    return faults
