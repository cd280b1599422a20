"""Reference data from Procountor: fetched on demand, with what has changed since finance last heard."""

from __future__ import annotations

from finance.authority import Right
from finance.reference import Reference
from handlers import papers, register_news
from handlers.desk import Here
from handlers.register_news import BY_HAND, News
from handlers.routing import Router
from handlers.views import notices, registers
from handlers.views.registers import Register
from procountor.errors import Forbidden, ProcountorError, Unauthorized
from storage import references

on = Router()

ALL, PERSONS = "all", "persons"
PEOPLE = "people.match"  # the task of the journey that matches people
PARTS = {
    "accounts": ("accounts", "tilit", "konton"),
    "dimensions": ("dimensions", "kustannuspaikat", "dimensiot", "kostnadsställen", "dimensioner"),
    "vat": ("vat", "alv", "moms"),
    "products": ("products", "tuotteet", "produkter"),
    PERSONS: (PERSONS, "henkilöt", "personer"),
    "banks": ("bank", "banks", "pankki", "pankkitilit", "bankkonton"),
    "periods": ("periods", "kaudet", "tilikaudet", "perioder"),
    "operators": ("operators", "välittäjät", "förmedlare"),
    ALL: (ALL, "kaikki", "alla", ""),
}
"""What may be asked for, by the words people type."""

_MEANT = {word: part for part, words in PARTS.items() for word in words}


@on.command(
    "sync",
    right=Right.FINANCE,
    usage="[accounts | dimensions | vat | products | persons | bank | periods | operators | all]",
    help="Fetch accounts, VAT rates, cost centres and products from Procountor now",
)
def sync(here: Here) -> None:
    """Fetches the registers as one snapshot, whatever part was asked for; says the part, and what has changed anywhere.

    Half of it fetched anew beside half that is older would let faults through: a product of today may name an account
    of today (docs/decisions/0016).
    """
    part = _MEANT.get(here.said.text.strip().casefold())
    if part is None:
        return here.whisper(notices.plain(registers.no_such_part(here.say, here.said.text)))
    if part in (ALL, PERSONS):
        _people(here)
    if part == PERSONS:
        return here.whisper(notices.plain(registers.people(here.say)))
    with here.desk.store.read() as tx:
        before = references.get(tx, here.company.id)
    try:
        after = papers.fetch_reference(here.desk, here.company)
    except Unauthorized:
        return here.whisper(notices.plain(here.say("Procountor does not accept our key. Ask your admin to renew it.")))
    except Forbidden:
        return here.whisper(notices.plain(registers.lacking(here.say)))
    except ProcountorError:
        return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    found = _heard(here, before, after)
    shown = [r for r in found if part in (ALL, r.name) or r.new or r.gone]
    here.whisper(registers.fetched(here.say, shown, after.fetched))
    return None


def _people(here: Here) -> None:
    """Asks for everybody to be looked at anew, in Slack and in Procountor; twice within a minute it is one look."""
    desk, company = here.desk, here.company.id
    with desk.store.write() as tx:
        desk.work.soon(tx, "hear", PEOPLE, f"{desk.clock():%Y%m%d%H%M}", company, [company])


def _heard(here: Here, before: Reference | None, after: Reference) -> tuple[Register, ...]:
    """What has changed; the others of finance, or the company's channel, hear of it too."""
    desk, company = here.desk, here.company
    with desk.store.write() as tx:
        found = register_news.since(tx, company.id, before, after)
        register_news.heard(tx, company.id, after)
        changed = tuple(r for r in found if r.new or r.gone)
        if changed:
            news = News(f"{BY_HAND}{after.fetched:%Y-%m-%dT%H:%M:%S.%f}", changed)
            register_news.ask(desk, tx, company, news, but=(here.said.user,))
    return found
