"""One digest a day of the bills that wait for a person, at his hour, on working days; and what silence leads to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from finance import reminding as rules
from finance.authority import Right
from finance.people import Person, Roster
from finance.reminding import Urge, Waiting
from handlers import absence, arriving, papers, workdays
from handlers.desk import Desk
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import digest as views
from storage import bills, cards, companies, members, references, registers, rights, staff
from storage.bills import Kept
from storage.cards import Card
from storage.companies import Company
from storage.database import Tx
from storage.members import Member

on = Router()


@on.every("waiting.tick", 300.0)
def tick(desk: Desk) -> None:
    """Asks for the digests whose hour has come, once for each person and day; and for a look at what stands still."""
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state != companies.READY or not company.team:
                continue
            for team, user in cards.everybody(tx, company.id):
                local = _local(desk, members.get(tx, team, user))
                if _due(tx, company, members.get(tx, team, user), local):
                    args = [company.id, team, user, local.date().isoformat()]
                    desk.work.soon(tx, "tell", "waiting.digest", f"{user}:{local.date()}", company.id, args)
            today = papers.today(desk)
            if workdays.is_workday(today, company.choices):
                desk.work.soon(tx, "hear", "waiting.pass", f"{today}", company.id, [company.id])


def _local(desk: Desk, member: Member) -> datetime:
    return desk.clock().astimezone(ZoneInfo(member.zone or "Europe/Helsinki"))


def _due(tx: Tx, company: Company, member: Member, local: datetime) -> bool:
    if member.notify == "off" or not workdays.is_workday(local.date(), company.choices):
        return False
    if absence.is_away(tx, company, member.user, local.date()):
        return False
    if references.marked(tx, company.id, _mark(member)) == local.date().isoformat():
        return False
    return rules.has_come(local, member.hour, company.choices.reminder_hour)


def _mark(member: Member) -> str:
    return f"digest:{member.team}/{member.user}"[:40]


@on.task("waiting.digest", lane="tell")
def digest(desk: Desk, company_id: str, team: str, user: str, day: str) -> None:
    """Tells one person what waits for him; nothing when nothing is worth a word. Said once, by the bookmark's row."""
    company, today = papers.company_of(desk, company_id), date.fromisoformat(day)
    with desk.store.read() as tx:
        member = members.get(tx, team, user)
        if references.marked(tx, company_id, _mark(member)) == day:
            return
        found = _urgent(desk, tx, company, team, user, today)
    if found:
        late = rules.is_late(_local(desk, member), member.hour, company.choices.reminder_hour)
        lines = [views.Line(kept.bill, urge, waiting.due) for kept, waiting, urge in found]
        tell_one(desk, company_id, team, user, lambda say: views.digest(say, lines, late=late))
    with desk.store.write() as tx:
        references.mark(tx, company_id, _mark(member), day)
        for kept, _, _ in found:
            card = cards.of(tx, company_id, kept.bill.id, team, user)
            if card is not None and card.stage == 0:
                cards.change(tx, company_id, kept.bill.id, team, user, stage=1, stage_on=day)


def _urgent(
    desk: Desk, tx: Tx, company: Company, team: str, user: str, today: date
) -> list[tuple[Kept, Waiting, Urge]]:
    """What the person is reminded of today, the most urgent first."""
    there: dict[int, Kept] = {}
    found: list[tuple[Waiting, Urge]] = []
    for card in cards.held_by(tx, company.id, team, user):
        kept = bills.get(tx, company.id, card.bill)
        waiting = _waiting(desk, company, kept, card, today) if kept else None
        urge = rules.urge(waiting) if waiting else None
        if kept is not None and waiting is not None and urge is not None:
            there[card.bill] = kept
            found.append((waiting, urge))
    return [(there[waiting.bill], waiting, urge) for waiting, urge in rules.ordered(found)]


def _waiting(desk: Desk, company: Company, kept: Kept, card: Card, today: date) -> Waiting | None:
    if not kept.bill.is_open:
        return None
    bill, choices = kept.bill, company.choices
    dealt = card.dealt_at.astimezone(ZoneInfo("Europe/Helsinki")).date()
    lapses = [bill.issued + timedelta(days=days) for days, _ in bill.cash_discounts]
    discounts = [left for day in lapses if (left := workdays.until(today, day, choices)) >= 0]
    return Waiting(
        bill.id,
        workdays.until(dealt, today, choices),
        workdays.until(today, bill.due, choices) if bill.due else None,
        min(discounts, default=None),
        abs(bill.home or bill.gross),
        snoozed=card.snoozed_until is not None and card.snoozed_until > desk.clock(),
    )


@on.task("waiting.pass", lane="hear")
def pass_on(desk: Desk, company_id: str) -> None:
    """Bills whose holder stays silent come to somebody else, too: his supervisor, else the default recipient."""
    company, today = papers.company_of(desk, company_id), papers.today(desk)
    with desk.store.read() as tx:
        holders = cards.everybody(tx, company_id)
    for team, user in holders:
        with desk.store.write() as tx:
            for card in cards.held_by(tx, company_id, team, user):
                kept = bills.get(tx, company_id, card.bill)
                if kept is not None and card.stage < 2 and _silent(desk, company, kept, card, today):
                    _further(desk, tx, company, card, today)


def _silent(desk: Desk, company: Company, kept: Kept, card: Card, today: date) -> bool:
    waiting = _waiting(desk, company, kept, card, today)
    if waiting is None or waiting.snoozed:
        return False
    since = workdays.until(card.stage_on, today, company.choices) if card.stage_on else None
    return rules.passes_on(waiting.age, since, waiting.due)


def _further(desk: Desk, tx: Tx, company: Company, card: Card, today: date) -> None:
    other = _next(tx, company, card.user)
    changed = {"stage": 2, "stage_on": today.isoformat()}
    cards.change(tx, company.id, card.bill, card.team, card.user, **changed)
    if other and other != card.user:
        arriving.deal(desk, tx, company, card.bill, other, f"{arriving.ESCALATES}{card.user}")


def _next(tx: Tx, company: Company, user: str) -> str:
    """Who hears next: the supervisor of the PSA's list if he may receive bills, else the default recipient, finance."""
    may = rights.with_right(tx, company.id, Right.RECEIVE)
    human = staff.by_slack(tx, company.id, company.team, user)
    people = registers.all(tx, company.id, "person", Person)
    person = people.get(human.psa) if human and human.psa else None
    boss = Roster.of(people.values()).find(person.supervisor) if person and person.supervisor else None
    known = staff.by_psa(tx, company.id, boss.key) if boss else None
    if known is not None and known.user in may:
        return known.user or ""
    others = (company.choices.default_recipient, *rights.with_right(tx, company.id, Right.FINANCE))
    return next((other for other in others if other and other != user), "")
