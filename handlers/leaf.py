"""Leafing through all there is about a bill."""

from __future__ import annotations

from handlers import bill_details, bill_sight
from handlers.buttons import in_use, pressed
from handlers.chat import ChatTrouble
from handlers.desk import Here
from handlers.routing import Router
from storage import bills

on = Router()

CLOSED = frozenset({"not_found", "view_not_found"})


@on.click("details.previous")
@on.click("details.next")
def turn(here: Here) -> None:
    """Another page; a form that was closed meanwhile is left alone."""
    subject = pressed(here, "details.page")
    bill, _, page = subject.partition("|")
    if not bill_sight.reader_sees(here, int(bill)):
        return here.whisper(bill_sight.no(here))
    with here.desk.store.read() as tx:
        kept = in_use(bills.get(tx, here.company.id, int(bill)))
    try:
        here.chat.refresh(here.said.view, bill_details.turned(here, kept, int(page)))
    except ChatTrouble as trouble:
        if trouble.code not in CLOSED:
            raise
    return None
