"""API keys of people: an approver's own one, and one that has just been offered and waits for a yes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update

from storage.database import Tx
from storage.putting import put
from storage.sealing import seal, unseal
from storage.tables import offered_key, own_key

LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class OwnKey:
    """Whose key it is in Procountor, and since when we keep it; the key itself is asked for separately."""

    user_id: int
    user_name: str
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """A key somebody typed: ``purpose`` is "company" or "own", ``found`` what Procountor said of it (JSON)."""

    company: str
    team: str
    user: str
    purpose: str
    api_key: str
    found: str


def keep(tx: Tx, company: str, team: str, user: str, api_key: str, user_id: int, user_name: str, now: datetime) -> None:
    """Keeps a person's own key, sealed; an earlier one is replaced."""
    values = {"api_key": seal(tx, api_key), "user_id": user_id, "user_name": user_name, "kept_at": now}
    put(tx, own_key, {"company": company, "team": team, "slack_user": user}, values)


def get(tx: Tx, company: str, team: str, user: str) -> OwnKey | None:
    """What is known of a person's own key; None without one."""
    row = tx.execute(
        select(own_key.c.user_id, own_key.c.user_name, own_key.c.kept_at).where(*_mine(company, team, user))
    ).one_or_none()
    return None if row is None else OwnKey(row.user_id, row.user_name, row.kept_at)


def of_user(tx: Tx, company: str, user_id: int) -> tuple[str, str] | None:
    """The Slack user (team, user) who has shown with a key that he is this user of Procountor's."""
    found = select(own_key.c.team, own_key.c.slack_user).where(
        own_key.c.company == company, own_key.c.user_id == user_id
    )
    row = tx.execute(found).first()
    return None if row is None else (row.team, row.slack_user)


def everybody(tx: Tx, company: str) -> dict[tuple[str, str], OwnKey]:
    """Whose own keys the company has, by Slack user (team, user)."""
    columns = (own_key.c.team, own_key.c.slack_user, own_key.c.user_id, own_key.c.user_name, own_key.c.kept_at)
    rows = tx.execute(select(*columns).where(own_key.c.company == company))
    return {(row.team, row.slack_user): OwnKey(row.user_id, row.user_name, row.kept_at) for row in rows}


def opened(tx: Tx, company: str, team: str, user: str) -> str | None:
    """The key itself; None without one."""
    sealed = tx.execute(select(own_key.c.api_key).where(*_mine(company, team, user))).scalar()
    return None if sealed is None else unseal(tx, sealed)


def forget(tx: Tx, company: str, team: str, user: str) -> bool:
    """Removes a person's own key; False when there was none."""
    return bool(tx.execute(delete(own_key).where(*_mine(company, team, user))).rowcount)


def offer(tx: Tx, company: str, team: str, user: str, purpose: str, api_key: str, now: datetime) -> str:
    """Keeps a typed key, sealed, for ten minutes; gives the token it is taken up with."""
    tidy(tx, now)
    token = secrets.token_urlsafe(24)
    values = {"company": company, "team": team, "slack_user": user, "purpose": purpose, "found": ""}
    tx.execute(insert(offered_key).values(token=token, api_key=seal(tx, api_key), expires_at=now + LIFE, **values))
    return token


def found(tx: Tx, token: str, told: str) -> None:
    """Notes what Procountor said of an offered key."""
    tx.execute(update(offered_key).where(offered_key.c.token == token).values(found=told))


def offered(tx: Tx, token: str, now: datetime) -> Offered | None:
    """The offered key; None when the token is unknown, taken or too old."""
    row = tx.execute(
        select(offered_key).where(offered_key.c.token == token, offered_key.c.expires_at > now)
    ).one_or_none()
    if row is None:
        return None
    return Offered(row.company, row.team, row.slack_user, row.purpose, unseal(tx, row.api_key), row.found)


def taken(tx: Tx, token: str) -> bool:
    """Takes an offered key away, once: False for whoever comes second."""
    return bool(tx.execute(delete(offered_key).where(offered_key.c.token == token)).rowcount)


def tidy(tx: Tx, now: datetime) -> None:
    """Forgets offered keys that nobody has said yes to."""
    tx.execute(delete(offered_key).where(offered_key.c.expires_at <= now))


def _mine(company: str, team: str, user: str) -> tuple[ColumnElement[bool], ...]:
    return own_key.c.company == company, own_key.c.team == team, own_key.c.slack_user == user
