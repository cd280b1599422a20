"""Socket Mode: connected apps, envelopes sent to them and their acknowledgements."""

from __future__ import annotations

import asyncio
import json
import uuid
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.frames import TEXT, frame, handshake, texts

KINDS = {"event": "events_api", "command": "slash_commands"}


@dataclass(slots=True)
class Sockets:
    """Serves on the event loop it is started in; `ask` is called from other threads."""

    app_id: str
    loop: asyncio.AbstractEventLoop | None = None
    url: str = ""
    opened: int = 0
    _server: asyncio.Server | None = None
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)
    _waiting: dict[str, Future[Any]] = field(default_factory=dict)
    _turn: int = 0

    @property
    def connected(self) -> int:
        """How many connections the app holds."""
        return len(self._writers)

    async def start(self, host: str) -> None:
        """Opens the door on a free port."""
        self.loop = asyncio.get_running_loop()
        self._server = await asyncio.start_server(self._serve, host, 0, limit=2**20)
        self.url = f"ws://{host}:{self._server.sockets[0].getsockname()[1]}/link/"

    async def stop(self) -> None:
        """Closes the door and all connections."""
        if self._server:
            self._server.close()
        for writer in list(self._writers):
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if await handshake(reader, writer) is None:
                return
            self._writers.append(writer)
            self.opened += 1
            self._write(writer, self._hello())
            async for message in texts(reader, writer):
                self._heard(message)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the app went away; Slack simply counts one connection less
        finally:
            if writer in self._writers:
                self._writers.remove(writer)
            writer.close()

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": self.connected,
            "connection_info": {"app_id": self.app_id},
            "debug_info": {"host": "practice", "approximate_connection_time": 18060},
        }

    def _write(self, writer: asyncio.StreamWriter, message: dict[str, Any]) -> None:
        writer.write(frame(TEXT, json.dumps(message).encode()))

    def _heard(self, message: str) -> None:
        try:
            answer = json.loads(message)
        except ValueError:
            return
        waiting = self._waiting.pop(str(answer.get("envelope_id")), None) if isinstance(answer, dict) else None
        if waiting and not waiting.done():
            waiting.set_result(answer.get("payload"))

    def ask(self, kind: str, payload: dict[str, Any], seconds: float, retry: int = 0, reason: str = "") -> Any:
        """Sends an envelope to one connection in turn; gives the acknowledgement's payload or None."""
        if not self._writers or self.loop is None:
            raise ConnectionError("no socket is connected")
        self._turn += 1
        writer = self._writers[self._turn % len(self._writers)]
        envelope: dict[str, Any] = {
            "envelope_id": str(uuid.uuid4()),
            "type": KINDS.get(kind, "interactive"),
            "payload": payload,
            "accepts_response_payload": kind != "event",
        }
        if kind == "event":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        waiting: Future[Any] = Future()
        self._waiting[envelope["envelope_id"]] = waiting
        self.loop.call_soon_threadsafe(self._write, writer, envelope)
        try:
            return waiting.result(seconds)
        except FutureTimeout:
            raise TimeoutError("the app did not acknowledge") from None
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Asks the app to reconnect and hangs up, as Slack does every few hours."""
        if self.loop is None:
            return
        for writer in list(self._writers):
            self.loop.call_soon_threadsafe(self._write, writer, {"type": "disconnect", "reason": reason})
            self.loop.call_soon_threadsafe(writer.close)
