"""Companies, the Slack workspaces that belong to them, and their people's rights."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from finance.canonical import dump, load
from finance.company import Choices
from storage.database import Tx
from storage.sealing import seal, unseal
from storage.tables import company, person, workspace


@dataclass(frozen=True, slots=True)
class Company:
    """A customer of ours: one set of books in Procountor. ``state`` is "ready" or "paused"."""

    id: str
    name: str
    business_id: str
    procountor_id: int | None
    user_id: int | None
    state: str
    choices: Choices


@dataclass(frozen=True, slots=True)
class Person:
    """A Slack user with rights in one company. ``roles`` are words such as "finance" and "admin"."""

    team: str
    user: str
    company: str
    roles: frozenset[str]
    language: str


def connect(tx: Tx, name: str, business_id: str, procountor_id: int, user_id: int, api_key: str, now: datetime) -> str:
    """Keeps the company behind an API key and gives its id; a company seen before is brought up to date."""
    values: dict[str, object] = {"name": name, "business_id": business_id, "user_id": user_id, "state": "ready"}
    values["api_key"] = seal(tx, api_key)
    found = tx.execute(select(company.c.id).where(company.c.procountor_id == procountor_id)).scalar()
    if found:
        tx.execute(update(company).where(company.c.id == found).values(**values))
        return str(found)
    made = uuid.uuid4().hex
    choices = dump(Choices())
    tx.execute(insert(company).values(id=made, procountor_id=procountor_id, created_at=now, choices=choices, **values))
    return made


def get(tx: Tx, id: str) -> Company:
    """Raises LookupError for an unknown company."""
    row = tx.execute(select(company).where(company.c.id == id)).one_or_none()
    if row is None:
        raise LookupError(f"no company {id}")
    return Company(
        row.id, row.name, row.business_id, row.procountor_id, row.user_id, row.state, load(Choices, row.choices)
    )


def everyone(tx: Tx) -> tuple[Company, ...]:
    """All companies, by name."""
    return tuple(get(tx, id) for id in tx.execute(select(company.c.id).order_by(company.c.name)).scalars())


def api_key(tx: Tx, id: str) -> str | None:
    """The company's Procountor API key, opened."""
    sealed = tx.execute(select(company.c.api_key).where(company.c.id == id)).scalar()
    return None if sealed is None else unseal(tx, sealed)


def choose(tx: Tx, id: str, choices: Choices) -> None:
    tx.execute(update(company).where(company.c.id == id).values(choices=dump(choices)))


def set_state(tx: Tx, id: str, state: str) -> bool:
    """True when the state changed."""
    changed = tx.execute(update(company).where(company.c.id == id, company.c.state != state).values(state=state))
    return bool(changed.rowcount)


def join(tx: Tx, team: str, name: str, bot_user: str, company_id: str) -> None:
    """Ties a Slack workspace to the company."""
    values = {"name": name, "bot_user": bot_user, "company": company_id}
    if not tx.execute(update(workspace).where(workspace.c.team == team).values(**values)).rowcount:
        tx.execute(insert(workspace).values(team=team, **values))


def of_team(tx: Tx, team: str) -> str | None:
    """The company a workspace belongs to."""
    return tx.execute(select(workspace.c.company).where(workspace.c.team == team)).scalar()


def team_of(tx: Tx, company_id: str) -> str | None:
    """The workspace a company is talked to in."""
    return tx.execute(select(workspace.c.team).where(workspace.c.company == company_id)).scalar()


def allow(tx: Tx, who: Person, granted_by: str, now: datetime) -> None:
    """Gives a Slack user exactly these rights."""
    values = {
        "company": who.company,
        "roles": ",".join(sorted(who.roles)),
        "language": who.language,
        "granted_by": granted_by,
        "granted_at": now,
    }
    same = (person.c.team == who.team) & (person.c.slack_user == who.user)
    if not tx.execute(update(person).where(same).values(**values)).rowcount:
        tx.execute(insert(person).values(team=who.team, slack_user=who.user, **values))


def person_of(tx: Tx, team: str, user: str) -> Person | None:
    """Who a Slack user is here; None when nobody has given any right."""
    row = tx.execute(select(person).where(person.c.team == team, person.c.slack_user == user)).one_or_none()
    if row is None:
        return None
    return Person(row.team, row.slack_user, row.company, frozenset(filter(None, row.roles.split(","))), row.language)


def with_role(tx: Tx, company_id: str, role: str) -> tuple[str, ...]:
    """The Slack users of the company who have a role."""
    rows = tx.execute(select(person.c.slack_user, person.c.roles).where(person.c.company == company_id)).all()
    return tuple(user for user, roles in rows if role in roles.split(","))
