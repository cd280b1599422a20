"""Open connections by client address, so that a fault can break the right one."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, zero seconds: the peer gets a reset instead of an end


class Connections:
    """Knows the transport of every connection that the server's protocol has opened."""

    def __init__(self) -> None:
        self._open: dict[Any, asyncio.Transport] = {}

    def protocol(self) -> type[H11Protocol]:
        """The HTTP protocol for uvicorn that registers its connections here."""
        opened = self._open

        class Connection(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                opened[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                opened.pop(self.client, None)
                super().connection_lost(exc)

        return Connection

    def cut(self, client: tuple[str, int], reset: bool) -> None:
        """Ends a connection: with a reset, or politely after what has been sent."""
        transport = self._open.get(client)
        if transport is None:
            return
        if reset:
            raw = transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            transport.abort()
        else:
            transport.close()
