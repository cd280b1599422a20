"""Lists of bills, page by page and added up: found by indexes, so that they cost the same whatever else is open.

What lies on one person's desk is counted up to ``MOST``; the sums of all bills and of a project are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, not_, select, true, union_all

from finance.bill_waiting import Hand
from finance.circulation import Act
from storage import tallies
from storage.bill_rows import COLUMNS, Listed, listed
from storage.bill_tables import bill as table
from storage.bill_tables import bill_place as place
from storage.bill_tables import card
from storage.cards import LIVE
from storage.database import Tx
from storage.sifting import waits
from storage.tallies import Totals

MOST = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows: open bills, the first due first. Everything that is set must hold.

    ``desk`` is a Slack user (team, user) on whose desk they lie, ``hand`` the person for whose signature they wait
    now (wherever they lie), ``rest`` one on whose desk they lie and for whose signature they do not wait.
    """

    desk: tuple[str, str] | None = None
    hand: Hand | None = None
    rest: Hand | None = None
    project: str = ""
    due_before: date | None = None


def page(tx: Tx, company: str, wanted: Wanted, first: int, most: int) -> tuple[Listed, ...]:
    """``most`` bills from the ``first`` one on, counted from 0."""
    parts = [part.limit(first + most) for part in _parts(company, wanted, table.c.id, table.c.due)]
    found = parts[0] if len(parts) == 1 else union_all(*(part.subquery().select() for part in parts))
    chosen = found.subquery()
    ids = select(chosen.c.id).order_by(chosen.c.due, chosen.c.id).offset(first).limit(most)
    order = {id: at for at, id in enumerate(tx.execute(ids).scalars())}
    asked = select(*COLUMNS).where(table.c.company == company, table.c.id.in_(list(order)))
    return tuple(sorted((listed(row) for row in tx.execute(asked)), key=lambda bill: order[bill.id]))


def totals(tx: Tx, company: str, wanted: Wanted) -> Totals:
    """How many there are and what they come to; of what lies on a desk at most ``MOST`` are counted."""
    if wanted.desk is None and wanted.hand is None and wanted.rest is None:
        shelf = tallies.of_project(wanted.project) if wanted.project else tallies.ALL
        return tallies.open_(tx, company, shelf, wanted.due_before)
    parts = [part.limit(MOST + 1) for part in _parts(company, wanted, table.c.currency, table.c.cents)]
    chosen = union_all(*(part.subquery().select() for part in parts)).limit(MOST + 1).subquery()
    added = select(chosen.c.currency, func.count(), func.sum(chosen.c.cents)).group_by(chosen.c.currency)
    rows: list[Any] = [tuple(row) for row in tx.execute(added.order_by(chosen.c.currency))]
    return tallies.totals(rows, sum(row[1] for row in rows) > MOST)


def count(tx: Tx, company: str, wanted: Wanted) -> int:
    """How many there are, however many: for whoever has turned beyond what ``totals`` counts."""
    parts = [part.order_by(None) for part in _parts(company, wanted, table.c.id)]
    chosen = union_all(*parts).subquery()
    return int(tx.execute(select(func.count()).select_from(chosen)).scalar_one())


def project_number(tx: Tx, company: str, typed: str) -> str:
    """The project's number as bills have it, whatever case it was typed in."""
    spelt = dict.fromkeys((typed, typed.upper(), typed.lower()))
    return next((number for number in spelt if tallies.open_(tx, company, tallies.of_project(number)).n), typed)


def _parts(company: str, wanted: Wanted, *columns: ColumnElement[Any]) -> list[Select[Any]]:
    """The bills in one or two strands that have none in common, each in the order of the list."""
    if wanted.hand is None:
        return [_one(company, wanted, columns)]
    team, user = wanted.hand.team, wanted.hand.user
    mine = _on_desk(company, (team, user), wanted, waits(wanted.hand), columns)
    if not any(wanted.hand.stands_for.values()):
        return [mine]
    return [mine, _named(company, wanted, wanted.hand, columns)]


def _one(company: str, wanted: Wanted, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    if wanted.rest is not None:
        mine = (wanted.rest.team, wanted.rest.user)
        return _on_desk(company, mine, wanted, not_(waits(wanted.rest)), columns)
    if wanted.desk is not None:
        return _on_desk(company, wanted.desk, wanted, true(), columns)
    where = [table.c.company == company, table.c.open == 1, *_narrowed(wanted, table.c.due)]
    return select(*columns).where(*where).order_by(table.c.due, table.c.id)


def _on_desk(
    company: str,
    desk: tuple[str, str],
    wanted: Wanted,
    also: ColumnElement[bool],
    columns: Sequence[ColumnElement[Any]],
) -> Select[Any]:
    """Walks the person's cards in the order of their due dates: no more bills are looked at than are wanted."""
    mine = (card.c.company == company, card.c.team == desk[0], card.c.slack_user == desk[1], card.c.state == LIVE)
    joined = card.join(table, (table.c.company == card.c.company) & (table.c.id == card.c.bill))
    where = [*mine, also, *_narrowed(wanted, card.c.due)]
    return select(*columns).select_from(joined).where(*where).order_by(card.c.due, card.c.bill)


def _named(company: str, wanted: Wanted, hand: Hand, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Bills for which Procountor names the person, and which lie on other desks only."""
    there = select(place.c.bill).where(place.c.company == company, place.c.acted == 0, _in_place_of(hand))
    mine = select(card.c.bill).where(
        card.c.company == company, card.c.bill == table.c.id, card.c.team == hand.team,
        card.c.slack_user == hand.user, card.c.state == LIVE,
    )  # fmt: skip
    where = [table.c.company == company, table.c.open == 1, table.c.id.in_(there), ~mine.exists(), waits(hand)]
    return select(*columns).where(*where, *_narrowed(wanted, table.c.due)).order_by(table.c.due, table.c.id)


def _in_place_of(hand: Hand) -> ColumnElement[bool]:
    found: ColumnElement[bool] = false()
    for act in (Act.VERIFY, Act.APPROVE):
        users = list(hand.stands_for.get(act, ()))
        found = found | ((place.c.act == act.value) & place.c.user_id.in_(users))
    return found


def _narrowed(wanted: Wanted, due: ColumnElement[str]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.project:
        where.append(table.c.project == wanted.project)
    if wanted.due_before is not None:
        where.append(due < wanted.due_before.isoformat())
    return where
