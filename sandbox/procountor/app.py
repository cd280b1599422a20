"""The edge: counts, limits, faults and authentication around the route functions, as an ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qs, unquote

from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from sandbox.procountor import control, journal, shapes
from sandbox.procountor.auth import bearer, give_token
from sandbox.procountor.call import Call
from sandbox.procountor.faults import Fault
from sandbox.procountor.journal import RateLimit
from sandbox.procountor.meddling import meddle
from sandbox.procountor.routing import DOCUMENT, STATUS, TOKEN, Table, without_base
from sandbox.procountor.transport import Asked, media, read, respond, too_big
from sandbox.procountor.wire import (
    HTML_500,
    Answer,
    Refused,
    dumps,
    error_answer,
    not_found,
    ok,
    refuse,
)
from sandbox.procountor.world import World

Cut = Callable[[tuple[str, int], bool], None]
_MAX_JSON, _MAX_UPLOAD = 2_000_000, 11_000_000
_SAVE_AFTER = 0.2
_TOO_MANY = Answer(429, dumps({"errors": [{"status": 429, "message": "Too Many Requests"}]}))
_BROKEN = {
    "500json": Answer(500, dumps({"errors": [{"status": 500, "message": "Internal Server Error"}]})),
    "500html": Answer(500, HTML_500, "text/html"),
    "429": _TOO_MANY,
}


class Practice:
    """ASGI application over a world. `cut(client, reset)` breaks a client's connection."""

    def __init__(self, world: World, *, rate: int, cut: Cut) -> None:
        self.world = world
        self._limit = RateLimit(rate)
        self._cut = cut
        self._table = Table()
        self._later: set[asyncio.Task[None]] = set()
        self._save_due = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        path = unquote(scope["raw_path"].decode("ascii", "replace").split("?")[0]) if scope.get("raw_path") else ""
        body = await read(request, _MAX_UPLOAD if "multipart" in media(request) else _MAX_JSON)
        if path.startswith("/practice"):
            await self._practice(request, path, body, receive, send)
            return
        asked = self._asked(request, path, body or b"")
        with self.world.lock:
            self.world.counts.arrived(asked.route)
            spoiled, fault = self._admit(asked, body)
        if spoiled is not None:
            await respond(spoiled, scope, receive, send)
        elif fault is None:
            await respond(self._perform(asked), scope, receive, send)
        else:
            await self._faulty(fault, asked, request, send)

    async def _practice(self, request: Request, path: str, body: bytes | None, receive: Receive, send: Send) -> None:
        try:
            with self.world.lock:
                answer = control.handle(self.world, request.method, path, body or b"")
        except Refused as refused:
            answer = error_answer(refused, "errors")
        self._save_soon()
        await respond(answer, request.scope, receive, send)

    def _asked(self, request: Request, path: str, body: bytes) -> Asked:
        inside = without_base(path)
        match = self._table.find(request.method, inside) if inside is not None else None
        headers = {name.lower(): value for name, value in request.headers.items()}
        return Asked(request.method, inside or path, request.url.query, headers, body, match)

    def _admit(self, asked: Asked, body: bytes | None) -> tuple[Answer | None, Fault | None]:
        """An answer for what never reaches Procountor, or the fault that this call will meet."""
        if not self._limit.allows(self.world.client_id):
            self.world.journal.breaches.append({"when": self.world.now(), "route": asked.route})
            return _TOO_MANY, None
        if body is None:
            return too_big(asked), None
        if asked.method == "GET" and body:
            return Answer(400, b"<html><body>Bad Request</body></html>", "text/html"), None
        return None, self.world.faults.strike(asked.route, asked.invoices)

    async def _faulty(self, fault: Fault, asked: Asked, request: Request, send: Send) -> None:
        """Plays one line of the fault script."""
        if fault.what == "edit":
            await respond(self._perform(asked, fault), request.scope, request.receive, send)
            return
        if fault.what == "zombie":
            await self._break(request, reset=True)
            task = asyncio.create_task(self._perform_later(asked, fault.seconds))
            self._later.add(task)
            task.add_done_callback(self._later.discard)
            return
        answer: Answer | None = None
        if fault.what == "slow" and fault.when == "before":
            await asyncio.sleep(fault.seconds)
        if fault.when == "after" or fault.what in {"slow", "truncate"}:
            answer = self._perform(asked)
        if fault.what == "slow" and fault.when == "after":
            await asyncio.sleep(fault.seconds)
        if fault.what in {"drop", "close"}:
            await self._break(request, reset=fault.what == "drop")
        elif fault.what == "truncate" and answer is not None:
            await self._truncate(answer, request, send)
        else:
            sent = _BROKEN.get(fault.what) or answer or _TOO_MANY
            await respond(sent, request.scope, request.receive, send)

    async def _break(self, request: Request, *, reset: bool) -> None:
        if request.client is not None:
            self._cut((request.client.host, request.client.port), reset)
        while (await request.receive())["type"] != "http.disconnect":
            pass

    async def _truncate(self, answer: Answer, request: Request, send: Send) -> None:
        headers = [(b"content-type", answer.media.encode()), (b"content-length", b"%d" % len(answer.body))]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        half: Message = {
            "type": "http.response.body",
            "body": answer.body[: len(answer.body) // 2],
            "more_body": True,
        }
        await send(half)
        await self._break(request, reset=False)

    async def _perform_later(self, asked: Asked, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._perform(asked)

    def _perform(self, asked: Asked, edit: Fault | None = None) -> Answer:
        """Carries a request out: one at a time, all or nothing; `edit` is done directly before or after it."""
        with self.world.lock:
            try:
                meddle(self.world, asked, edit, "before")
                answer = self._carry_out(asked)
                meddle(self.world, asked, edit, "after")
            except Refused as refused:
                answer = error_answer(refused, self.world.options.error_shape)
            self.world.counts.answers[f"{asked.route} {answer.status}"] += 1
        if asked.method != "GET":
            self._save_soon()
        return answer

    def _carry_out(self, asked: Asked) -> Answer:
        if asked.route == TOKEN:
            media_type = asked.headers.get("content-type", "")
            return give_token(self.world, media_type, asked.query, asked.body)
        if asked.route == STATUS:
            return ok({"name": "Procountor API", "version": "26.04", "status": "OK", "procountorVersion": "26.04"})
        if asked.route == DOCUMENT:
            return ok(shapes.document())
        token = bearer(self.world, asked.headers.get("authorization", ""))
        if asked.match is None:
            raise not_found("Resource")
        if asked.match.handler is None:
            raise refuse("Request method is not supported.", status=405)
        company, query = self.world.companies[token.company], parse_qs(asked.query, keep_blank_values=True)
        if self.world.journal.recording:
            request = journal.Request(asked.match.name, company.id, token.name, asked.body)
            self.world.journal.requests.append(request)
        params, name = asked.match.params, asked.match.name
        call = Call(
            self.world, company, company.users[token.user], token.name, name, params, query, asked.headers, asked.body
        )
        answer = asked.match.handler(call)
        for ident, summary in call.changes:
            self.world.journal.add(
                when=call.now,
                company=company.id,
                user=token.user,
                key=token.name,
                route=name,
                id=ident,
                summary=summary,
            )
        return answer

    def _save_soon(self) -> None:
        """Changes of the next moment share one write to the world's file."""
        if self.world.path is None or self._save_due:
            return
        self._save_due = True
        task = asyncio.create_task(self._save())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _save(self) -> None:
        await asyncio.sleep(_SAVE_AFTER)
        self._save_due = False
        await asyncio.to_thread(self.world.save)
