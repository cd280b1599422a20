"""Installing an app as Slack lets people do it: a page that shows what the app asks for, Allow and Cancel, a code."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.slack.desk import Desk
from sandbox.slack.workspace import DEFAULT_SCOPES, Person
from sandbox.slack.world import CODE_SECONDS, Code

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{app} · practice Slack</title></head><body>
<h1>{app} is requesting permission to access the {team} workspace</h1>
<h2>What will {app} be able to do?</h2><ul>{scopes}</ul>
<form method="post"><p><label>Signed in as <select name="user">{people}</select></label></p>
<p><button name="decision" value="cancel">Cancel</button>
<button name="decision" value="allow">Allow</button></p></form>
</body></html>"""
WRONG = (
    "<!doctype html><title>Practice Slack</title><h1>Something went wrong when authorizing this app.</h1><p>{why}</p>"
)


async def authorize(desk: Desk, request: Request) -> Response:
    """The page, and what follows from a button on it. What was asked for stays in the address."""
    asked = request.query_params
    wrong = _wrong(desk, asked)
    if wrong:
        return HTMLResponse(WRONG.format(why=escape(wrong)), 400)
    if request.method != "POST":
        return HTMLResponse(_page(desk, asked))
    form = await request.form()
    person = desk.space.person(str(form.get("user", "")))
    if person not in installers(desk):
        return HTMLResponse(WRONG.format(why="You are not allowed to install apps here."), 403)
    assert person is not None
    if form.get("decision") != "allow":
        return _back(desk, asked, {"error": "access_denied"})
    return _back(desk, asked, {"code": _code(desk, asked, person)})


def installers(desk: Desk) -> list[Person]:
    """Who may install apps: every full member."""
    return [p for p in desk.space.people if not (p.is_bot or p.deleted or p.is_restricted)]


def redirects(desk: Desk) -> tuple[str, ...]:
    """The app's redirect URLs, as its manifest names them."""
    bot = desk.courier.bot_url
    return desk.space.app.redirect_urls or ((f"{bot}/slack/oauth_redirect",) if bot else ())


def _wrong(desk: Desk, asked: Mapping[str, str]) -> str:
    scopes = [scope for scope in asked.get("scope", "").split(",") if scope]
    to, known = asked.get("redirect_uri", ""), redirects(desk)
    if asked.get("client_id") != desk.space.app.client_id:
        return "Invalid client_id parameter"
    if not scopes or set(scopes) - set(DEFAULT_SCOPES):
        return "Invalid permissions requested" if scopes else "No scopes requested"
    if (to and not any(to.startswith(one) for one in known)) or not known:
        return "redirect_uri did not match any configured URIs"
    return ""


def _page(desk: Desk, asked: Mapping[str, str]) -> str:
    scopes = "".join(f"<li><code>{escape(scope)}</code></li>" for scope in asked["scope"].split(",") if scope)
    people = "".join(f'<option value="{escape(p.id)}">{escape(p.shown)}</option>' for p in installers(desk))
    app, team = escape(desk.space.app.name), escape(desk.space.name)
    return PAGE.format(app=app, team=team, scopes=scopes, people=people)


def _code(desk: Desk, asked: Mapping[str, str], person: Person) -> str:
    code = f"practice.{secrets.token_hex(10)}"
    scopes = tuple(scope for scope in asked["scope"].split(",") if scope)
    with desk.world.changing():
        until = desk.world.clock() + CODE_SECONDS
        desk.world.codes[code] = Code(person.id, scopes, asked.get("redirect_uri", ""), until)
    return code


def _back(desk: Desk, asked: Mapping[str, str], answer: dict[str, str]) -> Response:
    to = asked.get("redirect_uri") or redirects(desk)[0]
    query = urlencode({**answer, "state": asked.get("state", "")})
    return RedirectResponse(f"{to}{'&' if '?' in to else '?'}{query}", 302)
