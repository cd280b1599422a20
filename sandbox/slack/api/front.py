"""The Web API's front door: arguments, faults, limits, token, scopes, and the answer's envelope."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.slack.api import auth, chat, files, users, views
from sandbox.slack.api.call import Call, Method
from sandbox.slack.dropped import DroppedResponse
from sandbox.slack.faults import Fault, Faults
from sandbox.slack.limits import Limits
from sandbox.slack.records import SlackRefusal
from sandbox.slack.sockets import Sockets
from sandbox.slack.world import World

METHODS: Mapping[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}
OPEN_TO_ALL = frozenset({"api.test", "oauth.v2.access"})
NEEDED = {
    "chat": "chat:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "bots.info": "users:read",
    "users.lookupByEmail": "users:read.email",
    "conversations.open": "im:write",
}


def needed_scope(method: str) -> str:
    """The scope a method asks for; empty when any token will do."""
    if method == "chat.getPermalink":
        return ""
    return NEEDED.get(method) or NEEDED.get(method.split(".", maxsplit=1)[0], "")


async def arguments(request: Request) -> dict[str, Any]:
    """Query, form (urlencoded or multipart) or JSON arguments; HTTP Basic gives the client's credentials."""
    args: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if kind == "application/json":
        body = await request.body()
        try:
            given = json.loads(body) if body.strip() else {}
        except ValueError:
            raise SlackRefusal("invalid_json") from None
        if not isinstance(given, dict):
            raise SlackRefusal("json_not_object")
        args |= given
    elif request.method == "POST":
        args |= dict(await request.form())
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        name, _, word = base64.b64decode(secret).decode().partition(":")
        args |= {"client_id": name, "client_secret": word}
    return args


def token_of(request: Request, args: dict[str, Any]) -> str:
    """The caller's token, from the header or the arguments."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    found = secret.strip() if scheme.lower() == "bearer" else args.pop("token", "")
    args.pop("token", None)
    return str(found or "")


@dataclass(slots=True)
class Front:
    """Answers `/api/{method}`; `calls` counts what was asked, by method."""

    world: World
    faults: Faults
    limits: Limits
    sockets: Sockets
    base: Callable[[], str]
    calls: dict[str, int] = field(default_factory=dict)

    async def answer(self, request: Request) -> Response:
        """One call, from the wire to the wire."""
        method = request.path_params["method"]
        self.calls[method] = self.calls.get(method, 0) + 1
        fault = self.faults.strike(method, await request.body())
        if fault and (early := await _before(fault)):
            return early
        try:
            args = await arguments(request)
        except SlackRefusal as refused:
            return self._reply(method, {"ok": False, "error": refused.error})
        wait = self.limits.wait(method, str(args.get("channel", "")))
        if wait:
            return too_many(wait)
        token = token_of(request, args)
        self.world.hears(method, args, token)
        made = self._reply(method, self.call(method, args, token))
        return (_after(fault) if fault else None) or made

    def call(self, method: str, args: dict[str, Any], token: str) -> dict[str, Any]:
        """The answer's JSON."""
        try:
            if method not in METHODS:
                raise SlackRefusal("unknown_method", req_method=method)
            self._admit(method, token)
            call = Call(method, args, token, self.world, self.base(), self.sockets.url)
            return {"ok": True, **METHODS[method](call)}
        except SlackRefusal as refused:
            return {"ok": False, "error": refused.error, **refused.extra}

    def _admit(self, method: str, token: str) -> None:
        if method in OPEN_TO_ALL:
            return
        app = self.world.workspace.app
        if not token:
            raise SlackRefusal("not_authed")
        if method == "apps.connections.open":
            if token != app.app_token:
                raise SlackRefusal("not_allowed_token_type" if token in self.world.tokens else "invalid_auth")
            return
        if token not in self.world.tokens:
            raise SlackRefusal("not_allowed_token_type" if token == app.app_token else "invalid_auth")
        scope = needed_scope(method)
        if scope and scope not in app.scopes:
            raise SlackRefusal("missing_scope", needed=scope, provided=",".join(app.scopes))

    def _reply(self, method: str, answer: dict[str, Any]) -> Response:
        headers = {
            "X-OAuth-Scopes": ",".join(self.world.workspace.app.scopes),
            "X-Accepted-OAuth-Scopes": needed_scope(method),
            "Cache-Control": "private, no-cache, no-store, must-revalidate",
        }
        return JSONResponse(answer, headers=headers)


def too_many(seconds: int) -> Response:
    """Slack's 429."""
    return JSONResponse({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(seconds)})


async def _before(fault: Fault) -> Response | None:
    if fault.what == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.what == "500":
        return Response("Internal Server Error", 500, media_type="text/plain")
    if fault.what == "429":
        return too_many(max(1, round(fault.seconds)))
    return DroppedResponse() if fault.what == "drop_before" else None


def _after(fault: Fault) -> Response | None:
    if fault.what == "drop_after":
        return DroppedResponse()
    return Response("Internal Server Error", 500, media_type="text/plain") if fault.what == "500_after" else None
