"""Lists of bills, and what a look for them has brought."""

from __future__ import annotations

from handlers.chat import Picture
from handlers.views.notices import plain
from handlers.views.tongue import Tongue


def fetched(say: Tongue, new: int, changed: int, moved: int) -> Picture:
    """What a look into Procountor has brought."""
    if not (new or changed or moved):
        return plain(say("Nothing new: all bills are as they were."))
    parts = []
    if new:
        parts.append(say.n("{n} new bill", "{n} new bills", new))
    if changed:
        first = say.n("{n} bill has changed", "{n} bills have changed", changed)
        parts.append(say.n("{n} changed", "{n} changed", changed) if parts else first)
    if moved:
        first = say.n("{n} bill has moved on", "{n} bills have moved on", moved)
        parts.append(say.n("{n} moved on", "{n} moved on", moved) if parts else first)
    return plain(f":inbox_tray: {', '.join(parts)}")
