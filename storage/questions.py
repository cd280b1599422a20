"""Questions about bills: who asked whom, what, and what came back; the words are kept sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from finance.canonical import dump, load
from storage.bill_tables import question as table
from storage.database import Tx
from storage.sealing import seal, unseal

MOST = 20  # answers to one question


@dataclass(frozen=True, slots=True)
class Words:
    """The question, and which facts of the bill somebody who may not see it is told."""

    text: str
    tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer; ``at`` aware UTC."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Replies:
    all: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """``asker`` and ``asked`` are Slack users of the workspace ``team``."""

    id: int
    company: str
    bill: int
    team: str
    asker: str
    asked: str
    words: Words
    replies: tuple[Reply, ...]
    at: datetime


def ask(tx: Tx, company: str, bill: int, team: str, asker: str, asked: str, words: Words, now: datetime) -> int:
    """Keeps a question; gives its id."""
    values = {"company": company, "bill": bill, "team": team, "asker": asker, "asked": asked, "asked_at": now}
    values |= {"text": seal(tx, dump(words)), "answer": None, "answered_at": None}
    return int(tx.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def get(tx: Tx, company: str, id: int) -> Question | None:
    """None for an unknown one and for another company's alike."""
    row = tx.execute(select(table).where(table.c.company == company, table.c.id == id)).one_or_none()
    return None if row is None else _question(tx, row)


def of_bill(tx: Tx, company: str, bill: int) -> tuple[Question, ...]:
    """Everything asked about a bill, the oldest first."""
    asked = select(table).where(table.c.company == company, table.c.bill == bill).order_by(table.c.id)
    return tuple(_question(tx, row) for row in tx.execute(asked))


def answer(tx: Tx, company: str, id: int, text: str, now: datetime) -> int:
    """Adds an answer; which one it is (1 for the first), 0 when there are too many."""
    where = (table.c.company == company, table.c.id == id)
    row = tx.execute(select(table.c.answer).where(*where).with_for_update()).one()
    before = load(_Replies, unseal(tx, row.answer)).all if row.answer else ()
    if len(before) >= MOST:
        return 0
    kept = seal(tx, dump(_Replies((*before, Reply(text, now)))))
    tx.execute(update(table).where(*where).values(answer=kept, answered_at=now))
    return len(before) + 1


def _question(tx: Tx, row: Row[Any]) -> Question:
    replies = load(_Replies, unseal(tx, row.answer)).all if row.answer else ()
    words = load(Words, unseal(tx, row.text))
    return Question(
        row.id, row.company, row.bill, row.team, row.asker, row.asked, words, replies, row.asked_at
    )  # fmt: skip
