"""A house of the edge with everything real but Slack and the engine: Bolt, the door, SQLite; and payloads as sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import Fernet
from prometheus_client import CollectorRegistry
from starlette.testclient import TestClient

from bot.edge import EdgeConfig, build
from bot.hearing import bolt, hearing
from bot.listen import wire
from bot.verify import sign
from finance.authority import Right
from finance.canonical import load
from finance.transfer import Timing
from handlers.chat import Answer, ChatTrouble, Download, Modal, Picture, Posted, Profile
from handlers.desk import Desk, Here
from handlers.memo import Memo
from handlers.routing import Router, Table
from handlers.said import Said
from storage import companies, inbox, members, rights, workspaces
from storage.database import Store, Tx
from storage.tables import metadata

METRICS = "metrics-token-of-the-test"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, OTHER_TEAM = "T0KIERTO", "T0OTHER"
ANNA, BERTIL, GUEST = "U0ANNA", "U0BERTIL", "U0GUEST"
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Clock:
    """Stands still unless told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Recorder:
    """The engine's port: remembers what was asked for; ``fails`` makes the next asking raise."""

    asked: list[tuple[str, str, str, str, list[str]]] = field(default_factory=list)
    fails: int = 0

    def soon(self, tx: Tx, lane: str, task: str, key: str, company: str, args: list[str], after: float = 0.0) -> None:
        if self.fails:
            self.fails -= 1
            raise RuntimeError("the engine is away: secret-payload-words")
        self.asked.append((lane, task, key, company, list(args)))


@dataclass
class Paper:
    """Slack on paper: everything told, in order."""

    told: list[tuple[Any, ...]] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)
    trouble: str = ""

    def _tell(self, *what: Any) -> None:
        if self.trouble:
            raise ChatTrouble(self.trouble)
        self.told.append(what)

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted:
        self._tell("post", channel, picture.text)
        return Posted(channel, "1.1")

    def redraw(self, where: Posted, picture: Picture) -> None:
        self._tell("redraw", where.channel, picture.text)

    def direct(self, user: str) -> str:
        return "D" + user

    def whisper(self, said: Said, picture: Picture) -> None:
        self._tell("whisper", said.user, picture.text)

    def open(self, said: Said, modal: Modal) -> None:
        self._tell("open", said.trigger, modal.title, modal.blocks)

    def refresh(self, view: str, modal: Modal) -> None:
        self._tell("refresh", view, modal.title)

    def home(self, user: str, picture: Picture) -> None:
        self._tell("home", user, picture.text)

    def people(self) -> tuple[Profile, ...]:
        return tuple(self.profiles.values())

    def profile(self, user: str, *, fresh: bool = False) -> Profile:
        if self.trouble:
            raise ChatTrouble(self.trouble)
        return self.profiles.get(user) or Profile(user, user.title(), "en")

    def download(self, file: str, most: int) -> Download:
        raise ChatTrouble("file_not_found")

    def upload(self, channel: str, thread: str, name: str, content: bytes, comment: str) -> None:
        self._tell("upload", channel, name)

    def keep_picture(self, name: str, content: bytes, alt: str) -> str:
        self._tell("keep_picture", name)
        return "F0PICTURE"


class Journeys:
    """A small table of routes that remembers what it was asked."""

    def __init__(self) -> None:
        self.ran: list[tuple[str, Said]] = []
        self.tasks: list[tuple[str, ...]] = []
        self.answer: Answer | None = None
        self.raises: Exception | None = None
        self.lock = threading.Lock()
        self.table = Table(self._router().routes)

    def _note(self, name: str) -> Callable[[Here], Answer | None]:
        def run(here: Here) -> Answer | None:
            with self.lock:
                self.ran.append((name, here.said))
            if self.raises:
                raise self.raises
            return self.answer

        return run

    def _router(self) -> Router:
        on = Router()
        on.command("help", usage="", help="what I know")(self._note("help"))
        on.command("send invoices", right=Right.FINANCE)(self._note("send invoices"))
        on.command("settings", right=Right.ADMIN, now=True)(self._note("settings"))
        on.command("runs")(self._note("runs"))
        on.click("batch.send", right=Right.FINANCE)(self._note("batch.send"))
        on.click("row.open", now=True)(self._note("row.open"))
        on.form("row.save", right=Right.FINANCE)(self._note("row.save"))
        on.options("customer.find")(self._note("customer.find"))
        on.files()(self._note("file"))
        on.home()(self._note("home"))

        def transfer(desk: Desk, *ids: str) -> None:
            if self.raises:
                raise self.raises
            self.tasks.append(ids)

        on.task("transfer", lane="transfers")(transfer)
        return on


