"""A person has solved a puzzle: a parked invoice is looked at again, or sent although its number is taken."""

from __future__ import annotations

from finance.authority import Right
from handlers import asking, fault_list, kinds
from handlers.buttons import pressed
from handlers.desk import Here
from handlers.routing import Router
from storage import audit, documents, runs, transfers

on = Router()


@on.click("transfer.look", right=Right.FINANCE, now=True)
def look_again(here: Here) -> None:
    """A person says the puzzle is solved: look again."""
    _wake(here, "transfer.look", forced=False)


@on.click("transfer.force", right=Right.FINANCE, now=True)
def send_anyway(here: Here) -> None:
    """A person says that the other invoice with this number is another invoice."""
    _wake(here, "transfer.force", forced=True)


def _wake(here: Here, purpose: str, *, forced: bool) -> None:
    subject = pressed(here, purpose)
    run, document = (int(part) for part in subject.split("|"))
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        waits = documents.get(tx, company, document).state == "open"  # a newer revision takes an old one's place
        if waits and transfers.wake(tx, company, document, forced=forced):
            t = transfers.of(tx, company, document)
            assert t is not None
            asking.turn(desk, tx, t)
            runs.move(tx, run, ("done",), "sending")
            audit.note(tx, company, here.who, purpose, f"document:{document}", desk.clock())
        asking.tell_now(desk, tx, company, run, f"{purpose}:{document}:{desk.clock().timestamp()}")
    here = kinds.about(here, run)
    here.chat.refresh(here.said.view, fault_list.drawn(here, run, here.say("We are looking at it again.")))
