"""A bill as a row: the columns it is listed, found, added up and sifted by, all made from the bill itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from finance.bill import Bill, Place, print_of
from finance.bill_doubts import Doubtful, number_key
from finance.bill_waiting import approving, hundredths, verifying
from finance.canonical import dump, load
from finance.circulation import Act
from finance.targeting import Aim
from storage.bill_tables import bill as table
from storage.database import Tx
from storage.sealing import seal

NEVER = "9999-12-31"  # the due date of what has none: it is listed last


@dataclass(frozen=True, slots=True)
class Listed:
    """A bill as lists show it. ``due`` is None where the bill has no due date; ``gross`` in ``currency``."""

    id: int
    status: str
    open: bool
    number: int | None
    original_number: str
    supplier: str
    issued: date
    due: date | None
    gross: Decimal
    currency: str
    project: str
    seen_at: datetime
    doubts: tuple[Doubtful, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is kept of a bill's doubts, as JSON."""

    all: tuple[Doubtful, ...] = ()


COLUMNS = tuple(table.c[name] for name in Listed.__dataclass_fields__)


def listed(row: Row[Any]) -> Listed:
    """The bill from a row of ``COLUMNS``."""
    return Listed(
        row.id, row.status, bool(row.open), row.number, row.original_number, row.supplier,
        date.fromisoformat(row.issued), due_of(row.due), Decimal(row.gross), row.currency, row.project, row.seen_at,
        load(Doubts, row.doubts).all,
    )  # fmt: skip


def values(tx: Tx, bill: Bill, aim: Aim, doubts: Sequence[Doubtful]) -> dict[str, Any]:
    """All columns but the company, the id and the moments."""
    return {
        "version": bill.version,
        "status": bill.status,
        "open": int(bill.is_open),
        "number": bill.number,
        "original_number": bill.original_number,
        "number_key": number_key(bill.original_number),
        "reference_key": reference_key(bill.reference),
        "supplier": bill.supplier,
        "supplier_key": name_key(bill.supplier),
        "supplier_id_key": name_key(bill.supplier_id),
        "partner_id": bill.partner_id,
        "issued": bill.issued.isoformat(),
        "due": bill.due.isoformat() if bill.due else NEVER,
        "gross": f"{bill.gross:f}",
        "cents": hundredths(bill.gross),
        "currency": bill.currency,
        "to_verify": verifying(bill).value,
        "to_approve": approving(bill).value,
        "project": aim.project,
        "project_key": name_key(aim.project),
        "content": seal(tx, dump(bill)),
        "print": print_of(bill),
        "doubts": dump(Doubts(tuple(doubts))),
        "aim": dump(aim),
        "lapses": lapsing(bill),
        "home_cents": hundredths(abs(bill.home or bill.gross)),
    }


def places(company: str, bill: Bill) -> list[dict[str, Any]]:
    """Everybody Procountor names for it, in order."""
    return [
        {"company": company, "bill": bill.id, "act": act.value, "place": at, "user_id": place.user,
         "acted": int(place.acted is not None), "first": int(at == _first(named))}
        for act, named in ((Act.VERIFY, bill.verifiers), (Act.APPROVE, bill.acceptors))
        for at, place in enumerate(named)
    ]  # fmt: skip


def _first(named: Sequence[Place]) -> int:
    """The first place that is free."""
    return next((at for at, place in enumerate(named) if place.acted is None), -1)


def lapsing(bill: Bill) -> str:
    """The days up to which a cash discount may be taken, the first one first: "2026-06-12 2" is 2 % until 12 June."""
    found = sorted((bill.issued + timedelta(days=days), percent) for days, percent in bill.cash_discounts)
    return ",".join(f"{day.isoformat()} {percent:f}" for day, percent in found)


def lapses(text: str) -> tuple[tuple[date, Decimal], ...]:
    """The same read back: day and percent."""
    pairs = (part.split(" ") for part in text.split(",") if part)
    return tuple((date.fromisoformat(day), Decimal(percent)) for day, percent in pairs)


def due_of(text: str) -> date | None:
    """The due date of a row."""
    return None if text == NEVER else date.fromisoformat(text)


def reference_key(reference: str) -> str:
    """How payment references are compared: blanks, case and zeros in front make no difference."""
    return "".join(reference.split()).upper().lstrip("0")


def name_key(name: str) -> str:
    """How names are searched."""
    return " ".join(name.split()).casefold()
