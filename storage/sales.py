"""The sales invoices we have sent, as last read from Procountor, and a row for each thing there was to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, insert, or_, select, update

from finance import paid
from finance.canonical import dump, load
from finance.invoice import Kind
from finance.paid import News, Sale, Told, What
from finance.paid_rules import Place
from finance.transfer import State
from storage.database import Tx
from storage.sales_tables import sale as table
from storage.sales_tables import sale_news as told_table
from storage.tables import company as companies
from storage.tables import transfer

SOME = 500  # ids in one question: databases take no endless lists


@dataclass(frozen=True, slots=True)
class Kept:
    """An invoice of ours; ``sale`` is None before it was read. ``paid_on`` is the day it was paid in full."""

    id: int
    document: int
    sale: Sale | None
    told: Told
    paid_on: date | None
    read_at: datetime | None
    quiet: bool = False  # sent long before the first look of all: its first reading told nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing there is to tell. ``places`` are where it is told, ``batch`` with which others; "" for not yet."""

    id: int
    sale: int
    document: int
    news: News
    noted_at: datetime
    batch: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    places: tuple[Place, ...] = ()


def take_up(tx: Tx, company: str, quiet_before: datetime | None = None) -> tuple[int, ...]:
    """Watches what has been sent since the last time; gives the new ones.

    What was sent before ``quiet_before`` is only read the first time: it may have been paid long ago.
    """
    tx.execute(select(companies.c.id).where(companies.c.id == company).with_for_update())  # one at a time
    watched = select(table.c.id).where(table.c.company == company)
    sent = select(transfer.c.remote_id, transfer.c.document, transfer.c.done_at).where(
        transfer.c.company == company,
        transfer.c.kind == Kind.SALES_INVOICE.value,
        transfer.c.state == State.DONE.value,
        transfer.c.remote_id.is_not(None),
        transfer.c.remote_id.not_in(watched),
    )
    found = {row.remote_id: row for row in tx.execute(sent.order_by(transfer.c.revision)).all()}
    rows = [
        {
            "company": company, "id": id, "document": row.document, "status": "", "open": 1, "due": "", "paid_on": "",
            "content": "", "told": dump(Told()),
            "quiet": int(bool(quiet_before and row.done_at and row.done_at < quiet_before)),
        }
        for id, row in found.items()
    ]  # fmt: skip
    if rows:
        tx.execute(insert(table), rows)
    return tuple(sorted(found))


def watched(tx: Tx, company: str, since: date) -> tuple[int, ...]:
    """Those of which something is still to be expected: the open ones, and those paid on ``since`` or later.

    A payment may be taken back.
    """
    alive = or_(table.c.open == 1, table.c.paid_on >= since.isoformat())
    asked = select(table.c.id).where(table.c.company == company, alive).order_by(table.c.id)
    return tuple(tx.execute(asked).scalars())


def some(tx: Tx, company: str) -> bool:
    """Whether there are any."""
    return tx.execute(select(table.c.id).where(table.c.company == company).limit(1)).first() is not None


def ours(tx: Tx, company: str, ids: Iterable[int]) -> tuple[int, ...]:
    """Those of these ids that we have sent."""
    wanted = sorted(set(ids))
    found: list[int] = []
    for start in range(0, len(wanted), SOME):
        where = (table.c.company == company, table.c.id.in_(wanted[start : start + SOME]))
        found += tx.execute(select(table.c.id).where(*where)).scalars()
    return tuple(sorted(found))


def many(tx: Tx, company: str, ids: Sequence[int], *, locked: bool = False) -> Mapping[int, Kept]:
    """At most a page of them, by id; ``locked`` until the end of the transaction."""
    asked = select(table).where(table.c.company == company, table.c.id.in_(list(ids))).order_by(table.c.id)
    return {row.id: _kept(row) for row in tx.execute(asked.with_for_update() if locked else asked)}


def of_document(tx: Tx, company: str, document: int) -> Kept | None:
    """The invoice that was made of a document."""
    row = tx.execute(select(table).where(table.c.company == company, table.c.document == document)).first()
    return None if row is None else _kept(row)


def everything(tx: Tx, company: str) -> Mapping[int, Kept]:
    """All of them, by Procountor's id."""
    return {row.id: _kept(row) for row in tx.execute(select(table).where(table.c.company == company))}


