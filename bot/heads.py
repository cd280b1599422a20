"""The head of the trail, kept in a file outside the database: what a database alone cannot prove of itself.

A line for each day (the last head of that day) and the newest: a trail that was cut off, made anew, or put back from
an old backup does not hold them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from storage.audit import Head
from storage.database import Store

SUFFIX = ".head"  # beside a SQLite file
DAYS = 4000  # a little more than the ten years for which the trail is kept
_LINE = re.compile(r"(\S+) (\d+):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Noted:
    """A head, and when it was noted."""

    at: datetime
    head: Head


class HeadFile:
    """The file. It is written beside and renamed, so that a crash leaves the old one or the new one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[Noted, ...]:
        """Every head noted, the newest last; what is no line of ours is passed over."""
        try:
            text = self._path.read_text("utf-8")
        except FileNotFoundError:
            return ()
        found = filter(None, map(_LINE.fullmatch, text.splitlines()))
        return tuple(Noted(datetime.fromisoformat(m[1]), Head(int(m[2]), m[3])) for m in found)

    def note(self, head: Head, now: datetime) -> None:
        """Notes the newest head; earlier ones of the same day give way to it. Raises OSError."""
        before = self.read()
        if before and before[-1].head == head:
            return
        kept = [one for one in before if one.at.date() != now.date()][-DAYS:]
        text = "".join(f"{n.at.isoformat()} {n.head.seq}:{n.head.hash}\n" for n in (*kept, Noted(now, head)))
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with beside.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(self._path)

    def put_aside(self, now: datetime) -> Path:
        """Gives the file another name and begins anew; gives the new name."""
        aside = self._path.with_name(f"{self._path.name}.before-{now:%Y%m%dT%H%M%S}")
        self._path.replace(aside)
        return aside


def heads_of(settings: Settings, store: Store) -> HeadFile | None:
    """The file of KIERTO_HEAD_FILE, else the one beside the SQLite file; None on PostgreSQL without the setting."""
    if settings.kierto_head_file:
        return HeadFile(Path(settings.kierto_head_file))
    return HeadFile(Path(f"{store.file}{SUFFIX}")) if store.file else None
