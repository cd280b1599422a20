"""A Slack workspace on loopback: the Web API, the requests to the app, one page, and a driver for tests."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Literal, Self, TypeVar

from starlette.applications import Starlette
from starlette.routing import Route

from sandbox.slack import commanding, dropping, events, pressing, shortcuts, submitting
from sandbox.slack.api.front import Front
from sandbox.slack.courier import Courier
from sandbox.slack.dated import dated
from sandbox.slack.desk import Desk, Where
from sandbox.slack.doors import doors
from sandbox.slack.dropped import with_hang_up
from sandbox.slack.faults import Faults
from sandbox.slack.house import HOST, House
from sandbox.slack.limits import Limits
from sandbox.slack.page_api import News, page_routes
from sandbox.slack.reading import as_text
from sandbox.slack.records import Ack, Delivery, Message, Sent, View
from sandbox.slack.sockets import Sockets
from sandbox.slack.walk import find_element, options_of
from sandbox.slack.workspace import Workspace
from sandbox.slack.world import World

SIGNING_SECRET = "practice-signing-secret"  # noqa: S105 - valid nowhere else
HEARTBEAT = 0.25
Found = TypeVar("Found")


class PracticeSlack:
    """Start it, give its `api_url`, `bot_token` and `signing_secret` to the bot, set `bot_url`, and act."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        bot_url: str = "",
        port: int = 0,
        signing_secret: str = SIGNING_SECRET,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.workspace = workspace
        self.signing_secret = signing_secret
        self.world = World(workspace, clock)
        self.faults = Faults()
        self.sockets = Sockets(workspace.app.id)
        self._limits = Limits(time.monotonic)
        self._house = House(port)
        self.courier = Courier(self.world, signing_secret, bot_url, self.sockets, clock=clock)
        self.address = ""  # where others reach it, when that is not its own place
        self.desk = Desk(self.world, self.courier, lambda: self.address or self.url)
        self.front = Front(self.world, self.faults, self._limits, self.sockets, lambda: self.address or self.url)
        self._news = News(self.desk)
        self.app = with_hang_up(dated(self._application(), clock))

    # the house

    def start(self) -> Self:
        """Listens on loopback (a free port unless one was given) in a thread of its own."""
        self._house.open(self.app)
        return self

    def stop(self) -> None:
        """Closes everything; the state can still be read."""
        self._news.close()
        self._house.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def _application(self) -> Starlette:
        @asynccontextmanager
        async def living(app: Starlette) -> AsyncIterator[None]:
            await self.sockets.start(HOST)
            self._news.loop = self.sockets.loop
            yield
            await self.sockets.stop()

        api = Route("/api/{method:path}", self.front.answer, methods=["GET", "POST"])
        return Starlette(routes=[api, *doors(self.desk), *page_routes(self.desk, self._news)], lifespan=living)

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://{HOST}:{self._house.port}"

    @property
    def api_url(self) -> str:
        """The Web API's base, for SLACK_API_URL."""
        return f"{self.url}/api/"

    @property
    def bot_url(self) -> str:
        """Where requests to the app go (POST {bot_url}/slack/events)."""
        return self.courier.bot_url

    @bot_url.setter
    def bot_url(self, url: str) -> None:
        self.courier.bot_url = url.rstrip("/")

    @property
    def bot_token(self) -> str:
        """For SLACK_BOT_TOKEN."""
        return self.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        """For SLACK_APP_TOKEN (Socket Mode)."""
        return self.workspace.app.app_token

    @property
    def acks(self) -> list[Ack]:
        """Every acknowledgement so far with its duration, in order."""
        with self.world.lock:
            return list(self.world.acks)

    @property
    def limits(self) -> Literal["real", "off"]:
        """Whether rate limits apply."""
        return self._limits.mode

    @limits.setter
    def limits(self, mode: Literal["real", "off"]) -> None:
        self._limits.mode = mode

    @property
    def limit_scale(self) -> float:
        """0.1 lets ten times as many calls pass as the real Slack."""
        return self._limits.scale

    @limit_scale.setter
    def limit_scale(self, scale: float) -> None:
        self._limits.scale = scale

    # what people do

    def command(self, user: str, text: str, channel: str | None = None) -> Delivery:
        """Types a slash command; without a leading slash the app's first command is put before it."""
        return commanding.run_command(self.desk, user, text, channel)

    def say(self, user: str, text: str, channel: str | None = None, thread_ts: str = "") -> Delivery:
        """Writes a plain message."""
        return commanding.say(self.desk, user, text, channel, thread_ts)

    def click(self, user: str, where: Where, action_id: str, *, value: str | None = None, index: int = 0) -> Delivery:
        """Presses a button or a menu entry in a Message, (channel, ts), View, view id or "home"."""
        return pressing.click(self.desk, user, where, action_id, value, index)

    def shortcut(self, user: str, where: Message | tuple[str, str], callback_id: str) -> Delivery:
        """Takes an entry of the menu at a message."""
        return shortcuts.shortcut(self.desk, user, where, callback_id)

    def choose(self, user: str, where: Where, action_id: str, value: Any) -> Delivery:
        """Chooses in a select, radio or checkbox group, picker or field."""
        return pressing.choose(self.desk, user, where, action_id, value)

    def options(self, user: str, where: Where, action_id: str, query: str = "") -> list[dict[str, Any]]:
        """What an external select offers for a typed query."""
        person = self.desk.person(user).id
        place = self.desk.container(person, where)
        chosen = find_element(place.blocks, action_id)
        return options_of(pressing.suggest(self.desk, person, place, chosen, query).answer or {})

    def fill(self, user: str, view: str | View, values: Mapping[str, Any]) -> None:
        """Fills elements of a view by action_id."""
        submitting.fill(self.desk, user, view, values)

    def submit(self, user: str, view: str | View) -> Delivery:
        """Submits the modal in front."""
        return submitting.submit(self.desk, user, view)

    def close(self, user: str, view: str | View) -> Delivery:
        """Closes the modal in front."""
        return submitting.close(self.desk, user, view)

    def drop_file(self, user: str, name: str, content: bytes, channel: str | None = None, text: str = "") -> Delivery:
        """Shares one file; by default in the direct message with the bot."""
        return dropping.drop_files(self.desk, user, [(name, content)], channel, text)

    def drop_files(
        self,
        user: str,
        files: Sequence[tuple[str, bytes]],
        channel: str | None = None,
        text: str = "",
        thread_ts: str = "",
    ) -> Delivery:
        """Shares several files in one message."""
        return dropping.drop_files(self.desk, user, files, channel, text, thread_ts)

    def open_home(self, user: str) -> Delivery:
        """Looks at the app's Home tab."""
        return events.open_home(self.desk, user)

    def uninstall(self) -> Delivery:
        """Removes the app from the workspace."""
        return events.uninstall(self.desk)

    def verify_url(self) -> Delivery:
        """The url_verification handshake with the app."""
        return events.verify_url(self.desk)

    def redeliver(self, sent: Sent | Delivery, *, retry: int = 0, reason: str = "http_timeout") -> Ack:
        """Sends the very same bytes and signature again: a replay, or (with `retry`) Slack's own retry."""
        again = sent.sent if isinstance(sent, Delivery) else sent
        if again is None:
            raise LookupError("that act was never sent")
        return self.courier.send(again, retry, reason)

    # what people see

    def messages(self, channel: str) -> list[Message]:
        """The messages of a channel (id, name, or a person's id: their direct message with the bot)."""
        with self.world.lock:
            return list(self.world.messages.get(self.world.channel(channel).id, ()))

    def whispers(self, user: str) -> list[Message]:
        """Ephemeral messages to this person."""
        with self.world.lock:
            return [message for message in self.world.whispers if message.seen_by == self.desk.person(user).id]

    def dm(self, user: str) -> str:
        """The id of the person's direct message with the bot."""
        return self.workspace.direct(self.desk.person(user).id).id

    def views(self, user: str) -> list[View]:
        """The person's open modals, the one in front last."""
        return self.world.stack(self.desk.person(user).id)

    def home(self, user: str) -> View | None:
        """The person's published Home."""
        return self.world.homes.get(self.desk.person(user).id)

    def wait_for(self, predicate: Callable[[], Found], seconds: float = 10) -> Found:
        """Waits until `predicate()` is true and gives its value; TimeoutError shows what there is instead."""
        deadline = time.monotonic() + seconds
        while True:
            version = self.world.version
            if found := predicate():
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"not within {seconds} s; there is:\n{self.picture()}")
            with self.world.changed:
                # the predicate may look elsewhere too (the other sandbox, a database): look again now and then
                if self.world.version == version:
                    self.world.changed.wait(min(left, HEARTBEAT))

    def picture(self) -> str:
        """Everything said so far, as text: for failing tests and for terminals."""
        with self.world.lock:
            every = sorted(
                [m for ms in self.world.messages.values() for m in ms] + self.world.whispers, key=lambda m: m.ts
            )
            return "\n".join(f"[{m.channel}] {as_text(m)}" for m in every[-40:]) or "(nothing)"
