"""The connection to Procountor: its admins hear once when it breaks, and work goes on by itself when it is whole."""

from __future__ import annotations

from handlers import papers, pausing, probing
from handlers.buttons import issued
from handlers.desk import Desk
from handlers.probing import Outcome
from handlers.readers import tell_admins
from handlers.routing import Router
from handlers.views import keys
from storage import companies

on = Router()


@on.task("connection.tell", lane="tell")
def tell(desk: Desk, company_id: str) -> None:
    """Tells every admin of the company, in a direct message, that the key is not accepted."""
    company = papers.company_of(desk, company_id)
    handle = issued(desk, company_id, company.team, "setup.open", "connection")
    tell_admins(desk, company_id, lambda say: keys.not_accepted(say, company.name, handle))


@on.task("connection.try", lane="hear")
def try_again(desk: Desk, company_id: str) -> None:
    """Tries the key of a paused company; when it opens again, everything that waits goes on in the PSA's order."""
    with desk.store.read() as tx:
        if companies.get(tx, company_id).state != "paused":
            return
    found = probing.look(desk, company_id)
    if found is None or found.outcome is not Outcome.OK:
        with desk.store.write() as tx:
            pausing.try_later(desk, tx, company_id)


@on.every("connection.rouse", 300.0)
def rouse(desk: Desk) -> None:
    """A trial that got lost is asked for again."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == "paused":
                pausing.try_later(desk, tx, company.id)
