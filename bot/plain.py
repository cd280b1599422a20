"""A message as plain text, for terminals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.chat import Block, Picture

_EMOJI = {
    "white_check_mark": "✓",
    "warning": "!",
    "hourglass_flowing_sand": "…",
    "arrows_counterclockwise": "↻",
    "mag": "?",
    "speech_balloon": "»",
    "paperclip": "+",
    "heavy_exclamation_mark": "!",
    "information_source": "i",
    "inbox_tray": "▾",
    "outbox_tray": "▴",
    "grey_question": "?",
    "construction": "!",
    "red_circle": "✗",
}


def lines(picture: Picture, *, buttons: bool = True) -> Iterator[str]:
    """The message's text, a line each; buttons in brackets, or left out where nobody can press them."""
    for block in picture.blocks:
        if buttons or block["type"] != "actions":
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    kind = block["type"]
    if kind in ("section", "header"):
        if "text" in block:
            yield from plain(block["text"]["text"]).splitlines()
        for field in block.get("fields", []):
            yield "  " + plain(field["text"]).replace("\n", ": ")
    elif kind == "context":
        for element in block["elements"]:
            yield from ("  " + line for line in plain(element["text"]).splitlines())
    elif kind == "actions":
        yield "  " + "  ".join(f"[{_label(element)}]" for element in block["elements"])
    elif kind == "table":
        for row in block["rows"]:
            yield "  " + "  ".join(f"{cell['text']:>14}" for cell in row)
    elif kind == "image":
        yield f"  ({block['alt_text']})"
    elif kind == "divider":
        yield ""


def _label(element: Block) -> str:
    """A button's words, or all that a menu offers."""
    if "options" in element:
        return "⋯ " + " / ".join(str(option["text"]["text"]) for option in element["options"])
    return str(element["text"]["text"])


def plain(text: str) -> str:
    """mrkdwn without its marks."""
    text = re.sub(r":([a-z_]+):", lambda m: _EMOJI.get(m.group(1), ""), text)
    text = re.sub(r"<([@#])([A-Z0-9]+)(?:\|[^>]*)?>", r"\1\2", text)
    text = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<![\w_])_([^_\n]+)_(?![\w_])", r"\1", text)
    text = re.sub(r"`([^`\n]+)`", r"\1", text).replace("\u2060", "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
