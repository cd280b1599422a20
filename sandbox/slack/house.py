"""Runs an application on loopback in a thread of its own."""

from __future__ import annotations

import socket
import threading
import time

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"


class House:
    """A uvicorn server that can be started and stopped; the port is known before the first request."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def open(self, app: ASGIApp) -> None:
        """Listens (on a free port unless one was given) and returns when requests are served."""
        # With the protocol named, asyncio turns Nagle off; without, an answer may take 40 ms.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, self.port))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="on",
            ws="none",
            proxy_headers=False,
            date_header=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        run = threading.Thread(target=server.run, args=([listening],), daemon=True, name="practice-slack")
        self._server, self._thread = server, run
        run.start()
        deadline = time.monotonic() + 10
        while not server.started and run.is_alive() and time.monotonic() < deadline:
            time.sleep(0.005)  # uvicorn tells of its start by this flag only
        if not server.started:
            raise RuntimeError("the practice Slack did not start")

    def close(self) -> None:
        """Stops serving; open requests get a second."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(10)
