"""Slack is away, or wants fewer calls than there is to say: what was to be said is said later, for a day at most."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.aside import Failed
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.routing import Table
from procountor.errors import ProcountorError
from storage import references
from storage.database import unreachable

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=5)
LONGEST = timedelta(hours=24)
FORGOTTEN = timedelta(hours=26)
PREFIX = "late:"
_PASSING = frozenset({"ratelimited", "no_answer", "internal_error", "fatal_error", "service_unavailable"})


def put_off(desk: Desk, table: Table, company: str, task: str, args: Sequence[str], failed: Exception) -> bool:
    """Asks for the task again in a few minutes; False when its failure has another reason, or a day has gone by.

    A task that speaks decides anew what is to be said, so that nothing is said that is no longer so.
    """
    route = table.get("task", task)
    if route is None or route.lane != "tell" or not company or not passes(failed):
        return False
    now, name = desk.clock(), PREFIX + hashlib.sha256("|".join((task, *args)).encode()).hexdigest()[:32]
    with desk.store.write() as tx:
        noted = references.marked(tx, company, name)
        first = datetime.fromisoformat(noted) if noted else now
        if now - first > FORGOTTEN:
            first = now  # another trouble than that of days ago
        if now - first > LONGEST:
            return False
        references.mark(tx, company, name, first.isoformat())
        key = f"{name}:{now:%Y%m%d%H%M%S}"
        desk.work.soon(tx, "tell", task, key, company, list(args), AGAIN.total_seconds())
    log.warning("task %s waits for Slack: again in %d minutes", task, AGAIN.total_seconds() // 60)
    return True


def passing(failed: Exception) -> bool:
    """Whether what failed was not the task's own doing: its database, Slack or Procountor, or the way to them."""
    if isinstance(failed, Failed):
        return failed.passing
    return isinstance(failed, ChatTrouble | ProcountorError | OSError) or unreachable(failed)


def passes(failed: Exception) -> bool:
    """Whether it is a trouble that goes by itself."""
    return isinstance(failed, ChatTrouble) and (failed.code in _PASSING or failed.code.startswith("http_5"))
