"""How things stand, for the one who asks: the setup for admins, what waits for finance, one's own rights for all."""

from __future__ import annotations

from finance.authority import Right
from finance.invoice import Kind
from handlers import checklist
from handlers.buttons import handle_for
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import status
from handlers.views.status import Connection, People, Waiting
from storage import audit, companies, documents, references, staff, transfers
from storage.database import Tx

on = Router()


@on.command("status", unconnected=True, help="How things stand: the connection, what waits, your rights")
def show(here: Here) -> None:
    """Each sees what he has a right to."""
    say, company = here.say, here.company
    admin, finance = here.may(Right.ADMIN).allowed, here.may(Right.FINANCE).allowed
    told = [status.rights(say, sorted(right for right in here.holder.rights if here.may(right).allowed))]
    if admin or finance:
        with here.desk.store.read() as tx:
            connection, waiting = _connection(tx, here), _waiting(tx, here)
        told = [status.connection(say, connection), status.waiting(say, waiting), *told]
    if admin:
        with here.desk.store.read() as tx:
            counted = staff.counts(tx, company.id)
        people = People(counted.all, counted.slack, counted.psa, counted.procountor)
        steps = checklist.gathered(here.desk, company, say)
        told = [status.setup(say, steps), *told[:2], status.people(say, people), *told[2:]]
    handle = handle_for(here, "setup.open", "status") if admin else ""
    here.whisper(status.picture(say, company.name, told, handle))


def _connection(tx: Tx, here: Here) -> Connection:
    """Since when the key is kept, by the trail, and when the registers were fetched."""
    id = here.company.id
    kept = [e.at for e in audit.trail(tx, id, id) if e.what in ("company.connected", "key.renewed")]
    return Connection(here.company.state, kept[-1] if kept else None, references.fetched_at(tx, id))


def _waiting(tx: Tx, here: Here) -> Waiting:
    id = here.company.id
    waits = documents.counts(tx, id, Kind.SALES_INVOICE).get("open", 0)
    return Waiting(waits, len(list(transfers.unfinished(tx, id))) if here.company.state != companies.NEW else 0)
