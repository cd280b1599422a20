"""Words in the thread of one of our messages: which message it is, and answering where they were written."""

from __future__ import annotations

from handlers.chat import Picture, Posted
from handlers.desk import Here
from storage import messages


def topic(here: Here) -> str:
    """What the message is about in whose thread somebody wrote; "" for no thread of ours."""
    said = here.said
    if not said.thread:
        return ""
    with here.desk.store.read() as tx:
        found = messages.at(tx, said.channel, said.thread)
    return found[1] if found is not None and found[0] == here.company.id else ""


def answer(here: Here, picture: Picture) -> Posted:
    """Says something in the same thread."""
    return here.chat.post(here.said.channel, picture, here.said.thread)
