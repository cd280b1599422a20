"""A server on loopback that says exactly what a test wants, byte by byte, and notes what it was sent and when."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

TOKEN = b'{"access_token":"token-1","expires_in":3600}'


def answer(body: bytes = b"{}", status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """One HTTP answer. ``length`` may lie about the body's."""
    told = [f"Content-Length: {len(body) if length is None else length}", "Content-Type: application/json", *headers]
    return f"HTTP/1.1 {status}\r\n".encode() + "".join(f"{line}\r\n" for line in told).encode() + b"\r\n" + body


@dataclass
class Loopback:
    """`says` gives the pieces of the answer to a request line; an empty piece closes the connection there."""

    says: Callable[[str], list[bytes]]
    listener: socket.socket
    seen: list[tuple[float, str]] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/api"

    def serve(self) -> None:
        while True:
            try:
                conversation, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._converse, args=(conversation,), daemon=True).start()

    def _converse(self, conversation: socket.socket) -> None:
        with (
            suppress(OSError),
            conversation,
            conversation.makefile("rb") as lines,
        ):  # the client may hang up at any time
            while line := lines.readline():
                self.seen.append((time.monotonic(), line.decode("latin-1").rsplit(" ", 1)[0]))
                length = 0
                while (header := lines.readline()) not in (b"\r\n", b""):
                    name, _, value = header.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                lines.read(length)
                if not self._answer(conversation, line.decode("latin-1").split(" ")[1]):
                    return

    def _answer(self, conversation: socket.socket, path: str) -> bool:
        pieces = [answer(TOKEN)] if path.endswith("/oauth/token") else self.says(path.removeprefix("/api/"))
        for piece in pieces:
            if not piece:
                return False
            try:
                conversation.sendall(piece)
            except OSError:
                return False
        return True


@contextmanager
def loopback(says: Callable[[str], list[bytes]]) -> Iterator[Loopback]:
    """The server, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Loopback(says, listener)
        threading.Thread(target=server.serve, daemon=True).start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
