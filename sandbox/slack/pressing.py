"""Pressing and choosing: buttons, menus, selects with options from the app, pickers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sandbox.slack.blockkit import check_options
from sandbox.slack.desk import SLOW_BUTTON, TROUBLE, Chosen, Container, Desk, Where
from sandbox.slack.inputs import action, entry, slot, values_of
from sandbox.slack.records import Block, Delivery
from sandbox.slack.walk import options_of


def click(
    desk: Desk,
    user: str,
    where: Where,
    action_id: str,
    value: str | None = None,
    index: int = 0,
    block_id: str = "",
) -> Delivery:
    """Presses a button (confirming its dialog) or takes an entry of an overflow menu."""
    user = desk.person(user).id
    place = desk.container(user, where)
    chosen = desk.pressed(place, action_id, value, index, block_id)
    element = chosen[1]
    if element["type"] == "overflow":
        option = _option(element, value)
        return _act(desk, user, place, chosen, {"selected_option": option})
    if slot(element["type"])[0]:
        return choose(desk, user, where, action_id, value, block_id)
    return _act(desk, user, place, chosen, None)


def _option(element: dict[str, Any], value: str | None) -> dict[str, Any]:
    for option in options_of(element):
        if value in (option.get("value"), option["text"]["text"]):
            return option
    offered = ", ".join(str(option.get("value")) for option in options_of(element))
    raise LookupError(f"the menu has no {value!r}; it has {offered}")


def choose(desk: Desk, user: str, where: Where, action_id: str, value: Any, block_id: str = "") -> Delivery:
    """Puts a value into an element; sends block_actions where Slack does, else stays in the client."""
    user = desk.person(user).id
    place = desk.container(user, where)
    chosen = desk.pressed(place, action_id, None, 0, block_id)
    block, element = chosen
    state = entry(element, value, _offered(desk, user, place, chosen, value))
    remember(desk, user, place, block, element, state)
    if block["type"] == "input" and not block.get("dispatch_action"):
        return desk.local("choice")
    return _act(desk, user, place, chosen, state)


def _offered(desk: Desk, user: str, place: Container, chosen: Chosen, value: Any) -> list[dict[str, Any]]:
    """What an external select offers for what was typed, and for nothing typed."""
    element = chosen[1]
    if "external" not in element["type"] or value in (None, "", []):
        return []
    wanted = value if isinstance(value, list | tuple | set) else [value]
    found: list[dict[str, Any]] = []
    for item in wanted:
        if isinstance(item, dict):
            found.append(item)
            continue
        for query in (str(item), ""):
            answer = suggest(desk, user, place, chosen, query).answer or {}
            offered = options_of(answer)
            found += offered
            if any(str(item) in (option["value"], option["text"]["text"]) for option in offered):
                break
    return found


def suggest(desk: Desk, user: str, place: Container, chosen: Chosen, query: str) -> Delivery:
    """Asks the app for options (block_suggestion); the answer holds options or option_groups."""
    block, element = chosen
    around = desk.surroundings(user, place)
    around.pop("response_url", None)
    payload = {
        "type": "block_suggestion",
        **desk.common(user),
        **around,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": query,
    }
    delivery = desk.deliver("block_suggestion", payload, "Couldn't load results ({error})")
    if delivery.error:
        return delivery
    try:
        answer = json.loads(delivery.ack.body or b"{}")
    except ValueError:
        answer = None
    problems = check_options(answer)
    if problems:
        return replace(delivery, error=f"Couldn't load results ({problems[0]})", answer=None)
    return replace(delivery, answer=answer)


def remember(
    desk: Desk, user: str, place: Container, block: Block, element: dict[str, Any], state: dict[str, Any]
) -> None:
    """Keeps what the person has put into an element of this container."""
    with desk.world.changing():
        values = place.view.values if place.view else desk.world.inputs.setdefault((user, place.key), {})
        values.setdefault(block["block_id"], {})[element["action_id"]] = state
        if place.view:
            place.view.errors.pop(block["block_id"], None)


def _act(desk: Desk, user: str, place: Container, chosen: Chosen, state: dict[str, Any] | None) -> Delivery:
    block, element = chosen
    payload = {
        "type": "block_actions",
        **desk.common(user),
        **desk.surroundings(user, place),
        "trigger_id": desk.world.issue_trigger(user, place.view.id if place.view else ""),
        "actions": [action(block, element, state, desk.world.next_ts())],
    }
    if place.message:
        given = desk.world.inputs.get((user, place.key), {})
        payload["state"] = {"values": values_of(place.blocks, given)}
    return desk.deliver("block_actions", payload, TROUBLE if place.view else SLOW_BUTTON)
