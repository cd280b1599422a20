"""The starting number of the project system's invoices: proposed from what Procountor has, noted by an admin (R23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, pairwise

from finance.authority import Right
from finance.invoice import Kind
from finance.numbering import Series, series
from handlers import checklist
from handlers.buttons import handle_for, pressed
from handlers.desk import Here
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import notices, numbering
from handlers.views.blocks import safe
from handlers.views.numbering import Noted
from handlers.views.steps import Mark, Step
from procountor import invoices
from procountor.errors import ProcountorError
from procountor.invoices import Found
from storage import audit, documents, references, transfers

on = Router()

MARK, TRAIL = "starting_number", "numbering"
BACK = (0, 7, 30, 90, 365)  # days: the newest first, each span once
MOST = 4000  # invoices read


@on.command("numbering", right=Right.ADMIN, help="The next free invoice number, for the project system to start from")
def show(here: Here) -> None:
    """The highest numbers on both sides and the next one that neither has used."""
    try:
        found = _series(here)
    except ProcountorError:
        return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    handle = handle_for(here, "numbering.use", found.next)
    here.whisper(numbering.picture(here.say, found, _noted(here), handle))
    return None


@on.click("numbering.show", right=Right.ADMIN)
def show_from_setup(here: Here) -> None:
    """The same from the setup's checklist."""
    show(here)


@on.click("numbering.use", right=Right.ADMIN)
def use(here: Here) -> None:
    """Notes the number, with the admin's name in the trail."""
    desk, company = here.desk, here.company.id
    number = pressed(here, "numbering.use")
    with desk.store.write() as tx:
        if references.marked(tx, company, MARK) != number:
            references.mark(tx, company, MARK, number)
            audit.note(tx, company, here.who, "numbering.chosen", TRAIL, desk.clock(), number=number)
            checklist.changed(desk, tx, company)
    here.whisper(numbering.used(here.say, number))


@on.step("numbering", place=100)
def step(look: Look) -> Step:
    """Whether a starting number has been noted; the work goes on without it (R24)."""
    say, title = look.say, look.say("Invoice numbers")
    with look.desk.store.read() as tx:
        number = references.marked(tx, look.company.id, MARK)
    button = (say("See the numbers"), "numbering.show")
    if number:
        return Step("numbering", title, Mark.OK, say("Noted as the next one: {number}", number=safe(number, 40)))
    told = say("No starting number has been noted.")
    todo = say("If Procountor has invoices already, let the project system go on from a number neither has used.")
    return Step("numbering", title, Mark.OPEN, told, todo, *button)


def _noted(here: Here) -> Noted | None:
    with here.desk.store.read() as tx:
        number = references.marked(tx, here.company.id, MARK)
        rows = list(audit.trail(tx, here.company.id, TRAIL)) if number else []
    return Noted(number, rows[-1].who.rpartition("/")[2], rows[-1].at) if number and rows else None


def _series(here: Here) -> Series:
    company = here.company.id
    with here.desk.store.read() as tx:
        ours = {doc.source.number for doc in documents.open_ones(tx, company, Kind.SALES_INVOICE)}
        ours |= transfers.done_numbers(tx, company, Kind.SALES_INVOICE.value).keys()
    found = list(islice(_recent(here), MOST))
    seen = {f.original_number for f in found if f.original_number}
    return series(ours, seen, [f.number for f in found if f.number])


def _recent(here: Here) -> Iterator[Found]:
    """Sales invoices of the last year, the newest span first: lists go by rising id only."""
    api, now = here.desk.books(here.company.id), here.desk.clock()
    for late, early in pairwise(BACK):
        since, until = now - timedelta(days=early), now - timedelta(days=late - 1)
        yield from invoices.search(api, types=("SALES_INVOICE",), created_from=since, created_to=until)
