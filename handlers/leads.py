"""Where numbers on bills lead: the company's projects and people, as the registers and the rights have them now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from finance.authority import Right
from finance.people import Person, Roster
from finance.projects import Project, manager
from finance.targeting import Barred, Lead, Rules
from handlers.desk import Desk
from storage import recipient_rules, registers, rights, staff
from storage.companies import Company
from storage.recipient_rules import PROJECT, SUPPLIER, Rule


@dataclass(frozen=True, slots=True)
class Leads:
    """By number: a project's own, a person's id in the financial software; and the company's own rules."""

    projects: Mapping[str, Lead]
    people: Mapping[str, Lead]
    rules: Rules


def of(desk: Desk, company: Company) -> Leads:
    """The leads as they now are. A person is his Slack user."""
    with desk.store.read() as tx:
        projects = registers.all(tx, company.id, "project", Project)
        people = registers.all(tx, company.id, "person", Person)
        slack = {h.psa: h.user for h in staff.all(tx, company.id) if h.psa and h.user and h.team == company.team}
        may = frozenset(rights.with_right(tx, company.id, Right.RECEIVE))
        ruled = recipient_rules.all(tx, company.id)
    roster = Roster.of(people.values())
    return Leads(
        {p.number: _project(p, roster, slack, may) for p in projects.values() if p.number},
        {p.personal_id: _person(p, slack, may) for p in people.values() if p.personal_id},
        _rules(ruled, projects, may),
    )


def _rules(ruled: Iterable[Rule], projects: Mapping[str, Project], may: frozenset[str]) -> Rules:
    """Rules name projects by their keys in the register, suppliers by their ids in Procountor."""
    leads = {(rule.kind, rule.key): _ruled(rule, may) for rule in ruled}
    return Rules(
        {p.number: leads[PROJECT, key] for key, p in projects.items() if p.number and (PROJECT, key) in leads},
        {int(key): lead for (kind, key), lead in leads.items() if kind == SUPPLIER},
    )


def _ruled(rule: Rule, may: frozenset[str]) -> Lead:
    return Lead(rule.name, rule.user, None if rule.user in may else Barred.NO_RIGHT, ruled=True)


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
