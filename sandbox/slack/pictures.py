"""Pictures that messages show by the id of a file: Slack refuses those it does not have, or has not looked at yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.slack.records import SlackRefusal
from sandbox.slack.shapes import FILE_TYPES
from sandbox.slack.world import World

KINDS = frozenset({"png", "jpg", "gif"})


def ready(world: World, file_id: str) -> bool:
    """Whether Slack has looked at the file: until then it does not know what it is."""
    file = world.files.get(file_id)
    return file is not None and world.clock() >= file.ready_at


def check(world: World, blocks: Any) -> None:
    """Raises Slack's refusal for the first picture that cannot be shown."""
    for at, file_id in _named(blocks, "/blocks"):
        file = world.files.get(file_id)
        ending = file.name.rpartition(".")[2].lower() if file else ""
        if not ready(world, file_id) or FILE_TYPES.get(ending, ("",))[0] not in KINDS:
            line = f"[ERROR] invalid slack file [json-pointer:{at}]"
            errors = [line.removeprefix("[ERROR] ")]
            raise SlackRefusal("invalid_blocks", errors=errors, response_metadata={"messages": [line]})


def _named(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """Every file named by its id, with the place where it is named."""
    if isinstance(value, dict):
        file = value.get("slack_file")
        if isinstance(file, dict) and file.get("id"):
            yield f"{at}/slack_file", str(file["id"])
        for name, member in value.items():
            yield from _named(member, f"{at}/{name}")
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from _named(item, f"{at}/{place}")
