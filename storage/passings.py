"""Bills passed on from one desk to another, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage.bill_tables import card
from storage.cards import LIVE, PASSED
from storage.circle_tables import passing
from storage.database import Tx
from storage.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Passing:
    """``giver``, ``receiver`` and ``by`` (who did it) are Slack users of the workspace ``team``.

    ``giver`` is empty when the bill lay on nobody's desk. ``dealt``: whether the receiver got it by this. ``back_at``
    is when it was taken back.
    """

    id: int
    company: str
    bill: int
    team: str
    giver: str
    receiver: str
    by: str
    note: str
    dealt: bool
    at: datetime
    back_at: datetime | None


def add(
    tx: Tx, company: str, bill: int, team: str, giver: str, receiver: str, by: str, note: str, now: datetime,
    *, dealt: bool,
) -> int:  # fmt: skip
    """Notes that a bill went on; the note is kept sealed. Gives the id."""
    values = {"company": company, "bill": bill, "team": team, "giver": giver, "receiver": receiver, "by": by}
    values |= {"note": seal(tx, note), "dealt": int(dealt), "at": now}
    return int(tx.execute(insert(passing).values(**values).returning(passing.c.id)).scalar_one())


def of(tx: Tx, company: str, bill: int) -> tuple[Passing, ...]:
    """Every time the bill went on, the first one first."""
    asked = select(passing).where(passing.c.company == company, passing.c.bill == bill).order_by(passing.c.id)
    return tuple(_passing(tx, row) for row in tx.execute(asked))


def get(tx: Tx, company: str, id: int) -> Passing | None:
    """None for an unknown one and for another company's alike."""
    row = tx.execute(select(passing).where(passing.c.company == company, passing.c.id == id)).one_or_none()
    return None if row is None else _passing(tx, row)


def back(tx: Tx, one: Passing, now: datetime) -> bool:
    """Takes it back; False when that was done already."""
    where = (passing.c.company == one.company, passing.c.id == one.id, passing.c.back_at.is_(None))
    return bool(tx.execute(update(passing).where(*where).values(back_at=now)).rowcount)


def leave(tx: Tx, company: str, bill: int, team: str, user: str) -> bool:
    """The bill leaves a person's desk; False when it does not lie there (any more)."""
    return _turn(tx, company, bill, team, user, LIVE, PASSED)


def return_(tx: Tx, company: str, bill: int, team: str, user: str) -> bool:
    """The bill is on a desk again that it had left."""
    return _turn(tx, company, bill, team, user, PASSED, LIVE)


def put_off(tx: Tx, company: str, bill: int, team: str, user: str, until: datetime) -> bool:
    """The person is reminded of the bill at ``until`` and not before; False when it does not lie on his desk."""
    where = (card.c.company == company, card.c.bill == bill, card.c.team == team, card.c.slack_user == user)
    return bool(tx.execute(update(card).where(*where, card.c.state == LIVE).values(snoozed_until=until)).rowcount)


def _turn(tx: Tx, company: str, bill: int, team: str, user: str, was: str, now: str) -> bool:
    where = (card.c.company == company, card.c.bill == bill, card.c.team == team, card.c.slack_user == user)
    values = {"state": now, "snoozed_until": None}
    return bool(tx.execute(update(card).where(*where, card.c.state == was).values(**values)).rowcount)


def _passing(tx: Tx, row: Row[Any]) -> Passing:
    return Passing(
        row.id, row.company, row.bill, row.team, row.giver, row.receiver, row.by, unseal(tx, row.note),
        bool(row.dealt), row.at, row.back_at,
    )  # fmt: skip
