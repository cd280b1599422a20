"""Hanging up: an answer that never arrives because the connection is cut."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

KEY = "practice.hang_up"


class DroppedResponse(Response):
    """Cuts the connection instead of answering."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Aborts the transport."""
        scope[KEY]()


def with_hang_up(app: ASGIApp) -> ASGIApp:
    """Wraps an application so that its endpoints can reach the server's transport."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            cycle: Any = getattr(send, "__self__", None)  # uvicorn's request cycle owns the transport
            scope[KEY] = cycle.transport.abort
        await app(scope, receive, send)

    return wrapped
