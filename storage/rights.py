"""Rights as they were given, each with its giver and its moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select, update

from finance.authority import Grant, Holder, Limits, Right
from storage.database import Tx
from storage.tables import company as companies
from storage.tables import given_right as given
from storage.tables import own_key, staff

_NOBODY = (None, None, "", None)


@dataclass(frozen=True, slots=True)
class Change:
    """What giving rights changed: those that came, that went, and that have other limits now."""

    new: frozenset[Right] = frozenset()
    gone: frozenset[Right] = frozenset()
    limited: frozenset[Right] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.limited)


def give(
    tx: Tx, company: str, team: str, user: str, rights: Mapping[Right, Limits] | Iterable[Right], by: str, now: datetime
) -> Change:
    """Gives a Slack user exactly these rights. One he has already keeps its giver and moment, unless its limits change.

    ``by`` is the giver as the trail names him.
    """
    wanted = dict(rights) if isinstance(rights, Mapping) else {right: {} for right in rights}
    have = {grant.right: grant for grant in _grants(tx, company, team, user)}
    gone = frozenset(have.keys() - wanted.keys())
    new = frozenset(wanted.keys() - have.keys())
    limited = frozenset(r for r in wanted.keys() & have.keys() if dict(have[r].limits) != dict(wanted[r]))
    mine = (given.c.company == company, given.c.team == team, given.c.slack_user == user)
    for right in gone:
        tx.execute(delete(given).where(*mine, given.c.right == right.value))
    for right in (*new, *limited):
        values = {"limits": _dump(wanted[right]), "given_by": by, "given_at": now}
        if right in limited:
            tx.execute(update(given).where(*mine, given.c.right == right.value).values(**values))
        else:
            tx.execute(insert(given).values(company=company, team=team, slack_user=user, right=right.value, **values))
    return Change(new, gone, limited)


def hold(tx: Tx, company: str) -> None:
    """Keeps every other change of the company's rights waiting until ``tx`` ends: what is read now stays so."""
    tx.execute(select(companies.c.id).where(companies.c.id == company).with_for_update())


def confirm(tx: Tx, company: str, team: str, user: str, rights: Iterable[Right], by: str, now: datetime) -> None:
    """Makes another human the giver of rights that stand already: how a second person lets them be used at once."""
    mine = (given.c.company == company, given.c.team == team, given.c.slack_user == user)
    named = given.c.right.in_([right.value for right in rights])
    tx.execute(update(given).where(*mine, named).values(given_by=by, given_at=now))


def holder(tx: Tx, company: str, team: str, user: str) -> Holder:
    """The Slack user with his rights in the company and who he is in Procountor, as the database has it now."""
    row = tx.execute(
        select(staff).where(staff.c.company == company, staff.c.team == team, staff.c.slack_user == user)
    ).one_or_none()
    key = tx.execute(
        select(own_key.c.user_id).where(
            own_key.c.company == company, own_key.c.team == team, own_key.c.slack_user == user
        )
    ).scalar()
    user_id, person_id, by, at = (row.user_id, row.person_id, row.matched_by, row.matched_at) if row else _NOBODY
    if key is not None:  # he has shown who he is
        user_id, by, at = key, "", None
    names = _names(tx, company, f"{team}/{user}", user_id, person_id)
    return Holder(names, True, _grants(tx, company, team, user), user_id, person_id, by, at)


def with_right(tx: Tx, company: str, right: Right) -> tuple[str, ...]:
    """The Slack users of the company to whom the right was given, in the order of their ids."""
    found = select(given.c.slack_user).where(given.c.company == company, given.c.right == right.value)
    return tuple(tx.execute(found.order_by(given.c.slack_user)).scalars())


def everybody(tx: Tx, company: str) -> dict[tuple[str, str], tuple[Grant, ...]]:
    """Every Slack user (team, user) of the company who has a right, with the rights."""
    found: dict[tuple[str, str], tuple[Grant, ...]] = {}
    rows = tx.execute(select(given).where(given.c.company == company).order_by(given.c.slack_user, given.c.right))
    for row in rows:
        who = (row.team, row.slack_user)
        found[who] = (*found.get(who, ()), Grant(Right(row.right), row.given_by, row.given_at, _load(row.limits)))
    return found


def companies_of(tx: Tx, team: str, user: str) -> tuple[str, ...]:
    """The companies in which a Slack user has a right or is known as a person, by name."""
    right = select(given.c.company).where(given.c.team == team, given.c.slack_user == user)
    known = select(staff.c.company).where(staff.c.team == team, staff.c.slack_user == user)
    found = select(companies.c.id).where(companies.c.id.in_(right.union(known))).order_by(companies.c.name)
    return tuple(tx.execute(found).scalars())


def _names(tx: Tx, company: str, who: str, user_id: int | None, person_id: int | None) -> frozenset[str]:
    """All names of the human: other Slack users mapped to the same person in Procountor are the same human."""
    names = {who}
    for column, key_column, id, word in (
        (staff.c.user_id, own_key.c.user_id, user_id, "user"),
        (staff.c.person_id, None, person_id, "person"),
    ):
        if id is None:
            continue
        names.add(f"{word}:{id}")
        same = select(staff.c.team, staff.c.slack_user).where(staff.c.company == company, column == id)
        found = list(tx.execute(same))
        if key_column is not None:
            keys = select(own_key.c.team, own_key.c.slack_user).where(own_key.c.company == company, key_column == id)
            found += list(tx.execute(keys))
        names |= {f"{team}/{user}" for team, user in found if user}
    return frozenset(names)


def _grants(tx: Tx, company: str, team: str, user: str) -> tuple[Grant, ...]:
    mine = (given.c.company == company, given.c.team == team, given.c.slack_user == user)
    rows = tx.execute(select(given).where(*mine).order_by(given.c.right))
    return tuple(Grant(Right(row.right), row.given_by, row.given_at, _load(row.limits)) for row in rows)


def _dump(limits: Limits) -> str:
    return json.dumps({currency: None if most is None else f"{most:f}" for currency, most in sorted(limits.items())})


def _load(text: str) -> Limits:
    return {currency: None if most is None else Decimal(most) for currency, most in json.loads(text).items()}
