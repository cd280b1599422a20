"""The practice Slack's HTTP doors beside the Web API: uploads, downloads, response_url, OAuth."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.slack.authorize import authorize
from sandbox.slack.desk import Desk
from sandbox.slack.hooks import use_hook
from sandbox.slack.records import StoredFile
from sandbox.slack.shapes import file_json

SIGN_IN = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in to {team}</h1></body></html>"


def served(desk: Desk, file: StoredFile) -> Response:
    """A file's bytes, always as a download so that no page runs in it."""
    mime = file_json(desk.space, desk.base(), file)["mimetype"]
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return Response(file.content, media_type=mime, headers=headers)


def doors(desk: Desk) -> list[Route]:
    """Routes for everything that is not the Web API or the page."""

    async def hook(request: Request) -> Response:
        body = await request.body()
        status, answer = await run_in_threadpool(use_hook, desk, request.path_params["token"], body)
        if status == 200:
            return PlainTextResponse("ok")
        return JSONResponse(answer, status)

    async def upload(request: Request) -> Response:
        return await _upload(desk, request)

    async def download(request: Request) -> Response:
        return _download(desk, request)

    async def sign_in(request: Request) -> Response:
        return HTMLResponse(SIGN_IN.format(team=desk.space.domain))

    async def installing(request: Request) -> Response:
        return await authorize(desk, request)

    async def to_the_app(request: Request) -> Response:
        return RedirectResponse("/", 302)

    return [
        Route("/hooks/{token}", hook, methods=["POST"]),
        Route("/upload/v1/{file_id}", upload, methods=["POST"]),
        Route("/files-pri/{place}/{name:path}", download),
        Route("/signin", sign_in),
        Route("/oauth/v2/authorize", installing, methods=["GET", "POST"]),
        Route("/app_redirect", to_the_app),
    ]


async def _upload(desk: Desk, request: Request) -> Response:
    world, file_id = desk.world, request.path_params["file_id"]
    asked: dict[str, Any] | None = world.uploads.get(file_id)
    if asked is None:
        return PlainTextResponse("not_found", 404)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        form = await request.form()
        part = next((value for value in form.values() if not isinstance(value, str)), None)
        content = await part.read() if part else b""
    else:
        content = await request.body()
    if len(content) != asked["length"]:
        return PlainTextResponse(f"expected {asked['length']} bytes, got {len(content)}", 400)
    world.hears("upload", {"name": asked["name"], "content": content.decode("utf-8", "replace")})
    bot, now = desk.space.app.bot_user, int(world.clock())
    with world.changing():
        world.files[file_id] = StoredFile(
            file_id,
            asked["name"],
            content,
            bot,
            now,
            asked["name"],
            alt_text=asked["alt_text"],
            ready_at=world.clock() + world.looking_seconds,
        )
        del world.uploads[file_id]
    return PlainTextResponse(f"OK - {len(content)}")


def _download(desk: Desk, request: Request) -> Response:
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if token not in desk.world.tokens or "files:read" not in desk.space.app.scopes:
        return RedirectResponse(f"/signin?redir={quote(request.url.path)}", 302)
    file = desk.world.files.get(request.path_params["place"].partition("-")[2])
    return served(desk, file) if file else HTMLResponse("<h1>Not found</h1>", 404)
