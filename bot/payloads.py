"""Slack's payloads into what was said: pure readers that take any JSON and raise nothing of their own but Unfit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

from bot.elements import entries, files_of, value_of
from bot.elements import mapping as _map
from bot.elements import text as _text
from handlers.labelled import company_in
from handlers.routing import Table
from handlers.said import Said

DEPTH = 32
FIELDS = 1000
COMMAND = "/procountor"
HELP = "help"
UNKNOWN = "unknown:"

_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")

Body = dict[str, Any]


class Unfit(ValueError):
    """Bytes that are not a payload of Slack's; the message is a word fit for a log."""


def parse(content: bytes, content_type: str) -> Body:
    """The payload in a request's body: JSON, a form's fields, or JSON in the form field `payload`. Raises Unfit.

    Nesting and the number of fields are judged before anything is parsed.
    """
    if "json" in content_type.partition(";")[0].lower():
        return _json(content)
    if content.count(b"&") >= FIELDS:
        raise Unfit("fields")
    try:
        fields = dict(parse_qsl(content.decode(), keep_blank_values=True, errors="strict"))
    except ValueError as odd:
        raise Unfit("encoding") from odd
    return _json(fields["payload"].encode()) if "payload" in fields else dict(fields)


def _json(content: bytes) -> Body:
    if _depth(content) > DEPTH:
        raise Unfit("depth")
    try:
        found = json.loads(content.decode())
    except (ValueError, RecursionError) as odd:
        raise Unfit("json") from odd
    if not isinstance(found, dict):
        raise Unfit("shape")
    return found


def _depth(content: bytes) -> int:
    """How deep the brackets outside strings nest; stops counting beyond DEPTH."""
    now = deepest = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub(b"", content)):
        now += 1 if bracket.group() in b"[{" else -1
        deepest = max(deepest, now)
        if deepest > DEPTH:
            break
    return deepest


def read(body: Mapping[str, Any], table: Table) -> Said | None:
    """What somebody said with this payload; None when it is nothing for us (our own messages, edits, closings)."""
    kind = body.get("type")
    if "command" in body:
        return _command(body, table)
    if kind == "block_actions":
        return _click(body, table)
    if kind == "view_submission":
        return _form(body)
    if kind == "block_suggestion":
        return _options(body)
    if kind == "message_action":
        return _shortcut(body)
    return _event(body, table) if kind == "event_callback" else None


def key(body: Mapping[str, Any]) -> str:
    """The same for each delivery of one thing said, by whichever way it comes; at most 190 characters."""
    team = _text(_map(body.get("team")).get("id")) or _text(body.get("team_id"))
    if event := _text(body.get("event_id")):
        return _short(f"event:{team}:{event}")
    if body.get("type") == "view_submission":
        view = _map(body.get("view"))
        state = json.dumps(_map(view.get("state")), sort_keys=True)
        told = hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()[:32]
        return _short(f"view:{team}:{_text(view.get('id'))}:{_text(view.get('hash'))}:{told}")
    if trigger := _text(body.get("trigger_id")):
        # Hashed: who reads it within three seconds could open a form with it.
        return _short(f"trigger:{team}:{hashlib.sha256(trigger.encode('utf-8', 'replace')).hexdigest()}")
    whole = json.dumps(dict(body), sort_keys=True)
    return f"whole:{hashlib.sha256(whole.encode('utf-8', 'replace')).hexdigest()}"


def _short(found: str) -> str:
    return found if len(found) <= 190 else hashlib.sha256(found.encode()).hexdigest()


def is_event(body: Mapping[str, Any]) -> bool:
    """True for what Slack delivers again when it is not taken, and what can open no form."""
    return body.get("type") == "event_callback"


def foreign(body: Mapping[str, Any]) -> bool:
    """True for somebody of another organisation (Slack Connect).

    In an Enterprise organisation a member's own workspace may differ, there only the profile tells.
    """
    theirs = _text(_map(body.get("user")).get("team_id"))
    ours = _text(_map(body.get("team")).get("id"))
    return bool(theirs and ours and theirs != ours and not body.get("enterprise"))


def first_input(body: Mapping[str, Any]) -> str:
    """The block id of a form's first field, where a sentence about the whole form can stand; empty without one."""
    blocks = _map(body.get("view")).get("blocks")
    for block in blocks if isinstance(blocks, list) else []:
        if _map(block).get("type") == "input":
            return _text(block.get("block_id"))
    return ""


def revoked(body: Mapping[str, Any]) -> str:
    """The workspace that has removed the bot; empty when only some user's own token went."""
    event = _map(body.get("event"))
    gone = event.get("type") == "app_uninstalled" or bool(_map(event.get("tokens")).get("bot"))
    return _text(body.get("team_id")) if gone else ""


def happened(body: Mapping[str, Any]) -> datetime | None:
    """When an event happened, by Slack's clock and to the second; None when the payload does not say it."""
    at = body.get("event_time")
    return datetime.fromtimestamp(at, UTC) if type(at) is int and 0 < at < 2**32 else None


