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


def find(tx: Tx, company: str, typed: str, most: int, only: Only | None = None) -> tuple[Listed, ...]:
    """Bills with this number (the supplier's or Procountor's), id or reference, else of a supplier so named.

    The newest first.
    """
    same = list(_keys(typed))
    whose = [table.c.company == company, *_mine(company, only)]
    found = select(table.c.id).where(*whose, or_(*same)).order_by(table.c.id.desc()).limit(most) if same else None
    ids = list(tx.execute(found).scalars()) if found is not None else []
    name = name_key(typed)
    if not ids and len(name) >= SHORTEST:
        like = table.c.supplier_key.contains(name, autoescape=True)
        ids = list(tx.execute(select(table.c.id).where(*whose, like).order_by(table.c.id.desc()).limit(most)).scalars())
    rows = tx.execute(select(*COLUMNS).where(table.c.company == company, table.c.id.in_(ids)))
    return tuple(sorted((listed(row) for row in rows), key=lambda bill: -bill.id))


def _keys(typed: str) -> Iterator[ColumnElement[bool]]:
    for column, key in ((table.c.number_key, number_key(typed)), (table.c.reference_key, reference_key(typed))):
        if key:
            yield column == key
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
