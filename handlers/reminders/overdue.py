"""Each working morning finance hears which sent invoices have become overdue: each once, all in one message."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from finance import paid
from handlers import paid_places, papers, pausing, sales_read, workdays
from handlers.desk import Desk
from handlers.routing import Router
from procountor.errors import ProcountorError, Unauthorized
from storage import companies, references, sales
from storage.companies import Company
from storage.database import Tx

on = Router()

DAY = "sales.late.day"
GRACE = 2
"""Working days after the due date. What is paid on the last day reaches Procountor on the next bank day: it is no news
that it is not there yet."""


@on.every("sales.overdue", 300.0)
def tick(desk: Desk) -> None:
    """Asks for the day's look at the company's hour; after a failure again the next hour, while it is the same day."""
    local = desk.clock().astimezone(ZoneInfo("Europe/Helsinki"))
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if _due(tx, company, local.date(), local.time()):
                key = f"{local.date().isoformat()}:{desk.clock():%Y%m%d%H}"
                args = [company.id, local.date().isoformat()]
                desk.work.soon(tx, "hear", "sales.late", key, company.id, args)


def _due(tx: Tx, company: Company, day: date, now: time) -> bool:
    if company.state != companies.READY or not workdays.is_workday(day, company.choices):
        return False
    hour = time.fromisoformat(company.choices.reminder_hour or "08:30")
    return now >= hour and references.marked(tx, company.id, DAY) != day.isoformat()


@on.task("sales.late", lane="hear")
def look(desk: Desk, company_id: str, day: str) -> None:
    """Reads everything open first, so that nobody is called late who has paid; then notes who is, and tells."""
    company, today = papers.company_of(desk, company_id), date.fromisoformat(day)
    with desk.store.read() as tx:
        if company.state != companies.READY or references.marked(tx, company_id, DAY) == day:
            return
    if today != papers.today(desk):
        return  # the task has waited over night: that day's morning is past, this one has its own
    try:
        sales_read.look(desk, company, whole=True)
    except Unauthorized:
        pausing.pause(desk, company_id)
        return
    except ProcountorError:
        return
    with desk.store.write() as tx:
        for kept in sales.late(tx, company_id, today):
            assert kept.sale is not None
            assert kept.sale.due is not None
            news = paid.overdue(kept.sale)
            if news is not None and workdays.late(kept.sale.due, today, company.choices) >= GRACE:
                sales.note(tx, company_id, kept.id, news, desk.clock())
        references.mark(tx, company_id, DAY, day)
        paid_places.compose(desk, tx, company)
