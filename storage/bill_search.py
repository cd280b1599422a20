"""Finding bills by what people have at hand: a number, a payment reference, a supplier's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from finance.bill_doubts import number_key
from storage.bill_rows import COLUMNS, Listed, listed, name_key, reference_key
from storage.bill_tables import bill as table
from storage.bill_tables import bill_place, card
from storage.cards import OPENED
from storage.database import Tx

SHORTEST = 3  # letters of a name that are looked for


@dataclass(frozen=True, slots=True)
class Only:
    """Bills that were ever put on one person's desk, or for which Procountor names one of the users ``named``."""

    team: str
    user: str
    named: frozenset[int] = frozenset()


def numbered(
    tx: Tx, company: str, typed: str, only: Only | None = None, *, open_only: bool = False, most: int = 10
) -> tuple[Listed, ...]:
    """Bills with this number, the supplier's or Procountor's, or this id; the newest first."""
    same = list(_numbers(typed))
    return _rows(tx, company, _ids(tx, company, same, only, most, open_only=open_only) if same else [])


def find(tx: Tx, company: str, typed: str, only: Only | None = None, *, most: int = 10) -> tuple[Listed, ...]:
    """The same, and bills with this payment reference; else those of suppliers so named. The newest first."""
    same = list(_numbers(typed))
    if reference_key(typed):
        same.append(table.c.reference_key == reference_key(typed))
    ids = _ids(tx, company, same, only, most) if same else []
    name = name_key(typed)
    if not ids and len(name) >= SHORTEST:
        ids = _ids(tx, company, [table.c.supplier_key.contains(name, autoescape=True)], only, most)
    return _rows(tx, company, ids)


def _ids(
    tx: Tx,
    company: str,
    same: list[ColumnElement[bool]],
    only: Only | None,
    most: int,
    *,
    open_only: bool = False,
) -> list[int]:
    where = [table.c.company == company, or_(*same), *_mine(company, only)]
    if open_only:
        where.append(table.c.open == 1)
    return list(tx.execute(select(table.c.id).where(*where).order_by(table.c.id.desc()).limit(most)).scalars())


def _rows(tx: Tx, company: str, ids: list[int]) -> tuple[Listed, ...]:
    rows = tx.execute(select(*COLUMNS).where(table.c.company == company, table.c.id.in_(ids)))
    return tuple(sorted((listed(row) for row in rows), key=lambda bill: -bill.id))


def _numbers(typed: str) -> Iterator[ColumnElement[bool]]:
    if number_key(typed):
        yield table.c.number_key == number_key(typed)
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        yield table.c.number == int(typed)
        yield table.c.id == int(typed)


def _mine(company: str, only: Only | None) -> list[ColumnElement[bool]]:
    if only is None:
        return []
    mine = (card.c.company == company, card.c.team == only.team, card.c.slack_user == only.user)
    dealt = select(card.c.bill).where(*mine, card.c.state != OPENED)
    there = select(bill_place.c.bill).where(bill_place.c.company == company, bill_place.c.user_id.in_(list(only.named)))
    return [or_(table.c.id.in_(dealt), table.c.id.in_(there))]
