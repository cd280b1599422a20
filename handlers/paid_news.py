"""Tells what has happened to sent invoices: in channels, to finance, and in the thread under the batch they went in."""

from __future__ import annotations

from collections.abc import Sequence

from finance import paid
from finance.authority import Right
from finance.paid import What
from handlers import papers, workdays
from handlers.chat import Chat, ChatTrouble, Picture, Posted
from handlers.desk import Desk
from handlers.readers import reader, room
from handlers.routing import Router
from handlers.showing import show
from handlers.views import paid as views
from handlers.views.paid import Line
from handlers.views.tongue import Tongue
from storage import documents, messages, rights, runs, sales, transfers
from storage.companies import Company
from storage.sales import Entry

on = Router()


@on.task("paid.tell", lane="tell")
def tell(desk: Desk, company_id: str, to: str, batch: str) -> None:
    """One message in one place. A channel that does not take it is made up for by telling finance."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        entries = [e for e in sales.of_batch(tx, company_id, batch) if to in {place.to for place in e.places}]
    if not company.team or not entries:
        return
    lines = lines_of(desk, company, entries, to)
    if to.startswith(("U", "W")):
        chat, say = reader(desk, company_id, company.team, to)
    else:
        chat, say = room(desk, company_id, company.team), Tongue(company.choices.channel_language)
    try:
        _say(desk, chat, company_id, f"paid:{batch}:{to}", to, views.pictures(say, lines))
    except ChatTrouble as trouble:
        if not trouble.certain or to.startswith(("U", "W")):
            raise
        _ask_instead(desk, company_id, to, batch)


def _ask_instead(desk: Desk, company: str, channel: str, batch: str) -> None:
    with desk.store.write() as tx:
        for user in rights.with_right(tx, company, Right.FINANCE):
            args = [company, user, channel, batch]
            desk.work.soon(tx, "tell", "paid.instead", f"{batch}:{channel}:{user}", company, args)


@on.task("paid.instead", lane="tell")
def instead(desk: Desk, company_id: str, user: str, channel: str, batch: str) -> None:
    """To somebody of finance what a channel did not take, and why it came to him."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        entries = [e for e in sales.of_batch(tx, company_id, batch) if channel in {place.to for place in e.places}]
    if not company.team or not entries:
        return
    chat, say = reader(desk, company_id, company.team, user)
    told = views.pictures(say, lines_of(desk, company, entries, channel))
    posted = _say(desk, chat, company_id, f"paid:{batch}:{channel}:{user}", user, told)
    show(desk, chat, company_id, f"unheard:{batch}:{channel}:{user}", posted.channel, views.not_posted(say, channel))


@on.task("paid.thread", lane="tell")
def thread(desk: Desk, company_id: str, run_id: str, batch: str) -> None:
    """Under the result of the batch they were sent in, in the sender's conversation, while he is still of finance."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        run, told = runs.get(tx, company_id, int(run_id)), messages.find(tx, company_id, f"run:{run_id}")
        entries = [e for e in sales.of_batch(tx, company_id, batch) if e.news.what in paid.MONEY]
        sent = {e.id: transfers.of(tx, company_id, e.document) for e in entries}
        able = rights.with_right(tx, company_id, Right.FINANCE)
    mine = [e for e in entries if (t := sent[e.id]) is not None and t.run == run.id]
    if told is None or not mine or not run.team or run.by not in able or run.team != company.team:
        return
    chat, say = reader(desk, company_id, run.team, run.by)
    pages = views.pictures(say, lines_of(desk, company, mine))
    _say(desk, chat, company_id, f"paid:{batch}/{run_id}", told.channel, pages, told.ts)


def _say(
    desk: Desk, chat: Chat, company: str, topic: str, to: str, pages: Sequence[Picture], thread: str = ""
) -> Posted:
    """The message, and what does not fit in its thread; each page once, however often the task runs."""
    posted = show(desk, chat, company, topic, to, pages[0], thread)
    for place, page in enumerate(pages[1:], start=2):
        show(desk, chat, company, f"{topic}:{place}", posted.channel, page, thread or posted.ts)
    return posted


def lines_of(desk: Desk, company: Company, entries: Sequence[Entry], to: str = "") -> list[Line]:
    """What is shown of each, to whom is told there; ``to`` empty: to finance."""
    with desk.store.read() as tx:
        found = documents.many(tx, company.id, [entry.document for entry in entries])
        kept = sales.many(tx, company.id, [entry.sale for entry in entries])
    lines = []
    for entry in entries:
        invoice, sale = found[entry.document].invoice, kept[entry.sale].sale
        lines.append(
            Line(
                invoice.number,
                sale.number if sale else None,
                invoice.buyer.name,
                entry.news,
                amounts=not to or any(place.amounts for place in entry.places if place.to == to),
                days=_late(company, entry) if entry.news.what is What.OVERDUE else 0,
            )
        )
    return lines


def _late(company: Company, entry: Entry) -> int:
    """Working days since the due date, as of the day it was noted."""
    assert entry.news.due is not None
    return workdays.late(entry.news.due, papers.day_of(entry.noted_at), company.choices)
