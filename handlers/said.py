"""What people say to the bot, in our own words: no Slack payload goes further than the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """One thing somebody typed, pressed, filled in or dropped.

    ``route`` is the name in the table of routes. ``text`` is what follows a command's name, ``value`` a button's handle
    or the chosen option. ``values`` are a form's fields by name (lists joined with a comma), ``meta`` what the form
    carried, ``files`` Slack's file ids. ``trigger`` opens a form within three seconds and is never kept;
    ``reply`` answers the person alone for half an hour. ``block`` is the mark of the place it was pressed at, if that
    has one; ``company`` the company it was about when it was heard, empty until it is kept. ``thread`` is the time
    stamp of the message in whose thread it was written, ``words`` all that was written there.
    """

    kind: str  # "command", "click", "form", "options", "file", "home", "reply", "shortcut"
    route: str
    team: str
    user: str
    channel: str = ""
    ts: str = ""
    text: str = ""
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    meta: str = ""
    view: str = ""
    root_view: str = ""
    view_hash: str = ""
    files: tuple[str, ...] = ()
    reply: str = ""
    trigger: str = ""
    enterprise: str = ""
    block: str = ""
    company: str = ""
    thread: str = ""
    words: str = ""
