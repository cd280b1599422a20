"""The HTTP door: reads with limits, verifies, hears each delivery once, and gives the rest to a pool of threads."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram
from slack_bolt import BoltResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import acks, incident, meters, payloads
from bot.bodies import Answer, CutShort, Headers, body_of, sent
from bot.listen import Listen
from bot.verify import Verdict, shape, verify
from bot.vitals import Ready, Sober, Vitals
from storage import inbox
from storage.database import Store

log = logging.getLogger(__name__)

EVENTS = "/slack/events"
TIMESTAMP, SIGNATURE = b"x-slack-request-timestamp", b"x-slack-signature"


@dataclass(frozen=True, slots=True)
class EdgeConfig:
    """``most`` bytes of body within ``patience`` seconds; ``threads`` hear at the same time.

    ``metrics_token`` opens /metrics; without one it is closed.
    """

    signing_secret: str
    most: int = 1_000_000
    patience: float = 10.0
    threads: int = 16
    metrics_token: str = ""


def build(
    config: EdgeConfig,
    listen: Listen,
    store: Store,
    clock: Callable[[], datetime],
    ready: Ready,
    registry: CollectorRegistry,
    more: Sequence[Route] = (),
) -> ASGIApp:
    """The web application. ``ready`` names the parts of the bot: one whose text is not "ok" is not ready.

    ``more`` are addresses that people's browsers open.

    Raises ValueError without a signing secret: an empty one would make everybody's signature right.
    """
    if not config.signing_secret:
        raise ValueError("the Slack signing secret is missing")
    door = Door(config, listen, store, clock, registry)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        door.close()

    routes = [
        Route(EVENTS, door, methods=["POST"]),
        *Vitals(ready, (registry, meters.REGISTRY), config.metrics_token).routes(),
        *more,
    ]
    return Front(door, Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(Sober)]))


class Front:
    """What is posted to Slack's address goes straight to the door; everything else to the web application."""

    def __init__(self, door: ASGIApp, web: ASGIApp) -> None:
        self._door, self._web = door, web

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        straight = scope["type"] == "http" and scope["path"] == EVENTS and scope["method"] == "POST"
        await (self._door if straight else self._web)(scope, receive, send)


class Refusals:
    """Counts what was refused and why; writes at most a line a minute for each reason, never anything of a body."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._total = Counter("kierto_slack_refused_total", "Requests refused at the door", ["why"], registry=registry)
        self._lock = threading.Lock()
        self._since: dict[str, tuple[float, int]] = {}

    def note(self, why: str, now: float) -> None:
        self._total.labels(why=why).inc()
        with self._lock:
            last, count = self._since.get(why, (float("-inf"), 0))
            say = now - last >= 60
            self._since[why] = (now, 0) if say else (last, count + 1)
        if say:
            log.warning("refused a request to /slack/events: %s (%d more since the last line)", why, count)


class Door:
    """Lets each genuine delivery in, once."""

    def __init__(
        self,
        config: EdgeConfig,
        listen: Listen,
        store: Store,
        clock: Callable[[], datetime],
        registry: CollectorRegistry,
    ) -> None:
        self._config = config
        self._listen = listen
        self._store = store
        self._clock = clock
        self._pool = ThreadPoolExecutor(config.threads, "ear")
        self._refusals = Refusals(registry)
        self._seconds = Histogram(
            "kierto_slack_ack_seconds",
            "From a request's arrival to its acknowledgement",
            buckets=(0.01, 0.03, 0.1, 0.3, 0.5, 1.0, 1.5, 2.0, 3.0),
            registry=registry,
        )

    def close(self) -> None:
        """Lets what is being heard end."""
        self._pool.shutdown()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Everything Slack sends. Nothing is built of a request until it is known to be Slack's."""
        answer = await self._answer(scope["headers"], receive)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, headers: Headers, receive: Receive) -> Answer:
        now = self._clock().timestamp()
        stamps, signs = sent(headers, TIMESTAMP), sent(headers, SIGNATURE)
        if why := shape(stamps, signs, now):
            return self._refuse(why, 401)
        try:
            async with asyncio.timeout(self._config.patience):
                content = await body_of(headers, receive, self._config.most)
        except TimeoutError:
            return self._refuse("slow", 408)
        except CutShort:
            return self._refuse("cut short", 400)
        if content is None:
            return self._refuse("large", 413)
        verdict = verify(self._config.signing_secret, stamps[0], signs[0], content, now)
        if verdict is not Verdict.GENUINE:
            return self._refuse(verdict, 401)
        kind = b"".join(sent(headers, b"content-type")[:1]).decode("latin-1")
        key = hashlib.sha256(stamps[0] + signs[0]).hexdigest()
        with self._seconds.time():
            loop = asyncio.get_running_loop()
            heard = await loop.run_in_executor(self._pool, self._hear, content, kind, key)
        return Answer.of(heard)

    def _refuse(self, why: str, status: int) -> Answer:
        self._refusals.note(why, self._clock().timestamp())
        return Answer(status)

    def _hear(self, content: bytes, kind: str, key: str) -> BoltResponse:
        try:
            body = payloads.parse(content, kind)
        except payloads.Unfit as unfit:
            self._refusals.note(str(unfit), self._clock().timestamp())
            return BoltResponse(status=401)
        if not self._first(key):
            return acks.nothing()
        try:
            answer = self._listen(body)
        except Exception as failed:  # noqa: BLE001 - an answer of ours, not a traceback of the server's
            incident.note(log, "the door", failed)
            answer = acks.again()
        if answer.headers.pop(acks.UNHEARD, None):
            with suppress(Exception):  # what could not be stored may not be forgettable either: it ages out
                inbox.forget(self._store, key)
        return answer

    def _first(self, key: str) -> bool:
        try:
            return inbox.first(self._store, key, self._clock())
        except Exception as failed:  # noqa: BLE001 - what is said has a key of its own that guards it, too
            incident.note(log, "the store of deliveries", failed)
            return True
