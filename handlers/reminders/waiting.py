"""One digest a day of what waits for a person, at his hour, on working days; and what silence leads to."""

from __future__ import annotations

from datetime import date

from finance import reminding as rules
from finance.authority import Right
from finance.people import Person, Roster
from finance.reminding import Urge, Waiting
from handlers import absence, arriving, papers, urgent, workdays
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.readers import NOBODY, tell_one
from handlers.routing import Router
from handlers.urgent import Claimed, Told
from handlers.views import digest as views
from storage import absences, captures, cards, companies, desks, members, references, registers, rights, staff
from storage.companies import Company
from storage.database import Tx
from storage.desks import Lying
from storage.members import Member

on = Router()

AT_ONCE, GAP = 20, 60 / 45
"""So many are told at once, then one in so many seconds: Slack opens fifty conversations a minute (tier 3)."""


@on.every("waiting.tick", 300.0)
def tick(desk: Desk) -> None:
    """Asks for the digests whose hour has come, once for each person and day; and for a look at what stands still."""
    with desk.store.read() as tx:
        there = [c for c in companies.everyone(tx) if c.state == companies.READY and c.team]
    for company in there:
        with desk.store.read() as tx:
            due = [
                reader.member for reader in desks.readers(tx, company.id, company.team) if _due(desk, company, reader)
            ]
        by_day = urgent.may_hear(desk, company, Member(company.team, ""), None)
        if not due and not by_day:
            continue  # at night nothing is written
        with desk.store.write() as tx:
            for place, member in enumerate(due):
                _ask(desk, tx, company, member, max(0, place - AT_ONCE) * GAP)
            if by_day:
                desk.work.soon(tx, "hear", "waiting.pass", f"{papers.today(desk)}", company.id, [company.id])


def _ask(desk: Desk, tx: Tx, company: Company, member: Member, after: float) -> None:
    """Once for each person and day; each hour again for one who could not be told."""
    now = urgent.local(desk, member)
    args = [company.id, member.team, member.user, now.date().isoformat()]
    desk.work.soon(tx, "tell", "waiting.digest", f"{member.user}:{now:%Y-%m-%d:%H}", company.id, args, after)


def _due(desk: Desk, company: Company, reader: desks.Reader) -> bool:
    today = urgent.local(desk, reader.member).date()
    return rules.unsaid(reader.looked, today) and urgent.may_hear(desk, company, reader.member, reader.away)


@on.task("waiting.digest", lane="tell")
def digest(desk: Desk, company_id: str, team: str, user: str, day: str) -> None:
    """Tells one person what waits for him; nothing when nothing is worth a word.

    It is decided anew, for it may have waited: said once, by the bookmark's row, on the day it was asked for, and at no
    hour at which one would not be spoken to.
    """
    company, today = papers.company_of(desk, company_id), date.fromisoformat(day)
    with desk.store.read() as tx:
        member, away = members.get(tx, team, user), absences.of(tx, company_id, team, user)
        looked, said = desks.told(references.marked(tx, company_id, desks.mark(team, user)))
        found = urgent.found(desk, tx, company, team, user, today)
        claims = urgent.claims(tx, company, team, user, today)
    stale = urgent.local(desk, member).date() != today or not rules.unsaid(looked, today)
    if stale or not urgent.may_hear(desk, company, member, away):
        return
    gap = workdays.until(date.fromisoformat(said), today, company.choices) if said else None
    worth = any(rules.presses(waits, why, gap) for waits, why in _pressing(found, claims))
    if worth:
        _say(desk, company, member, found, claims)
    with desk.store.write() as tx:
        references.mark(tx, company_id, desks.mark(team, user), f"{day} {day if worth else said}".strip())
        for claimed in claims if worth else ():
            captures.told(tx, claimed.claim, team, user, today)  # so that nobody tells of it by itself
        first = [one.bill.bill for one in found if one.bill.stage == 0] if worth else []
        if first:
            cards.reminded(tx, company_id, first, team, user, today)


def _pressing(found: list[Told], claims: list[Claimed]) -> list[tuple[Waiting, Urge]]:
    return [(one.waiting, one.urge) for one in found] + [(one.waiting, one.urge) for one in claims]


def _say(desk: Desk, company: Company, member: Member, found: list[Told], claims: list[Claimed]) -> None:
    """Somebody who cannot be reached in Slack any more keeps nobody waiting: silence goes further, as of the others."""
    late = urgent.is_late(desk, company, member)
    lines, more = [one.line for one in found], [one.line for one in claims]
    try:
        tell_one(desk, company.id, member.team, member.user, lambda say: views.digest(say, lines, more, late=late))
    except ChatTrouble as trouble:
        if trouble.code not in NOBODY:
            raise


@on.task("waiting.pass", lane="hear")
def pass_on(desk: Desk, company_id: str) -> None:
    """Bills whose holder stays silent come to somebody else, too: his supervisor, else the default recipient."""
    company, today = papers.company_of(desk, company_id), papers.today(desk)
    with desk.store.read() as tx:
        holders = [user for team, user in cards.everybody(tx, company_id) if team == company.team]
    for user in holders:
        with desk.store.read() as tx:
            silent = [one for one in desks.of(tx, company_id, company.team, user) if _silent(desk, company, one, today)]
        for one in silent:
            with desk.store.write() as tx:
                _further(desk, tx, company, one, today)


def _silent(desk: Desk, company: Company, one: Lying, today: date) -> bool:
    waiting = urgent.waits(desk, company, one, today)
    if waiting.snoozed or one.stage >= 2:
        return False
    since = workdays.until(one.stage_on, today, company.choices) if one.stage_on else None
    return rules.passes_on(waiting.age, since, waiting.due)


def _further(desk: Desk, tx: Tx, company: Company, one: Lying, today: date) -> None:
    card = cards.of(tx, company.id, one.bill, company.team, one.user)
    if card is None or card.state != cards.LIVE or card.stage >= 2:
        return  # decided meanwhile
    other = _next(tx, company, one.user, today)
    cards.change(tx, company.id, one.bill, card.team, card.user, stage=2, stage_on=today.isoformat())
    if other and other != card.user:
        arriving.deal(desk, tx, company, one.bill, other, f"{arriving.ESCALATES}{card.user}")


def _next(tx: Tx, company: Company, user: str, today: date) -> str:
    """Who hears next: the supervisor of the PSA's list if he may receive bills, else the default recipient, finance.

    Nobody who is away: for him the one who stands in.
    """
    may = rights.with_right(tx, company.id, Right.RECEIVE)
    human = staff.by_slack(tx, company.id, company.team, user)
    people = registers.all(tx, company.id, "person", Person)
    person = people.get(human.psa) if human and human.psa else None
    boss = Roster.of(people.values()).find(person.supervisor) if person and person.supervisor else None
    known = staff.by_psa(tx, company.id, boss.key) if boss else None
    first = [known.user or ""] if known is not None and known.user in may else []
    others = (*first, company.choices.default_recipient, *rights.with_right(tx, company.id, Right.FINANCE))
    there = (
        absence.stand_in(tx, company, other, today) if absence.is_away(tx, company, other, today) else other
        for other in others
        if other
    )
    return next((other for other in there if other and other != user), "")
