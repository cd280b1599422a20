"""Addresses that Slack hands us: which of them are Slack's own, and requests to them that follow nobody elsewhere."""

from __future__ import annotations

import http.client
import ipaddress
import json
import time
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from handlers.chat import ChatTrouble

FILES = frozenset({"files.slack.com", "files-origin.slack.com"})
REPLIES = frozenset({"hooks.slack.com"})

Origin = tuple[str, str, int]
_PORTS = {"https": 443, "http": 80}
_CHUNK = 65_536


def origin(url: str) -> Origin | None:
    """Scheme, host and port; None for anything but a plain http(s) address without a user name in it."""
    if any(c <= " " or c in '\\"<>' for c in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname, port or _PORTS[parts.scheme]


def loopback(host: str) -> bool:
    """True for this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer, not an order."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Hosts:
    """Slack's hosts for one Web API address, which stands for all of them where Slack is a practice world."""

    def __init__(self, api_url: str) -> None:
        """Raises ValueError when the address is neither https nor on this machine."""
        self._home = origin(api_url)
        if self._home is None or (self._home[0] == "http" and not loopback(self._home[1])):
            raise ValueError("SLACK_API_URL is an https address, or one on this machine")
        self.local = loopback(self._home[1])
        ways = [_Stay(), *([urllib.request.ProxyHandler({})] if self.local else [])]
        self._opener = urllib.request.build_opener(*ways)

    def keeps(self, url: str) -> bool:
        """True for an address at which Slack keeps files."""
        return self._own(url, FILES)

    def answers(self, url: str) -> bool:
        """True for a response_url of Slack's."""
        return self._own(url, REPLIES)

    def _own(self, url: str, names: frozenset[str]) -> bool:
        found = origin(url)
        return found is not None and (found == self._home or (found[0::2] == ("https", 443) and found[1] in names))

    def reply(self, url: str, payload: Mapping[str, Any], seconds: float) -> int:
        """Posts to a response_url that `answers`; gives the status, 0 when no answer came."""
        headers = {"Content-Type": "application/json; charset=utf-8"}
        request = urllib.request.Request(url, json.dumps(payload).encode(), headers)  # noqa: S310 - origin checked
        try:
            with self._opener.open(request, timeout=seconds) as answer:
                return int(answer.status)
        except HTTPError as refused:
            refused.close()
            return refused.code
        except (OSError, http.client.HTTPException):
            return 0

    def date(self, url: str, seconds: float) -> str:
        """The moment (Date) of whatever answer Slack gives at ``url``; "" when none came."""
        try:
            with self._opener.open(url, timeout=seconds) as answer:
                return str(answer.headers.get("Date", ""))
        except HTTPError as refused:
            refused.close()
            return str(refused.headers.get("Date", ""))
        except (OSError, http.client.HTTPException):
            return ""

    def fetch(self, url: str, token: str, most: int, seconds: float) -> tuple[bytes, str]:
        """A kept file's bytes and media type, all within ``seconds``. Raises ChatTrouble."""
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - as above
        try:
            with self._opener.open(request, timeout=min(seconds, 15.0)) as answer:
                return _all(answer, most, time.monotonic() + seconds), answer.headers.get_content_type()
        except HTTPError as refused:
            refused.close()
            raise ChatTrouble(f"file_http_{refused.code}") from None
        except (OSError, http.client.HTTPException):
            raise ChatTrouble("file_no_answer") from None


def _all(answer: Any, most: int, until: float) -> bytes:
    parts, size = [], 0
    while part := answer.read1(_CHUNK):
        size += len(part)
        if size > most:
            raise ChatTrouble("file_too_large")
        if time.monotonic() > until:
            raise ChatTrouble("file_too_slow")
        parts.append(part)
    if answer.length:
        raise ChatTrouble("file_cut_short")
    return b"".join(parts)
