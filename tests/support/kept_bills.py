"""Bills for tests of the store: made with a few words, kept as if they had just been read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from finance.bill import Bill
from finance.bill_doubts import Doubtful
from finance.targeting import Aim, Reason
from storage import bills, cards
from storage.database import Tx
from tests.support.stores import NOON

TEAM = "T1"


def bill(id: int, gross: str = "100.00", **said: Any) -> Bill:
    """A bill that waits; its supplier, number and dates follow from its id."""
    base = {
        "status": "RECEIVED",
        "version": "1",
        "supplier": f"Toimittaja {id} Oy",
        "issued": date(2026, 11, 1),
        "due": date(2026, 12, 1),
        "currency": "EUR",
        "gross": Decimal(gross),
        "number": 30_000 + id,
        "original_number": f"L-{50_000 + id}",
        "partner_id": 7,
        "reference": f"{1000 + id}3",
        "iban": "FI2112345600000785",
    }
    return Bill(id=id, **(base | said))  # type: ignore[arg-type]


def keep(tx: Tx, company: str, found: Bill, project: str = "", doubts: Sequence[Doubtful] = ()) -> str:
    """Keeps it, aimed at a project."""
    aim = Aim(Reason.PROJECT, "", (), project) if project else Aim(Reason.NOTHING)
    return bills.keep(tx, company, found, aim, doubts, NOON)


def deal(tx: Tx, company: str, id: int, user: str) -> None:
    """Puts it on somebody's desk."""
    cards.deal(tx, company, id, TEAM, user, "{}", NOON)
