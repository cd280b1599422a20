"""Bills for tests of the store: made with a few words, kept as if they had just been read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finance.bill import Bill
from finance.bill_doubts import Doubtful
from finance.targeting import Aim, Reason
from storage import bills, cards, documents, runs, transfers
from storage.database import Tx
from tests.support.invoices import invoice
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


def brought(tx: Tx, company: str, who: tuple[str, str], id: int, now: datetime) -> None:
    """The bill was brought to Procountor by a batch of this person's (team, user)."""
    doc = documents.keep(tx, company, invoice(f"OWN-{id}", now.date()), documents.PSA, None, now).document
    wanted = {"kind": "bill", "selection": "", "dry": 0}
    run = runs.start(tx, company, who, f"own:{id}", now, **wanted)
    transfers.queue(tx, doc, run, f"KI1OWN{id}")
    queued = transfers.claim(tx, company, doc.id)
    assert queued is not None
    transfers.commit(tx, queued, remote_id=id)
