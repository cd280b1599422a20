"""Reference data from Procountor: fetched on demand, with what has changed since."""

from __future__ import annotations

from finance.authority import Right
from finance.reference import Reference
from handlers import comparing, papers
from handlers.desk import Here
from handlers.routing import Router
from handlers.views import notices, registers
from procountor.errors import ProcountorError, Unauthorized

on = Router()


@on.command(
    "sync", right=Right.FINANCE, help="Fetch accounts, VAT rates, cost centres and products from Procountor now"
)
def sync(here: Here) -> None:
    """Fetches everything and says what is new and what is closed."""
    try:
        before: Reference | None = papers.kept_reference(here.desk, here.company)
    except LookupError:
        before = None
    try:
        after = papers.fetch_reference(here.desk, here.company)
    except Unauthorized:
        return here.whisper(notices.plain(here.say("Procountor does not accept our key. Ask your admin to renew it.")))
    except ProcountorError:
        return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    here.whisper(registers.fetched(here.say, comparing.registers(before, after)))
    return None
