"""Walking blocks: finding what can be pressed or filled, and giving ids to what came without."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sandbox.slack.records import Block, SlackRefusal

NOT_INTERACTIVE = frozenset({"image", "mrkdwn", "plain_text", "url", "rich_text"})


def nested(block: Block) -> Iterator[Block]:
    """The block itself and the blocks inside it (container, carousel, plan)."""
    yield block
    for key in ("child_blocks", "tasks") if block.get("type") != "carousel" else ("elements",):
        for child in block.get(key) or ():
            yield from nested(child)


def _listed(value: Any) -> list[Any]:
    """What is not a list of things is nothing: payloads are walked before they have been checked."""
    return [item for item in value if isinstance(item, dict | list)] if isinstance(value, list) else []


def elements_of(block: Block) -> Iterator[dict[str, Any]]:
    """The interactive elements of one block, in order."""
    kind = block.get("type")
    found: Any = []
    if kind in ("actions", "context_actions"):
        found = block.get("elements") or []
    elif kind == "section":
        found = [block.get("accessory")]
    elif kind == "input":
        found = [block.get("element")]
    elif kind == "card":
        found = block.get("actions") or []
    elif kind == "data_table":
        found = [
            cell.get("element") for row in _listed(block.get("rows")) for cell in _listed(row) if isinstance(cell, dict)
        ]
    for element in _listed(found):
        if isinstance(element, dict) and element.get("type") not in NOT_INTERACTIVE:
            yield element


def pairs(blocks: Iterable[Block]) -> Iterator[tuple[Block, dict[str, Any]]]:
    """Every (block, interactive element) of a message or view."""
    for outer in blocks:
        for block in nested(outer):
            for element in elements_of(block):
                yield block, element


def with_ids(blocks: Iterable[Block], fresh: Callable[[], str]) -> tuple[Block, ...]:
    """A copy in which every block has a block_id and every interactive element an action_id."""
    made = tuple(copy.deepcopy(block) for block in blocks)
    for outer in made:
        for block in nested(outer):
            block.setdefault("block_id", fresh())
            for element in elements_of(block):
                element.setdefault("action_id", fresh())
    return made


def find_element(
    blocks: Iterable[Block], action_id: str, value: str | None = None, index: int = 0, block_id: str = ""
) -> tuple[Block, dict[str, Any]]:
    """The element a person means; `value` tells buttons with one action_id apart, then `index` counts."""
    every = [(b, e) for b, e in pairs(blocks) if not block_id or b["block_id"] == block_id]
    same = [(b, e) for b, e in every if e.get("action_id") == action_id]
    exact = [(b, e) for b, e in same if value is not None and e.get("value") == value]
    chosen = exact or same
    if index >= len(chosen):
        known = ", ".join(sorted({str(e.get("action_id")) for _, e in every})) or "nothing"
        raise LookupError(f"there is no {action_id!r} here; there is: {known}")
    return chosen[index]


def find_pressed(
    pictures: Iterable[Iterable[Block]], action_id: str, value: Any, block_id: str
) -> tuple[Block, dict[str, Any]] | None:
    """The element that somebody saw and pressed, in the newest of these pictures that has it."""
    for blocks in pictures:
        for block, element in pairs(blocks):
            if (block["block_id"], element.get("action_id")) == (block_id, action_id) and _carries(element, value):
                return block, element
    return None


def _carries(element: dict[str, Any], value: Any) -> bool:
    offered = [one.get("value") for one in options_of(element)]
    if element.get("type") == "overflow":
        return value in offered
    return value is None or element.get("type") != "button" or element.get("value") == value


def options_of(element: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of a select, radio group, checkbox group or overflow menu."""
    groups = [group for group in _listed(element.get("option_groups")) if isinstance(group, dict)]
    return _listed(element.get("options")) + [one for group in groups for one in _listed(group.get("options"))]


def require_blocks(value: Any, error: str = "invalid_blocks_format") -> list[Block]:
    """A list of objects, or Slack's refusal."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SlackRefusal(error)
    return value
