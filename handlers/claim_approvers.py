"""Who may approve a claim: the managers of its projects, else the claimant's supervisor, else all who have the right.

Nobody approves his own, and nobody more than his limit; both are asked again at the press.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from finance import authority, duties
from finance.authority import Holder, Right
from finance.claim import Claim
from finance.duties import Act, Deed
from finance.lists import ListKind
from finance.people import Person, Roster, plain
from finance.projects import Project, manager
from handlers import absence, papers
from handlers.desk import Desk
from handlers.roster import human_of, roster
from storage import captures, registers, rights, staff
from storage.captures import Captured
from storage.companies import Company
from storage.database import Tx

STANDS, LATE = "stands", "late"  # why somebody has it who would not: for one who is away, or silent


class Bar(StrEnum):
    """Why somebody may not approve a claim."""

    OWN = "own"
    RIGHT = "right"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Approver:
    """``why`` he gets it: "manager" of a project, "supervisor", that he has the "right", STANDS or LATE."""

    team: str
    user: str
    why: str


def bar(tx: Tx, desk: Desk, company: Company, one: Captured, claim: Claim, holder: Holder) -> Bar | None:
    """Why ``holder`` may not approve the claim now; None when he may."""
    now, choices = desk.clock(), company.choices
    claimant = rights.holder(tx, company.id, one.team, one.user)
    deed = Deed(Act.CLAIM, claimant.names | {one.who}, one.changed_at)
    if duties.barred(Act.APPROVE, holder, [deed], now, choices) is not None:
        return Bar.OWN
    if not authority.may(holder, Right.APPROVE_CLAIMS, now, alone=choices.one_person).allowed:
        return Bar.RIGHT
    within = authority.within(holder, Right.APPROVE_CLAIMS, claim.total, claim.currency)
    return None if within.allowed else Bar.LIMIT


def approvers(tx: Tx, desk: Desk, company: Company, one: Captured, claim: Claim) -> tuple[Approver, ...]:
    """Who gets the claim, with those who stand in for him; nobody when nobody may."""
    return next(filter(None, _circles(tx, desk, company, one, claim)), ())


def others(tx: Tx, desk: Desk, company: Company, one: Captured, claim: Claim) -> tuple[Approver, ...]:
    """Who comes next when those stay silent on whose desks it lies; nobody when there is nobody else."""
    there = {(team, user) for team, user, _ in captures.desks(tx, one)}
    circles = tuple(_circles(tx, desk, company, one, claim))
    for found in circles:
        fresh = tuple(a for a in found if (a.team, a.user) not in there)
        if fresh and len(fresh) == len(found):  # a circle in which nobody has it yet
            return fresh
    return tuple(a for a in circles[-1] if (a.team, a.user) not in there)


def able(tx: Tx, desk: Desk, company: Company, one: Captured, team: str, user: str) -> bool:
    """Whether somebody may approve the claim now."""
    assert one.claim is not None
    return bool(team and user) and not bar(tx, desk, company, one, one.claim, rights.holder(tx, company.id, team, user))


def _circles(tx: Tx, desk: Desk, company: Company, one: Captured, claim: Claim) -> Iterator[tuple[Approver, ...]]:
    """Those who may approve it, the nearest circle first."""
    people = roster(tx, company.id)
    for why, persons in (("manager", _managers(tx, company.id, claim, people)), ("supervisor", _boss(tx, one, people))):
        humans = [human for person in persons if (human := human_of(tx, company.id, person)) is not None]
        circle = [Approver(human.team or "", human.user or "", why) for human in humans]
        yield _able(tx, desk, company, one, circle)
    team = company.team or one.team
    users = rights.with_right(tx, company.id, Right.APPROVE_CLAIMS)
    yield _able(tx, desk, company, one, [Approver(team, user, "right") for user in users])


def _able(tx: Tx, desk: Desk, company: Company, one: Captured, circle: list[Approver]) -> tuple[Approver, ...]:
    """Those of a circle who may, each with the one who stands in for him today."""
    today, found = papers.today(desk), dict[tuple[str, str], Approver]()
    for who in circle:
        if able(tx, desk, company, one, who.team, who.user):
            found.setdefault((who.team, who.user), who)
            stands = absence.stand_in(tx, company, who.user, today)
            if stands and able(tx, desk, company, one, who.team, stands):
                found.setdefault((who.team, stands), Approver(who.team, stands, STANDS))
    return tuple(found.values())


def _managers(tx: Tx, company: str, claim: Claim, people: Roster) -> list[Person]:
    numbers = dict.fromkeys(cost.project for cost in claim.costs if cost.project)
    projects = [registers.get(tx, company, ListKind.PROJECTS, plain(number), Project) for number in numbers]
    found = [manager(project, people) for project in projects if project is not None]
    return [person for person in found if person is not None]


def _boss(tx: Tx, one: Captured, people: Roster) -> list[Person]:
    human = staff.by_slack(tx, one.company, one.team, one.user)
    if human is None or human.psa is None:
        return []
    person = registers.get(tx, one.company, ListKind.PEOPLE, human.psa, Person)
    found = people.find(person.supervisor) if person and person.supervisor else None
    return [found] if found is not None else []
