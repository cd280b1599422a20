"""The stack of modals of each person: opening, replacing, closing."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.slack.inputs import values_of
from sandbox.slack.records import View
from sandbox.slack.walk import with_ids
from sandbox.slack.world import World


def _hash(world: World) -> str:
    return f"{int(world.clock())}.{secrets.token_hex(4)}"


def _body(world: World, body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "blocks": list(with_ids(body["blocks"], lambda: world.new_id("b")[-8:]))}


def open_view(world: World, user: str, body: dict[str, Any], *, home: bool = False) -> View:
    """A new view: the person's Home, or a modal on top of their stack. Call within `changing()`."""
    view_id = world.new_id("V")
    stack = world.stacks.setdefault(user, [])
    below = world.views.get(stack[-1]) if stack and not home else None
    view = View(view_id, user, _body(world, body), _hash(world), below.root if below else view_id)
    view.previous = below.id if below else None
    if home:
        world.homes[user] = view
    else:
        world.views[view_id] = view
        stack.append(view_id)
    return view


def update_view(world: World, view: View, body: dict[str, Any]) -> None:
    """A new picture in an open view; input with the same block_id and action_id is kept."""
    before = values_of(view.blocks, view.values)
    world.outdate(view.id, view.blocks)
    view.body = _body(world, body)
    view.hash = _hash(world)
    view.errors, view.trouble = {}, ""
    after = values_of(view.blocks, {})
    view.values = {
        block: {name: before[block][name] for name in names if name in before.get(block, {})}
        for block, names in after.items()
        if block in before
    }


def close_top(world: World, user: str) -> View | None:
    """Takes the top modal away. Call within `changing()`."""
    stack = world.stacks.get(user) or []
    return world.views.pop(stack.pop(), None) if stack else None


def close_all(world: World, user: str) -> list[View]:
    """Takes all the person's modals away. Call within `changing()`."""
    closed = []
    while (view := close_top(world, user)) is not None:
        closed.append(view)
    return closed
