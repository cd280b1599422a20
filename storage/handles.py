"""What a button carries: an opaque handle. What it stands for is kept here and never leaves the database."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Tx
from storage.tables import handle

LIFE = timedelta(days=14)
_COMPANY = select(handle.c.company).where(
    handle.c.token == bindparam("handle"), handle.c.team == bindparam("of"), handle.c.expires_at > bindparam("now")
)


@dataclass(frozen=True, slots=True)
class Handle:
    company: str
    purpose: str
    subject: str


def issue(tx: Tx, company: str, team: str, purpose: str, subject: str, now: datetime) -> str:
    """The handle for doing ``purpose`` to ``subject``: 128 random bits or more, the same one until it runs out."""
    where = (
        handle.c.company == company,
        handle.c.team == team,
        handle.c.purpose == purpose,
        handle.c.subject == subject,
    )
    row = tx.execute(select(handle.c.token, handle.c.expires_at).where(*where)).one_or_none()
    if row is not None and row.expires_at > now + LIFE / 2:
        return str(row.token)
    if row is not None and row.expires_at > now:
        tx.execute(update(handle).where(*where).values(expires_at=now + LIFE))
        return str(row.token)
    tx.execute(delete(handle).where(*where, handle.c.expires_at <= now))  # not one issued meanwhile
    token = secrets.token_urlsafe(24)
    values = {"company": company, "team": team, "purpose": purpose, "subject": subject}
    try:
        with tx.begin_nested():
            tx.execute(insert(handle).values(token=token, expires_at=now + LIFE, **values))
    except IntegrityError:  # another process was quicker: its handle serves both
        return str(tx.execute(select(handle.c.token).where(*where)).scalar_one())
    return token


def open_(tx: Tx, token: str, team: str, purpose: str, now: datetime) -> Handle | None:
    """What the handle stands for; None alike for an unknown one, another workspace's, another purpose's, an old one."""
    where = (handle.c.token == token, handle.c.team == team, handle.c.purpose == purpose, handle.c.expires_at > now)
    row = tx.execute(select(handle.c.company, handle.c.purpose, handle.c.subject).where(*where)).one_or_none()
    return None if row is None else Handle(row.company, row.purpose, row.subject)


def look(tx: Tx, token: str, team: str, now: datetime) -> Handle | None:
    """What a handle of this workspace stands for, and what it is for: of a menu whose choices differ in purpose."""
    where = (handle.c.token == token, handle.c.team == team, handle.c.expires_at > now)
    row = tx.execute(select(handle.c.company, handle.c.purpose, handle.c.subject).where(*where)).one_or_none()
    return None if row is None else Handle(row.company, row.purpose, row.subject)


def company_of(tx: Tx, token: str, team: str, now: datetime) -> str | None:
    """The company a handle of this workspace belongs to, whatever it is for."""
    return tx.execute(_COMPANY, {"handle": token, "of": team, "now": now}).scalar()
