"""What people put into Block Kit elements, as text: one reading for actions, messages and forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_ONE = (
    "value",
    "selected_date",
    "selected_time",
    "selected_user",
    "selected_conversation",
    "selected_channel",
    "selected_date_time",
)
_MANY = ("selected_users", "selected_conversations", "selected_channels")


def text(value: object) -> str:
    """A string member as a database and UTF-8 can hold it; anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode()


def mapping(value: object) -> Mapping[str, Any]:
    """An object member; anything else is an empty one."""
    return value if isinstance(value, dict) else {}


def value_of(element: Mapping[str, Any]) -> str:
    """What was put in or chosen; several choices are joined with a comma."""
    if "selected_option" in element:
        return text(mapping(element["selected_option"]).get("value"))
    if "selected_options" in element:
        return ",".join(text(mapping(option).get("value")) for option in _list(element["selected_options"]))
    for name in _MANY:
        if name in element:
            return ",".join(text(item) for item in _list(element[name]))
    if "rich_text_value" in element:
        return _plain(element["rich_text_value"]).strip()
    if "files" in element:
        return ",".join(files_of(element))
    return next((text(element[name]) for name in _ONE if name in element), "")


def files_of(element: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the files of a file input or of a message."""
    found = (text(mapping(file).get("id")) for file in _list(element.get("files")))
    return tuple(filter(None, found))


def entries(container: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each element of a form's or a message's state with its action id."""
    for block in mapping(mapping(container.get("state")).get("values")).values():
        for name, element in mapping(block).items():
            if isinstance(element, dict):
                yield text(name), element


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _plain(node: object) -> str:
    """The words of a rich text."""
    if not isinstance(node, dict):
        return ""
    inner = "".join(_plain(item) for item in _list(node.get("elements")))
    return text(node.get("text")) + inner + ("\n" if node.get("type") == "rich_text_section" else "")
