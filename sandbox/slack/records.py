"""What the practice Slack remembers and hands out: messages, views, files, deliveries, acks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
Values = dict[str, dict[str, dict[str, Any]]]


class Gone(LookupError):
    """The message or view that somebody acts in has been taken away meanwhile."""


class SlackRefusal(Exception):
    """A Web API call that Slack answers with ok:false; `extra` is merged into the answer."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass(frozen=True, slots=True)
class Message:
    """A message as everybody in the channel sees it (`seen_by` set: only that person, an ephemeral)."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Block, ...] = ()
    files: tuple[str, ...] = ()
    thread_ts: str = ""
    bot_id: str = ""
    edited: str = ""
    seen_by: str = ""
    username: str = ""
    subtype: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names it among all messages and views."""
        return f"{self.channel}:{self.ts}"

    def all_blocks(self) -> tuple[Block, ...]:
        """The message's own blocks followed by those of its attachments."""
        nested = (block for item in self.attachments for block in item.get("blocks", ()))
        return (*self.blocks, *nested)


@dataclass(slots=True)
class View:
    """An open modal or a published Home: the payload, who sees it, what has been filled in."""

    id: str
    user: str
    body: dict[str, Any]
    hash: str
    root: str
    previous: str | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def blocks(self) -> list[Block]:
        """The view's blocks."""
        blocks: list[Block] = self.body.get("blocks", [])
        return blocks

    @property
    def title(self) -> str:
        """The view's title text."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """The callback id the app gave."""
        return str(self.body.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """The app's own words, carried along."""
        return str(self.body.get("private_metadata", ""))


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An uploaded file; `channels` empty until it has been shared. Before `ready_at` its kind is not known yet."""

    id: str
    name: str
    content: bytes
    user: str
    created: int
    title: str = ""
    channels: tuple[str, ...] = ()
    alt_text: str = ""
    ready_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A request exactly as it left, so that it can be sent again."""

    kind: str
    payload: dict[str, Any]
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app answered one request: status 0 means no answer came."""

    kind: str
    status: int
    seconds: float
    body: bytes = b""
    error: str = ""
    retry: int = 0
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Whether Slack counts it as answered."""
        return not self.error


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing a person did and what Slack showed for it. `error` is the text the person saw."""

    kind: str
    payload: dict[str, Any]
    ack: Ack
    error: str = ""
    answer: Any = None
    sent: Sent | None = None

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time and its answer could be used."""
        return not self.error

    @property
    def seconds(self) -> float:
        """From sending until the answer, in seconds."""
        return self.ack.seconds

    @property
    def status(self) -> int:
        """The app's HTTP status; 0 when none came or nothing had to be sent."""
        return self.ack.status
