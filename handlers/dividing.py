"""Asking for a bill's division to be written to its accounting: when it is divided, and when an edit has undone it."""

from __future__ import annotations

from handlers.desk import Desk
from storage import divisions
from storage.database import Tx
from storage.divisions import ASKED, DONE


def soon(desk: Desk, tx: Tx, company: str, bill: int, moment: str, tries: int) -> None:
    """Asks for the try of this number; ``moment`` names the division it is about."""
    args, after = [company, f"{bill}", moment, f"{tries}"], 0.0 if tries == 1 else 15.0 * tries
    desk.work.soon(tx, "hear", "bill.divide", f"{bill}:{moment}:{tries}", company, args, after)


def asked(desk: Desk, tx: Tx, company: str, bill: int, by: str) -> None:
    """The division as it now stands is to be written."""
    now = desk.clock()
    divisions.keep(tx, company, bill, ASKED, by, now)
    soon(desk, tx, company, bill, f"{now:%Y%m%d%H%M%S%f}", 1)


def again(desk: Desk, tx: Tx, company: str, bill: int) -> None:
    """The bill was edited in Procountor, which makes its accounting anew: what was divided there is divided again."""
    known = divisions.get(tx, company, bill)
    if known is not None and known.state == DONE:
        asked(desk, tx, company, bill, known.by)
