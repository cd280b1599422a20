"""The connection to Procountor: its admins hear once when it breaks, and work goes on by itself when it is whole."""

from __future__ import annotations

from finance.selection import number_key
from handlers import asking, papers, pausing
from handlers.chat import Picture
from handlers.desk import Desk
from handlers.readers import tell_admins
from handlers.routing import Router
from handlers.views import notices
from handlers.views.blocks import safe
from handlers.views.tongue import Tongue
from procountor import session
from procountor.errors import ProcountorError
from storage import audit, companies, transfers

on = Router()


@on.task("connection.tell", lane="tell")
def tell(desk: Desk, company_id: str) -> None:
    """Tells every admin of the company, in a direct message, that the key is not accepted."""
    name = papers.company_of(desk, company_id).name

    def picture(say: Tongue) -> Picture:
        text = say(
            "Procountor no longer accepts the API key of {company}. Sending waits and nothing is lost. "
            "Make a new key in Procountor, put it in the settings and try it with `kierto check`.",
            company=safe(name),
        )
        return notices.plain(text)

    tell_admins(desk, company_id, picture)


@on.task("connection.try", lane="hear")
def try_again(desk: Desk, company_id: str) -> None:
    """Tries the key of a paused company; when it opens again, everything that waits goes on in the PSA's order."""
    with desk.store.read() as tx:
        if companies.get(tx, company_id).state != "paused":
            return
    try:
        session.info(desk.books(company_id))
    except (ProcountorError, LookupError):
        with desk.store.write() as tx:
            pausing.try_later(desk, tx, company_id)
        return
    resume(desk, company_id)


def resume(desk: Desk, company_id: str) -> None:
    """Takes the company's work up again."""
    now = desk.clock()
    with desk.store.write() as tx:
        if not companies.set_state(tx, company_id, "ready"):
            return
        audit.note(tx, company_id, "kierto", "connection.resumed", company_id, now)
        waiting = sorted(transfers.unfinished(tx, company_id), key=lambda t: number_key(t.number))
        for place, t in enumerate(waiting, start=1):
            asking.turn(desk, tx, t, mark=f":{now:%Y%m%d%H%M%S}", order=place)


@on.every("connection.rouse", 300.0)
def rouse(desk: Desk) -> None:
    """A trial that got lost is asked for again."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == "paused":
                pausing.try_later(desk, tx, company.id)
