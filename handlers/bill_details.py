"""The form that tells all about a bill: opened from what is kept, Procountor asked only for its own page."""

from __future__ import annotations

import json

from handlers import bill_extra
from handlers.buttons import handle_for
from handlers.chat import Modal
from handlers.desk import Here
from handlers.views import bill_details as views
from handlers.views.bill_details import Details, Happened, There
from procountor import bills as resource
from procountor.api import Api
from procountor.errors import ProcountorError, Refused
from procountor.stored import Event
from storage import audit
from storage.bills import Kept


def opened(here: Here, kept: Kept) -> Modal:
    """The first page; nothing is asked of Procountor."""
    return _drawn(here, kept, 0, None)


def turned(here: Here, kept: Kept, page: int) -> Modal:
    """Another page; for the last one Procountor is read."""
    page = min(max(page, 0), views.pages(kept.bill) - 1)
    there = _there(here, kept.bill.id) if page == views.pages(kept.bill) - 1 else None
    return _drawn(here, kept, page, there)


def _drawn(here: Here, kept: Kept, page: int, there: There | None) -> Modal:
    with here.desk.store.read() as tx:
        rows = [
            (entry.what, entry.who, entry.at, str(json.loads(entry.details).get("to", "")))
            for entry in audit.trail(tx, here.company.id, f"bill:{kept.bill.id}")
        ]
        asked = bill_extra.asked(tx, here.company, kept.bill.id)
    details = Details(kept.bill, views.of_trail(rows), asked, there)
    return views.modal(
        here.say, details, page, lambda number: handle_for(here, "details.page", f"{kept.bill.id}|{number}")
    )


def _there(here: Here, bill: int) -> There | None:
    api = here.desk.books(here.company.id)
    try:
        events = resource.history(api, bill)
        return There(tuple(map(_event, events)), _discussed(api, bill))
    except ProcountorError:
        return None


def _event(event: Event) -> Happened:
    return Happened(event.action, event.name, event.at, event.details)


def _discussed(api: Api, bill: int) -> tuple[Happened, ...] | None:
    """None where the company has no discussion."""
    try:
        return tuple(Happened("", one.author, one.at, one.text) for one in resource.comments(api, bill))
    except Refused:
        return None
