"""Requests and answers on the ASGI side: reading whole bodies within limits, sending finished answers."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.procountor.routing import Match
from sandbox.procountor.wire import Answer, error_answer, refuse


@dataclass(frozen=True, slots=True)
class Asked:
    """A request read whole, so that it can be carried out now or, for a zombie, later."""

    method: str
    path: str
    query: str
    headers: MutableMapping[str, str]
    body: bytes
    match: Match | None

    @property
    def route(self) -> str:
        return self.match.name if self.match else f"{self.method} (unknown)"

    @property
    def invoices(self) -> list[str]:
        """The invoices it is about, as they stand in its path."""
        params = self.match.params if self.match else {}
        return next((text.split(",") for name, text in params.items() if name.startswith("invoice")), [])


def too_big(asked: Asked) -> Answer:
    if "multipart" in asked.headers.get("content-type", ""):
        return error_answer(refuse("File size too big. Maximum is 10000000 bytes."), "errors")
    return Answer(413, b"<html><body>413 Request Entity Too Large</body></html>", "text/html")


def media(request: Request) -> str:
    return request.headers.get("content-type", "")


async def read(request: Request, most: int) -> bytes | None:
    """The body, or None when it is longer than `most` bytes."""
    parts, length = [], 0
    try:
        async for part in request.stream():
            length += len(part)
            if length > most:
                return None
            parts.append(part)
    except ClientDisconnect:
        return b""
    return b"".join(parts)


async def respond(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    headers: dict[str, Any] = dict(answer.headers)
    response = Response(answer.body or None, answer.status, headers, media_type=None)
    if answer.body:
        response.headers["content-type"] = answer.media
    await response(scope, receive, send)
