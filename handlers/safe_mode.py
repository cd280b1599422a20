"""After an older copy of the database was put back: read, reconcile, ask; nothing is sent until an admin says so.

What would be written to Procountor is held back where it leaves (`bot.compose`); searching goes on, so that what had
been sent after the copy was made is found meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from finance.authority import Right
from handlers import asking, papers
from handlers.buttons import issued, pressed
from handlers.desk import Desk, Here
from handlers.readers import tell_admins
from handlers.routing import Router
from handlers.views import safe_mode as views
from storage import audit, companies, holding
from storage.database import Tx

on = Router()


@on.every("safe.ask", 60.0)
def tick(desk: Desk) -> None:
    """Asks for the admins to be asked, once a day."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if holding.held(tx, company.id) and company.team:
                desk.work.soon(tx, "tell", "safe.tell", f"{desk.clock():%Y%m%d}", company.id, [company.id])


@on.task("safe.tell", lane="tell")
def tell(desk: Desk, company_id: str) -> None:
    """Says what is missing and asks every admin for his word."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        hold = holding.held(tx, company_id)
    if hold is None:
        return
    handle = issued(desk, company_id, company.team, "safe.go_on", company_id)
    if hold.stranger:
        tell_admins(desk, company_id, lambda say: views.met(say, company.name, hold.stranger, handle))
    else:
        tell_admins(desk, company_id, lambda say: views.begun(say, company.name, hold.ends, hold.lost, handle))


@on.click("safe.go_on", right=Right.ADMIN)
def go_on(here: Here) -> None:
    """An admin has looked: sending goes on."""
    pressed(here, "safe.go_on")
    with here.desk.store.write() as tx:
        ended = release(here.desk, tx, here.company.id, here.who, here.desk.clock())
    return here.whisper(views.ended(here.say) if ended else views.over(here.say))


def release(desk: Desk, tx: Tx, company: str, who: str, now: datetime) -> bool:
    """Ends the hold and takes up what waited, in the PSA's order; False when there was none."""
    if not holding.end(tx, company, now):
        return False
    audit.note(tx, company, who, "safe mode.ended", company, now)
    asking.all_again(desk, tx, company)
    return True
