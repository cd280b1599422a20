"""Every place where something sealed stands: looked through at the start, and sealed anew when the key is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, select, tuple_, update

from storage.bill_tables import bill, decision, question, supplier_account
from storage.capture_tables import captured
from storage.circle_tables import passing
from storage.database import Store, Tx
from storage.sales_tables import webhook
from storage.sealing import KeyMissing, resealed, unseal
from storage.slack_tables import TOKENS, slack_bots, slack_installations
from storage.tables import company, inbox, offered_key, own_key

LOOKED_AT = 1000  # rows of a place that are tried at the start


@dataclass(frozen=True, slots=True)
class Place:
    """A column that holds sealed secrets. ``alive`` are the rows that are still needed; None when all are."""

    what: str
    column: Column[Any]
    alive: ColumnElement[bool] | None = None

    @property
    def key(self) -> tuple[Column[Any], ...]:
        return tuple(self.column.table.primary_key)


_TOKENS = [table.c[name] for table in (slack_bots, slack_installations) for name in TOKENS if name in table.c]

PLACES: Sequence[Place] = (
    Place("company keys", company.c.api_key),
    Place("people's own keys", own_key.c.api_key),
    Place("offered keys", offered_key.c.api_key),
    Place("what people said", inbox.c.said, inbox.c.done_at.is_(None)),
    Place("bills", bill.c.content),
    Place("bills as they were", bill.c.previous),
    Place("bills as they were decided", decision.c.shown),
    Place("suppliers' accounts", supplier_account.c.account),
    Place("who was paid", supplier_account.c.paid_to),
    Place("words with a bill passed on", passing.c.note),
    Place("questions", question.c.text),
    Place("answers", question.c.answer),
    Place("claims being written", captured.c.sheet),
    Place("claims made in Slack", captured.c.claim),
    Place("why claims were rejected", captured.c.reason),
    Place("webhooks' secrets", webhook.c.secret),
    *(Place("Slack tokens", column) for column in _TOKENS),
)


@dataclass(frozen=True, slots=True)
class Count:
    """Of a number of sealed secrets: now under the newest key, already there before, and opened by no key we have."""

    renewed: int = 0
    already: int = 0
    closed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.renewed + other.renewed, self.already + other.already, self.closed + other.closed)


def check(tx: Tx) -> None:
    """Raises KeyMissing when KIERTO_SECRET_KEY does not open what this database keeps and still needs."""
    for place in PLACES:
        sealed = select(place.column).where(place.column.is_not(None)).limit(LOOKED_AT)
        for found in tx.execute(sealed if place.alive is None else sealed.where(place.alive)).scalars():
            unseal(tx, _bytes(found))


def reseal(store: Store, place: Place, size: int = 200) -> Iterator[Count]:
    """Seals a place's secrets under the newest key, ``size`` rows a transaction; a count for each.

    What is cut off in between stands under the old key or the new one, and both open: going on means beginning anew.
    """
    after: tuple[Any, ...] | None = None
    while True:
        with store.write() as tx:
            rows = tx.execute(_page(place, after, size)).all()
            counts = [_renew(tx, place, tuple(row[:-1]), row[-1]) for row in rows]
        yield sum(counts, Count())
        if len(rows) < size:
            return
        after = tuple(rows[-1][:-1])


def _page(place: Place, after: tuple[Any, ...] | None, size: int) -> Any:
    asked = select(*place.key, place.column).where(place.column.is_not(None)).order_by(*place.key).limit(size)
    return asked if after is None else asked.where(tuple_(*place.key) > tuple_(*after))


def _renew(tx: Tx, place: Place, key: tuple[Any, ...], sealed: Any) -> Count:
    try:
        new = resealed(tx, _bytes(sealed))
    except KeyMissing:
        return Count(closed=1)
    if new is None:
        return Count(already=1)
    mine = [column == value for column, value in zip(place.key, key, strict=True)]
    value = new.decode() if isinstance(sealed, str) else new
    # Only as it was read: somebody may have put another secret in its place meanwhile.
    tx.execute(update(place.column.table).where(*mine, place.column == sealed).values({place.column: value}))
    return Count(renewed=1)


def _bytes(sealed: Any) -> bytes:
    return sealed.encode() if isinstance(sealed, str) else bytes(sealed)