class House:
    """The edge as it stands, over a database file of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.store = Store(f"sqlite:///{folder / 'edge.db'}", (Fernet.generate_key().decode(),))
        metadata.create_all(self.store.engine)
        self.work = Recorder()
        self.paper = Paper()
        self.paper.profiles[GUEST] = Profile(GUEST, "Guest", "en", trusted=False)
        self.journeys = Journeys()
        self.gone: list[str] = []
        self.registry = CollectorRegistry()
        self.desk = Desk(
            store=self.store,
            work=self.work,
            chats=lambda team: self.paper,
            books=lambda company: None,  # type: ignore[arg-type,return-value]
            own_books=lambda company, team, user: None,
            keyed=lambda key: None,  # type: ignore[arg-type,return-value]
            clock=self.clock,
            ticks=time.monotonic,
            timing=Timing(),
            memo=Memo(time.monotonic),
        )
        with self.store.write() as tx:
            self.company = companies.connect(tx, "Pohjola Consulting Oy", "2077474-0", 101, 7, "key", self.clock())
            workspaces.join(tx, TEAM, "Pohjola", "U0BOT")
            companies.place(tx, self.company, TEAM)
            rights.give(tx, self.company, TEAM, ANNA, (Right.FINANCE, Right.ADMIN), "test", self.clock())
            members.choose(tx, TEAM, ANNA, language="en")
        app = bolt("http://127.0.0.1:9/api/")
        wire(app, self.journeys.table, self.desk, lambda team, at: self.gone.append(team))
        self.listen = hearing(app)
        self.web = build(
            EdgeConfig(SECRET, patience=0.3, metrics_token=METRICS),
            self.listen,
            self.store,
            self.clock,
            lambda: {"database": "ok"},
            self.registry,
        )
        self.client = TestClient(self.web, raise_server_exceptions=True)

    def close(self) -> None:
        self.store.close()

    def send(self, content: bytes, kind: str, **headers: str) -> Any:
        """One signed request, as Slack sends it now."""
        stamp = str(int(self.clock().timestamp())).encode()
        signed = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp.decode(),
            "X-Slack-Signature": sign(SECRET, stamp, content).decode(),
        }
        return self.client.post("/slack/events", content=content, headers={**signed, **headers})

    def hear(self, body: Mapping[str, Any]) -> Any:
        """Sends a payload in the encoding that Slack has for it."""
        return self.send(*encoded(body))

    def kept(self) -> list[Said]:
        """What waits in the inbox, in the order in which work was asked for."""
        found = []
        with self.store.read() as tx:
            for _, task, key, _, args in self.work.asked:
                assert task == "hear"
                assert args == [key]
                found.append(load(Said, inbox.take(tx, key)[0]))
        return found

    def count(self, table: str) -> int:
        with self.store.read() as tx:
            return int(tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)

    def refused(self, why: str) -> float:
        return self.registry.get_sample_value("kierto_slack_refused_total", {"why": why}) or 0.0


def encoded(body: Mapping[str, Any]) -> tuple[bytes, str]:
    """Events as JSON, commands as fields, the rest as JSON in a field."""
    if body.get("type") in ("event_callback", "url_verification"):
        return json.dumps(body).encode(), "application/json"
    form = body if "command" in body else {"payload": json.dumps(body)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def command(text: str, user: str = ANNA, team: str = TEAM, trigger: str = "13.37.a") -> dict[str, Any]:
    return {
        "token": "legacy",
        "team_id": team,
        "team_domain": "pohjola",
        "channel_id": "C0FINANCE",
        "channel_name": "finance",
        "user_id": user,
        "user_name": "anna",
        "command": "/procountor",
        "text": text,
        "api_app_id": "A1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T/1/x",
        "trigger_id": trigger,
    }


def _spoken(kind: str, user: str, team: str, trigger: str) -> dict[str, Any]:
    return {
        "type": kind,
        "user": {"id": user, "username": "anna", "name": "anna", "team_id": team},
        "api_app_id": "A1",
        "token": "legacy",
        "team": {"id": team, "domain": "pohjola"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": trigger,
    }


def click(
    action: str, value: str = "handle1", user: str = ANNA, team: str = TEAM, trigger: str = "13.37.b", **pressed: Any
) -> dict[str, Any]:
    """A button pressed in a message."""
    return {
        **_spoken("block_actions", user, team, trigger),
        "container": {"type": "message", "message_ts": "1700.1", "channel_id": "D0ANNA", "is_ephemeral": False},
        "channel": {"id": "D0ANNA", "name": "directmessage"},
        "message": {"ts": "1700.1", "text": "card"},
        "state": {"values": {}},
        "response_url": "https://hooks.slack.com/actions/T/1/y",
        "actions": [
            {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": "1", **pressed}
        ],
    }


def view(callback: str, values: Mapping[str, Any] | None = None, meta: str = "handle2") -> dict[str, Any]:
    return {
        "id": "V1",
        "team_id": TEAM,
        "type": "modal",
        "callback_id": callback,
        "private_metadata": meta,
        "hash": "156.abc",
        "root_view_id": "V0",
        "state": {"values": values or {}},
        "blocks": [
            {"type": "section", "block_id": "intro", "text": {"type": "mrkdwn", "text": "x"}},
            {"type": "input", "block_id": "amount", "element": {"type": "plain_text_input", "action_id": "amount"}},
        ],
        "app_installed_team_id": TEAM,
    }


def form(
    callback: str, values: Mapping[str, Any] | None = None, user: str = ANNA, team: str = TEAM, trigger: str = "13.37.c"
) -> dict[str, Any]:
    """A submitted modal."""
    return {**_spoken("view_submission", user, team, trigger), "view": view(callback, values), "response_urls": []}


def suggestion(action: str, typed: str, user: str = ANNA) -> dict[str, Any]:
    made = {**_spoken("block_suggestion", user, TEAM, ""), "view": view("row.save"), "action_id": action}
    del made["trigger_id"]
    return {**made, "block_id": "b", "value": typed, "container": {"type": "view", "view_id": "V1"}}


def event(inner: Mapping[str, Any], id: str = "Ev1", team: str = TEAM) -> dict[str, Any]:
    return {
        "token": "legacy",
        "team_id": team,
        "api_app_id": "A1",
        "event": dict(inner),
        "type": "event_callback",
        "event_id": id,
        "event_time": 1_700_000_000,
        "authorizations": [{"team_id": team, "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": False}],
    }


def message(text: str = "", user: str = ANNA, **more: Any) -> dict[str, Any]:
    """A line written to the bot in the direct conversation."""
    ts = "1700.2"
    return {"type": "message", "channel_type": "im", "channel": "D0ANNA", "user": user, "text": text, "ts": ts, **more}
