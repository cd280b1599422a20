"""A message or a form as lines for reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.plain import lines, plain
from handlers.chat import Modal, Picture

Drawn = Picture | Modal
LANGUAGES = ("fi", "sv", "en")


def read(drawn: Drawn) -> Iterator[str]:
    """The message as lines; a form with its title, fields and buttons."""
    if isinstance(drawn, Picture):
        yield from lines(drawn)
        return
    yield f"⟦{drawn.title}⟧"
    for block in drawn.blocks:
        yield from _input(block) if block["type"] == "input" else lines(Picture("", (block,)))
        if "accessory" in block:
            yield from _beside(block["accessory"])
    yield f"⟦{drawn.close}{' | ' + drawn.submit if drawn.submit else ''}⟧"


def _beside(element: dict[str, Any]) -> Iterator[str]:
    """A button, or what a menu offers."""
    if "options" in element:
        yield f"    [⋯ {' / '.join(o['text']['text'] for o in element['options'])}]"
    else:
        yield f"    [{(element.get('text') or element['placeholder'])['text']}]"


def _input(block: dict[str, Any]) -> Iterator[str]:
    element = block["element"]
    chosen = element.get("initial_option", {}).get("text", {}).get("text", "")
    ticked = element.get("initial_options", [])
    if element["type"] == "checkboxes" and "description" in element["options"][0]:
        yield f"  {block['label']['text']}:"
        for o in element["options"]:
            yield f"    {'☑' if o in ticked else '☐'} {o['text']['text']}: {o['description']['text']}"
        return
    offered = " / ".join(o["text"]["text"] for o in element.get("options", []))
    first = (element.get(name) for name in ("initial_value", "initial_date", "initial_time"))
    there = next(filter(None, first), "") or chosen or offered
    yield f"  {block['label']['text']}: {plain(str(there))}"
    if "hint" in block:
        yield f"    {block['hint']['text']}"
