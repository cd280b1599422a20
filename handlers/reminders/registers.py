"""Each morning the company's registers are fetched anew; finance hears only of what has changed."""

from __future__ import annotations

from collections import Counter
from datetime import time
from zoneinfo import ZoneInfo

from finance.canonical import content_hash
from finance.case import completed
from finance.identifiers import masked
from finance.invoice import Kind
from finance.reference import Reference
from finance.registers import index
from finance.resolve import account_to_pay
from handlers import papers, register_news
from handlers.desk import Desk
from handlers.readers import reader, room
from handlers.register_news import News
from handlers.routing import Router
from handlers.views import registers
from handlers.views.tongue import Tongue
from procountor import reference
from procountor.errors import ProcountorError
from storage import companies, documents, references
from storage.companies import Company
from storage.database import Tx

on = Router()

OPENING = time(8, 30)
ATTEMPTS = 6
DAY, TRIES, STRANGE = "registers.day", "registers.tries", "registers.strange"


@on.every("registers.morning", 300.0)
def tick(desk: Desk) -> None:
    """Asks for the day's fetch once it is morning in Finland; after a failure again the next hour, six times at most.

    An hour is counted in UTC, so that none is missing or doubled when the clocks change.
    """
    local = desk.clock().astimezone(ZoneInfo("Europe/Helsinki"))
    if local.time() < OPENING:
        return
    day = papers.today(desk).isoformat()
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == "ready" and _due(tx, company.id, day):
                key = f"{day}:{desk.clock():%Y%m%d%H}"
                desk.work.soon(tx, "hear", "registers.refresh", key, company.id, [company.id, day])


def _due(tx: Tx, company: str, day: str) -> bool:
    return references.marked(tx, company, DAY) != day and _tries(tx, company, day) < ATTEMPTS


def _tries(tx: Tx, company: str, day: str) -> int:
    noted, _, count = (references.marked(tx, company, TRIES) or "").partition("|")
    return int(count) if noted == day else 0


@on.task("registers.refresh", lane="hear")
def refresh(desk: Desk, company_id: str, day: str) -> None:
    """Fetches, compares with what was kept, and asks for finance to be told of what is new."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        if not _due(tx, company_id, day):
            return
        before = references.get(tx, company_id)
    try:
        after = reference.fetch(desk.books(company_id), desk.clock())
    except (ProcountorError, LookupError):
        with desk.store.write() as tx:
            references.mark(tx, company_id, TRIES, f"{day}|{_tries(tx, company_id, day) + 1}")
        return
    with desk.store.write() as tx:  # kept and asked for together: what has changed is not seen a second time
        changed = tuple(r for r in register_news.since(tx, company_id, before, after) if r.new or r.gone)
        references.keep(tx, company_id, after)
        register_news.heard(tx, company_id, after)
        strange = _strange(tx, company, after)
        unheard = strange and references.marked(tx, company_id, STRANGE) != content_hash(strange)
        references.mark(tx, company_id, STRANGE, content_hash(strange))
        references.mark(tx, company_id, DAY, day)
        if changed or unheard:
            news = News(day, changed, tuple((masked(iban), count) for iban, count in strange))
            register_news.ask(desk, tx, company, news)


def _strange(tx: Tx, company: Company, fetched: Reference) -> tuple[tuple[str, int], ...]:
    """Accounts that waiting invoices are to be paid to and that are no open ones of the company (rule R19)."""
    known = index(fetched, company.choices)
    waiting = documents.open_ones(tx, company.id, Kind.SALES_INVOICE)
    named = Counter(account_to_pay(completed(doc.invoice, company.choices), known) for doc in waiting)
    ours = {iban for iban, account in known.own_accounts.items() if account.active}
    return tuple(sorted((iban, count) for iban, count in named.items() if iban and iban not in ours))


@on.task("registers.tell", lane="tell")
def tell(desk: Desk, company_id: str, to: str, day: str) -> None:
    """Tells the day's news to a person in his language, or to the company's channel in the company's."""
    with desk.store.read() as tx:
        team = companies.team_of(tx, company_id)
        news = register_news.kept(tx, company_id, day)
        company = companies.get(tx, company_id)
    if team is None or news is None:
        return
    if to == company.choices.result_channel:
        chat, say, channel = room(desk, company_id, team), Tongue(company.choices.default_language), to
    else:
        chat, say = reader(desk, company_id, team, to)
        channel = chat.direct(to)
    chat.post(channel, registers.morning(say, news.registers, news.strange))
