"""Carries requests to the app, by HTTP or over its socket, and times the answers."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.slack.records import Ack, Sent
from sandbox.slack.signing import signed_headers
from sandbox.slack.sockets import Sockets
from sandbox.slack.world import World

ACK_SECONDS = 3.0
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PATH = "/slack/events"


@dataclass(slots=True)
class Courier:
    """`bot_url` may change while running; with a socket connected, everything goes over the socket."""

    world: World
    secret: str
    bot_url: str
    sockets: Sockets
    seconds: float = ACK_SECONDS
    clock: Callable[[], float] = time.time
    log: list[Sent] = field(default_factory=list)

    def pack(self, kind: str, payload: dict[str, Any]) -> Sent:
        """A signed request: events as JSON, commands as form fields, the rest as a `payload` field."""
        if kind == "event":
            body, content = json.dumps(payload).encode(), JSON
        elif kind == "command":
            body, content = urlencode(payload).encode(), FORM
        else:
            body, content = urlencode({"payload": json.dumps(payload)}).encode(), FORM
        return Sent(kind, payload, body, signed_headers(self.secret, int(self.clock()), body, content))

    def send(self, sent: Sent, retry: int = 0, reason: str = "") -> Ack:
        """Sends and waits for the acknowledgement; never raises, the Ack says what went wrong."""
        self.log.append(sent)
        started = time.perf_counter()
        if self.sockets.connected:
            status, body, headers, error = self._by_socket(sent, retry, reason)
        else:
            status, body, headers, error = self._by_http(sent, retry, reason)
        no_retry = headers.get("x-slack-no-retry") == "1"
        ack = Ack(sent.kind, status, time.perf_counter() - started, body, error, retry, no_retry)
        with self.world.changing():
            self.world.acks.append(ack)
        return ack

    def _by_http(self, sent: Sent, retry: int, reason: str) -> tuple[int, bytes, dict[str, str], str]:
        place = urlsplit(self.bot_url)
        if not place.hostname:
            return 0, b"", {}, "dispatch_failed"
        secure = place.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(place.hostname, place.port, timeout=self.seconds)
        again = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason} if retry else {}
        try:
            connection.request("POST", place.path.rstrip("/") + PATH, sent.body, {**sent.headers, **again})
            answer = connection.getresponse()
            body = answer.read()
        except TimeoutError:
            return 0, b"", {}, "operation_timeout"
        except (OSError, http.client.HTTPException):
            return 0, b"", {}, "dispatch_failed"
        finally:
            connection.close()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, body, headers, _judged(answer.status)

    def _by_socket(self, sent: Sent, retry: int, reason: str) -> tuple[int, bytes, dict[str, str], str]:
        try:
            payload = self.sockets.ask(sent.kind, sent.payload, self.seconds, retry, reason)
        except TimeoutError:
            return 0, b"", {}, "operation_timeout"
        except ConnectionError:
            return 0, b"", {}, "dispatch_failed"
        return 200, b"" if payload is None else json.dumps(payload).encode(), {}, ""


def _judged(status: int) -> str:
    if status == 200:
        return ""
    return "http_client_error" if 400 <= status < 500 else "http_service_error"
