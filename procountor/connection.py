"""Where a conversation with Procountor begins: one HTTP client for all companies, one Api per API key."""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from types import TracebackType

import httpx
from httpx_retries import Retry, RetryTransport

from procountor.api import Api
from procountor.limiter import Pace
from procountor.transport import Line, Observe, unobserved

__all__ = ["Client", "Pace", "Patience", "Procountor", "connect"]

_PASSING = (429, 500, 502, 503, 504)
_BROKEN_LINES = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)


@dataclass(frozen=True, slots=True)
class Client:
    """The API client Procountor issued. ``url`` is the API base, e.g. ``https://api.procountor.com/api``."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, in seconds, and how much we take.

    ``read`` is the longest silence, ``answer`` the longest whole answer, ``pool`` the wait for a free connection.
    Reads are tried ``tries`` times in all, pausing from ``pause`` upwards, no longer than ``longest_pause``
    (Retry-After included). A connection idle for ``idle`` is not used again: servers close theirs after five
    seconds, and a request that meets a closing connection is one we would know nothing about. There are as many
    ``connections`` as threads of a worker may want at once: one that waits for its moment holds a connection, and
    who may overtake it must not wait for that.
    """

    connect: float = 5.0
    read: float = 30.0
    write: float = 30.0
    pool: float = 60.0
    answer: float = 120.0
    tries: int = 4
    pause: float = 0.5
    longest_pause: float = 30.0
    idle: float = 2.0
    connections: int = 100
    largest: int = 20_000_000


class Procountor:
    """Procountor as one API client sees it. Threads share it; close it at the end, or use it in a with block."""

    def __init__(self, client: Client, http: httpx.Client, token_retry: Retry, clock: Callable[[], float]) -> None:
        self._client = client
        self._http = http
        self._token_retry = token_retry
        self._clock = clock
        self._lock = threading.Lock()
        self._apis: dict[str, Api] = {}

    def company(self, api_key: str, open_: Callable[[], bool] = lambda: True) -> Api:
        """The conversation this API key opens: always the same one, so that all threads share its token.

        ``open_`` is asked before every write; while it says no, nothing that changes anything leaves.
        """
        with self._lock:
            if api_key not in self._apis:
                self._apis[api_key] = Api(self._http, self._form(api_key), self._token_retry, self._clock, open_)
            return self._apis[api_key]

    def once(self, api_key: str) -> Api:
        """A conversation of its own, for a key that is only being tried: its token is asked for anew."""
        return Api(self._http, self._form(api_key), self._token_retry, self._clock)

    def forget(self, api_key: str) -> None:
        """Drops the conversation and its token: for a key that was replaced or revoked."""
        with self._lock:
            self._apis.pop(api_key, None)

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def _form(self, api_key: str) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": self._client.client_id,
            "client_secret": self._client.client_secret,
            "redirect_uri": self._client.redirect_uri,
            "api_key": api_key,
        }

    def __enter__(self) -> Procountor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(
    client: Client,
    pace: Pace,
    *,
    transport: httpx.BaseTransport | None = None,
    patience: Patience = Patience(),
    clock: Callable[[], float] = time.monotonic,
    observe: Observe = unobserved,
) -> Procountor:
    """Ready to talk; nothing is sent yet. ``transport`` stands in for the network in tests.

    ``clock`` (monotonic seconds) decides when a token is old. ``observe`` is told of each request.
    The HTTP libraries' own log lines are turned down: they print whole addresses, and what was searched for with them.
    """
    for name in ("httpx", "httpcore", "httpx_retries"):
        logging.getLogger(name).setLevel(logging.WARNING)
    limits = httpx.Limits(
        max_connections=patience.connections,
        max_keepalive_connections=patience.connections,
        keepalive_expiry=patience.idle,
    )
    inner = transport or httpx.HTTPTransport(verify=_trusted(), limits=limits)
    line = Line(inner, pace, largest=patience.largest, longest=patience.answer, observe=observe)
    http = httpx.Client(
        base_url=client.url.rstrip("/") + "/",
        transport=RetryTransport(transport=line, retry=_retry(patience, "GET")),
        timeout=httpx.Timeout(
            connect=patience.connect, read=patience.read, write=patience.write, pool=patience.pool
        ),
        headers={"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": "kierto"},
        follow_redirects=False,
        trust_env=False,
    )  # fmt: skip
    return Procountor(client, http, _retry(patience, "POST"), clock)


@cache
def _trusted() -> ssl.SSLContext:
    """Whom the network is believed to be, read once: reading it for each conversation slows every start."""
    return httpx.create_ssl_context()


def _retry(patience: Patience, method: str) -> Retry:
    """Reads may be repeated, and so may the request for a token; nothing else ever is."""
    return Retry(
        total=patience.tries - 1,
        allowed_methods=[method],
        status_forcelist=_PASSING,
        retry_on_exceptions=_BROKEN_LINES,
        backoff_factor=patience.pause,
        max_backoff_wait=patience.longest_pause,
        backoff_jitter=0.5,
    )
