"""The first words to who has installed the bot into a workspace."""

from __future__ import annotations

from handlers.chat import Picture
from handlers.views import notices
from handlers.views.tongue import Tongue


def welcome(say: Tongue, *, admin: bool, new: bool) -> Picture:
    """The next step. ``admin``: the settings are this person's; ``new``: the books are not connected yet."""
    if admin and new:
        text = say(
            "Kierto is installed, and you are its first admin. "
            "Type `/procountor setup` here: it leads you through the rest, one step after the other."
        )
    elif admin:
        text = say("Kierto is back in this workspace. What waited goes on by itself.")
    else:
        text = say("Kierto is installed in this workspace. Type `/procountor help` to see what you can do.")
    return notices.plain(text)
