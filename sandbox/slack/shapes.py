"""The JSON shapes in which Slack shows messages, views and files to an app."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sandbox.slack.inputs import values_of
from sandbox.slack.records import Message, StoredFile, View
from sandbox.slack.workspace import Workspace

FILE_TYPES = {
    "csv": ("csv", "CSV", "text/csv"),
    "docx": ("docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "gif": ("gif", "GIF", "image/gif"),
    "jpeg": ("jpg", "JPEG", "image/jpeg"),
    "jpg": ("jpg", "JPEG", "image/jpeg"),
    "json": ("json", "JSON", "application/json"),
    "pdf": ("pdf", "PDF", "application/pdf"),
    "png": ("png", "PNG", "image/png"),
    "txt": ("text", "Plain Text", "text/plain"),
    "xlsx": ("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "xml": ("xml", "XML", "text/xml"),
    "zip": ("zip", "Zip", "application/zip"),
}


def message_json(space: Workspace, message: Message) -> dict[str, Any]:
    """A message as in API answers, events and interaction payloads."""
    made: dict[str, Any] = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": space.team_id,
    }
    if message.bot_id:
        made |= {"bot_id": message.bot_id, "app_id": space.app.id}
    for name in ("thread_ts", "subtype", "username", "metadata"):
        if value := getattr(message, name):
            made[name] = value
    if message.blocks:
        made["blocks"] = list(message.blocks)
    if message.attachments:
        made["attachments"] = [
            {"id": place, "fallback": "[no preview available]", **item}
            for place, item in enumerate(message.attachments, 1)
        ]
    if message.edited:
        made["edited"] = {"user": message.bot_id or message.user, "ts": message.edited}
    return made


def view_json(space: Workspace, view: View) -> dict[str, Any]:
    """A view as in API answers and interaction payloads, with its current state."""
    body = view.body
    return {
        "id": view.id,
        "team_id": space.team_id,
        "type": body.get("type"),
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": values_of(view.blocks, view.values)},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title"},
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": space.app.id,
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": space.team_id,
        "bot_id": space.app.bot_id,
    }


def file_json(space: Workspace, base: str, file: StoredFile) -> dict[str, Any]:
    """A file as in files.info, events and file_input values; the addresses want the bot's token."""
    ending = file.name.rsplit(".", 1)[-1].lower() if "." in file.name else ""
    kind, pretty, mime = FILE_TYPES.get(ending, ("binary", "Binary", "application/octet-stream"))
    place = f"{base}/files-pri/{space.team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mime,
        "filetype": kind,
        "pretty_type": pretty,
        "user": file.user,
        "user_team": space.team_id,
        "size": len(file.content),
        "mode": "hosted",
        "editable": False,
        "is_external": False,
        "is_public": False,
        "alt_txt": file.alt_text,
        "url_private": f"{place}/{quote(file.name)}",
        "url_private_download": f"{place}/download/{quote(file.name)}",
        "permalink": f"{base}/files/{file.user}/{file.id}/{quote(file.name)}",
        "channels": [channel for channel in file.channels if channel.startswith("C")],
        "groups": [channel for channel in file.channels if channel.startswith("G")],
        "ims": [channel for channel in file.channels if channel.startswith("D")],
        "has_rich_preview": False,
        "file_access": "visible",
    }
