"""WebSocket frames (RFC 6455), server side, over asyncio streams: enough for Socket Mode."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import struct
from collections.abc import AsyncIterator

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
LARGEST = 16 * 1024 * 1024


def accept_key(key: str) -> str:
    """The answer to a client's Sec-WebSocket-Key."""
    return base64.b64encode(hashlib.sha1(key.encode() + GUID, usedforsecurity=False).digest()).decode()


async def handshake(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str | None:
    """Upgrades the connection; gives the request target, or None after answering 400."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    key = headers.get("sec-websocket-key")
    if not key or "websocket" not in headers.get("upgrade", "").lower():
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        return None
    lines = ("HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade")
    answer = "\r\n".join((*lines, f"Sec-WebSocket-Accept: {accept_key(key)}", "", ""))
    writer.write(answer.encode())
    return head[0].split(" ")[1]


def frame(kind: int, payload: bytes) -> bytes:
    """One unmasked, final frame."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | kind, size)
    elif size < 65536:
        head = struct.pack("!BBH", 0x80 | kind, 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | kind, 127, size)
    return head + payload


async def _one(reader: asyncio.StreamReader) -> tuple[bool, int, bytes]:
    first, second = await reader.readexactly(2)
    size = second & 0x7F
    if size == 126:
        (size,) = struct.unpack("!H", await reader.readexactly(2))
    elif size == 127:
        (size,) = struct.unpack("!Q", await reader.readexactly(8))
    if size > LARGEST:
        raise ConnectionError("frame too large")
    mask = await reader.readexactly(4) if second & 0x80 else b""
    data = await reader.readexactly(size)
    if mask and data:
        whole = int.from_bytes(data, "big") ^ int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        data = whole.to_bytes(size, "big")
    return bool(first & 0x80), first & 0x0F, data


async def texts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> AsyncIterator[str]:
    """The client's text messages until it closes; answers pings."""
    parts: list[bytes] = []
    while True:
        final, kind, data = await _one(reader)
        if kind == PING:
            writer.write(frame(PONG, data))
        elif kind == CLOSE:
            writer.write(frame(CLOSE, data[:2]))
            return
        elif kind != PONG:
            parts.append(data)
            if final:
                yield b"".join(parts).decode("utf-8", "replace")
                parts.clear()
