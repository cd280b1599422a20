"""Socket Mode: the same ears without a public address, and a watch over a connection that has fallen silent."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.websocket_client import SocketModeClient

from bot import incident
from bot.calls import client
from bot.hearing import Listen, hearing
from bot.settings import Settings

log = logging.getLogger(__name__)

PING = 5.0
PONG = 0.8  # of the time between two pings: then the other end counts as gone
SILENCE = 60.0


def connect(settings: Settings, app: App) -> Socket:
    """Connects with the settings' app token. Raises SlackApiError when Slack does not take it."""
    line = Socket(settings.slack_app_token.get_secret_value(), hearing(app), settings.slack_api_url)
    line.start()
    return line


class Socket:
    """Holds one connection to Slack, pings it every ``ping`` seconds and makes it anew when no answer comes.

    The library's own repair may get stuck; after ``silence`` seconds without a sign of life the watch steps in.
    """

    def __init__(
        self, app_token: str, listen: Listen, api_url: str, ping: float = PING, silence: float = SILENCE
    ) -> None:
        quiet = logging.getLogger("kierto.socket")
        quiet.setLevel(logging.CRITICAL)  # it writes addresses that hold a ticket
        self._listen = listen
        self._line = _Line(app_token, quiet, client("", api_url, patient=True), ping_interval=ping)
        self._line.socket_mode_request_listeners.append(self._hear)
        self._silence = silence
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._watching, name="socket watch", daemon=True)
        self._sign = time.time()  # the websocket library tells of pongs in this clock's seconds

    def start(self) -> None:
        """Connects. Raises SlackApiError when Slack does not take the app token."""
        self._line.connect()
        self._sign = time.time()
        self._watch.start()

    def close(self) -> None:
        """Hangs up; what is being heard ends first."""
        self._stop.set()
        if self._watch.is_alive():
            self._watch.join(timeout=10)
        self._line.close()

    @property
    def alive(self) -> bool:
        """True while the connection gives signs of life."""
        return self._line.is_connected() and time.time() - self._last() <= self._silence

    def _last(self) -> float:
        pong = float(getattr(self._line.current_session, "last_pong_tm", 0.0) or 0.0)
        self._sign = max(self._sign, pong)
        return self._sign

    def _watching(self) -> None:
        while not self._stop.wait(min(1.0, self._silence / 4)):
            if time.time() - self._last() > self._silence:
                log.warning("no sign of life from Slack for %.0f s: connecting anew", self._silence)
                self._renew()

    def _renew(self) -> None:
        self._sign = time.time()
        try:
            self._line.connect_to_new_endpoint(force=True)
        except Exception as failed:  # noqa: BLE001 - Slack may be away: the watch goes on
            incident.note(log, "connecting to Slack", failed)

    def _hear(self, line: BaseSocketModeClient, request: SocketModeRequest) -> None:
        started = time.time()
        try:
            answer = self._listen(dict(request.payload))
        except Exception as failed:  # noqa: BLE001 - without an answer Slack delivers an event again
            incident.note(log, "the socket", failed)
            return
        send_response(line, request, answer, started)


class _Line(SocketModeClient):
    """The library's client, which by itself pings but does not mind when no answer comes."""

    def _run_current_session(self) -> None:
        session: Any = self.current_session
        if session is None:
            return
        try:
            session.run_forever(
                ping_interval=self.ping_interval,
                ping_timeout=self.ping_interval * PONG,
                http_proxy_host=self.http_proxy_host,
                http_proxy_port=self.http_proxy_port,
                http_proxy_auth=self.http_proxy_auth,
                proxy_type=self.proxy_type,
            )
        except Exception as failed:  # noqa: BLE001 - the library's monitor sees the closed session and connects
            incident.note(log, "the connection to Slack", failed)
            session.close()
