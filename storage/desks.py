"""What lies on people's desks, in the few columns reminders are made of: read for thousands without opening a bill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select, union

from finance.bill import Bill
from finance.bill_waiting import hundredths
from finance.canonical import load
from storage.absences import Absence
from storage.absences import all as absences
from storage.bill_rows import due_of, lapses, lapsing
from storage.bill_tables import bill, card
from storage.capture_tables import captured
from storage.capture_tables import captured_card as claim
from storage.captures import WAITING
from storage.cards import LIVE
from storage.database import Tx
from storage.members import Member
from storage.sealing import unseal
from storage.tables import bookmark, member

DIGEST = "digest:"
_BILL = ("supplier", "original_number", "number", "gross", "currency", "issued", "due", "lapses", "home_cents")
_CARD = ("bill", "slack_user", "dealt_at", "snoozed_until", "stage", "stage_on")
_ASKED = (*(bill.c[name] for name in _BILL), *(card.c[name] for name in _CARD))


@dataclass(frozen=True, slots=True)
class Lying:
    """An open bill on a person's desk. ``gross`` is in ``currency``, ``home`` in the company's own, without a sign.

    ``lapses`` are the last days of its cash discounts and their percents; ``stage`` and ``stage_on`` are the card's.
    """

    bill: int
    user: str
    supplier: str
    original_number: str
    number: int | None
    gross: Decimal
    currency: str
    issued: date
    due: date | None
    home: Decimal
    lapses: tuple[tuple[date, Decimal], ...]
    dealt_at: datetime
    snoozed_until: datetime | None
    stage: int
    stage_on: date | None


def of(tx: Tx, company: str, team: str, user: str) -> tuple[Lying, ...]:
    """One person's open bills, the first due first."""
    mine = (card.c.company == company, card.c.team == team, card.c.slack_user == user, card.c.state == LIVE)
    joined = card.join(bill, (bill.c.company == card.c.company) & (bill.c.id == card.c.bill))
    asked = select(*_ASKED).select_from(joined).where(*mine, bill.c.open == 1).order_by(card.c.due, card.c.bill)
    return tuple(_lying(tx, company, row) for row in tx.execute(asked))


def busy(tx: Tx, company: str) -> tuple[tuple[str, str, int], ...]:
    """Everybody (team, user) on whose desk something lies, and how much, the most first."""
    n = func.count().label("n")
    asked = select(card.c.team, card.c.slack_user, n).where(card.c.company == company, card.c.state == LIVE)
    found = tx.execute(asked.group_by(card.c.team, card.c.slack_user).order_by(n.desc(), card.c.slack_user))
    return tuple((row.team, row.slack_user, row.n) for row in found)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be due for his digest: what he has chosen, his absence.

    ``looked``: the last day on which his desk was looked at, ``said``: on which he was told; "" for never.
    """

    member: Member
    looked: str
    said: str
    away: Absence | None


def readers(tx: Tx, company: str, team: str) -> Iterator[Reader]:
    """Everybody of the workspace on whose desk something lies, in a handful of questions however many they are."""
    bills = select(card.c.slack_user).where(card.c.company == company, card.c.team == team, card.c.state == LIVE)
    claims = select(claim.c.slack_user).join(captured, captured.c.id == claim.c.captured)
    claims = claims.where(captured.c.company == company, captured.c.state == WAITING, claim.c.team == team)
    waiting = sorted(tx.execute(union(bills, claims)).scalars())
    chosen = {row.slack_user: row for row in tx.execute(select(member).where(member.c.team == team))}
    begins = bookmark.c.name.startswith(f"{DIGEST}{team}/", autoescape=True)
    noted = {row.name: row.value for row in tx.execute(select(bookmark).where(bookmark.c.company == company, begins))}
    gone = {absence.user: absence for absence in absences(tx, company) if absence.team == team}
    for user in waiting:
        row = chosen.get(user)
        yield Reader(
            Member(team, user, row.company, row.language, row.notify, row.quiet, row.hour, row.zone)
            if row is not None
            else Member(team, user),
            *told(noted.get(mark(team, user))),
            gone.get(user),
        )


def mark(team: str, user: str) -> str:
    """The bookmark of a person's digests."""
    return f"{DIGEST}{team}/{user}"[:40]


def told(noted: str | None) -> tuple[str, str]:
    """What the bookmark says: the local day the desk was last looked at, and the one its holder was last told."""
    looked, _, said = (noted or "").partition(" ")
    return looked, said


def _lying(tx: Tx, company: str, row: Row[Any]) -> Lying:
    values: tuple[Any, ...] = tuple(row)
    supplier, original, number, gross, currency, issued, due, until, home, id, *held = values
    if home is None or until is None:
        home, until = _unsealed(tx, company, id)
    user, dealt, snoozed, stage, on = held
    return Lying(
        id, user, supplier, original, number, Decimal(gross), currency, date.fromisoformat(issued), due_of(due),
        Decimal(home) / 100, lapses(until) if until else (), dealt, snoozed, stage,
        date.fromisoformat(on) if on else None,
    )  # fmt: skip


def _unsealed(tx: Tx, company: str, id: int) -> tuple[int, str]:
    """Of a bill that was kept before these columns were: from what is sealed."""
    sealed = tx.execute(select(bill.c.content).where(bill.c.company == company, bill.c.id == id)).scalar_one()
    whole = load(Bill, unseal(tx, sealed))
    return hundredths(abs(whole.home or whole.gross)), lapsing(whole)
