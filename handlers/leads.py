"""Where numbers on bills lead: the company's projects and people, as the registers and the rights have them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from finance.authority import Right
from finance.people import Person, Roster
from finance.projects import Project, manager
from finance.targeting import Barred, Lead
from handlers.desk import Desk
from storage import registers, rights, staff
from storage.companies import Company


@dataclass(frozen=True, slots=True)
class Leads:
    """By number: a project's own, a person's id in the financial software."""

    projects: Mapping[str, Lead]
    people: Mapping[str, Lead]


def of(desk: Desk, company: Company) -> Leads:
    """The leads as they now are. A person is his Slack user."""
    with desk.store.read() as tx:
        projects = registers.all(tx, company.id, "project", Project)
        people = registers.all(tx, company.id, "person", Person)
        slack = {h.psa: h.user for h in staff.all(tx, company.id) if h.psa and h.user and h.team == company.team}
        may = frozenset(rights.with_right(tx, company.id, Right.RECEIVE))
    roster = Roster.of(people.values())
    return Leads(
        {p.number: _project(p, roster, slack, may) for p in projects.values() if p.number},
        {p.personal_id: _person(p, slack, may) for p in people.values() if p.personal_id},
    )


def _project(project: Project, roster: Roster, slack: Mapping[str, str], may: frozenset[str]) -> Lead:
    name = f"{project.number} {project.name}".strip()
    if not project.open:
        return Lead(name, barred=Barred.CLOSED)
    leader = manager(project, roster)
    if leader is None:
        return Lead(name, barred=Barred.NO_MANAGER)
    found = _person(leader, slack, may)
    return Lead(name, found.who, found.barred)


def _person(person: Person, slack: Mapping[str, str], may: frozenset[str]) -> Lead:
    user = slack.get(person.key)
    if not person.active:
        return Lead(person.name, barred=Barred.LEFT)
    if not user:
        return Lead(person.name, barred=Barred.UNKNOWN)
    return Lead(person.name, user) if user in may else Lead(person.name, barred=Barred.NO_RIGHT)
