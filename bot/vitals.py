"""What an operator asks a process over HTTP: is it alive, is it ready and if not why, and the figures.

The figures are shown to whoever knows KIERTO_METRICS_TOKEN, to nobody while it is not set.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import threading
from collections.abc import Callable, Mapping, Sequence

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import incident

log = logging.getLogger(__name__)

Ready = Callable[[], Mapping[str, object]]


HEADERS = (
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)


class Sober:
    """Around an application: whatever it answers, a browser shows, keeps, frames and guesses nothing of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sober(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *(one for one in HEADERS if one[0] not in own)]
            await send(message)

        await self._app(scope, receive, sober)


class Vitals:
    """The three addresses. ``ready`` names the parts of the bot: one whose text is not "ok" is not ready."""

    def __init__(self, ready: Ready, registries: Sequence[CollectorRegistry], token: str) -> None:
        self._ready = ready
        self._registries = registries
        self._token = token.encode()

    def routes(self) -> list[Route]:
        return [
            Route("/health/live", self.live),
            Route("/health/ready", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def live(self, _: Request) -> Response:
        """The process answers."""
        return JSONResponse({"live": "ok"})

    async def ready(self, _: Request) -> Response:
        """The parts of the bot, asked off the event loop; a failure to answer is an answer."""
        try:
            parts = await asyncio.to_thread(self._ready)
        except Exception as failed:  # noqa: BLE001 - whatever it is, the bot is not ready
            parts = {"bot": f"incident {incident.note(log, 'readiness', failed)}"}
        well = all(state == "ok" for state in parts.values() if isinstance(state, str))
        return JSONResponse(parts, 200 if well else 503)

    async def metrics(self, request: Request) -> Response:
        """Counts and durations, for Prometheus; not even their being there is told to others."""
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        known = kind.lower() == "bearer" and hmac.compare_digest(shown.strip().encode(), self._token)
        if not self._token or not known:
            return Response("Not Found", 404)
        content = await asyncio.to_thread(lambda: b"".join(map(generate_latest, self._registries)))
        return Response(content, headers={"Content-Type": CONTENT_TYPE_LATEST})


class VitalsServer:
    """The three addresses alone, for a process that hears nobody: the worker."""

    def __init__(self, vitals: Vitals, host: str, port: int) -> None:
        web = Starlette(routes=vitals.routes(), middleware=[Middleware(Sober)])
        self._server = uvicorn.Server(
            uvicorn.Config(web, host=host, port=port, log_config=None, access_log=False, lifespan="off")
        )
        self._thread = threading.Thread(target=self._server.run, name="vitals", daemon=True)

    def start(self) -> None:
        """Begins to answer; work goes on also when the port is taken, and the log says so."""
        self._thread.start()

    @property
    def port(self) -> int | None:
        """Where it answers; None before it does."""
        servers = self._server.servers if self._server.started else []
        return int(servers[0].sockets[0].getsockname()[1]) if servers else None

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=5)
