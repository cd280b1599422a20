"""Whether the invoices we have sent are paid: a window of versions each minute, every open one each hour.

As with bills (`fetch_bills`): Procountor tells nobody, and not every payment moves an invoice's version (api.md 6, 9).
"""

from __future__ import annotations

from finance.authority import Right
from handlers import fetching, sales_read
from handlers.desk import Desk, Here
from handlers.routing import Router
from handlers.views import notices

on = Router()


@on.every("sales.poll", 60.0)
def tick(desk: Desk) -> None:
    """Asks for a look in every company whose books are open to us."""
    fetching.ask(desk, "sales.fetch")


@on.task("sales.fetch", lane="hear")
def fetch(desk: Desk, company_id: str) -> None:
    """One look: what has changed lately, and once an hour everything that is open."""
    fetching.quietly(desk, company_id, sales_read.look)


@on.command("fetch payments", right=Right.FINANCE, help="Look in Procountor now whether sent invoices have been paid")
def now(here: Here) -> None:
    """The same at a word, with what it brought."""
    count = fetching.at_a_word(here, sales_read.look)
    if count is None:
        return None
    if count:
        return here.whisper(
            notices.plain(here.say.n("{n} thing is new and is told.", "{n} things are new and are told.", count))
        )
    return here.whisper(notices.plain(here.say("No sent invoice has news: none was paid since the last look.")))
