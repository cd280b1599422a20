"""What waits on one person's desk and why it is worth a word today; and whether it may be said to him now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from finance import captured
from finance import reminding as rules
from finance.reminding import Urge, Waiting
from handlers import workdays
from handlers.desk import Desk
from handlers.views.digest import ClaimLine, Line
from storage import captures, desks
from storage.absences import Absence
from storage.captures import Captured
from storage.companies import Company
from storage.database import Tx
from storage.desks import Lying
from storage.members import Member

HOME = ZoneInfo("Europe/Helsinki")


@dataclass(frozen=True, slots=True)
class Told:
    """A bill, how it waits, and why it is told of."""

    bill: Lying
    waiting: Waiting
    urge: Urge
    discount: tuple[date, Decimal] | None = None

    @property
    def line(self) -> Line:
        return Line(self.bill, self.urge, self.waiting.due, self.discount)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim that waits for the person's approval. It has no due date: its claimant waits for his money."""

    claim: Captured
    waiting: Waiting
    urge: Urge

    @property
    def line(self) -> ClaimLine:
        one = self.claim
        return ClaimLine(one.number, one.user, one.sheet.kind, self.waiting.amount, self.waiting.age)


def claims(tx: Tx, company: Company, team: str, user: str, today: date, *, every: bool = False) -> list[Claimed]:
    """The claims he is reminded of (``every``: all that wait for him), the longest waiting first."""
    told = []
    for one in captures.on_desk(tx, company.id, team, user):
        age = workdays.until(one.changed_at.astimezone(HOME).date(), today, company.choices)
        waits = Waiting(one.id, age, None, None, captured.total(one.sheet))
        why = rules.urge(waits) or (Urge.OLD if every else None)
        if why is not None:
            told.append(Claimed(one, waits, why))
    return sorted(told, key=lambda claimed: (-claimed.waiting.age, -claimed.waiting.amount))


def found(desk: Desk, tx: Tx, company: Company, team: str, user: str, today: date) -> list[Told]:
    """What the person is reminded of, the most urgent first."""
    there = {one.bill: one for one in desks.of(tx, company.id, team, user)}
    waiting = [waits(desk, company, one, today) for one in there.values()]
    urges = [(one, why) for one in waiting if (why := rules.urge(one)) is not None]
    return [Told(there[w.bill], w, why, _lapsing(there[w.bill], w, today)) for w, why in rules.ordered(urges)]


def everything(desk: Desk, tx: Tx, company: Company, team: str, user: str, today: date) -> list[Told]:
    """All that lies on the desk and is not put off, whether it is worth a word by itself or not."""
    there = [(one, waits(desk, company, one, today)) for one in desks.of(tx, company.id, team, user)]
    awake = [Told(one, w, rules.urge(w) or Urge.OLD, _lapsing(one, w, today)) for one, w in there if not w.snoozed]
    return sorted(awake, key=lambda told: list(Urge).index(told.urge))


def waits(desk: Desk, company: Company, one: Lying, today: date) -> Waiting:
    """The bill as the rules see it."""
    choices = company.choices
    lapses = [left for day, _ in one.lapses if (left := workdays.until(today, day, choices)) >= 0 and day >= today]
    return Waiting(
        one.bill,
        workdays.until(one.dealt_at.astimezone(HOME).date(), today, choices),
        workdays.until(today, one.due, choices) if one.due else None,
        min(lapses, default=None),
        one.home,
        snoozed=one.snoozed_until is not None and one.snoozed_until > desk.clock(),
    )


def _lapsing(bill: Lying, waiting: Waiting, today: date) -> tuple[date, Decimal] | None:
    """The discount that is about to lapse: its last day and its percent."""
    if waiting.discount is None or waiting.discount > rules.LAPSES:
        return None
    return next((pair for pair in bill.lapses if pair[0] >= today), None)


def local(desk: Desk, member: Member) -> datetime:
    """The present where the person is."""
    return desk.clock().astimezone(ZoneInfo(member.zone or HOME.key))


def may_hear(desk: Desk, company: Company, member: Member, away: Absence | None) -> bool:
    """Whether the person may be spoken to now: he works today, is not away, and it is no hour of rest."""
    now = local(desk, member)
    if member.notify == "off" or not workdays.is_workday(now.date(), company.choices):
        return False
    if away is not None and away.on(now.date()):
        return False
    return rules.may_speak(now, member.hour, company.choices.reminder_hour, member.quiet)


def is_late(desk: Desk, company: Company, member: Member) -> bool:
    """Whether a digest said now comes late."""
    return rules.is_late(local(desk, member), member.hour, company.choices.reminder_hour, member.quiet)
