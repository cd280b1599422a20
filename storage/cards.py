"""Who has a bill on his desk: one card for each bill and person, redrawn and never said again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage.bill_rows import NEVER
from storage.bill_tables import bill as bills
from storage.bill_tables import bill_place, card
from storage.database import Tx

LIVE, PASSED, DONE, OPENED = "live", "passed", "done", "opened"


@dataclass(frozen=True, slots=True)
class Card:
    """``why`` is canonical JSON of what the reader is told; ``state``: live, passed (on to somebody else), done.

    "opened" is a copy that somebody asked to see of a bill that does not lie on his desk.

    ``shown_print`` is the print of the bill as this copy last showed it: what a press on it approves. ``stage`` is how
    far its holder's silence has gone (0 dealt, 1 reminded, 2 somebody else has it, too), since ``stage_on``.
    """

    company: str
    bill: int
    team: str
    user: str
    why: str
    state: str
    dealt_at: datetime
    shown_print: str
    snoozed_until: datetime | None
    stage: int = 0
    stage_on: date | None = None


def deal(tx: Tx, company: str, bill: int, team: str, user: str, why: str, now: datetime) -> bool:
    """Puts the bill on somebody's desk; False when it is there already. One passed on before comes back."""
    there = of(tx, company, bill, team, user)
    if there is not None and there.state not in (PASSED, OPENED):
        return False
    _put(tx, company, bill, team, user, there, LIVE, why, now)
    return True


def show(tx: Tx, company: str, bill: int, team: str, user: str, why: str, now: datetime) -> bool:
    """Gives somebody a copy to look at; False when he has one, wherever the bill lies."""
    there = of(tx, company, bill, team, user)
    if there is None:
        _put(tx, company, bill, team, user, there, OPENED, why, now)
    return there is None


def _put(
    tx: Tx, company: str, bill: int, team: str, user: str, there: Card | None, state: str, why: str, now: datetime
) -> None:
    values = {"why": why, "state": state, "dealt_at": now, "shown_print": "", "snoozed_until": None}
    values |= {"stage": 0, "stage_on": ""}
    if there is None:
        due = tx.execute(select(bills.c.due).where(bills.c.company == company, bills.c.id == bill)).scalar() or NEVER
        tx.execute(insert(card).values(company=company, bill=bill, team=team, slack_user=user, due=due, **values))
    else:
        tx.execute(update(card).where(*_one(company, bill, team, user)).values(**values))


def of(tx: Tx, company: str, bill: int, team: str, user: str) -> Card | None:
    row = tx.execute(select(card).where(*_one(company, bill, team, user))).one_or_none()
    return None if row is None else _card(row)


def all(tx: Tx, company: str, bill: int) -> tuple[Card, ...]:
    """Every copy of the bill, the first dealt first."""
    rows = tx.execute(select(card).where(card.c.company == company, card.c.bill == bill).order_by(card.c.dealt_at))
    return tuple(_card(row) for row in rows)


def held_by(tx: Tx, company: str, team: str, user: str) -> tuple[Card, ...]:
    """The live cards of one person, the oldest first."""
    mine = (card.c.company == company, card.c.team == team, card.c.slack_user == user, card.c.state == LIVE)
    return tuple(_card(row) for row in tx.execute(select(card).where(*mine).order_by(card.c.dealt_at, card.c.bill)))


def everybody(tx: Tx, company: str) -> tuple[tuple[str, str], ...]:
    """Everybody (team, user) who has a live card."""
    asked = select(card.c.team, card.c.slack_user).where(card.c.company == company, card.c.state == LIVE).distinct()
    return tuple((row.team, row.slack_user) for row in tx.execute(asked.order_by(card.c.team, card.c.slack_user)))


def holders(tx: Tx, company: str, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The Slack users on whose desks each of the bills lies, the first dealt first."""
    asked = select(card.c.bill, card.c.slack_user).where(
        card.c.company == company, card.c.bill.in_(list(ids)), card.c.state == LIVE
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in tx.execute(asked.order_by(card.c.dealt_at, card.c.slack_user)):
        found[row.bill] = (*found.get(row.bill, ()), row.slack_user)
    return found


def concerned(tx: Tx, company: str, bill: int, team: str, user: str, named: Iterable[int] = ()) -> bool:
    """Whether a bill was ever put on the person's desk, or Procountor names one of the users ``named`` for it."""
    there = of(tx, company, bill, team, user)
    if there is not None and there.state != OPENED:
        return True
    asked = select(bill_place.c.place).where(
        bill_place.c.company == company, bill_place.c.bill == bill, bill_place.c.user_id.in_(list(named))
    )
    return tx.execute(asked.limit(1)).scalar() is not None


def change(tx: Tx, company: str, bill: int, team: str, user: str, **changed: Any) -> bool:
    """Changes ``state``, ``why``, ``shown_print`` or ``snoozed_until``; False without such a card."""
    return bool(tx.execute(update(card).where(*_one(company, bill, team, user)).values(**changed)).rowcount)


def reminded(tx: Tx, company: str, ids: Iterable[int], team: str, user: str, day: date) -> None:
    """The holder has been reminded of these bills for the first time."""
    mine = (card.c.company == company, card.c.bill.in_(list(ids)), card.c.team == team, card.c.slack_user == user)
    tx.execute(update(card).where(*mine, card.c.stage == 0).values(stage=1, stage_on=day.isoformat()))


def settle(tx: Tx, company: str, bill: int) -> None:
    """Nothing is left to decide: every copy is done with."""
    tx.execute(
        update(card).where(card.c.company == company, card.c.bill == bill, card.c.state == LIVE).values(state=DONE)
    )


def reopen(tx: Tx, company: str, bill: int) -> None:
    """The bill waits again: its copies are live again."""
    tx.execute(
        update(card).where(card.c.company == company, card.c.bill == bill, card.c.state == DONE).values(state=LIVE)
    )


def _one(company: str, bill: int, team: str, user: str) -> tuple[Any, ...]:
    return card.c.company == company, card.c.bill == bill, card.c.team == team, card.c.slack_user == user


def _card(row: Row[Any]) -> Card:
    return Card(
        row.company, row.bill, row.team, row.slack_user, row.why, row.state, row.dealt_at, row.shown_print,
        row.snoozed_until, row.stage, date.fromisoformat(row.stage_on) if row.stage_on else None,
    )  # fmt: skip
