"""Block Kit's blocks and their limits as a table (Slack reference, blocks)."""

from __future__ import annotations

from typing import Any

from sandbox.slack.checks import (
    Check,
    Problems,
    Shape,
    anything,
    at_least_one,
    boolean,
    exactly_one,
    integer,
    items,
    note,
    one_of,
    shaped,
    string,
    typed,
)
from sandbox.slack.elements import BUTTON, ELEMENTS, IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.slack.objects import ID, IMAGE, IMAGE_MEMBERS, SLACK_FILE, URL, plain, text
from sandbox.slack.rich import RICH_TEXT

BASE: dict[str, Check] = {"type": anything, "block_id": ID}
MESSAGE, HOME, MODAL = ("message",), ("message", "home"), ("modal",)
TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000
IN_CONTEXT = {
    "image": IMAGE,
    "mrkdwn": Shape({"type": anything, "text": string(3000, 1), "verbatim": boolean}, ("text",)),
    "plain_text": Shape({"type": anything, "text": string(3000, 1), "emoji": boolean}, ("text",)),
}
RAW_TEXT = Shape({"type": anything, "text": string(10_000)}, ("text",))
RAW_NUMBER = Shape({"type": anything, "value": anything, "text": string(10_000)}, ("value",))
CELLS = {"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER, "rich_text": RICH_TEXT}
DATA_CELLS = {**CELLS, "action": Shape({"type": anything, "element": typed(ELEMENTS, {"button"})}, ("element",))}


def _block(members: dict[str, Check], *required: str, also: tuple[Check, ...] = (), on: Any = None) -> Shape:
    every = {**BASE, **members}
    return Shape(every, ("type", *required), also, on) if on else Shape(every, ("type", *required), also)


def letters(value: Any) -> int:
    """Characters of all texts inside."""
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else letters(v) for k, v in value.items())
    return sum(letters(item) for item in value) if isinstance(value, list) else 0


def _even_rows(most: int) -> Check:
    def check(value: dict[str, Any], at: str, out: Problems) -> None:
        rows = value.get("rows")
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            return
        if len({len(row) for row in rows}) > 1:
            note(out, f"{at}/rows", "all rows must have the same number of cells", "uneven")
        if letters(rows) > most:
            note(out, f"{at}/rows", f"must be less than {most + 1} characters in all", "too_long")

    return check


def _plain_header(value: dict[str, Any], at: str, out: Problems) -> None:
    rows = value.get("rows")
    first = rows[0] if isinstance(rows, list) and rows else None
    for place, cell in enumerate(first if isinstance(first, list) else ()):
        if isinstance(cell, dict) and cell.get("type") != "raw_text":
            note(out, f"{at}/rows/0/{place}", "header cells must be raw_text")


def _collapsing(value: dict[str, Any], at: str, out: Problems) -> None:
    if value.get("is_collapsible") and value.get("has_header_divider"):
        note(out, at, "has_header_divider cannot be set when is_collapsible is true")
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        note(out, at, "default_collapsed needs is_collapsible")


COLUMN = shaped(Shape({"align": one_of("left", "center", "right"), "is_wrapped": boolean}))
CARD = _block(
    {
        "hero_image": shaped(IMAGE),
        "icon": shaped(IMAGE),
        "slack_icon": anything,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(typed({"button": BUTTON}), 3),
    },
    also=(at_least_one("hero_image", "title", "actions", "body"),),
)
TASK = _block(
    {
        "task_id": string(255, 1),
        "title": string(256, 1),
        "details": shaped(RICH_TEXT),
        "output": shaped(RICH_TEXT),
        "sources": items(anything, 100, 0),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    "task_id",
    "title",
    "status",
    on=MESSAGE,
)

BLOCKS: dict[str, Shape] = {
    "section": _block(
        {
            "text": text(3000),
            "fields": items(text(2000), 10),
            "accessory": typed(ELEMENTS, IN_SECTION),
            "expand": boolean,
        },
        also=(at_least_one("text", "fields"),),
    ),
    "header": _block({"text": plain(150), "level": integer(1, 4)}, "text"),
    "divider": _block({}),
    "context": _block({"elements": items(typed(IN_CONTEXT), 10)}, "elements"),
    "actions": _block({"elements": items(typed(ELEMENTS, IN_ACTIONS), 25)}, "elements"),
    "context_actions": _block(
        {"elements": items(typed(ELEMENTS, {"feedback_buttons", "icon_button"}), 5)}, "elements", on=MESSAGE
    ),
    "input": _block(
        {
            "label": plain(2000),
            "element": typed(ELEMENTS, IN_INPUT),
            "hint": plain(2000),
            "optional": boolean,
            "dispatch_action": boolean,
        },
        "label",
        "element",
    ),
    "image": _block(
        {**IMAGE_MEMBERS, "title": plain(2000), "slack_file": SLACK_FILE},
        "alt_text",
        also=(exactly_one("image_url", "slack_file"),),
    ),
    "file": _block({"external_id": ID, "source": one_of("remote")}, "external_id", "source", on=MESSAGE),
    "video": _block(
        {
            "alt_text": string(2000, 1),
            "title": plain(199),
            "video_url": URL,
            "thumbnail_url": URL,
            "title_url": URL,
            "author_name": string(50),
            "description": plain(200),
            "provider_icon_url": URL,
            "provider_name": string(100),
        },
        "alt_text",
        "title",
        "video_url",
        "thumbnail_url",
    ),
    "markdown": _block({"text": string(12_000, 1)}, "text", on=MESSAGE),
    "rich_text": RICH_TEXT,
    "table": _block(
        {"rows": items(items(typed(CELLS), 20), 100), "column_settings": items(COLUMN, 20, 0)},
        "rows",
        also=(_even_rows(TABLE_CHARACTERS),),
        on=HOME,
    ),
    "data_table": _block(
        {
            "rows": items(items(typed(DATA_CELLS), 20), 201, 2),
            "caption": string(2000, 1),
            "page_size": integer(1, 100),
            "row_header_column_index": integer(0, 19),
        },
        "rows",
        "caption",
        also=(_even_rows(DATA_TABLE_CHARACTERS), _plain_header),
        on=HOME,
    ),
    "alert": _block(
        {"text": text(200), "level": one_of("default", "info", "warning", "error", "success")}, "text", on=MODAL
    ),
    "card": CARD,
    "carousel": _block({"elements": items(typed({"card": CARD}), 10)}, "elements", on=HOME),
    "task_card": TASK,
    "plan": _block({"title": string(256, 1), "tasks": items(typed({"task_card": TASK}), 50, 0)}, "title", on=MESSAGE),
}

INSIDE = {kind: shape for kind, shape in BLOCKS.items() if kind not in ("input", "alert", "file")}
BLOCKS["container"] = _block(
    {
        "title": plain(150),
        "rich_text_title": shaped(RICH_TEXT),
        "subtitle": text(150),
        "child_blocks": items(typed(INSIDE), 10),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": shaped(IMAGE),
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    "child_blocks",
    also=(at_least_one("title", "rich_text_title"), _collapsing),
    on=MESSAGE,
)
