"""views.open, push, update and publish: the modal stack and the Home tab."""

from __future__ import annotations

from typing import Any

from sandbox.slack.api.call import Call, Method
from sandbox.slack.blockkit import check_view
from sandbox.slack.modals import close_all, open_view, update_view
from sandbox.slack.records import SlackRefusal, View
from sandbox.slack.shapes import view_json
from sandbox.slack.world import STACK_LIMIT


def checked(body: Any, kind: str) -> dict[str, Any]:
    """A view that Slack would take, or its refusal with the places named."""
    if not isinstance(body, dict):
        raise SlackRefusal("invalid_arguments")
    problems = check_view(body)
    if body.get("type") != kind:
        raise SlackRefusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] expected a {kind} view"]})
    if any(problem.code == "view_too_large" for problem in problems):
        raise SlackRefusal("view_too_large")
    if problems:
        lines = [str(problem) for problem in problems]
        raise SlackRefusal("invalid_arguments", response_metadata={"messages": lines})
    return body


def _trigger(call: Call) -> str:
    trigger = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger:
        raise SlackRefusal(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: trigger_id"]}
        )
    return trigger


def views_open(call: Call) -> dict[str, Any]:
    """Opens a modal for whoever the trigger belongs to; a modal that was open is replaced."""
    body = checked(call.data("view"), "modal")
    trigger = call.world.use_trigger(_trigger(call))
    external = body.get("external_id")
    if external and any(view.body.get("external_id") == external for view in call.world.views.values()):
        raise SlackRefusal("duplicate_external_id")
    with call.world.changing():
        close_all(call.world, trigger.user)
        view = open_view(call.world, trigger.user, body)
    return {"view": view_json(call.space, view)}


def views_push(call: Call) -> dict[str, Any]:
    """Puts a modal on top of the one the trigger came from; three at most."""
    body = checked(call.data("view"), "modal")
    trigger = call.world.use_trigger(_trigger(call))
    stack = call.world.stack(trigger.user)
    if not stack:
        raise SlackRefusal("not_found")
    if len(stack) >= STACK_LIMIT:
        raise SlackRefusal("push_limit_reached")
    with call.world.changing():
        view = open_view(call.world, trigger.user, body)
    return {"view": view_json(call.space, view)}


def _named(call: Call) -> View:
    wanted, external = call.text("view_id"), call.text("external_id")
    if not wanted and not external:
        raise SlackRefusal("invalid_arguments")
    for view in (*call.world.views.values(), *call.world.homes.values()):
        if view.id == wanted or (external and view.body.get("external_id") == external):
            return view
    raise SlackRefusal("not_found")


def views_update(call: Call) -> dict[str, Any]:
    """Changes an open view; with `hash` only if nobody else has changed it."""
    body = call.data("view")
    with call.world.changing():
        view = _named(call)
        checked(body, str(view.body["type"]))
        if (given := call.text("hash")) and given != view.hash:
            raise SlackRefusal("hash_conflict")
        update_view(call.world, view, body)
    return {"view": view_json(call.space, view)}


def views_publish(call: Call) -> dict[str, Any]:
    """Publishes a person's Home tab."""
    body = checked(call.data("view"), "home")
    user = call.need("user_id")
    person = call.space.person(user)
    if person is None or person.is_bot:
        raise SlackRefusal("invalid_arguments")
    with call.world.changing():
        old = call.world.homes.get(user)
        if (given := call.text("hash")) and (old is None or given != old.hash):
            raise SlackRefusal("hash_conflict")
        if old:
            update_view(call.world, old, body)
            return {"view": view_json(call.space, old)}
        view = open_view(call.world, user, body, home=True)
    return {"view": view_json(call.space, view)}


METHODS: dict[str, Method] = {
    "views.open": views_open,
    "views.push": views_push,
    "views.update": views_update,
    "views.publish": views_publish,
}
