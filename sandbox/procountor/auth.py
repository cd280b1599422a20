"""Tokens: form-encoded requests only, one token = one company + one user, an hour long."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from sandbox.procountor.management import REFUSAL, allows_interfaces
from sandbox.procountor.wire import Answer, Refused, Violation, dumps, ok, refuse

if TYPE_CHECKING:
    from sandbox.procountor.world import World

LIFETIME = 3600
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Token:
    """What a bearer token stands for; `key` is the API key it was made with."""

    company: int
    user: int
    key: str
    name: str
    expires: datetime


@dataclass(slots=True)
class Tokens:
    """Tokens in force. Kept in memory: a restart of the server makes every client ask anew."""

    issued: dict[str, Token] = field(default_factory=dict)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def issue(self, token: Token) -> str:
        text = self._sign({"company": token.company, "user": token.user, "jti": secrets.token_hex(8)})
        self.issued[text] = token
        return text

    def expire(self) -> None:
        """Every token stops working at once, as if the hour were over in the middle of a run."""
        self.issued.clear()

    def _sign(self, claims: dict[str, object]) -> str:
        head = _b64(dumps({"alg": "HS256", "typ": "JWT"})) + "." + _b64(dumps(claims))
        return head + "." + _b64(hmac.new(self._secret, head.encode(), hashlib.sha256).digest())


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def give_token(world: World, content_type: str, query: str, body: bytes) -> Answer:
    """`POST /oauth/token`, grant client_credentials with an API key. Raises Refused (400) for a wrong form."""
    if content_type.strip().lower() != _FORM:
        raise refuse(f"Content type '{content_type}' is not supported.")
    if query:
        raise refuse("Sensitive values are not accepted in URL parameters.")
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    found = _find_key(world, form)
    if found is None:
        return _unauthorized(world)
    if not allows_interfaces(world.companies[found[0]]):
        return _not_allowed(world)
    now = world.clock()
    token = Token(*found, expires=now + timedelta(seconds=LIFETIME))
    return ok({"access_token": world.tokens.issue(token), "expires_in": LIFETIME})


def _find_key(world: World, form: dict[str, str]) -> tuple[int, int, str, str] | None:
    expected = {
        "grant_type": "client_credentials",
        "client_id": world.client_id,
        "client_secret": world.client_secret,
    }
    if any(form.get(name) != value for name, value in expected.items()):
        return None
    if form.get("redirect_uri", world.redirect_uri) != world.redirect_uri:
        return None
    key = form.get("api_key", "")
    for company in world.companies.values():
        entry = company.keys.get(key)
        if entry is not None and not entry.get("revoked") and entry["user"] in company.users:
            return company.id, entry["user"], key, entry["name"]
    return None


def _unauthorized(world: World) -> Answer:
    if world.options.token_errors == "oauth":  # noqa: S105 (the name of a shape)
        return Answer(401, dumps({"error": "invalid_client", "error_description": "Unauthorized"}))
    return Answer(401, dumps({"errors": [{"status": 401, "message": "Unauthorized"}]}))


def _not_allowed(world: World) -> Answer:
    """What the real one answers is documented nowhere: a 403 in the usual shape is the most likely."""
    if world.options.token_errors == "oauth":  # noqa: S105 (the name of a shape)
        return Answer(403, dumps({"error": "access_denied", "error_description": REFUSAL}))
    return Answer(403, dumps({"errors": [{"status": 403, "message": REFUSAL}]}))


def bearer(world: World, header: str) -> Token:
    """The token of a request. Raises Refused (401) when missing, unknown, expired or its key revoked."""
    token = world.tokens.issued.get(header.removeprefix("Bearer ")) if header.startswith("Bearer ") else None
    if token is None or token.expires <= world.clock():
        raise Refused(401, [Violation(None, "Unauthorized")])
    company = world.companies[token.company]
    if company.keys.get(token.key, {"revoked": True}).get("revoked") or token.user not in company.users:
        raise Refused(401, [Violation(None, "Unauthorized")])
    return token
