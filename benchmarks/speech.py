"""What people say to the bot, as Slack sends it, and what pretends to be that: ready bytes, made beforehand."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.volley import post
from bot import payloads
from bot.verify import sign
from sandbox.procountor import inbox
from sandbox.slack.workspace import Person
from tests.proofs.proof_world import World

PEOPLE = [Person(f"UDOOR{n}", f"door{n}", f"Ovi {n}") for n in range(20)]
FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"
TYPE, TIME, SIGN = b"Content-Type", b"X-Slack-Request-Timestamp", b"X-Slack-Signature"
EVENTS = "/slack/events"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing said: the key it is kept under, the request that brings it, and what a socket would bring."""

    key: str
    request: bytes
    kind: str
    payload: dict[str, Any]


class Speech:
    """Commands, presses and messages of twenty people in turn; each is said once."""

    def __init__(self, world: World) -> None:
        self._desk = world.slack.desk
        self._secret = world.slack.signing_secret
        self._team = world.team
        bills = world.receive([inbox.Bill(verifiers=[], acceptors=[])] * len(PEOPLE))
        world.known(bills)
        self._handles = list(world.handles(bills).values())
        for person in PEOPLE:
            world.person(person.id, {"approve": {"EUR": None}})
        self._said = 0

    def one(self) -> Spoken:
        """The next."""
        self._said += 1
        user, says = PEOPLE[self._said % len(PEOPLE)].id, (self._command, self._press, self._message)
        kind, payload = says[self._said % len(says)](user)
        body, content = packed(kind, payload)
        key = payloads.key(payloads.parse(body, content.decode()))
        return Spoken(key, signed(self._secret, body, content), kind, payload)

    def _command(self, user: str) -> tuple[str, dict[str, Any]]:
        return "command", {
            "command": "/procountor", "text": "help", "user_id": user, "user_name": user.lower(),
            "team_id": self._team, "team_domain": "pohjantuuli", "channel_id": "C01TALOUS", "channel_name": "talous",
            "api_app_id": "A0PRACTICE", "token": "legacy", "is_enterprise_install": "false",
            "trigger_id": f"13.{self._said}.command", "response_url": f"http://127.0.0.1:9/hooks/{self._said}",
        }  # fmt: skip

    def _press(self, user: str) -> tuple[str, dict[str, Any]]:
        handle = self._handles[self._said % len(self._handles)]
        return "block_actions", {
            "type": "block_actions", **self._desk.common(user), "trigger_id": f"13.{self._said}.press",
            "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": f"D{user}"},
            "channel": {"id": f"D{user}", "name": "directmessage"},
            "message": {"ts": "1700000000.000100", "text": "A bill of Toimittaja Oy", "blocks": []},
            "response_url": f"http://127.0.0.1:9/hooks/{self._said}",
            "actions": [{"type": "button", "action_id": "bill.approve", "value": handle, "block_id": "b",
                         "action_ts": "1.1"}],
        }  # fmt: skip

    def _message(self, user: str) -> tuple[str, dict[str, Any]]:
        event = {"type": "message", "channel_type": "im", "channel": f"D{user}", "user": user, "text": "help",
                 "ts": f"17.{self._said}"}  # fmt: skip
        return "event", {
            "type": "event_callback", "team_id": self._team, "api_app_id": "A0PRACTICE", "event": event,
            "event_id": f"Ev{self._said}", "event_time": int(time.time()), "token": "legacy",
            "authorizations": [{"team_id": self._team, "user_id": "U0PRACTICEBOT", "is_bot": True}],
        }  # fmt: skip


def packed(kind: str, payload: dict[str, Any]) -> tuple[bytes, bytes]:
    """The body and its type, as Slack packs each kind."""
    if kind == "event":
        return json.dumps(payload).encode(), JSON
    fields = payload if kind == "command" else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), FORM


def signed(secret: str, body: bytes, kind: bytes = FORM, off: int = 0) -> bytes:
    """A request as Slack sends it now, or ``off`` seconds from now."""
    now = str(int(time.time()) + off).encode()
    return post(EVENTS, [(TYPE, kind), (TIME, now), (SIGN, sign(secret, now, body))], body)


def forged(secret: str, count: int) -> list[bytes]:
    """Requests that somebody without the ``secret`` might send now, of six kinds."""
    now, made = str(int(time.time())).encode(), []
    for number in range(count):
        body = urlencode(
            {"command": "/procountor", "text": "help", "trigger_id": f"7.{number}", "x": "y" * 600}
        ).encode()
        right = sign(secret, now, body)
        wrong = (
            (now, sign("another secret", now, body)),
            (now, right[:3] + (b"0" if right[3:4] != b"0" else b"1") + right[4:]),
            (now, right[:-1] + (b"0" if right[-1:] != b"0" else b"1")),
            (now, b"v1" + right[2:]),
            (str(int(now) - 400).encode(), right),
            (b"", right),
        )[number % 6]
        made.append(post(EVENTS, [(TYPE, FORM), (TIME, wrong[0]), (SIGN, wrong[1])], body))
    return made
