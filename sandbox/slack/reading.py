"""Messages and views as plain text: for terminals, failing tests and assertions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.slack.mrkdwn import plain_text
from sandbox.slack.records import Block, Message
from sandbox.slack.walk import elements_of


def words(value: Any) -> str:
    """A text object as a reader sees it."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    text = str(value.get("text", ""))
    return plain_text(text) if value.get("type") == "mrkdwn" else text


def _rich(element: Any) -> str:
    kind = element.get("type", "")
    if kind == "rich_text_list":
        return "\n".join(f"• {_rich(item)}" for item in element["elements"])
    if "elements" in element:
        parts = [_rich(item) for item in element["elements"]]
        return ("\n" if kind == "rich_text" else "").join(parts)
    named = {"user": "@user_id", "channel": "#channel_id", "broadcast": "@range", "emoji": ":name"}.get(kind)
    if named:
        return named[0] + str(element.get(named[1:], ""))
    return str(element.get("text") or element.get("fallback") or element.get("url") or "")


def _cell(cell: dict[str, Any]) -> str:
    if cell.get("type") == "rich_text":
        return _rich(cell)
    if cell.get("type") == "action":
        return f"[{words(cell['element'].get('text'))}]"
    return str(cell.get("text", cell.get("value", "")))


def _labels(block: Block) -> Iterator[str]:
    for element in elements_of(block):
        if element["type"] in ("button", "workflow_button"):
            yield f"[{words(element['text'])}]"
        elif element["type"] == "overflow":
            yield "[⋯]"
        else:
            yield f"<{words(element.get('placeholder')) or element['type']}>"


def _body(block: Block) -> Iterator[str]:
    kind = block.get("type")
    if kind == "divider":
        yield "―――"
    elif kind == "rich_text":
        yield _rich(block)
    elif kind in ("table", "data_table"):
        yield from (" | ".join(_cell(cell) for cell in row) for row in block["rows"])
    elif kind == "input":
        yield words(block.get("label"))
    elif kind == "context":
        yield " · ".join(str(item.get("alt_text") or words(item)) for item in block["elements"])
    elif kind == "image":
        yield f"({block.get('alt_text', '')})"
    else:
        for name in ("title", "subtitle", "text", "body", "subtext"):
            if shown := words(block.get(name)):
                yield shown
        yield from (words(field).replace("\n", ": ") for field in block.get("fields") or ())
        inner = block.get("child_blocks") or block.get("tasks") or (block.get("elements") if kind == "carousel" else ())
        for child in inner or ():
            yield blocks_text([child])


def blocks_text(blocks: Iterable[Block]) -> str:
    """Blocks line by line, buttons in brackets."""
    lines: list[str] = []
    for block in blocks:
        lines += [line for line in _body(block) if line]
        if labels := " ".join(_labels(block)):
            lines.append(labels)
    return "\n".join(lines)


def as_text(message: Message) -> str:
    """A message as plain text: its blocks when it has any, else its text."""
    return blocks_text(message.all_blocks()) or plain_text(message.text)
