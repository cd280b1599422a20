"""One Web API call as the methods see it: arguments in any of Slack's three encodings, and who is calling."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.slack.records import SlackRefusal
from sandbox.slack.workspace import Workspace
from sandbox.slack.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose token and scopes have been checked; `base` is the address of this practice Slack."""

    method: str
    args: dict[str, Any]
    token: str
    world: World
    base: str
    socket_url: str

    @property
    def space(self) -> Workspace:
        """The workspace."""
        return self.world.workspace

    def text(self, name: str, default: str = "") -> str:
        """An argument as text; absent and null are the default."""
        value = self.args.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """An argument that must be there."""
        value = self.text(name)
        if not value:
            raise SlackRefusal(error, response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
        return value

    def flag(self, name: str) -> bool:
        """A boolean argument in any of its spellings."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """An integer argument."""
        text = self.text(name)
        if not text:
            return default
        if not text.lstrip("-").isdigit():
            raise SlackRefusal("invalid_arguments")
        return int(text)

    def data(self, name: str, error: str = "invalid_arguments") -> Any:
        """A JSON argument, given as JSON or as text holding JSON; None when absent."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value.strip() else None
        except ValueError:
            raise SlackRefusal(error) from None

    def page(self, items: list[Any], default: int = 100) -> tuple[list[Any], dict[str, Any]]:
        """The asked page of a list and its response_metadata (the cursor is a position)."""
        cursor = self.text("cursor", "0")
        if not cursor.isdigit():
            raise SlackRefusal("invalid_cursor")
        start, size = int(cursor), max(1, min(1000, self.number("limit", default)))
        following = str(start + size) if start + size < len(items) else ""
        return items[start : start + size], {"response_metadata": {"next_cursor": following}}


Method = Callable[[Call], dict[str, Any]]
