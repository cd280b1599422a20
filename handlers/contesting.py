"""A bill that was changed in the moment of its approval: taken back, and everybody concerned hears (T2)."""

from __future__ import annotations

from contextlib import suppress

from handlers import arriving, deciding
from handlers.desk import Desk
from procountor import bills as resource
from procountor.api import Api
from procountor.errors import ProcountorError
from storage import audit, decisions
from storage.companies import Company
from storage.decisions import Decision

TRIES = 3


def take_back(desk: Desk, company: Company, d: Decision) -> None:
    """Makes the bill unfinished again, and asks for the alarm, whether that succeeded or not."""
    api = desk.books(company.id)
    _alarm(desk, d, _undone(api, d))
    with suppress(ProcountorError):
        arriving.note(desk, company, api, resource.get(api, d.bill))


def _undone(api: Api, d: Decision) -> str:
    """The word "undone" when the act does not stand any more, else why not.

    To undo twice does no harm (the second time it is refused), so a lost answer is followed by a look and another try.
    """
    problem = ""
    for _ in range(TRIES):
        try:
            resource.undo(api, d.bill)
        except ProcountorError as failed:
            problem = type(failed).__name__
        with suppress(ProcountorError):
            if not deciding.acts(resource.history(api, d.bill), d.act):
                return "undone"
    return problem or "Unsure"


def _alarm(desk: Desk, d: Decision, problem: str) -> None:
    with desk.store.write() as tx:
        if decisions.move(tx, d, decisions.CONTESTED, problem=problem, done_at=desk.clock()):
            details = {"decision": d.id, "undone": problem == "undone"}
            audit.note(tx, d.company, d.who, "bill.contested", f"bill:{d.bill}", desk.clock(), **details)
            desk.work.soon(tx, "hear", "bill.alarm", f"{d.id}", d.company, [d.company, str(d.id)])
