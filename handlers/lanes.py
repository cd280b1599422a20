"""In which lane something is said: what goes to a channel is said there in the order in which it was asked for."""

from __future__ import annotations

PEOPLE = ("U", "W")  # how Slack's ids of users begin


def lane(to: str) -> str:
    """The lane of a task whose second argument is ``to``, a user or a channel."""
    return "tell" if to.startswith(PEOPLE) else "channels"
