"""Bodies of several parts: uploads of attachments and the answers that carry a file."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from sandbox.procountor.wire import Answer, Doc, dumps, refuse

_NAME = re.compile(r'\bname="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body."""

    name: str
    media: str
    content: bytes


def parts(media: str, body: bytes) -> dict[str, Part]:
    """The parts of a multipart/form-data body by name. Raises Refused (400) when it is none."""
    boundary = re.search(r'boundary="?([^";]+)"?', media)
    if not media.startswith("multipart/form-data") or boundary is None:
        raise refuse(f"Content type '{media}' is not supported.", status=415)
    found = {}
    for piece in (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())[1:]:
        head, separator, content = piece.partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")
        fields = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        name = _NAME.search(fields.get("content-disposition", ""))
        if separator and name:
            found[name[1]] = Part(name[1], fields.get("content-type", ""), content)
    return found


def mixed(meta: Doc, content: bytes) -> Answer:
    """Part 1 JSON, part 2 the file, as the attachment operations answer."""
    boundary = f"part-{secrets.token_hex(8)}"
    mark = boundary.encode()
    head = b"--" + mark + b"\r\nContent-Type: application/json\r\n\r\n" + dumps(meta)
    name = meta["name"].encode("ascii", "replace").decode().replace('"', "'")
    disposition = f'Content-Disposition: attachment; filename="{name}"'
    file = f"\r\n--{boundary}\r\nContent-Type: {meta['mimeType']}\r\n{disposition}\r\n\r\n".encode()
    body = head + file + content + b"\r\n--" + mark + b"--\r\n"
    return Answer(200, body, f"multipart/mixed; boundary={boundary}")
