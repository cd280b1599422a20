"""Who is who: one human as the PSA, Slack and Procountor know him, joined by e-mail, by name or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from storage.database import Tx
from storage.tables import company as companies
from storage.tables import staff

EMAIL, NAME, HAND, KEY = "email", "name", "hand", "key"


@dataclass(frozen=True, slots=True)
class Human:
    """``psa`` is the key in the PSA's people, ``person_id`` and ``user_id`` are Procountor's, ``user`` is Slack's.

    ``matched`` tells how the Slack user was found: by e-mail, by name (with somebody's yes), by hand, by an own key;
    empty while he was not. ``matched_by`` is who said so, as the trail names him.
    """

    id: int
    company: str
    name: str
    email: str = ""
    psa: str | None = None
    person_id: int | None = None
    user_id: int | None = None
    team: str | None = None
    user: str | None = None
    matched: str = ""
    matched_by: str = ""
    matched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people the company has, and how many of them are known in Slack, in the PSA and in Procountor."""

    all: int = 0
    slack: int = 0
    psa: int = 0
    procountor: int = 0


def add(tx: Tx, company: str, name: str, **known: Any) -> int:
    """Keeps a human and what is known, named as in ``Human``; gives the id."""
    values = {"company": company, "name": name, "email": "", "matched": "", "matched_by": "", **_columns(known)}
    return int(tx.execute(insert(staff).values(**values).returning(staff.c.id)).scalar_one())


def change(tx: Tx, company: str, id: int, **known: Any) -> None:
    """Changes what is known, named as in ``Human``. Raises IntegrityError when another human has it already."""
    tx.execute(update(staff).where(staff.c.company == company, staff.c.id == id).values(**_columns(known)))


def remove(tx: Tx, company: str, id: int) -> None:
    """Forgets a human, when he turned out to be another one that is kept."""
    tx.execute(delete(staff).where(staff.c.company == company, staff.c.id == id))


def hold(tx: Tx, company: str) -> None:
    """Until the end of the transaction nobody else joins or parts people of the company."""
    tx.execute(select(companies.c.id).where(companies.c.id == company).with_for_update())


def all(tx: Tx, company: str) -> tuple[Human, ...]:
    """Everybody of the company, by name."""
    rows = tx.execute(select(staff).where(staff.c.company == company).order_by(staff.c.name, staff.c.id))
    return tuple(_human(row) for row in rows)


def get(tx: Tx, company: str, id: int) -> Human | None:
    """None for an unknown one and for another company's alike."""
    return _one(tx, company, staff.c.id, id)


def by_slack(tx: Tx, company: str, team: str, user: str) -> Human | None:
    """Who a Slack user is."""
    row = tx.execute(
        select(staff).where(staff.c.company == company, staff.c.team == team, staff.c.slack_user == user)
    ).one_or_none()
    return None if row is None else _human(row)


def by_psa(tx: Tx, company: str, key: str) -> Human | None:
    """Who an entry of the PSA's register of people is."""
    return _one(tx, company, staff.c.psa, key)


def by_person(tx: Tx, company: str, person_id: int) -> Human | None:
    """Who a person of Procountor's register is."""
    return _one(tx, company, staff.c.person_id, person_id)


def by_user(tx: Tx, company: str, user_id: int) -> Human | None:
    """Who a user of Procountor's is; of several the first."""
    rows = tx.execute(select(staff).where(staff.c.company == company, staff.c.user_id == user_id).order_by(staff.c.id))
    row = rows.first()
    return None if row is None else _human(row)


def elsewhere(tx: Tx, company: str, team: str) -> frozenset[str]:
    """The Slack users of a workspace who are people of another company."""
    others = select(staff.c.slack_user).where(staff.c.company != company, staff.c.team == team)
    return frozenset(user for user in tx.execute(others).scalars() if user)


def counts(tx: Tx, company: str) -> Counts:
    known = (func.count(), func.count(staff.c.slack_user), func.count(staff.c.psa), func.count(staff.c.person_id))
    return Counts(*tx.execute(select(*known).where(staff.c.company == company)).one())


def _one(tx: Tx, company: str, column: Any, value: object) -> Human | None:
    row = tx.execute(select(staff).where(staff.c.company == company, column == value)).one_or_none()
    return None if row is None else _human(row)


def _columns(known: dict[str, Any]) -> dict[str, Any]:
    return {"slack_user" if name == "user" else name: value for name, value in known.items()}


def _human(row: Row[Any]) -> Human:
    return Human(
        row.id, row.company, row.name, row.email, row.psa, row.person_id, row.user_id, row.team, row.slack_user,
        row.matched, row.matched_by, row.matched_at,
    )  # fmt: skip
