"""The page's own doors: its files, the state, live news of changes, and the acts of the person who looks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.slack import dropping
from sandbox.slack.desk import Desk
from sandbox.slack.doors import served
from sandbox.slack.page_acts import act, shown
from sandbox.slack.picture import picture
from sandbox.slack.shapes import file_json

PAGE = Path(__file__).parent / "page"
SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; style-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
}


class News:
    """Wakes the open pages when something has changed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.loop: asyncio.AbstractEventLoop | None = None
        self.bells: set[asyncio.Event] = set()
        self.closing = False
        desk.world.listeners.append(self.ring)

    def ring(self) -> None:
        """Called from any thread after a change."""
        if self.loop and self.bells:
            self.loop.call_soon_threadsafe(self._all)

    def _all(self) -> None:
        for bell in self.bells:
            bell.set()

    def close(self) -> None:
        """Ends all streams, so that the server can stop."""
        self.closing = True
        self.ring()

    async def stream(self) -> AsyncIterator[str]:
        """Server-sent events: the version after each change, and a sign of life now and then."""
        bell = asyncio.Event()
        self.bells.add(bell)
        try:
            while not self.closing:
                bell.clear()
                yield f"data: {self.desk.world.version}\n\n"
                try:
                    await asyncio.wait_for(bell.wait(), 15)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self.bells.discard(bell)


async def _dropped(desk: Desk, request: Request) -> Response:
    """Files dropped on the page: shared in a channel, or (without one) kept for a file input."""
    form = await request.form()
    files = [(str(f.filename), await f.read()) for f in form.getlist("file") if not isinstance(f, str)]
    user, channel = str(form["user"]), str(form.get("channel") or "")
    if not channel:
        stored = [dropping.store(desk, user, *file) for file in files]
        return JSONResponse({"ok": True, "files": [file_json(desk.space, desk.base(), file) for file in stored]})
    made = await run_in_threadpool(dropping.drop_files, desk, user, files, channel, str(form.get("text") or ""))
    return JSONResponse(shown(made))


async def _acting(desk: Desk, request: Request) -> Response:
    """An act asked for by the page itself; other sites are turned away."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        return JSONResponse({"ok": False, "error": "another site may not act here"}, 403)
    try:
        asked = json.loads(await request.body())
    except ValueError:
        return JSONResponse({"ok": False, "error": "an act is a JSON object"}, 400)
    status, answer = await run_in_threadpool(act, desk, asked)
    return JSONResponse(answer, status)


def page_routes(desk: Desk, news: News) -> list[BaseRoute]:
    """Routes of the page."""

    async def index(request: Request) -> Response:
        return FileResponse(PAGE / "index.html", headers=SECURITY)

    async def state(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(picture, desk, request.query_params.get("user")))

    async def live(request: Request) -> Response:
        return StreamingResponse(news.stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def acting(request: Request) -> Response:
        return await _acting(desk, request)

    async def drop(request: Request) -> Response:
        return await _dropped(desk, request)

    async def file(request: Request) -> Response:
        found = desk.world.files.get(request.path_params["file_id"])
        return served(desk, found) if found else JSONResponse({"error": "file_not_found"}, 404)

    return [
        Route("/", index),
        Route("/archives/{rest:path}", index),
        Route("/practice/state", state),
        Route("/practice/live", live),
        Route("/practice/act", acting, methods=["POST"]),
        Route("/practice/drop", drop, methods=["POST"]),
        Route("/practice/files/{file_id}", file),
        Mount("/page", StaticFiles(directory=PAGE)),
    ]
