"""api.test, auth.*, bots.info, team.info, oauth.v2.access and apps.connections.open."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.slack.api.call import Call, Method
from sandbox.slack.records import SlackRefusal


def api_test(call: Call) -> dict[str, Any]:
    """Echoes its arguments; `error` makes it fail with that name."""
    if error := call.text("error"):
        raise SlackRefusal(error, args=call.args)
    return {"args": call.args}


def auth_test(call: Call) -> dict[str, Any]:
    """Who the token belongs to."""
    space, app = call.space, call.space.app
    bot = space.person(app.bot_user)
    return {
        "url": f"{call.base}/",
        "team": space.name,
        "user": bot.name if bot else app.name,
        "team_id": space.team_id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> dict[str, Any]:
    """Takes the token back, unless `test` is set."""
    if call.flag("test"):
        return {"revoked": False}
    with call.world.changing():
        call.world.tokens.discard(call.token)
    return {"revoked": True}


def bots_info(call: Call) -> dict[str, Any]:
    """The app's bot."""
    app = call.space.app
    if call.text("bot", app.bot_id) != app.bot_id:
        raise SlackRefusal("bot_not_found")
    bot = {"id": app.bot_id, "deleted": False, "name": app.name, "app_id": app.id, "user_id": app.bot_user}
    return {"bot": {**bot, "updated": 0, "icons": {}}}


def team_info(call: Call) -> dict[str, Any]:
    """The workspace's name and domain."""
    space = call.space
    return {"team": {"id": space.team_id, "name": space.name, "domain": space.domain, "icon": {}}}


def oauth_access(call: Call) -> dict[str, Any]:
    """Exchanges a code, once, for a fresh bot token."""
    space, app = call.space, call.space.app
    if call.text("client_id") != app.client_id:
        raise SlackRefusal("invalid_client_id")
    if call.text("client_secret") != app.client_secret:
        raise SlackRefusal("bad_client_secret")
    token = f"xoxb-practice-{secrets.token_hex(12)}"
    with call.world.changing():
        code = call.world.codes.get(call.text("code"))
        if code is None or call.world.clock() > code.expires:
            raise SlackRefusal("invalid_code")
        if call.text("redirect_uri") != code.redirect_uri:
            raise SlackRefusal("bad_redirect_uri")
        del call.world.codes[call.text("code")]
        call.world.tokens.add(token)
    return {
        "app_id": app.id,
        "authed_user": {"id": code.user},
        "scope": ",".join(code.scopes),
        "token_type": "bot",
        "access_token": token,
        "bot_user_id": app.bot_user,
        "team": {"id": space.team_id, "name": space.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> dict[str, Any]:
    """The address where Socket Mode listens; each ticket opens one connection."""
    return {"url": f"{call.socket_url}?ticket={call.world.new_id('t')}&app_id={call.space.app.id}"}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "auth.revoke": auth_revoke,
    "bots.info": bots_info,
    "team.info": team_info,
    "oauth.v2.access": oauth_access,
    "apps.connections.open": connections_open,
}
