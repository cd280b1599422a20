"""The moment of each answer, by the practice Slack's own clock, as HTTP tells it (Date)."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import formatdate

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def dated(app: ASGIApp, clock: Callable[[], float]) -> ASGIApp:
    """Wraps an application so that its answers have a Date."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"date", formatdate(clock(), usegmt=True).encode())]
            await send(message)

        await app(scope, receive, told if scope["type"] == "http" else send)

    return wrapped
