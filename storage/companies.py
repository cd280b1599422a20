"""Companies: each one set of books in Procountor, talked to in one Slack workspace."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, insert, select, update

from finance.canonical import dump, load
from finance.company import Choices
from storage.database import Tx
from storage.sealing import seal, unseal
from storage.tables import company

NEW, READY, PAUSED = "new", "ready", "paused"
# Asked for each thing that is heard: built once.
_OF_TEAM = select(company.c.id).where(company.c.team == bindparam("of")).order_by(company.c.name, company.c.id)


@dataclass(frozen=True, slots=True)
class Company:
    """A customer of ours.

    ``state`` is "new" before its books are connected, "ready", or "paused" while Procountor does not accept its key.
    ``team`` is the workspace it is talked to in, empty when there is none.
    """

    id: str
    name: str
    business_id: str
    procountor_id: int | None
    user_id: int | None
    state: str
    choices: Choices
    team: str = ""


def found(tx: Tx, name: str, team: str, now: datetime) -> str:
    """A company whose books are not connected yet, in a workspace; gives its id."""
    made = uuid.uuid4().hex
    values = {"name": name, "business_id": "", "state": NEW, "choices": dump(Choices()), "created_at": now}
    tx.execute(insert(company).values(id=made, team=team, **values))
    return made


def connect(
    tx: Tx,
    name: str,
    business_id: str,
    procountor_id: int,
    user_id: int,
    api_key: str,
    now: datetime,
    id: str | None = None,
) -> str:
    """Keeps the company behind an API key and gives its id; one seen before is brought up to date.

    ``id`` is the new company that is being connected, when there is one.
    """
    values: dict[str, object] = {"name": name, "business_id": business_id, "user_id": user_id, "state": READY}
    values |= {"api_key": seal(tx, api_key), "procountor_id": procountor_id}
    known = tx.execute(select(company.c.id).where(company.c.procountor_id == procountor_id)).scalar() or id
    if known:
        tx.execute(update(company).where(company.c.id == known).values(**values))
        return str(known)
    made = uuid.uuid4().hex
    tx.execute(insert(company).values(id=made, created_at=now, choices=dump(Choices()), **values))
    return made


def get(tx: Tx, id: str) -> Company:
    """Raises LookupError for an unknown company."""
    row = tx.execute(select(company).where(company.c.id == id)).one_or_none()
    if row is None:
        raise LookupError(f"no company {id}")
    return _company(row)


def _company(row: Row[tuple[object, ...]]) -> Company:
    choices = load(Choices, row.choices)
    return Company(
        row.id, row.name, row.business_id, row.procountor_id, row.user_id, row.state, choices, row.team or ""
    )


def everyone(tx: Tx) -> tuple[Company, ...]:
    """All companies, by name."""
    return tuple(_company(row) for row in tx.execute(select(company).order_by(company.c.name, company.c.id)))


def by_procountor_id(tx: Tx, id: int) -> Company | None:
    """The company with this id in Procountor."""
    row = tx.execute(select(company).where(company.c.procountor_id == id)).one_or_none()
    return None if row is None else _company(row)


def api_key(tx: Tx, id: str) -> str | None:
    """The company's Procountor API key, opened; None before it is connected."""
    sealed = tx.execute(select(company.c.api_key).where(company.c.id == id)).scalar()
    return None if sealed is None else unseal(tx, sealed)


def reseal(tx: Tx, id: str) -> None:
    """Seals the company's key anew, with the newest key of KIERTO_SECRET_KEY."""
    key = api_key(tx, id)
    if key is not None:
        tx.execute(update(company).where(company.c.id == id).values(api_key=seal(tx, key)))


def choose(tx: Tx, id: str, choices: Choices) -> None:
    tx.execute(update(company).where(company.c.id == id).values(choices=dump(choices)))


def set_state(tx: Tx, id: str, state: str) -> bool:
    """True when the state changed."""
    changed = tx.execute(update(company).where(company.c.id == id, company.c.state != state).values(state=state))
    return bool(changed.rowcount)


def place(tx: Tx, id: str, team: str | None) -> None:
    """Says which workspace (one that was joined) the company is talked to in; None for none."""
    tx.execute(update(company).where(company.c.id == id).values(team=team))


def of_team(tx: Tx, team: str) -> tuple[str, ...]:
    """The companies of a workspace, by name."""
    return tuple(tx.execute(_OF_TEAM, {"of": team}).scalars())


def team_of(tx: Tx, company_id: str) -> str | None:
    """The workspace a company is talked to in."""
    return tx.execute(select(company.c.team).where(company.c.id == company_id)).scalar()
