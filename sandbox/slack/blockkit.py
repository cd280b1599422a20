"""Would Slack take this payload? Messages and views against Block Kit's documented limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block as SdkBlock

from sandbox.slack.checks import Problem, Problems, Shape, anything, boolean, items, note, one_of, shaped, string, typed
from sandbox.slack.layout import BLOCKS
from sandbox.slack.objects import plain
from sandbox.slack.walk import elements_of

__all__ = ["Problem", "check_blocks", "check_message", "check_view"]

LONGEST_TEXT = 40_000
LARGEST_VIEW = 250_000
MARKDOWN_IN_ALL = 12_000
ONCE = {"table": 1, "data_visualization": 2}
MOST = {"message": 50, "modal": 100, "home": 100}

VIEW_COMMON = {
    "type": one_of("modal", "home"),
    "blocks": anything,
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
VIEWS = {
    "modal": Shape(
        {
            **VIEW_COMMON,
            "title": plain(24),
            "close": plain(24),
            "submit": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
        ("type", "title", "blocks"),
    ),
    "home": Shape({**VIEW_COMMON, "title": plain(24)}, ("type", "blocks")),
}


def check_message(payload: dict[str, Any]) -> list[Problem]:
    """Problems of a message payload (text, blocks, attachments, metadata); empty: Slack would take it."""
    out: Problems = []
    words, blocks, extra = payload.get("text") or "", payload.get("blocks"), payload.get("attachments")
    if not isinstance(words, str):
        note(out, "/text", "must be a string")
    elif len(words) > LONGEST_TEXT:
        note(out, "/text", f"must be less than {LONGEST_TEXT + 1} characters", "msg_too_long")
    elif not words.strip() and not blocks and not extra:
        note(out, "/text", "a message needs text, blocks or attachments", "no_text")
    out += check_blocks(blocks or [], "message")
    for place, item in enumerate(extra or []):
        nested = item.get("blocks") if isinstance(item, dict) else "none"
        out += check_blocks(nested or [], "message", f"/attachments/{place}/blocks")
    if len(extra or []) > 100:
        note(out, "/attachments", "no more than 100 items allowed", "too_many_attachments")
    if len(json.dumps(payload.get("metadata") or {})) > 8000:
        note(out, "/metadata", "must be less than 8 KB", "metadata_too_large")
    return out


def check_view(view: dict[str, Any]) -> list[Problem]:
    """Problems of a modal or Home view; empty: Slack would take it."""
    out: Problems = []
    typed(VIEWS)(view, "/view", out)
    kind = str(view.get("type")) if isinstance(view, dict) else None
    if kind not in VIEWS:
        return out
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not blocks:
        note(out, "/view/blocks", "no fewer than 1 items required", "too_few")
        return out
    out += check_blocks(blocks, str(kind), "/view/blocks")
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if kind == "modal" and has_input and not view.get("submit"):
        note(out, "/view/submit", "missing required field: submit is required when there is an input block", "missing")
    if len(json.dumps(view)) > LARGEST_VIEW:
        note(out, "/view", "must be less than 250 KB", "view_too_large")
    return out


def check_blocks(blocks: Any, surface: str, at: str = "/blocks") -> list[Problem]:
    """Problems of a list of blocks on a surface: message, modal or home."""
    out: Problems = []
    items(typed(BLOCKS), MOST[surface], 0)(blocks, at, out)
    if not isinstance(blocks, list):
        return out
    known = [(i, b) for i, b in enumerate(blocks) if isinstance(b, dict) and str(b.get("type")) in BLOCKS]
    for place, block in known:
        if surface not in BLOCKS[block["type"]].surfaces:
            note(out, f"{at}/{place}", f"{block['type']} is not supported in a {surface}", "wrong_surface")
        out += _one(block, f"{at}/{place}", surface)
    out += _together([block for _, block in known], at)
    return out or list(_second_opinion(known, at))


def _one(block: dict[str, Any], at: str, surface: str) -> Iterator[Problem]:
    """Action ids within a block, and elements that only modals have."""
    seen: set[str] = set()
    for element in elements_of(block):
        action = element.get("action_id")
        if action is not None and action in seen:
            yield Problem(at, f"`action_id` {action} already exists in this block", "duplicate")
        seen.add(str(action))
        if element.get("type") == "file_input" and surface != "modal":
            yield Problem(at, f"file_input is not supported in a {surface}", "wrong_surface")


def _together(blocks: list[dict[str, Any]], at: str) -> Iterator[Problem]:
    """What concerns all blocks at once."""
    ids = [block["block_id"] for block in blocks if isinstance(block.get("block_id"), str)]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield Problem(at, f"`block_id` {name} already exists", "duplicate")
    kinds = [block["type"] for block in blocks]
    for kind, most in ONCE.items():
        if kinds.count(kind) > most:
            yield Problem(at, f"only {most} {kind} allowed", "too_many")
    markdown = sum(len(str(block.get("text"))) for block in blocks if block["type"] == "markdown")
    if markdown > MARKDOWN_IN_ALL:
        yield Problem(at, f"markdown must be less than {MARKDOWN_IN_ALL + 1} characters in all", "too_long")
    focus = sum(bool(element.get("focus_on_load")) for block in blocks for element in elements_of(block))
    if focus > 1:
        yield Problem(at, "focus_on_load can be set on one element only", "duplicate")


def _second_opinion(known: list[tuple[int, dict[str, Any]]], at: str) -> Iterator[Problem]:
    """What Slack's own Python models say about the blocks they know."""
    for place, block in known:
        try:
            parsed = SdkBlock.parse(block)
            if parsed is not None:
                parsed.to_dict()
        except SlackObjectFormationError as refused:
            yield Problem(f"{at}/{place}", str(refused), "sdk")


def check_options(answer: Any) -> list[Problem]:
    """Problems of the answer to a block_suggestion: options or option_groups, up to 100."""
    from sandbox.slack.objects import OPTION_GROUPS, options

    out: Problems = []
    members = {"options": options(100, 0), "option_groups": OPTION_GROUPS}
    shaped(Shape(members))(answer, "", out)
    if isinstance(answer, dict) and not ({"options", "option_groups"} & answer.keys()):
        note(out, "", "must define one of: options, option_groups", "missing")
    return out
