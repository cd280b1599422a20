"""The practice Procountor as a server: on a thread for tests and `kierto try`, or alone."""

from __future__ import annotations

import asyncio
import socket
import threading
from types import TracebackType

import uvicorn

from sandbox.procountor.app import Practice
from sandbox.procountor.connections import Connections
from sandbox.procountor.world import World

_STARTED_WITHIN = 10.0


class PracticeProcountor:
    """A real HTTP server on loopback. Use it as a context manager; `url` is the API base without a slash."""

    def __init__(self, world: World, *, port: int = 0, rate: int = 60) -> None:
        self.world = world
        # With the protocol named, asyncio turns Nagle off; without, each answer takes 40 ms.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/api"
        self.practice_url = f"http://127.0.0.1:{self.port}/practice"
        self._app, config = _config(world, rate)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="practice-procountor", daemon=True)

    def start(self) -> None:
        """Returns when the server answers. Raises RuntimeError when it does not come up."""
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(_STARTED_WITHIN / 0.01)):
            if self._server.started:
                return
            waited.wait(0.01)
        raise RuntimeError("The practice Procountor did not start.")

    def stop(self) -> None:
        """Ends the server, cutting what is still open, and saves the world if it lives in a file."""
        self._server.should_exit = self._server.force_exit = True
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()
        self.world.save()

    def use(self, world: World) -> None:
        """Goes on with another world on the same address: cheaper for tests than a new server each time."""
        self.world = self._app.world = world

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def __enter__(self) -> PracticeProcountor:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def serve(port: int, world: World, *, rate: int = 60) -> None:
    """Runs the practice Procountor in this process until it is interrupted."""
    try:
        uvicorn.Server(_config(world, rate, port)[1]).run()
    finally:
        world.save()


def _config(world: World, rate: int, port: int = 0) -> tuple[Practice, uvicorn.Config]:
    connections = Connections()
    app = Practice(world, rate=rate, cut=connections.cut)
    return app, uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        http=connections.protocol(),
        ws="none",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        log_level="error",
        timeout_keep_alive=75,
        access_log=False,
    )
