"""Installing the app into a workspace by OAuth: the way to Slack, the way back, and a page for every way it may end."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from slack_sdk.oauth import AuthorizeUrlGenerator, OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web import SlackResponse
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import incident
from bot.calls import call, client
from bot.chat import SlackChat
from bot.compose import House
from bot.installations import LIFE, Installations, States
from bot.manifest import BACK, SCOPES
from bot.pages import page, spoken
from handlers import installing
from handlers.chat import ChatTrouble
from handlers.installing import Joined
from handlers.views.tongue import Tongue

log = logging.getLogger(__name__)

INSTALL = "/slack/install"
# With this prefix a browser takes the cookie from this very host only, and only over TLS (or from this machine).
COOKIE = "__Host-kierto-install"
_CODE = re.compile(r"[a-z_]{1,60}")


class Unfit(Exception):
    """An installation of a kind that Kierto does not serve; the message says why, for the log."""


class Installer:
    """Serves the two addresses. A state binds the answer to the browser that began, once, for ten minutes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._settings = house.settings
        self._states = States(house.store, house.desk.clock)
        self._kept = Installations(house.settings.slack_client_id, house.store)
        self._cookies = OAuthStateUtils(cookie_name=COOKIE, expiration_seconds=LIFE)
        self._asks = AuthorizeUrlGenerator(
            client_id=quote(house.settings.slack_client_id),
            scopes=SCOPES,
            authorization_url=urljoin(house.settings.slack_api_url, "/oauth/v2/authorize"),
        )

    def routes(self) -> list[Route]:
        """Plain functions: each runs in a thread of its own, off the event loop."""
        return [Route(INSTALL, self._guarded(self._begin)), Route(BACK, self._guarded(self._back))]

    def _guarded(self, run: Callable[[Request, Tongue], Response]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            say = Tongue(spoken(request.headers.get("accept-language", "")))
            try:
                return run(request, say)
            except Exception as failed:  # noqa: BLE001 - a page of ours, not a traceback of the server's
                return self._failed(say, incident.note(log, "installing", failed))

        return answer

    def _begin(self, request: Request, say: Tongue) -> Response:
        """On to Slack, which shows what the app asks for."""
        state = self._states.issue()
        answer = RedirectResponse(self._asks.generate(state), 302, {"Cache-Control": "no-store"})
        answer.headers["Set-Cookie"] = f"{self._cookies.build_set_cookie_for_new_state(state)}; SameSite=Lax"
        return answer

    def _back(self, request: Request, say: Tongue) -> Response:
        """Slack sends the browser back, with a code or with what came in between."""
        answer = self._answered(request, say)
        answer.headers["Set-Cookie"] = self._cookies.build_set_cookie_for_deletion()
        return answer

    def _answered(self, request: Request, say: Tongue) -> Response:
        asked = request.query_params
        state, trouble, code = asked.get("state", ""), asked.get("error", ""), asked.get("code", "")
        if not self._cookies.is_valid_browser(state or None, {"cookie": request.headers.getlist("cookie")}):
            return self._elsewhere(say)
        if not self._states.consume(state):
            return self._late(say)
        if trouble == "access_denied":
            return self._cancelled(say)
        if trouble or not code:
            log.warning("Slack sent an installation back with %s", trouble if _CODE.fullmatch(trouble) else "no code")
            return self._refused(say)
        try:
            installed = self._exchanged(code)
        except ChatTrouble as refused:
            log.warning("Slack did not give a token for an installation: %s", refused.code)
            return self._refused(say)
        except Unfit as unfit:
            log.error("an installation was not taken: %s", unfit)
            return self._unfit(say)
        self._taken_in(installed)
        return self._done(say, installed)

    def _exchanged(self, code: str) -> Installation:
        """The code for tokens, once; Slack is asked whose the token is. Raises ChatTrouble and Unfit."""
        secret = self._settings.slack_client_secret.get_secret_value()
        given = call(
            client("", self._settings.slack_api_url, patient=True).oauth_v2_access,
            client_id=self._settings.slack_client_id,
            client_secret=secret,
            code=code,
        )
        if given.get("is_enterprise_install") or not (given.get("team") or {}).get("id"):
            raise Unfit("it is for a whole organisation; install the app workspace by workspace")
        if given.get("refresh_token") or given.get("expires_in"):
            raise Unfit("the app has token rotation switched on; make an app without it from `kierto manifest`")
        told = call(client(str(given["access_token"]), self._settings.slack_api_url, patient=True).auth_test)
        if told["team_id"] != given["team"]["id"]:
            raise Unfit("the token is another workspace's than Slack said")
        return self._installation(given, told)

    def _installation(self, given: SlackResponse, told: SlackResponse) -> Installation:
        enterprise: dict[str, Any] = given.get("enterprise") or {}
        person: dict[str, Any] = given["authed_user"]
        return Installation(
            app_id=given["app_id"],
            enterprise_id=enterprise.get("id"),
            enterprise_name=enterprise.get("name"),
            team_id=given["team"]["id"],
            team_name=given["team"].get("name"),
            bot_token=given["access_token"],
            bot_id=told.get("bot_id"),
            bot_user_id=given["bot_user_id"],
            bot_scopes=given.get("scope", ""),
            user_id=person["id"],
            user_token=person.get("access_token"),
            user_scopes=person.get("scope", ""),
            token_type=given.get("token_type"),
            installed_at=self._house.desk.clock().timestamp(),
        )

    def _taken_in(self, made: Installation) -> None:
        """The tokens first: what follows from an installation may be begun anew, a token not."""
        self._kept.save(made)
        team = str(made.team_id)
        chat = SlackChat(str(made.bot_token), self._settings.slack_api_url, team).hurried()
        try:
            boss = chat.profile(made.user_id).boss
        except ChatTrouble:
            boss = False
        name, enterprise = made.team_name or team, made.enterprise_id or ""
        installing.joined(self._house.desk, Joined(team, name, str(made.bot_user_id), enterprise, made.user_id, boss))

    # the pages

    def _done(self, say: Tongue, made: Installation) -> Response:
        place = urljoin(self._settings.slack_api_url, "/app_redirect")
        slack = f"{place}?{urlencode({'app': made.app_id or '', 'team': made.team_id or ''})}"
        text = say(
            "Kierto is installed in {workspace}. Go to Slack and type `/procountor setup`.", workspace=_name(made)
        )
        return page(say, say("Installed"), text, ((slack, say("Open Slack")),))

    def _cancelled(self, say: Tongue) -> Response:
        return page(say, say("Installation cancelled"), say("Nothing was installed."), self._again(say))

    def _late(self, say: Tongue) -> Response:
        text = say("More than ten minutes have passed, or this page has been opened before. Nothing was installed now.")
        return page(say, say("Too late"), text, self._again(say), 400)

    def _elsewhere(self, say: Tongue) -> Response:
        text = say("The installation was not begun in this browser. Nothing was installed.")
        return page(say, say("Not this browser"), text, self._again(say), 400)

    def _refused(self, say: Tongue) -> Response:
        text = say("Slack did not carry the installation through. Nothing was installed.")
        return page(say, say("Not installed"), text, self._again(say), 502)

    def _unfit(self, say: Tongue) -> Response:
        text = say("Kierto cannot be installed in this way. Whoever runs Kierto finds the reason in its log.")
        return page(say, say("Not installed"), text, (), 400)

    def _failed(self, say: Tongue, number: str) -> Response:
        text = say("Something went wrong on our side. Begin again in a moment. Incident number: {id}", id=number)
        return page(say, say("Not installed"), text, self._again(say), 503)

    def _again(self, say: Tongue) -> tuple[tuple[str, str], ...]:
        return ((INSTALL, say("Begin again")),)


def _name(made: Installation) -> str:
    return (made.team_name or "Slack").replace("`", "'")[:100]
