"""Finance's one message each working morning: in the company's channel, else to each person of finance."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from finance import reminding as rules
from finance.authority import Right
from handlers import mornings, papers, urgent
from handlers.chat import Chat, ChatTrouble
from handlers.desk import Desk
from handlers.lanes import lane
from handlers.mornings import Morning
from handlers.readers import NOBODY, reader, room
from handlers.routing import Router, routes
from handlers.views import mornings as views
from handlers.views.tongue import Tongue
from storage import absences, companies, members, references, rights
from storage.companies import Company
from storage.database import Tx
from storage.members import Member

on = Router()

DAY = timedelta(days=1)


@on.every("finance.tick", 300.0)
def tick(desk: Desk) -> None:
    """Asks for the morning's message once its hour has come; each hour again until it could be said."""
    for company, to, now in _hearing(desk):
        key, args = f"{to}:{now.date()}:{now:%H}", [company, to, f"{now.date()}"]
        with desk.store.write() as tx:
            desk.work.soon(tx, lane(to), "finance.morning", key, company, args)


def _hearing(desk: Desk) -> list[tuple[str, str, datetime]]:
    """Who is to hear now, of which company, at what time of his own."""
    found = []
    with desk.store.read() as tx:
        for company in companies.everyone(tx):
            if company.state == companies.NEW or not company.team:
                continue
            for to in _readers(tx, company):
                now = urgent.local(desk, _member(tx, company, to))
                if _due(desk, tx, company, to, now.date()):
                    found.append((company.id, to, now))
    return found


def _readers(tx: Tx, company: Company) -> tuple[str, ...]:
    channel = company.choices.result_channel
    return (channel,) if channel else rights.with_right(tx, company.id, Right.FINANCE)


def _member(tx: Tx, company: Company, to: str) -> Member:
    """A channel has chosen nothing: it hears at the company's hour."""
    return Member(company.team, "") if to == company.choices.result_channel else members.get(tx, company.team, to)


def _due(desk: Desk, tx: Tx, company: Company, to: str, day: date) -> bool:
    told = references.marked(tx, company.id, _mark(to)) or ""
    away = absences.of(tx, company.id, company.team, to)
    return rules.unsaid(told, day) and urgent.may_hear(desk, company, _member(tx, company, to), away)


def _mark(to: str) -> str:
    return f"morning:{to}"[:40]


@on.task("finance.morning", lane="tell")
def tell(desk: Desk, company_id: str, to: str, day: str) -> None:
    """Says it once, on the day it was asked for, and not when it has become too late for that day."""
    company, today = papers.company_of(desk, company_id), date.fromisoformat(day)
    with desk.store.read() as tx:
        member, told = _member(tx, company, to), references.marked(tx, company_id, _mark(to))
        if urgent.local(desk, member).date() != today or not _due(desk, tx, company, to, today):
            return
    since = date.fromisoformat(told) if told else today - DAY
    parts = mornings.gathered(routes().of("morning"), Morning(desk, company, today, since))
    if parts:
        chat, say = reader(desk, company_id, company.team, to) if member.user else _room(desk, company)
        lines = [line for part in parts for line in part.lines(say)]
        picture = views.picture(say, lines, late=urgent.is_late(desk, company, member))
        try:
            chat.post(chat.direct(to) if member.user else to, picture)
        except ChatTrouble as trouble:
            if trouble.code not in NOBODY:
                raise
    with desk.store.write() as tx:
        references.mark(tx, company_id, _mark(to), day)


def _room(desk: Desk, company: Company) -> tuple[Chat, Tongue]:
    return room(desk, company.id, company.team), Tongue(company.choices.channel_language)
