"""The port to Slack: the few things a journey does there. `bot.chat` is the real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from handlers.said import Said

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A message: its blocks, and the sentence shown in notifications and to screen readers."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Modal:
    """A form. ``callback`` is its route, ``meta`` an opaque handle; without ``submit`` it is only read."""

    title: str
    blocks: tuple[Block, ...]
    callback: str
    close: str
    submit: str = ""
    meta: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form or a select gets back within three seconds. Everything empty closes the form."""

    errors: Mapping[str, str] = field(default_factory=dict)  # block id → sentence
    update: Modal | None = None
    push: Modal | None = None
    clear: bool = False
    options: tuple[tuple[str, str], ...] = ()  # value, label


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A Slack user. ``language`` is "fi", "sv" or "en", from the Slack locale."""

    user: str
    name: str
    language: str
    zone: str = "Europe/Helsinki"
    email: str = ""
    trusted: bool = True  # False for bots, guests, deactivated users and people of other workspaces
    boss: bool = False  # an admin or owner of the workspace, by Slack's own word


@dataclass(frozen=True, slots=True)
class Download:
    """A file from Slack."""

    id: str
    name: str
    content: bytes


class ChatTrouble(Exception):
    """Slack did not take it; ``code`` is Slack's word for it, ``certain`` whether it surely had no effect."""

    def __init__(self, code: str, *, certain: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.certain = certain


class ChatGone(ChatTrouble):
    """The workspace has removed the bot: there is nobody to speak to, and trying again changes nothing."""

    def __init__(self) -> None:
        super().__init__("workspace_gone")


class Chat(Protocol):
    """One workspace's Slack. Every method may raise ChatTrouble."""

    def post(self, channel: str, picture: Picture, thread: str = "") -> Posted: ...

    def redraw(self, where: Posted, picture: Picture) -> None: ...

    def direct(self, user: str) -> str:
        """The channel id of the direct conversation with ``user``."""

    def whisper(self, said: Said, picture: Picture) -> None:
        """Answers the one who spoke, seen by nobody else."""

    def open(self, said: Said, modal: Modal) -> None:
        """Opens (or, from inside a form, pushes) a form with ``said.trigger``."""

    def refresh(self, view: str, modal: Modal) -> None:
        """Redraws an open form."""

    def home(self, user: str, picture: Picture) -> None: ...

    def profile(self, user: str, *, fresh: bool = False) -> Profile:
        """Who a Slack user is, as remembered for up to a day; ``fresh`` asks Slack again."""

    def people(self) -> tuple[Profile, ...]:
        """Everybody of the workspace, bots and guests and those who have left too; without their languages."""

    def download(self, file: str, most: int) -> Download:
        """A file's content; refuses with ChatTrouble what is larger than ``most`` bytes or not Slack's own."""

    def upload(self, channel: str, thread: str, name: str, content: bytes, comment: str) -> None: ...

    def keep_picture(self, name: str, content: bytes, alt: str) -> str:
        """Keeps a picture (JPEG or PNG) that only messages show; gives its file id for `blocks.picture`."""
