"""Lets `responses` answer an httpx client: the transport makes each call through `requests`, which it patches.

Only public interfaces of the three libraries are used. A request that nobody registered fails the test by itself,
whatever the code under test makes of the error: `answering()` raises at the end what it refused on the way.
Timeouts are not simulated; register a `requests` exception as the body to have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import requests
import responses
from requests import exceptions as rq

LIKE: tuple[tuple[type[rq.RequestException], type[httpx.RequestError]], ...] = (
    (rq.ConnectTimeout, httpx.ConnectTimeout),
    (rq.Timeout, httpx.ReadTimeout),
    (rq.ProxyError, httpx.ProxyError),
    (rq.ChunkedEncodingError, httpx.RemoteProtocolError),
    (rq.ConnectionError, httpx.ConnectError),
    (rq.RequestException, httpx.RequestError),
)
"""The most specific first."""

READABLE = ("application/json", "application/x-www-form-urlencoded", "text/")


class NotRegistered(AssertionError):
    """The code under test called something the test did not expect."""


class Bridge:
    """An httpx transport whose answers come from `responses`; `calls` are the requests in order."""

    def __init__(self) -> None:
        self.transport = httpx.MockTransport(self._answer)
        self.calls: list[httpx.Request] = []
        self.refused: list[str] = []

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers.raw}
        body: str | bytes | None = request.content or None
        if isinstance(body, bytes) and request.headers.get("content-type", "").startswith(READABLE):
            body = body.decode()
        prepared = requests.Request(request.method, str(request.url), headers=headers, data=body).prepare()
        try:
            answer = requests.Session().send(prepared, allow_redirects=False, stream=True)
        except rq.RequestException as lost:
            if "Connection refused by Responses" in str(lost):
                self.refused.append(f"{request.method} {request.url}")
            raise next(ours for theirs, ours in LIKE if isinstance(lost, theirs))(str(lost), request=request) from lost
        kept = [
            (name, value)
            for name, value in answer.raw.headers.items()
            if name.lower() not in ("content-length", "transfer-encoding")
        ]
        content = answer.raw.read(decode_content=False)
        return httpx.Response(
            answer.status_code, headers=kept, stream=httpx.ByteStream(content), request=request
        )  # fmt: skip


@contextmanager
def answering(*, all_used: bool = True, in_order: bool = False) -> Iterator[tuple[Bridge, responses.RequestsMock]]:
    """A bridge and the registry to fill. At the end every registered answer must have been used."""
    registry = responses.registries.OrderedRegistry if in_order else responses.registries.FirstMatchRegistry
    bridge = Bridge()
    with responses.RequestsMock(assert_all_requests_are_fired=all_used, registry=registry) as mock:
        yield bridge, mock
        if bridge.refused:
            raise NotRegistered("not registered: " + "; ".join(bridge.refused))
