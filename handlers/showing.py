"""One message about one thing: posted once, redrawn afterwards, never more often than Slack and people can bear."""

from __future__ import annotations

import hashlib
import json
import time

from handlers.chat import Chat, ChatTrouble, Picture, Posted
from handlers.desk import Desk, Here
from handlers.labelled import about, topic_in
from storage import messages
from storage.messages import Message


def breathe(desk: Desk, company: str, topic: str) -> None:
    """At most one edit a second: what comes sooner waits, and then draws what is true by then."""
    with desk.store.read() as tx:
        before = messages.find(tx, company, topic)
    if before is not None:
        beat = desk.timing.beat
        time.sleep(min(beat, max(0.0, beat - (desk.clock() - before.shown_at).total_seconds())))


def print_of(picture: Picture) -> str:
    """Equal for pictures that show the same."""
    return hashlib.sha256(json.dumps([picture.text, picture.blocks], sort_keys=True).encode()).hexdigest()


def show(desk: Desk, chat: Chat, company: str, topic: str, to: str, picture: Picture, thread: str = "") -> Posted:
    """The one message about ``topic``: posted once to ``to`` (a channel or a user), afterwards redrawn.

    ``thread`` is the message under which it is posted, if under one.
    """
    shown, picture = print_of(picture), about(picture, company, topic)
    with desk.store.read() as tx:
        before = messages.find(tx, company, topic)
    if before is None:
        channel = chat.direct(to) if to.startswith(("U", "W")) else to
        posted = chat.post(channel, picture, thread)
    else:
        posted = Posted(before.channel, before.ts)
        if before.picture != shown:
            posted = _redrawn(chat, posted, picture)
    unchanged = before is not None and before.picture == shown
    with desk.store.write() as tx:
        at = before.shown_at if before and unchanged else desk.clock()
        messages.keep(tx, company, topic, Message(posted.channel, posted.ts, shown, at))
    return posted


def end_copy(here: Here) -> None:
    """When what was pressed stands in a second copy of its message, asks for the end of that copy.

    A message is there twice when Slack took it and its answer was lost; only the noted one is ever redrawn.
    """
    said, topic = here.said, topic_in(here.said.block)
    if said.kind != "click" or not topic or not said.ts:
        return
    with here.desk.store.read() as tx:
        noted = messages.find(tx, here.company.id, topic)
    if noted is None or (noted.channel, noted.ts) == (said.channel, said.ts):
        return
    args = [here.company.id, said.team, said.user, said.channel, said.ts]
    with here.desk.store.write() as tx:
        here.desk.work.soon(tx, "tell", "copy.ended", f"{said.channel}:{said.ts}", here.company.id, args)


def _redrawn(chat: Chat, where: Posted, picture: Picture) -> Posted:
    """A message that somebody has removed is said again."""
    try:
        chat.redraw(where, picture)
    except ChatTrouble as trouble:
        if trouble.code != "message_not_found":
            raise
        return chat.post(where.channel, picture)
    return where