def late(tx: Tx, company: str, day: date) -> tuple[Kept, ...]:
    """The open ones that were due on ``day`` or earlier."""
    where = (table.c.company == company, table.c.open == 1, table.c.due != "", table.c.due <= day.isoformat())
    asked = select(table).where(*where, table.c.quiet == 0).order_by(table.c.due, table.c.id)
    return tuple(_kept(row) for row in tx.execute(asked))


def keep(tx: Tx, company: str, found: Sequence[Sale], asked: datetime, now: datetime) -> int:
    """Keeps what was just read, at most a page, and a row for each thing there is to tell; gives how many.

    ``asked`` is when it was asked for: what was asked for before what is kept is old and changes nothing.
    """
    before = many(tx, company, [sale.id for sale in found], locked=True)
    count = 0
    for sale in found:
        kept = before.get(sale.id)
        if kept is None or (kept.read_at is not None and asked < kept.read_at):
            continue
        told, news = paid.news(kept.told, sale)
        if news is not None and not (kept.quiet and kept.sale is None):
            count += note(tx, company, sale.id, news, now)
        _keep(tx, company, sale, told, kept, asked, news)
    return count


def _keep(tx: Tx, company: str, sale: Sale, told: Told, kept: Kept, asked: datetime, news: News | None) -> None:
    day = news.paid_on if news and told.stage is What.PAID else kept.paid_on if told.stage is What.PAID else None
    values = {
        "status": sale.status, "open": int(not paid.settled(sale.status)), "read_at": asked,
        "due": sale.due.isoformat() if sale.due else "", "paid_on": day.isoformat() if day else "",
        "content": dump(sale), "told": dump(told),
    }  # fmt: skip
    tx.execute(update(table).where(table.c.company == company, table.c.id == sale.id).values(**values))


def note(tx: Tx, company: str, id: int, news: News, now: datetime) -> bool:
    """A row for something there is to tell; False when it is there already: each thing is told once."""
    where = (told_table.c.company == company, told_table.c.sale == id, told_table.c.key == news.key)
    if tx.execute(select(told_table.c.id).where(*where)).first():
        return False
    values = {"company": company, "sale": id, "key": news.key, "what": news.what.value, "content": dump(news)}
    tx.execute(insert(told_table).values(**values, noted_at=now, places=""))
    return True


def untold(tx: Tx, company: str) -> tuple[Entry, ...]:
    """What waits to be told, locked until the end of the transaction: one who composes takes it all."""
    tx.execute(select(companies.c.id).where(companies.c.id == company).with_for_update())
    return _rows(tx, company, told_table.c.batch.is_(None))


def compose(tx: Tx, company: str, id: int, batch: str, places: Sequence[Place]) -> None:
    """Says with which others it is told, and where; nowhere is a place, too."""
    where = (told_table.c.company == company, told_table.c.id == id)
    tx.execute(update(told_table).where(*where).values(batch=batch, places=dump(_Places(tuple(places)))))


def of_batch(tx: Tx, company: str, batch: str) -> tuple[Entry, ...]:
    """What is told together, in the order it is shown."""
    return _rows(tx, company, told_table.c.batch == batch)


def news_of(tx: Tx, company: str, id: int) -> Entry | None:
    """One thing that was to tell."""
    return next(iter(_rows(tx, company, told_table.c.id == id)), None)


def history(tx: Tx, company: str, sale: int) -> tuple[Entry, ...]:
    """All there ever was to tell of an invoice."""
    return _rows(tx, company, told_table.c.sale == sale)


def _rows(tx: Tx, company: str, where: object) -> tuple[Entry, ...]:
    joined = told_table.join(table, (table.c.company == told_table.c.company) & (table.c.id == told_table.c.sale))
    asked = select(told_table, table.c.document).select_from(joined).where(told_table.c.company == company, where)  # type: ignore[arg-type]
    return tuple(
        Entry(
            row.id, row.sale, row.document, load(News, row.content), row.noted_at, row.batch or "",
            load(_Places, row.places).places if row.places else (),
        )
        for row in tx.execute(asked.order_by(told_table.c.id))
    )  # fmt: skip


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    return Kept(
        row.id,
        row.document,
        load(Sale, row.content) if row.content else None,
        load(Told, row.told),
        date.fromisoformat(row.paid_on) if row.paid_on else None,
        row.read_at,
        bool(row.quiet),
    )
