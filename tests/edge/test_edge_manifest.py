"""The manifest is the table of routes in Slack's words, and app.yaml is that manifest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from edge_support import Journeys

from bot.manifest import HINT, manifest
from handlers.routing import Router, Table, routes

TABLE = Journeys().table


def read(text: str) -> dict[str, Any]:
    """The small part of YAML that a manifest needs: maps, lists, JSON scalars."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]

    def block(at: int, depth: int) -> tuple[Any, int]:
        made: Any = None
        while at < len(lines):
            line = lines[at]
            inner = len(line) - len(line.lstrip())
            if inner < depth:
                break
            body = line.strip()
            if body.startswith("- "):
                made = [] if made is None else made
                if body[2:3] in '"0123456789':
                    made.append(json.loads(body[2:]))
                    at += 1
                else:
                    lines[at] = " " * (inner + 2) + body[2:]
                    item, at = block(at, inner + 2)
                    made.append(item)
                continue
            made = {} if made is None else made
            key, _, value = body.partition(":")
            if value.strip():
                made[key] = json.loads(value)
                at += 1
            else:
                made[key], at = block(at + 1, inner + 1)
        return made, at

    return block(0, 0)[0]  # type: ignore[no-any-return]


def test_it_declares_what_the_routes_answer_to() -> None:
    told = read(manifest(TABLE, "https://kierto.example.fi/"))
    (command,) = told["features"]["slash_commands"]
    assert (command["command"], command["should_escape"]) == ("/procountor", True)
    assert command["url"] == "https://kierto.example.fi/slack/events"
    assert command["usage_hint"] == "help | runs | send invoices | settings"
    assert told["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_uninstalled",
        "message.im",
        "tokens_revoked",
    ]
    assert told["settings"]["interactivity"]["message_menu_options_url"] == command["url"]
    assert told["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_it_asks_for_the_least() -> None:
    scopes = read(manifest(TABLE))["oauth_config"]["scopes"]["bot"]
    assert scopes == sorted(scopes)
    assert {"chat:write", "commands", "users:read", "im:write", "files:read", "files:write"} <= set(scopes)
    assert not [s for s in scopes if s.endswith(":history") and s != "im:history"]


def test_over_a_socket_it_names_no_address() -> None:
    text = manifest(TABLE, "https://kierto.example.fi", socket=True)
    assert "kierto.example.fi" not in text
    assert read(text)["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize("text", [manifest(TABLE), manifest(TABLE, socket=True)])
def test_it_keeps_to_slacks_limits(text: str) -> None:
    told = read(text)
    assert len(told["display_information"]["name"]) <= 35
    assert len(told["display_information"]["description"]) <= 140
    assert len(told["features"]["bot_user"]["display_name"]) <= 80
    assert len(told["features"]["slash_commands"][0]["description"]) <= 2000


def test_a_long_list_of_commands_is_cut_between_two() -> None:
    on = Router()
    for number in range(300):
        on.command(f"command{number:03}")(print)
    (command,) = read(manifest(Table(on.routes)))["features"]["slash_commands"]
    assert len(command["usage_hint"]) <= HINT
    assert command["usage_hint"].split(" | ")[-1] in [route.name for route in on.routes]


def test_app_yaml_is_printed_from_the_journeys() -> None:
    kept = (Path(__file__).parents[2] / "app.yaml").read_text()
    assert kept == manifest(routes())
