"""Asking the engine for the next turn of a document or of a batch's message; always inside the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from finance.selection import number_key
from handlers.desk import Desk
from storage import transfers
from storage.database import Tx
from storage.transfers import Transfer


def turn(desk: Desk, tx: Tx, t: Transfer, at: datetime | None = None, mark: str = "", order: int = 0) -> None:
    """Asks for the document's next turn, at ``at`` or now. The fence in the key makes each turn asked for once.

    ``order`` is the place in its batch: Procountor numbers drafts as they come, so they go in the PSA's order (R25).
    """
    after = (at - desk.clock()).total_seconds() if at else 0.0
    key = f"{t.document}:{t.fence}{mark}"
    desk.work.soon(tx, "transfers", "transfer.carry", key, t.company, [t.company, str(t.document)], after, order)


def all_again(desk: Desk, tx: Tx, company: str) -> None:
    """Asks for a turn of everything of the company that is not over, in the PSA's order."""
    mark = f":{desk.clock():%Y%m%d%H%M%S}"
    waiting = sorted(transfers.unfinished(tx, company), key=lambda t: number_key(t.number))
    for place, t in enumerate(waiting, start=1):
        turn(desk, tx, t, mark=mark, order=place)


def telling(desk: Desk, tx: Tx, company: str, run: int) -> None:
    """Asks for the batch's message to be redrawn: once a beat at most, however much moves in that second.

    Drawn half a beat after that second has passed, so that what is committed late in it is still seen.
    """
    _beat(desk, tx, "run.tell", company, run)


def tell_now(desk: Desk, tx: Tx, company: str, run: int, why: str) -> None:
    """Asks for the batch's message to be redrawn at once; ``why`` makes it once for each reason."""
    desk.work.soon(tx, "tell", "run.tell", f"{run}:{why}", company, [company, str(run)])


def telling_pile(desk: Desk, tx: Tx, company: str, pile: int) -> None:
    """The same for the message of bills that are signed together."""
    _beat(desk, tx, "pile.tell", company, pile)


def pile_now(desk: Desk, tx: Tx, company: str, pile: int, why: str) -> None:
    """At once; ``why`` makes it once for each reason."""
    desk.work.soon(tx, "tell", "pile.tell", f"{pile}:{why}", company, [company, str(pile)])


def _beat(desk: Desk, tx: Tx, task: str, company: str, id: int) -> None:
    now, beat = desk.clock().timestamp(), desk.timing.beat
    due = int(now / beat) + 1
    desk.work.soon(tx, "tell", task, f"{id}:{due}", company, [company, str(id)], (due + 0.5) * beat - now)
