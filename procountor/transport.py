"""The line itself: one physical request at its moment, its answer read within bounds, and a log line about it."""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import httpx

from procountor.errors import NotSent
from procountor.limiter import Pace

log = logging.getLogger("procountor")

Observe = Callable[[str, str, object, float], None]
"""Is told of each request that is over: its method, route, outcome (a code, or the kind of failure) and seconds."""

KEPT_HEADERS = ("content-type", "retry-after", "date")
"""All the client reads; cookies in particular never pass from one company's answer to another's request."""


def unobserved(method: str, route: str, outcome: object, seconds: float) -> None:
    """Nobody measures."""


class Departure:
    """One request's leave: permission before its first byte, handed back when its head is out.

    Permission asked for earlier would be worth little: making a connection takes longer on some requests than on
    others, and requests permitted evenly would arrive in bunches.
    """

    def __init__(self, pace: Pace, leave_by: float | None) -> None:
        self._pace = pace
        self._leave_by = leave_by
        self._held = ExitStack()
        self._permitted = False

    def leave(self) -> None:
        """Waits for permission. Raises NotSent when it does not come, or comes too late for the sender."""
        try:
            held = self._pace.wait()
            if held is not None:
                self._held.enter_context(held)
            self._permitted = True
        except OSError as denied:
            raise NotSent(f"no permission to send: {type(denied).__name__}") from denied
        if self._leave_by is not None and time.monotonic() > self._leave_by:
            self._held.close()
            raise NotSent("its time to leave had passed")

    def gone(self) -> None:
        """The head is out, or will never be."""
        self._held.close()

    def over(self) -> None:
        """The answer is there, or will never be."""
        self._held.close()
        if self._permitted:
            self._permitted = False
            self._pace.answered()

    def trace(self, event: str, _: Mapping[str, Any]) -> None:
        """httpcore's trace extension: tells of every step of a request, on the thread that makes it."""
        if event == "http11.send_request_headers.started":
            self.leave()
        elif event.startswith("http11.send_request_headers."):
            self.gone()


class Line(httpx.BaseTransport):
    """Around the transport that really sends: pace, bounds on the answer, one log line per request, no bodies."""

    def __init__(
        self, inner: httpx.BaseTransport, pace: Pace, *, largest: int, longest: float, observe: Observe = unobserved
    ) -> None:
        self._inner = inner
        self._traced = isinstance(inner, httpx.HTTPTransport)
        self._pace = pace
        self._largest = largest
        self._longest = longest
        self._observe = observe

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, whole and unpacked. Raises httpx's errors, and NotSent when no permission came."""
        started = time.monotonic()
        outcome: object = "not sent"
        try:
            answer = self._send(request)
            outcome = answer.status_code
        except httpx.HTTPError as lost:
            outcome = type(lost).__name__
            raise
        finally:
            spent, route = time.monotonic() - started, str(request.extensions.get("route", "?"))
            log.info("%s %s %s %.0f ms", request.method, route, outcome, spent * 1000)
            self._observe(request.method, route, outcome, spent)
        return answer

    def _send(self, request: httpx.Request) -> httpx.Response:
        departure = Departure(self._pace, request.extensions.get("leave_by"))
        if self._traced:
            request.extensions = {**request.extensions, "trace": departure.trace}
        else:
            departure.leave()
            departure.gone()
        try:
            answer = self._inner.handle_request(request)
        finally:
            departure.over()
        try:
            body = b"".join(self._bounded(answer))
        finally:
            answer.close()
        kept = [(name, answer.headers[name]) for name in KEPT_HEADERS if name in answer.headers]
        return httpx.Response(answer.status_code, headers=kept, content=body, request=request)

    def _bounded(self, answer: httpx.Response) -> Iterator[bytes]:
        """The unpacked body in pieces. Raises DecodingError when it grows too large, ReadTimeout when too slow."""
        limit = time.monotonic() + self._longest
        unpack = _unpacker(answer.headers.get("content-encoding", ""))
        size = 0
        assert isinstance(answer.stream, httpx.SyncByteStream)
        for packed in answer.stream:
            piece = unpack(packed, self._largest - size + 1)
            size += len(piece)
            if size > self._largest:
                raise httpx.DecodingError(f"answer larger than {self._largest} bytes")
            if time.monotonic() > limit:
                raise httpx.ReadTimeout(f"answer took longer than {self._longest} s")
            yield piece

    def close(self) -> None:
        """Closes the connections."""
        self._inner.close()


class _Unpacker:
    """gzip and deflate, never unpacking more than asked for: a small answer may unpack to gigabytes."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)

    def __call__(self, packed: bytes, most: int) -> bytes:
        try:
            return self._zlib.decompress(packed, most)
        except zlib.error as bad:
            raise httpx.DecodingError("answer cannot be unpacked") from bad


def _unpacker(encoding: str) -> Any:
    if encoding.strip().lower() in ("", "identity"):
        return lambda plain, _: plain
    if encoding.strip().lower() in ("gzip", "x-gzip", "deflate"):
        return _Unpacker()
    raise httpx.DecodingError(f"answer is packed with {encoding[:20]}")
