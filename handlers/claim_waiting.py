"""Claims that wait for a decision: their approvers are reminded by day, and silence brings them to somebody else, too.

As with bills: a reminder after the first working day, somebody else after two more. Who is away and has nobody to
stand in for him, or wants no notices, keeps no claim waiting for longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from finance import reminding as rules
from handlers import absence, claim_approvers, claim_sending, papers, urgent, workdays
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.readers import NOBODY, tell_admins, tell_one
from handlers.routing import Router
from handlers.views import claim_waiting as views
from storage import absences, audit, captures, companies, members, references
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
    """Reminds those on whose desks claims lie, each once of each; what stays there goes further."""
    company, today = papers.company_of(desk, company_id), papers.today(desk)
    with desk.store.read() as tx:
        waiting = [one for one in _waiting(tx, company_id) if _age(company, one, today) >= rules.OLD]
        copies = {one.id: captures.copies(tx, one) for one in waiting}
    for team, user in sorted({(copy.team, copy.user) for found in copies.values() for copy in found}):
        due = [one for one in waiting if _unsaid(copies[one.id], team, user)]
        if due:
            _remind(desk, company, team, user, due, today)
    for one in waiting:
        if all(_silent(desk, company, one, copy, today) for copy in copies[one.id]):
            _further(desk, company, one, today)


def _waiting(tx: Tx, company: str) -> list[Captured]:
    found = [captures.get(tx, owner, id) for owner, id in captures.in_state(tx, captures.WAITING) if owner == company]
    return [one for one in found if one is not None]


def _age(company: Company, one: Captured, today: date) -> int:
    """Working days since it was sent."""
    return workdays.until(one.changed_at.astimezone(urgent.HOME).date(), today, company.choices)


def _unsaid(copies: Sequence[Copy], team: str, user: str) -> bool:
    return any((copy.team, copy.user) == (team, user) and copy.told_on is None for copy in copies)


def _remind(desk: Desk, company: Company, team: str, user: str, due: Sequence[Captured], today: date) -> None:
    """Said once, by the copies' rows, and at no hour of rest."""
    with desk.store.read() as tx:
        member, away = members.get(tx, team, user), absences.of(tx, company.id, team, user)
    if not urgent.may_hear(desk, company, member, away):
        return
    with desk.store.write() as tx:
        for one in due:
            captures.told(tx, one, team, user, today)
    try:
        tell_one(desk, company.id, team, user, lambda say: views.reminder(say, due))
    except ChatTrouble as trouble:
        if trouble.code not in NOBODY:
            raise


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
