"""What Slack has said: kept before it is acknowledged, once, however often it is delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from storage.database import Store, Tx
from storage.putting import add
from storage.sealing import seal, unseal
from storage.tables import inbox, seen


def first(store: Store, key: str, now: datetime) -> bool:
    """True for the first delivery of these very bytes; a replay gives False, in whichever process it arrives."""
    return store.together(lambda tx: add(tx, seen, {"key": key, "at": now}))


def forget(store: Store, key: str) -> None:
    """Takes a first delivery back that could not be handled, so that the sender's retry is heard."""
    with store.write() as tx:
        tx.execute(delete(seen).where(seen.c.key == key))


def keep(tx: Tx, key: str, said: str, now: datetime) -> bool:
    """Keeps what was said (sealed); False when the same thing stands there already."""
    return add(tx, inbox, {"key": key, "said": seal(tx, said), "received_at": now})


def take(tx: Tx, key: str) -> tuple[str, bool]:
    """What was said under the key and whether it has been dealt with. Raises LookupError."""
    row = tx.execute(select(inbox.c.said, inbox.c.done_at).where(inbox.c.key == key)).one_or_none()
    if row is None:
        raise LookupError("nothing was said under this key")
    return unseal(tx, row.said), row.done_at is not None


def done(tx: Tx, key: str, now: datetime) -> None:
    tx.execute(update(inbox).where(inbox.c.key == key).values(done_at=now))


def tidy(tx: Tx, now: datetime) -> None:
    """Forgets deliveries after 15 minutes (older ones are refused by age) and what was dealt with after 30 days."""
    tx.execute(delete(seen).where(seen.c.at < now - timedelta(minutes=15)))
    tx.execute(delete(inbox).where(inbox.c.done_at < now - timedelta(days=30)))
