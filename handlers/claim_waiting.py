"""Claims that wait for a decision: silence brings them to somebody else, too.

As with bills: the digest reminds after the first working day (`handlers/reminders/waiting.py`), and somebody else has
the claim two days after that. Who is away and has nobody to stand in for him, or wants no notices, keeps no claim
waiting for longer.
"""

from __future__ import annotations

from datetime import date

from finance import reminding as rules
from handlers import absence, claim_approvers, claim_sending, papers, urgent, workdays
from handlers.desk import Desk
from handlers.readers import tell_admins
from handlers.routing import Router
from handlers.views import claim_waiting as views
from storage import audit, captures, companies, references
from storage.captures import Captured, Copy
from storage.companies import Company
from storage.database import Tx
from storage.members import Member

on = Router()

SILENT = "claim.silent"


@on.every("claims.waiting", 300.0)
def tick(desk: Desk) -> None:
    """Asks for a look each hour of the day in every company in which a claim waits: people have their own hours."""
    with desk.store.read() as tx:
        there = {company for company, _ in captures.in_state(tx, captures.WAITING)}
        found = [companies.get(tx, company) for company in there]
    for company in found:
        by_day = company.state == companies.READY and company.team
        if by_day and urgent.may_hear(desk, company, Member(company.team, ""), None):
            with desk.store.write() as tx:
                now = urgent.local(desk, Member(company.team, ""))
                desk.work.soon(tx, "hear", "claims.silent", f"{now:%Y-%m-%d:%H}", company.id, [company.id])


@on.task("claims.silent", lane="hear")
def look(desk: Desk, company_id: str) -> None:
    """What stays on a desk goes further."""
    company, today = papers.company_of(desk, company_id), papers.today(desk)
    with desk.store.read() as tx:
        waiting = [one for one in _waiting(tx, company_id) if _age(company, one, today) >= rules.OLD]
        copies = {one.id: captures.copies(tx, one) for one in waiting}
    for one in waiting:
        if all(_silent(desk, company, one, copy, today) for copy in copies[one.id]):
            _further(desk, company, one, today)


def _waiting(tx: Tx, company: str) -> list[Captured]:
    found = [captures.get(tx, company, id) for _, id in captures.in_state(tx, captures.WAITING, company)]
    return [one for one in found if one is not None]


def _age(company: Company, one: Captured, today: date) -> int:
    """Working days since it was sent."""
    return workdays.until(one.changed_at.astimezone(urgent.HOME).date(), today, company.choices)


def _silent(desk: Desk, company: Company, one: Captured, copy: Copy, today: date) -> bool:
    with desk.store.read() as tx:
        away = absence.is_away(tx, company, copy.user, today)
    since = workdays.until(copy.told_on, today, company.choices) if copy.told_on else None
    return rules.claim_passes_on(_age(company, one, today), since, away=away)


def _further(desk: Desk, company: Company, one: Captured, today: date) -> None:
    """To those who come next; the admins hear once of a claim for which there is nobody else."""
    name, now = f"{SILENT}:{one.id}", desk.clock()
    with desk.store.write() as tx:
        fresh = captures.get(tx, company.id, one.id)
        if fresh is None or fresh.print != one.print or fresh.state != captures.WAITING or fresh.claim is None:
            return
        others = claim_approvers.others(tx, desk, company, fresh, fresh.claim)
        for other in others:
            claim_sending.also(desk, tx, fresh, other.team, other.user, claim_approvers.LATE)
        known = references.marked(tx, company.id, name) == one.print[:16]
        if others:
            details = {"to": ", ".join(other.user for other in others)}
            audit.note(tx, company.id, "kierto", "claim.further", f"claim:{one.id}", now, **details)
        elif not known:
            references.mark(tx, company.id, name, one.print[:16])
    if not others and not known:
        tell_admins(desk, company.id, lambda say: views.stuck(say, one.number, _age(company, one, today)))
