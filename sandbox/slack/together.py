"""Several practice workspaces behind one address, as Slack is: a token, a code or a link tells which one is meant."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Self
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send

from sandbox.slack.dropped import with_hang_up
from sandbox.slack.house import HOST, House
from sandbox.slack.server import PracticeSlack

OURS = ("api", "hooks", "files-pri", "upload", "oauth", "app_redirect", "signin")
CHOICE = "<!doctype html><title>Practice Slack</title><body><h1>Choose a workspace</h1><ul>{rows}</ul></body>"


class OneSlack:
    """Start it after its workspaces; its ``api_url`` is the bot's SLACK_API_URL for all of them."""

    def __init__(self, *workspaces: PracticeSlack, port: int = 0) -> None:
        self._workspaces = workspaces
        self._house = House(port)

    def start(self) -> Self:
        """Listens on loopback; from now on links that the workspaces give out lead here."""
        self._house.open(with_hang_up(self._serve))
        for slack in self._workspaces:
            slack.address = self.url
        return self

    def stop(self) -> None:
        """Closes the one address; the workspaces go on at their own."""
        self._house.close()
        for slack in self._workspaces:
            slack.address = ""

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._house.port}"

    @property
    def api_url(self) -> str:
        """The Web API's base, for SLACK_API_URL."""
        return f"{self.url}/api/"

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        request = Request(scope, receive)
        area, _, rest = scope["path"].lstrip("/").partition("/")
        if area not in OURS:
            await HTMLResponse("<h1>Not found</h1>", 404)(scope, receive, send)
        elif area == "oauth" and not request.query_params.get("team"):
            await self._choice(request)(scope, receive, send)
        elif (area, rest) == ("api", "oauth.v2.access"):
            body = await request.body()
            code = parse_qs(body.decode("utf-8", "replace")).get("code", [""])[0]
            await self._of(lambda slack: code in slack.world.codes).app(scope, _again(body), send)
        else:
            await self._meant(request, area, rest).app(scope, receive, send)

    def _meant(self, request: Request, area: str, rest: str) -> PracticeSlack:
        team = request.query_params.get("team", "")
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        return {
            "api": lambda: self._of(lambda slack: token in slack.world.tokens),
            "hooks": lambda: self._of(lambda slack: rest in slack.world.hooks),
            "files-pri": lambda: self._of(lambda slack: rest.startswith(f"{slack.workspace.team_id}-")),
            "upload": lambda: self._of(lambda slack: rest.removeprefix("v1/") in slack.world.uploads),
        }.get(area, lambda: self._of(lambda slack: slack.workspace.team_id == team))()

    def _of(self, mine: Callable[[PracticeSlack], bool]) -> PracticeSlack:
        """The workspace that knows it; the first one, which will not, says so."""
        return next(filter(mine, self._workspaces), self._workspaces[0])

    def _choice(self, request: Request) -> HTMLResponse:
        rows = ""
        for slack in self._workspaces:
            to = urlencode({**request.query_params, "team": slack.workspace.team_id})
            rows += f'<li><a href="?{escape(to)}">{escape(slack.workspace.name)}</a></li>'
        return HTMLResponse(CHOICE.format(rows=rows))


def _again(body: bytes) -> Receive:
    """A body that was read already, to be read once more."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
