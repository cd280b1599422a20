"""Asking the engine for the next turn of a document or of a batch's message; always inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from handlers.desk import Desk
from storage.database import Tx
from storage.transfers import Transfer


def turn(desk: Desk, tx: Tx, t: Transfer, at: datetime | None = None, mark: str = "", order: int = 0) -> None:
    """Asks for the document's next turn, at ``at`` or now. The fence in the key makes each turn asked for once.

    ``order`` is the place in its batch: Procountor numbers drafts as they come, so they go in the PSA's order (R25).
    """
    after = (at - desk.clock()).total_seconds() if at else 0.0
    key = f"{t.document}:{t.fence}{mark}"
    desk.work.soon(tx, "transfers", "transfer.carry", key, t.company, [t.company, str(t.document)], after, order)


def telling(desk: Desk, tx: Tx, company: str, run: int) -> None:
    """Asks for the batch's message to be redrawn: once a beat at most, however much moves in that second.

    Drawn half a beat after that second has passed, so that what is committed late in it is still seen.
    """
    now, beat = desk.clock().timestamp(), desk.timing.beat
    due = int(now / beat) + 1
    desk.work.soon(tx, "tell", "run.tell", f"{run}:{due}", company, [company, str(run)], (due + 0.5) * beat - now)


def tell_now(desk: Desk, tx: Tx, company: str, run: int, why: str) -> None:
    """Asks for the batch's message to be redrawn at once; ``why`` makes it once for each reason."""
    desk.work.soon(tx, "tell", "run.tell", f"{run}:{why}", company, [company, str(run)])
