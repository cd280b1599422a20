"""The live state behind the practice Slack: one lock, one condition, a version that grows with every change."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.slack.records import Ack, Block, Message, SlackRefusal, StoredFile, Values, View
from sandbox.slack.workspace import Channel, Workspace

TRIGGER_SECONDS = 3.0
LOOKING_SECONDS = 0.1  # after an upload, until Slack knows what the file is
HOOK_SECONDS = 30 * 60.0
HOOK_USES = 5
STACK_LIMIT = 3
CODE_SECONDS = 600.0
FORMER_PICTURES = 4


@dataclass(slots=True)
class Trigger:
    """Permission to open a modal for somebody, good once."""

    user: str
    expires: float
    used: bool = False
    view: str = ""


@dataclass(slots=True)
class Hook:
    """A response_url: where its messages go and which message it may replace."""

    channel: str
    user: str
    expires: float
    ts: str = ""
    thread_ts: str = ""
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """Permission to exchange for a token, once: who allowed what, where he was sent back to, until when."""

    user: str
    scopes: tuple[str, ...]
    redirect_uri: str
    expires: float


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing the app sent: the Web API's method (or "response_url"), its arguments, the token it came with."""

    method: str
    args: dict[str, Any]
    token: str


@dataclass(slots=True)
class World:
    """All that changes. Take `lock` for compound reads; every change goes through `changing()`."""

    workspace: Workspace
    clock: Callable[[], float]
    lock: threading.RLock = field(default_factory=threading.RLock)
    version: int = 0
    messages: dict[str, list[Message]] = field(default_factory=dict)
    whispers: list[Message] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    uploads: dict[str, dict[str, Any]] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    acks: list[Ack] = field(default_factory=list)
    inputs: dict[tuple[str, str], Values] = field(default_factory=dict)
    former: dict[str, deque[list[Block]]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    codes: dict[str, Code] = field(default_factory=dict)
    recording: bool = False
    heard: list[Heard] = field(default_factory=list)
    listeners: list[Callable[[], None]] = field(default_factory=list)
    changed: threading.Condition = field(init=False)
    trigger_seconds: float = TRIGGER_SECONDS
    looking_seconds: float = LOOKING_SECONDS
    _last_ts: int = 0
    _counter: int = 0

    def __post_init__(self) -> None:
        self.changed = threading.Condition(self.lock)
        self.tokens.add(self.workspace.app.bot_token)

    def hears(self, method: str, args: dict[str, Any], token: str = "") -> None:
        """Remembers what the app sent, while `recording`."""
        if self.recording:
            with self.lock:
                self.heard.append(Heard(method, args, token))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Holds the lock for a change and tells everybody afterwards."""
        with self.lock:
            yield
            self.version += 1
            self.changed.notify_all()
            listeners = list(self.listeners)
        for listener in listeners:
            with suppress(RuntimeError):  # a page that has just gone away
                listener()

    def next_ts(self) -> str:
        """A message timestamp: unique and growing, also when the clock stands still."""
        with self.lock:
            self._last_ts = max(int(self.clock() * 1_000_000), self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """An id of the shape Slack gives, unique in this workspace."""
        with self.lock:
            self._counter += 1
            return f"{prefix}{self._counter:05d}{secrets.token_hex(3).upper()}"

    def channel(self, channel: str) -> Channel:
        """The conversation, also by user id (its direct message with the bot) or #name; refuses others."""
        space = self.workspace
        found = space.channel(channel) or (space.channel_named(channel) if channel else None)
        if found:
            return found
        if space.person(channel):
            return space.direct(channel)
        raise SlackRefusal("channel_not_found")

    def post(self, message: Message) -> Message:
        """Adds a message; an ephemeral goes to the one person who may see it."""
        with self.changing():
            if message.seen_by:
                self.whispers.append(message)
            else:
                self.messages.setdefault(message.channel, []).append(message)
        return message

    def find(self, channel: str, ts: str) -> Message:
        """The message, ephemeral ones included; refuses what does not exist."""
        with self.lock:
            every: list[Message] = [*self.messages.get(channel, []), *self.whispers]
            for message in every:
                if message.ts == ts and message.channel == channel:
                    return message
        raise SlackRefusal("message_not_found")

    def replace(self, message: Message, **changes: Any) -> Message:
        """Puts a changed message in the place of the one with its ts."""
        changed = replace(message, **changes)
        with self.changing():
            self.outdate(message.key, list(message.all_blocks()))
            items: list[Message] = self.whispers if message.seen_by else self.messages[message.channel]
            items[next(i for i, item in enumerate(items) if item.ts == message.ts)] = changed
        return changed

    def outdate(self, key: str, blocks: list[Block]) -> None:
        """Remembers what a message or view looked like until now: a page may not have drawn it anew yet."""
        self.former.setdefault(key, deque(maxlen=FORMER_PICTURES)).appendleft(blocks)

    def remove(self, message: Message) -> None:
        """Deletes a message for everybody."""
        with self.changing():
            items = self.whispers if message.seen_by else self.messages[message.channel]
            items[:] = [item for item in items if item.ts != message.ts]

    def issue_trigger(self, user: str, view: str = "") -> str:
        """A trigger_id for something this person has just done (`view`: the modal it was done in)."""
        ts, team = self.next_ts(), self.workspace.team_id
        trigger = f"{ts.replace('.', '')}.{team[1:]}.{secrets.token_hex(8)}"
        with self.lock:
            self.triggers[trigger] = Trigger(user, self.clock() + self.trigger_seconds, view=view)
        return trigger

    def use_trigger(self, trigger_id: str) -> Trigger:
        """Takes a trigger_id, once; refuses unknown, used and old ones with Slack's names."""
        with self.lock:
            trigger = self.triggers.get(trigger_id)
            if trigger is None:
                raise SlackRefusal("invalid_trigger_id")
            if trigger.used:
                raise SlackRefusal("exchanged_trigger_id")
            if self.clock() > trigger.expires:
                raise SlackRefusal("expired_trigger_id")
            trigger.used = True
            return trigger

    def issue_hook(self, channel: str, user: str, ts: str = "", thread_ts: str = "") -> str:
        """The secret part of a response_url."""
        token = secrets.token_urlsafe(18)
        with self.lock:
            self.hooks[token] = Hook(channel, user, self.clock() + HOOK_SECONDS, ts, thread_ts)
        return token

    def stack(self, user: str) -> list[View]:
        """The person's open modals, the one on top last."""
        with self.lock:
            return [self.views[view] for view in self.stacks.get(user, ()) if view in self.views]
