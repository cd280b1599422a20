"""The practice workspace as data: its people, channels, app, commands, and the hints a newcomer sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ChannelKind = Literal["public", "private", "im", "mpim"]

DEFAULT_SCOPES = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "mpim:write",
    "users:read",
    "users:read.email",
)

DEFAULT_EVENTS = frozenset(
    {"app_home_opened", "app_mention", "app_uninstalled", "file_shared", "message.im", "tokens_revoked"}
)


@dataclass(frozen=True, slots=True)
class Person:
    """One member; `title` is what the page shows beside the name, `locale` is an IETF tag such as fi-FI.

    `played` is False for those who only stand in the list of members: the page lets nobody act as them.
    """

    id: str
    name: str
    real_name: str = ""
    email: str = ""
    locale: str = "en-GB"
    tz: str = "Europe/Helsinki"
    title: str = ""
    is_admin: bool = False
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    played: bool = True

    @property
    def shown(self) -> str:
        """The name other members see."""
        return self.real_name or self.name


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation. `members` empty means everybody, the bot included."""

    id: str
    name: str = ""
    kind: ChannelKind = "public"
    members: tuple[str, ...] = ()
    topic: str = ""
    is_archived: bool = False

    def has(self, user: str) -> bool:
        """Whether the person (or bot user) takes part."""
        return not self.members or user in self.members


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the app manifest; `completions` (text, what it does, usage) are offered while typing."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = True
    completions: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that the page can drop with one click."""

    name: str
    content: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A suggestion of what to do next: who (a person's id), what to type, and why.

    `files` are samples to drop; `copy` is put on the clipboard (and into sight) instead of typing anything.
    """

    person: str
    text: str
    why: str = ""
    channel: str = ""
    files: tuple[str, ...] = ()
    copy: str = ""


@dataclass(frozen=True, slots=True)
class App:
    """The installed app: identities and credentials that a real Slack would issue."""

    id: str = "A0PRACTICE"
    name: str = "Kierto"
    bot_id: str = "B0PRACTICE"
    bot_user: str = "U0PRACTICEBOT"
    bot_token: str = "xoxb-practice-bot-token"  # noqa: S105 - a practice value, valid nowhere else
    app_token: str = "xapp-practice-app-token"  # noqa: S105
    client_id: str = "practice.client"
    client_secret: str = "practice-client-secret"  # noqa: S105
    verification_token: str = "practice-verification"  # noqa: S105
    scopes: tuple[str, ...] = DEFAULT_SCOPES
    redirect_urls: tuple[str, ...] = ()  # of the manifest; empty means the one of the bot's own address


@dataclass(slots=True)
class Workspace:
    """Everything that is set before the doors open; the lists may grow while it runs."""

    name: str = "Practice"
    people: list[Person] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    app: App = field(default_factory=App)
    commands: list[Command] = field(default_factory=list)
    shortcuts: dict[str, str] = field(default_factory=dict)  # of messages: callback id → name
    samples: list[Sample] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    events: frozenset[str] = DEFAULT_EVENTS
    team_id: str = "T0PRACTICE"
    domain: str = "practice"

    def __post_init__(self) -> None:
        if not any(person.id == self.app.bot_user for person in self.people):
            name = self.app.name
            self.people.append(Person(self.app.bot_user, name.lower(), name, title="App", is_bot=True))

    def person(self, user: str) -> Person | None:
        """The member with this id."""
        return next((person for person in self.people if person.id == user), None)

    def channel(self, channel: str) -> Channel | None:
        """The conversation with this id; direct messages are added when they are first opened."""
        return next((item for item in self.channels if item.id == channel), None)

    def channel_named(self, name: str) -> Channel | None:
        """The public or private channel with this name, with or without the leading #."""
        return next((item for item in self.channels if item.name and item.name == name.lstrip("#")), None)

    def command(self, name: str) -> Command | None:
        """The registered slash command, e.g. "/procountor"."""
        return next((command for command in self.commands if command.name == name), None)

    def direct(self, *users: str) -> Channel:
        """The direct message of the bot with these people, opened when it does not exist yet."""
        members = tuple(sorted({*users, self.app.bot_user}))
        kind: ChannelKind = "im" if len(members) == 2 else "mpim"
        for item in self.channels:
            if item.kind == kind and tuple(sorted(item.members)) == members:
                return item
        others = [user for user in members if user != self.app.bot_user]
        made = Channel(("D" if kind == "im" else "G") + "".join(user[1:] for user in others), "", kind, members)
        self.channels.append(made)
        return made
