"""Each morning the people are looked at anew: who certainly is one is joined, who is no longer trusted is let go."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from finance.authority import Right
from handlers import matching, papers
from handlers.buttons import issued
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import people_setup
from procountor.errors import ProcountorError
from storage import companies, references, rights
from storage.database import Tx

on = Router()

OPENING = time(8, 0)  # before the day's first messages, which go to those who are matched
ATTEMPTS = 6
DAY, TRIES, TOLD = "people.day", "people.tries", "people.told"


@on.every("people.morning", 300.0)
def tick(desk: Desk) -> None:
    """Asks for the day's look once it is morning in Finland; after a failure again the next hour, six times at most."""
    if desk.clock().astimezone(ZoneInfo("Europe/Helsinki")).time() < OPENING:
        return
    day = papers.today(desk).isoformat()
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == companies.READY and _due(tx, company.id, day):
                key = f"{day}:{desk.clock():%Y%m%d%H}"
                desk.work.soon(tx, "hear", "people.renew", key, company.id, [company.id, day])


def _due(tx: Tx, company: str, day: str) -> bool:
    return references.marked(tx, company, DAY) != day and _tries(tx, company, day) < ATTEMPTS


def _tries(tx: Tx, company: str, day: str) -> int:
    noted, _, count = (references.marked(tx, company, TRIES) or "").partition("|")
    return int(count) if noted == day else 0


@on.task("people.renew", lane="hear")
def renew(desk: Desk, company_id: str, day: str) -> None:
    """Looks, joins, and asks for the admins to be told once when more people wait for a word than they know of."""
    with desk.store.read() as tx:
        if not _due(tx, company_id, day):
            return
    try:
        found = matching.renew(desk, company_id)
    except (ProcountorError, ChatTrouble, LookupError):
        with desk.store.write() as tx:
            references.mark(tx, company_id, TRIES, f"{day}|{_tries(tx, company_id, day) + 1}")
        return
    with desk.store.write() as tx:
        references.mark(tx, company_id, DAY, day)
        before = int(references.marked(tx, company_id, TOLD) or 0)
        references.mark(tx, company_id, TOLD, str(found.waiting))
        team = companies.team_of(tx, company_id)
        if found.waiting > before and team:
            for admin in rights.with_right(tx, company_id, Right.ADMIN):
                args = [company_id, team, admin, str(found.waiting)]
                desk.work.soon(tx, "tell", "people.wait", f"{day}:{admin}", company_id, args)


@on.task("people.wait", lane="tell")
def wait(desk: Desk, company_id: str, team: str, admin: str, left: str) -> None:
    """Tells one admin how many people need his word."""
    handle = issued(desk, company_id, team, "people.unmatched", "")
    tell_one(desk, company_id, team, admin, lambda say: people_setup.morning(say, int(left), handle))
