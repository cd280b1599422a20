"""Where each message stands in Slack, so that it is redrawn instead of said again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.database import Tx
from storage.putting import put
from storage.tables import message


@dataclass(frozen=True, slots=True)
class Message:
    """A posted message; ``picture`` is the hash of what it shows, ``shown_at`` when it was last drawn."""

    channel: str
    ts: str
    picture: str
    shown_at: datetime


def find(tx: Tx, company: str, topic: str) -> Message | None:
    """The message about ``topic``, if it was posted."""
    where = (message.c.company == company, message.c.topic == topic)
    row = tx.execute(
        select(message.c.channel, message.c.ts, message.c.picture, message.c.shown_at).where(*where)
    ).one_or_none()
    return None if row is None else Message(row.channel, row.ts, row.picture, row.shown_at)


def keep(tx: Tx, company: str, topic: str, posted: Message) -> None:
    """Notes where the message stands and what it shows."""
    values = {"channel": posted.channel, "ts": posted.ts, "picture": posted.picture, "shown_at": posted.shown_at}
    put(tx, message, {"company": company, "topic": topic}, values)


def lately(tx: Tx, company: str, begins: str, since: datetime) -> tuple[str, ...]:
    """The topics that begin so and were shown since then."""
    where = (message.c.company == company, message.c.topic.startswith(begins, autoescape=True))
    asked = select(message.c.topic).where(*where, message.c.shown_at >= since).order_by(message.c.topic)
    return tuple(tx.execute(asked).scalars())


def forget(tx: Tx, company: str, topic: str) -> None:
    """The message about ``topic`` is left as it stands: the next one is posted anew."""
    tx.execute(delete(message).where(message.c.company == company, message.c.topic == topic))


def at(tx: Tx, channel: str, ts: str) -> tuple[str, str] | None:
    """The company and the topic of the message that stands there; None for none of ours."""
    where = (message.c.channel == channel, message.c.ts == ts)
    row = tx.execute(select(message.c.company, message.c.topic).where(*where)).first()
    return None if row is None else (row.company, row.topic)
