"""Filling, submitting and closing modals, and doing what the app's response_action says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox.slack.api.views import checked
from sandbox.slack.desk import TROUBLE, Desk
from sandbox.slack.dropping import store
from sandbox.slack.inputs import client_faults, values_of
from sandbox.slack.modals import close_all, close_top, open_view, update_view
from sandbox.slack.pressing import choose
from sandbox.slack.records import Delivery, Gone, SlackRefusal, View
from sandbox.slack.shapes import file_json, view_json
from sandbox.slack.walk import find_element
from sandbox.slack.world import STACK_LIMIT


def fill(desk: Desk, user: str, view: str | View, values: Mapping[str, Any]) -> None:
    """Puts values into a view's elements by action_id; file inputs take lists of (name, bytes) pairs."""
    user = desk.person(user).id
    for action_id, value in values.items():
        place = desk.container(user, view)
        _, element = find_element(place.blocks, action_id)
        given = value
        if element["type"] == "file_input":
            given = [file_json(desk.space, desk.base(), store(desk, user, *file)) for file in value]
        choose(desk, user, view, action_id, given)


def _top(desk: Desk, user: str, view: str | View) -> View:
    wanted = view.id if isinstance(view, View) else view
    stack = desk.world.stack(user)
    if not stack or stack[-1].id != wanted:
        raise Gone(f"{wanted} is not the modal that {user} has in front; {[v.title for v in stack]} are open")
    return stack[-1]


def submit(desk: Desk, user: str, view: str | View) -> Delivery:
    """Presses the modal's submit button; what the client refuses is never sent."""
    user = desk.person(user).id
    top = _top(desk, user, view)
    faults = client_faults(top.blocks, values_of(top.blocks, top.values))
    with desk.world.changing():
        top.errors, top.trouble = faults, ""
    if faults:
        return desk.local("view_submission", next(iter(faults.values())))
    payload = {
        "type": "view_submission",
        **desk.common(user),
        "trigger_id": desk.world.issue_trigger(user, top.id),
        "view": view_json(desk.space, top),
        "response_urls": [],
    }
    delivery = desk.deliver("view_submission", payload, TROUBLE)
    with desk.world.changing():
        answered = _answered(desk, user, top, delivery)
        if answered.error:
            top.trouble = answered.error
    return answered


def _answered(desk: Desk, user: str, top: View, delivery: Delivery) -> Delivery:
    if delivery.error:
        return delivery
    try:
        answer = json.loads(delivery.ack.body.strip() or b"{}")
        _obey(desk, user, top, answer)
    except (SlackRefusal, ValueError) as refused:
        extra = refused.extra if isinstance(refused, SlackRefusal) else {"problem": str(refused)}
        return replace(delivery, error=TROUBLE, answer={"refused": str(refused), **extra})
    return replace(delivery, answer=answer or None)


def _obey(desk: Desk, user: str, top: View, answer: Any) -> None:
    """Does the response_action; ValueError and SlackRefusal mean Slack cannot use the answer."""
    if not isinstance(answer, dict):
        raise ValueError("the answer is no object")
    what = answer.get("response_action")
    if what is None:
        if top.id in desk.world.views:
            close_top(desk.world, user)
    elif what == "errors":
        top.errors = _errors(top, answer.get("errors"))
    elif what == "clear":
        close_all(desk.world, user)
    elif what == "update":
        update_view(desk.world, top, checked(answer.get("view"), "modal"))
    elif what == "push":
        if len(desk.world.stack(user)) >= STACK_LIMIT:
            raise SlackRefusal("push_limit_reached")
        open_view(desk.world, user, checked(answer.get("view"), "modal"))
    else:
        raise ValueError(f"there is no response_action {what!r}")


def _errors(top: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in top.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise ValueError("errors must name block ids")
    if strange := set(errors) - inputs:
        raise ValueError(f"no input block is called {', '.join(sorted(strange))}")
    return {str(block): str(sentence) for block, sentence in errors.items()}


def close(desk: Desk, user: str, view: str | View) -> Delivery:
    """Closes the modal in front (all, where clear_on_close is set); the app hears it if it asked to."""
    user = desk.person(user).id
    top = _top(desk, user, view)
    with desk.world.changing():
        if top.body.get("clear_on_close"):
            close_all(desk.world, user)
        else:
            close_top(desk.world, user)
    if not top.body.get("notify_on_close"):
        return desk.local("view_closed")
    cleared = bool(top.body.get("clear_on_close"))
    payload = {"type": "view_closed", **desk.common(user), "view": view_json(desk.space, top), "is_cleared": cleared}
    return desk.deliver("view_closed", payload, TROUBLE)
