"""Sends requests that are made beforehand over lines that stay open, in a process of its own, and times the answers.

What sends shares the machine with what is measured, so it does next to nothing: ready bytes out, the first line of
the answer in. An answer's time counts from when the request was due, also when no line was free then.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context

LINES = 64
GIVEN_UP = 30.0  # seconds without an answer
MOST = 1 << 16


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back: seconds of each answer, how often each status (0: none), and how long all of it took.

    ``well`` are the places of the requests that were answered with 200; ``silent`` those of them that got no words.
    """

    waits: list[float]
    statuses: Counter[int]
    seconds: float
    well: list[int]
    silent: set[int]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def at(self, share: float) -> float:
        """Seconds within which this share was answered."""
        ordered = sorted(self.waits)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    @property
    def told(self) -> str:
        """In milliseconds."""
        return (
            f"{self.at(0.5) * 1000:.0f} ms median, {self.at(0.99) * 1000:.0f} ms p99, {self.at(1) * 1000:.0f} ms most"
        )


@dataclass(slots=True)
class _Line:
    """A connection, which request is on it, and since when that is due."""

    wire: socket.socket
    place: int = 0
    due: float = 0.0
    got: bytearray = field(default_factory=bytearray)


class Volley:
    """``rate`` requests a second, whatever comes back (open); without a rate as fast as they are answered (closed)."""

    def __init__(self, port: int, requests: Sequence[bytes], rate: float = 0.0, lines: int = LINES) -> None:
        self._port = port
        self._requests = requests
        self._rate = rate
        self._free = deque(self._line() for _ in range(lines))
        self._busy = selectors.EpollSelector()
        self._waits: list[float] = []
        self._statuses: Counter[int] = Counter()
        self._well: list[int] = []
        self._silent: set[int] = set()

    def fire(self, seconds: float = 0.0) -> Answers:
        """Sends each request once, or for so many ``seconds`` one after the other again and again."""
        began = time.perf_counter()
        end = began + seconds if seconds else began + 1e9
        sent = 0
        while time.perf_counter() < end and (seconds or sent < len(self._requests)):
            now = time.perf_counter()
            due = began + sent / self._rate if self._rate else now
            if self._free and now >= due:
                self._send(sent % len(self._requests), due)
                sent += 1
            else:
                self._hear(max(0.0, due - now) if self._free else 1.0)
        while self._busy.get_map() and time.perf_counter() - began < (end - began) + GIVEN_UP:
            self._hear(1.0)
        if unanswered := len(self._busy.get_map()):
            self._statuses[0] += unanswered
        return Answers(self._waits, self._statuses, time.perf_counter() - began, self._well, self._silent)

    def _line(self) -> _Line:
        wire = socket.create_connection(("127.0.0.1", self._port), timeout=GIVEN_UP)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Line(wire)

    def _send(self, place: int, due: float) -> None:
        line = self._free.popleft()
        line.place, line.due = place, due
        try:
            line.wire.sendall(self._requests[place])
        except OSError:
            self._again(line)
        else:
            self._busy.register(line.wire, selectors.EVENT_READ, line)

    def _again(self, line: _Line) -> None:
        """The other end had hung up before the request came: it goes out on another line."""
        line.wire.close()
        self._free.appendleft(self._line())
        self._send(line.place, line.due)

    def _hear(self, patience: float) -> None:
        for ready, _ in self._busy.select(patience):
            line = ready.data
            try:
                part = line.wire.recv(MOST)
            except OSError:
                part = b""
            line.got += part
            if part and not _whole(line.got):
                continue
            self._busy.unregister(line.wire)
            if not line.got:
                self._again(line)
                continue
            self._waits.append(time.perf_counter() - line.due)
            status = int(line.got[9:12] or 0)
            self._statuses[status] += 1
            if status == 200:
                self._well.append(line.place)
                if line.got.endswith(b"\r\n\r\n"):
                    self._silent.add(line.place)
            if not part or b"connection: close" in line.got:
                line.wire.close()
                self._free.append(self._line())
            else:
                line.got.clear()
                self._free.append(line)


def _whole(got: bytearray) -> bool:
    head = got.find(b"\r\n\r\n")
    if head < 0:
        return False
    size = got.find(b"content-length: ", 0, head)
    return size < 0 or len(got) - head - 4 >= int(got[size + 16 : got.find(b"\r", size)])


def _fire(port: int, requests: Sequence[bytes], rate: float, seconds: float, lines: int) -> Answers:
    return Volley(port, requests, rate, lines).fire(seconds)


class Gunners:
    """Volleys in processes of their own."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def fire(
        self, port: int, requests: Sequence[bytes], rate: float = 0.0, seconds: float = 0.0, lines: int = LINES
    ) -> Future[Answers]:
        """Begins a volley; its answers come later."""
        return self._pool.submit(_fire, port, requests, rate, seconds, lines)


@contextmanager
def gunners(count: int) -> Iterator[Gunners]:
    """So many processes that send."""
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield Gunners(pool)


def post(path: str, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> bytes:
    """A request as it goes over the wire."""
    named = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    head = b"POST " + path.encode() + b" HTTP/1.1\r\nHost: kierto\r\n" + named
    return head + b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body
