"""The Slack app's manifest, printed from the table of routes: no second list of what the bot answers to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.payloads import COMMAND
from handlers.routing import Route, Table

SCOPES = (
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "im:history",  # a file or a line written to the bot reaches it as the event message.im
    "im:write",
    "users:read",
    "users:read.email",
)
EVENTS = ("app_home_opened", "app_uninstalled", "message.im", "tokens_revoked")
HINT = 1000
PLACE = "https://YOUR-ADDRESS"
BACK = "/slack/oauth_redirect"  # where Slack sends the browser of whoever installs the app
HEAD = """\
# The Slack app. Create it at https://api.slack.com/apps: "Create New App", "From a manifest", and paste this.
# Printed by `kierto manifest`; put the bot's public address in the place of YOUR-ADDRESS.
"""


def manifest(table: Table, url: str = PLACE, socket: bool = False) -> str:
    """The manifest as YAML. ``url`` is the bot's public address; with ``socket`` none is needed."""
    return HEAD + "\n".join(_yaml(_tree(table, url.rstrip("/"), socket))) + "\n"


def _tree(table: Table, url: str, socket: bool) -> dict[str, Any]:
    address = f"{url}/slack/events"
    back = {} if socket else {"redirect_urls": [f"{url}{BACK}"]}
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Kierto",
            "description": "Carries invoices, bills and claims between the project business and Procountor",
            "background_color": "#1f3d36",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Kierto", "always_online": True},
            "shortcuts": [_shortcut(route) for route in table.of("shortcut")],
            "slash_commands": [_command(table, address, socket)],
        },
        "oauth_config": {**back, "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**({} if socket else {"request_url": address}), "bot_events": list(EVENTS)},
            "interactivity": {
                "is_enabled": True,
                **({} if socket else {"request_url": address, "message_menu_options_url": address}),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _command(table: Table, address: str, socket: bool) -> dict[str, Any]:
    return {
        "command": COMMAND,
        **({} if socket else {"url": address}),
        "description": "Invoices between your project system and Procountor",
        "usage_hint": _hint([route.name for route in table.of("command")]),
        "should_escape": True,
    }


def _shortcut(route: Route) -> dict[str, Any]:
    return {"name": route.usage, "type": "message", "callback_id": route.name, "description": route.help}


def _hint(names: Sequence[str]) -> str:
    """The commands, as many as fit whole."""
    shown = ""
    for name in names:
        longer = f"{shown} | {name}" if shown else name
        if len(longer) > HINT:
            break
        shown = longer
    return shown


def _yaml(tree: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Block style; every text in double quotes, whose escapes YAML shares with JSON."""
    pad = "  " * depth
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield f"{pad}{key}:"
            yield from _yaml(value, depth + 1)
        elif isinstance(value, list):
            yield f"{pad}{key}:"
            for item in value:
                yield from _item(item, depth + 1)
        else:
            yield f"{pad}{key}: {json.dumps(value, ensure_ascii=False)}"


def _item(item: object, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if not isinstance(item, Mapping):
        yield f"{pad}- {json.dumps(item, ensure_ascii=False)}"
        return
    for place, line in enumerate(_yaml(item)):
        yield f"{pad}{'- ' if place == 0 else '  '}{line}"
