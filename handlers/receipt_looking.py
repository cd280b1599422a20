"""A receipt fetched from Slack, taken apart in safety, and kept or told why not."""

from __future__ import annotations

import hashlib

from finance.receipts import Flaw
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from intake import receipts as intake
from intake.receipts import Unfit
from storage import captured_receipts as kept
from storage.captured_receipts import Receipt


def look(desk: Desk, team: str, one: Receipt) -> Receipt | None:
    """What became of it; None when it was taken off the claim meanwhile. Raises ChatTrouble when Slack is away."""
    try:
        got = desk.chats(team).download(one.file, intake.LARGEST)
    except ChatTrouble as trouble:
        if not trouble.certain:
            raise
        flaw = Flaw.LARGE if trouble.code == "file_too_large" else None
        return _failed(desk, one, "", kept.BAD if flaw else kept.LOST, flaw)
    try:
        seen, content = intake.receipt(got.name, got.content)
    except Unfit as unfit:
        return _failed(desk, one, got.name, kept.BAD, unfit.flaw)
    origin = hashlib.sha256(got.content).hexdigest()
    with desk.store.write() as tx:
        kept.keep(tx, one, got.name[:200], origin, seen, content)
        return kept.get(tx, one.company, one.id)


def _failed(desk: Desk, one: Receipt, name: str, state: str, flaw: Flaw | None) -> Receipt | None:
    with desk.store.write() as tx:
        kept.fail(tx, one, name[:200], state, flaw)
        return kept.get(tx, one.company, one.id)
