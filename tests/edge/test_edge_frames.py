"""The server's line: what comes in without an end, or slowly, is hung up on; whole requests are answered."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import uvicorn

from bot import frames
from bot.program import served


@pytest.fixture
def port() -> Iterator[int]:
    """A server that answers everything with its length."""
    up = threading.Event()

    async def web(scope: dict, receive: object, send: object) -> None:  # type: ignore[type-arg]
        size, more = 0, True
        while more:
            part = await receive()  # type: ignore[operator]
            size, more = size + len(part.get("body", b"")), part.get("more_body", False)
        told = str(size).encode()
        head = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(told))]}
        await send(head)  # type: ignore[operator]
        await send({"type": "http.response.body", "body": told})  # type: ignore[operator]

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            up.set()

    config = served(web, "127.0.0.1", 0)
    config.lifespan = "off"
    server = Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert up.wait(30)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(30)


def _answer(line: socket.socket) -> bytes:
    """All that comes until the other end hangs up."""
    got = b""
    try:
        while part := line.recv(65536):
            got += part
    except ConnectionError:
        pass
    return got


def _line(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


@pytest.mark.parametrize(
    "words", [b"", b"POST / HTTP/1.1\r\nX: ", b"POST /"], ids=["nothing", "half a header", "half a line"]
)
def test_a_head_that_does_not_come_is_not_waited_for(port: int, words: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "PATIENCE", 0.1)
    with closing(_line(port)) as line:
        line.sendall(words)
        assert _answer(line) == b""


@pytest.mark.parametrize("words", [b"X: " + b"a" * 1000, b"X: y\r\n" * 200, b"a" * 1000], ids=["value", "many", "name"])
def test_a_head_without_an_end_is_not_kept(port: int, words: bytes) -> None:
    with closing(_line(port)) as line:
        line.sendall(b"POST / HTTP/1.1\r\n")
        try:
            for _ in range(2000):
                line.sendall(words)
        except ConnectionError:
            return
        assert b" 200 " not in _answer(line)


def test_whole_requests_are_answered_one_after_the_other_also_in_pieces(port: int) -> None:
    one = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
    with closing(_line(port)) as line:
        for _ in range(3):
            for place in range(0, len(one), 7):
                line.sendall(one[place : place + 7])
            got = b""
            while not got.endswith(b"\r\n\r\n5"):
                part = line.recv(65536)
                assert part, got
                got += part
        large = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 300000\r\n\r\n"
        line.sendall(large + b"a" * 300_000)
        assert _answer(line).endswith(b"\r\n\r\n300000")
