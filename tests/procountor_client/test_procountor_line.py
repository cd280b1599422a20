"""The line over real sockets: what is too big, too slow, cut off, packed or refused."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from procountor.connection import Client, Patience, connect
from procountor.errors import Broken, NotSent, ProcountorError, Unsure
from procountor.limiter import Unpaced
from tests.procountor_client.loopback import answer, loopback

QUICK = Patience(connect=2, read=0.3, answer=0.6, pause=0, tries=2, largest=100_000)


def client(url: str) -> Client:
    return Client(url, "id", "secret", "https://kierto.test/back")


def bomb() -> bytes:
    """40 kB that unpack to 40 MB."""
    return gzip.compress(bytes(40_000_000))


BAD: list[tuple[str, list[bytes], type[ProcountorError], int]] = [
    # what the server says to each try, what a read raises, how often it is asked
    ("larger than taken", [answer(b"[" + b" " * 100_000 + b"]")], Broken, 1),
    ("packed larger than taken", [answer(bomb(), "200 OK", "Content-Encoding: gzip")], Broken, 1),
    ("packed in an unknown way", [answer(b"x", "200 OK", "Content-Encoding: br")], Broken, 1),
    ("not packed as told", [answer(b"plain", "200 OK", "Content-Encoding: gzip")], Broken, 1),
    ("no answer at all", [b""], Unsure, 2),
    ("not HTTP", [b"hello\r\n\r\n", b""], Unsure, 2),
    ("cut off in the body", [answer(b'{"id": ', length=20), b""], Unsure, 2),
    ("cut off in the head", [b"HTTP/1.1 200 OK\r\nContent-", b""], Unsure, 2),
    ("silence", [], Unsure, 1),
]


@pytest.mark.parametrize(("pieces", "raised", "asked"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_answer_to_a_read(pieces: list[bytes], raised: type[ProcountorError], asked: int) -> None:
    with loopback(lambda _: pieces) as server, connect(client(server.url), Unpaced(), patience=QUICK) as procountor:
        with pytest.raises(ProcountorError) as told:
            procountor.company("key").get("coa")
        assert type(told.value) is raised
        assert [line for _, line in server.seen].count("GET /api/coa") == asked


@pytest.mark.parametrize("pieces", [case[1] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_answer_to_a_write_leaves_us_unsure_and_is_not_repeated(pieces: list[bytes]) -> None:
    with loopback(lambda _: pieces) as server, connect(client(server.url), Unpaced(), patience=QUICK) as procountor:
        with pytest.raises(Unsure):
            procountor.company("key").post("invoices", {})
        assert [line for _, line in server.seen].count("POST /api/invoices") == 1


def test_an_answer_that_drips_is_given_up() -> None:
    def drip() -> Iterator[bytes]:
        yield answer(b"", length=1000)
        while True:
            time.sleep(0.05)
            yield b" "

    says: Any = lambda _: drip()  # noqa: E731
    with loopback(says) as server, connect(client(server.url), Unpaced(), patience=QUICK) as procountor:
        started = time.monotonic()
        with pytest.raises(Unsure):
            procountor.company("key").get("coa")
        assert time.monotonic() - started < 5


def test_unpacking_never_holds_more_than_is_taken() -> None:
    packed = answer(bomb(), "200 OK", "Content-Encoding: gzip")
    with loopback(lambda _: [packed]) as server, connect(client(server.url), Unpaced(), patience=QUICK) as procountor:
        api = procountor.company("key")
        tracemalloc.start()
        with pytest.raises(Broken):
            api.get("coa")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_packed_answers_are_unpacked(encoding: str, pack: Any) -> None:
    body = b'{"text": "' + b"x" * 50_000 + b'"}'
    said = answer(pack(body), "200 OK", f"Content-Encoding: {encoding}")
    with loopback(lambda _: [said]) as server, connect(client(server.url), Unpaced(), patience=QUICK) as procountor:
        assert procountor.company("key").get("coa") == {"text": "x" * 50_000}


def test_cookies_never_come_back() -> None:
    said = answer(b"{}", "200 OK", "Set-Cookie: company=1")
    with loopback(lambda _: [said]) as server, connect(client(server.url), Unpaced(), patience=QUICK) as procountor:
        procountor.company("key").get("coa")
        assert not procountor._http.cookies


def test_a_refused_connection_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        connect(client(f"http://127.0.0.1:{port}/api"), Unpaced(), patience=QUICK) as procountor,
        pytest.raises(NotSent),
    ):
        procountor.company("key").post("invoices", {})


def test_no_tls_sent_nothing() -> None:
    with loopback(lambda _: [b""]) as server:
        url = server.url.replace("http://", "https://")
        with (
            connect(client(url), Unpaced(), patience=Patience(connect=0.3, tries=1)) as procountor,
            pytest.raises(NotSent),
        ):
            procountor.company("key").post("invoices", {})


class Gate:
    """A pace that tells what happens when: asked with a connection standing, held until the head is out."""

    def __init__(self, refuse: OSError | None = None) -> None:
        self.refuse = refuse
        self.held = 0
        self.asked = 0
        self.ended = 0
        self._lock = threading.Lock()

    def wait(self) -> AbstractContextManager[None]:
        return self._turn()

    def answered(self) -> None:
        self.ended += 1

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            self.asked += 1
            self.held += 1
        if self.refuse and self.asked > 1:
            self.held -= 1
            raise self.refuse
        try:
            yield
        finally:
            self.held -= 1


def test_permission_is_asked_for_every_request_and_handed_back() -> None:
    gate = Gate()
    with loopback(lambda _: [answer()]) as server, connect(client(server.url), gate, patience=QUICK) as procountor:
        for _ in range(3):
            procountor.company("key").get("coa")
        assert (gate.asked, gate.ended, gate.held) == (4, 4, 0)  # the token's too
        assert server.connections == 1


def test_a_retry_asks_again() -> None:
    gate = Gate()
    with loopback(lambda _: [b""]) as server, connect(client(server.url), gate, patience=QUICK) as procountor:
        with pytest.raises(Unsure):
            procountor.company("key").get("coa")
        assert (gate.asked, gate.ended, gate.held) == (3, 3, 0)


def test_without_permission_nothing_leaves() -> None:
    gate = Gate(TimeoutError("the database is away"))
    with loopback(lambda _: [answer()]) as server, connect(client(server.url), gate, patience=QUICK) as procountor:
        with pytest.raises(NotSent):
            procountor.company("key").post("invoices", {})
        assert [line for _, line in server.seen] == ["POST /api/oauth/token"]
        assert gate.held == 0


class Slow:
    """Permission that takes a while."""

    def wait(self) -> None:
        time.sleep(0.05)

    def answered(self) -> None:
        """Nothing is counted."""


def test_a_write_permitted_too_late_does_not_leave() -> None:
    with loopback(lambda _: [answer()]) as server, connect(client(server.url), Slow(), patience=QUICK) as procountor:
        api = procountor.company("key")
        api.get("coa")
        with pytest.raises(NotSent):
            api.post("invoices", {}, leave_within=0.03)
        api.post("invoices", {}, leave_within=5)
        assert [line for _, line in server.seen].count("POST /api/invoices") == 1


def test_an_idle_connection_is_not_used_again() -> None:
    short = Patience(connect=2, read=1, pause=0, tries=1, idle=0.05)
    with loopback(lambda _: [answer()]) as server, connect(client(server.url), Unpaced(), patience=short) as procountor:
        procountor.company("key").get("coa")
        time.sleep(0.1)
        procountor.company("key").get("coa")
        assert server.connections == 2
