"""Whether the invoices we have sent are paid: a window of versions each minute, every open one each hour.

As with bills (`fetch_bills`): Procountor tells nobody, and not every payment moves an invoice's version (api.md 6, 9).
"""

from __future__ import annotations

from finance.authority import Right
from handlers import papers, pausing, sales_read
from handlers.desk import Desk, Here
from handlers.routing import Router
from handlers.views import notices
from procountor.errors import ProcountorError, Unauthorized
from storage import companies

on = Router()


@on.every("sales.poll", 60.0)
def tick(desk: Desk) -> None:
    """Asks for a look in every company whose books are open to us."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == companies.READY:
                key = f"{desk.clock():%Y%m%d%H%M}"
                desk.work.soon(tx, "hear", "sales.fetch", key, company.id, [company.id])


@on.task("sales.fetch", lane="hear")
def fetch(desk: Desk, company_id: str) -> None:
    """One look: what has changed lately, and once an hour everything that is open."""
    company = papers.company_of(desk, company_id)
    if company.state != companies.READY:
        return
    try:
        sales_read.look(desk, company)
    except Unauthorized:
        pausing.pause(desk, company_id)
    except ProcountorError:
        return  # the next look begins where the last one that succeeded ended


@on.command("fetch payments", right=Right.FINANCE, help="Look in Procountor now whether sent invoices have been paid")
def now(here: Here) -> None:
    """The same at a word, with what it brought."""
    try:
        count = sales_read.look(here.desk, here.company, whole=True)
    except Unauthorized:
        pausing.pause(here.desk, here.company.id)
        return here.whisper(notices.plain(here.say("Procountor does not accept our key. Ask your admin to renew it.")))
    except ProcountorError:
        return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    if count:
        return here.whisper(
            notices.plain(here.say.n("{n} thing is new and is told.", "{n} things are new and are told.", count))
        )
    return here.whisper(notices.plain(here.say("No sent invoice has news: none was paid since the last look.")))
