"""Posts to addresses that customers have given: https only, to the open internet only, no redirect, not for long.

The host is looked up once and connected to at the very address that was judged, so that a name that leads elsewhere a
moment later leads nowhere. http.client and not `procountor`: that one is for Procountor, its rate and its keys.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from finance import webhook
from finance.webhook import Reply

PATIENCE = 10.0  # seconds for connecting, and for each part of the answer
AGENT = "Kierto-Webhook/1"

Look = Callable[[str, int], list[str]]
"""Host and port → its addresses."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class _Private(OSError):
    """The name leads to an address that is not of the open internet."""


class Outgoing:
    """What `Desk.hook` is. ``look``, ``fit`` and ``trust`` are changed by tests alone."""

    def __init__(
        self,
        look: Look | None = None,
        fit: Callable[[Address], bool] = webhook.public,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._look = look or _look
        self._fit = fit
        self._trust = trust or ssl.create_default_context()

    def __call__(self, url: str, headers: Mapping[str, str], content: bytes) -> Reply:
        """One attempt. Nothing is raised: what came of it is the answer."""
        if webhook.slip(url) is not None:
            return Reply(problem="private")
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection = _Pinned(host, port, self._address(host, port), self._trust)
            try:
                connection.request("POST", path, content, {**headers, "User-Agent": AGENT})
                return Reply(connection.getresponse().status)
            finally:
                connection.close()
        except _Private:
            return Reply(problem="private")
        except (OSError, http.client.HTTPException, ValueError) as failed:
            return Reply(problem=type(failed).__name__)

    def _address(self, host: str, port: int) -> str:
        """The first of its addresses, when every one is public: a mixed answer is a trick."""
        found = self._look(host, port)
        if not found:
            raise OSError("no address")
        if not all(self._fit(ipaddress.ip_address(one)) for one in found):
            raise _Private(host)
        return found[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to ``address`` whose certificate is that of ``host``."""

    def __init__(self, host: str, port: int, address: str, trust: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=PATIENCE, context=trust)
        self._to = (address, port)
        self._trust = trust

    def connect(self) -> None:
        plain = socket.create_connection(self._to, PATIENCE)
        try:
            self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def _look(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