def _command(body: Mapping[str, Any], table: Table) -> Said:
    route, text = _typed(_text(body.get("text")), table)
    return Said(
        kind="command",
        route=route,
        text=text,
        team=_text(body.get("team_id")),
        user=_text(body.get("user_id")),
        channel=_text(body.get("channel_id")),
        reply=_text(body.get("response_url")),
        trigger=_text(body.get("trigger_id")),
        enterprise=_text(body.get("enterprise_id")),
    )


def _typed(typed: str, table: Table) -> tuple[str, str]:
    words = unescape(typed).strip()  # Slack writes & < > as entities; the views escape again
    route, rest = table.command(words)
    return (route.name, rest) if route else (HELP, UNKNOWN + words)


def _acted(body: Mapping[str, Any], kind: str, route: str) -> Said:
    """What all interactions share. A Home tab is no form: on it a modal is opened, not pushed."""
    held, view = _map(body.get("container")), _map(body.get("view"))
    modal = view if view.get("type") != "home" else {}
    values, files = _state(view or body)
    return Said(
        kind=kind,
        route=route,
        team=_text(_map(body.get("team")).get("id")) or _text(_map(body.get("user")).get("team_id")),
        user=_text(_map(body.get("user")).get("id")),
        channel=_text(_map(body.get("channel")).get("id")) or _text(held.get("channel_id")),
        ts=_text(held.get("message_ts")) or _text(_map(body.get("message")).get("ts")),
        values=values,
        meta=_text(view.get("private_metadata")),
        view=_text(modal.get("id")),
        root_view=_text(modal.get("root_view_id")),
        view_hash=_text(modal.get("hash")),
        files=files,
        reply=_text(body.get("response_url")),
        trigger=_text(body.get("trigger_id")),
        enterprise=_text(_map(body.get("enterprise")).get("id")),
    )


def _state(container: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Fields by action id, and the files among them. A name used in several blocks joins what they hold."""
    values: dict[str, str] = {}
    files: list[str] = []
    for name, element in entries(container):
        values[name] = ",".join(filter(None, (values.get(name, ""), value_of(element))))
        files += files_of(element)
    return values, tuple(files)


def _click(body: Mapping[str, Any], table: Table) -> Said | None:
    """None for links, which only tell that they were followed, and for choices that wait for the form's button."""
    actions = body.get("actions")
    pressed = _map(actions[0]) if isinstance(actions, list) and actions else {}
    name = _text(pressed.get("action_id"))
    if table.get("click", name) is None and (pressed.get("type") != "button" or pressed.get("url")):
        return None
    return replace(_acted(body, "click", name), value=value_of(pressed), block=_mark(pressed))


def _mark(pressed: Mapping[str, Any]) -> str:
    """The name of the block something stands in, when it is a mark of ours."""
    name = _text(pressed.get("block_id"))
    return name if company_in(name) else ""


def _form(body: Mapping[str, Any]) -> Said:
    return _acted(body, "form", _text(_map(body.get("view")).get("callback_id")))


def _options(body: Mapping[str, Any]) -> Said:
    return replace(
        _acted(body, "options", _text(body.get("action_id"))), text=_text(body.get("value")), block=_mark(body)
    )


def _shortcut(body: Mapping[str, Any]) -> Said:
    """An entry of a message's menu, with the files of that message."""
    files = files_of(_map(body.get("message")))
    return replace(_acted(body, "shortcut", _text(body.get("callback_id"))), files=files)


def _event(body: Mapping[str, Any], table: Table) -> Said | None:
    event = _map(body.get("event"))
    said = Said(
        kind="home",
        route="home",
        team=_text(body.get("team_id")),
        user=_text(event.get("user")),
        channel=_text(event.get("channel")),
        enterprise=_text(body.get("enterprise_id")),
    )
    if event.get("type") == "app_home_opened":
        return said if event.get("tab", "home") == "home" else None
    return _message(event, said, table) if event.get("type") == "message" else None


def _message(event: Mapping[str, Any], said: Said, table: Table) -> Said | None:
    """Files, or words meant as a command, in the direct conversation with the bot."""
    told = event.get("subtype") in (None, "file_share") and not event.get("bot_id") and not event.get("hidden")
    if not told or event.get("channel_type") != "im" or not said.user:
        return None
    words, files = _text(event.get("text")), files_of(event)
    said = _threaded(replace(said, ts=_text(event.get("ts"))), _text(event.get("thread_ts")), words)
    if files:
        return replace(said, kind="file", route="file", text=unescape(words), files=files)
    route, rest = _typed(words, table)
    return replace(said, kind="command", route=route, text=rest) if words.strip() else None


def _threaded(said: Said, thread: str, words: str) -> Said:
    """In a thread all of it is kept: whether it is a command depends on the message it stands under."""
    return replace(said, thread=thread, words=unescape(words).strip()) if thread and thread != said.ts else said
