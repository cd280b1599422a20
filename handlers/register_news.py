"""What finance has heard of the registers, so that no difference is lost whoever fetched them, and none told twice."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from finance.authority import Right
from finance.canonical import dump, load
from finance.reference import Reference
from handlers import comparing
from handlers.desk import Desk
from handlers.lanes import lane
from handlers.views.registers import Register
from storage import references, rights
from storage.companies import Company
from storage.database import Tx

HEARD, NEWS, SYNCED = "registers.heard", "registers.news", "registers.synced"
BY_HAND = "sync:"  # and the moment: the key of what somebody has fetched himself


@dataclass(frozen=True, slots=True)
class News:
    """What one fetch brought: kept until everybody has been told, so that telling again tells the same.

    ``day`` is its key. ``strange``: masked accounts that are not the company's, each with how many waiting invoices
    name it.
    """

    day: str
    registers: tuple[Register, ...] = ()
    strange: tuple[tuple[str, int], ...] = ()


def since(tx: Tx, company: str, before: Reference | None, after: Reference) -> tuple[Register, ...]:
    """Every register, with what has come and gone since finance last heard; at first since the fetch ``before``."""
    kept = references.marked(tx, company, HEARD)
    heard = json.loads(kept) if kept else comparing.values(before) if before else {}
    return comparing.registers(heard, comparing.values(after))


def heard(tx: Tx, company: str, after: Reference) -> None:
    """Finance is told now, or has nothing to hear."""
    references.mark(tx, company, HEARD, json.dumps(comparing.values(after), ensure_ascii=False))


def ask(desk: Desk, tx: Tx, company: Company, news: News, but: Collection[str] = ()) -> None:
    """One task for each who hears, so that one who cannot be reached keeps nobody else waiting; ``but`` knows it."""
    references.mark(tx, company.id, _slot(news.day), dump(news))
    channel = company.choices.result_channel
    for to in (channel,) if channel else rights.with_right(tx, company.id, Right.FINANCE):
        if to not in but:
            desk.work.soon(tx, lane(to), "registers.tell", f"{news.day}:{to}", company.id, [company.id, to, news.day])


def kept(tx: Tx, company: str, day: str) -> News | None:
    """The news of this key; None when newer ones have taken their place."""
    told = references.marked(tx, company, _slot(day))
    news = load(News, told) if told else None
    return news if news is not None and news.day == day else None


def _slot(day: str) -> str:
    return SYNCED if day.startswith(BY_HAND) else NEWS
