"""How far the people are matched: on the Home tab and in the setup; and the look at everybody that is asked for."""

from __future__ import annotations

from finance.authority import Right
from finance.lists import ListKind
from finance.projects import Project, manager
from finance.waiting import Tally, tally, waiting
from handlers import matching, pausing
from handlers.buttons import handle_for, issued
from handlers.chat import Block
from handlers.desk import Desk, Here
from handlers.faces import crowd
from handlers.readers import tell_one
from handlers.roster import roster
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import people_setup
from handlers.views.steps import Step
from procountor.errors import Unauthorized
from storage import companies, registers, staff
from storage.database import Tx

on = Router()


@on.task("people.match", lane="hear")
def match(desk: Desk, company_id: str) -> None:
    """Looks at everybody anew. Trouble is left to the next attempt; a refused key pauses the company."""
    try:
        matching.renew(desk, company_id)
    except Unauthorized:
        pausing.pause(desk, company_id)


@on.task("people.let_go", lane="tell")
def let_go(desk: Desk, company_id: str, team: str, admin: str, users: str) -> None:
    """Tells one admin of Slack users who are no longer matched because they are not of the workspace's own any more."""
    handle = issued(desk, company_id, team, "people.unmatched", "")
    tell_one(desk, company_id, team, admin, lambda say: people_setup.lost(say, users.split(","), handle))


@on.section("people", place=70, right=Right.ADMIN)
def section(here: Here) -> list[Block]:
    """Only when somebody waits for a human being's word."""
    with here.desk.store.read() as tx:
        _, left = _counted(tx, here.company.id)
    return people_setup.section(here.say, left, handle_for(here, "people.unmatched", "")) if left else []


@on.step("persons", place=70)
def persons(look: Look) -> Step:
    """Whether everybody is matched (R11, R18)."""
    with look.desk.store.read() as tx:
        counts, left = _counted(tx, look.company.id)
        listed = registers.count(tx, look.company.id, ListKind.PEOPLE)
    return people_setup.persons(look.say, counts, left, listed)


@on.step("projects", place=72)
def projects(look: Look) -> Step:
    """Whether the projects are known, and each has a manager who is (R44)."""
    with look.desk.store.read() as tx:
        people = roster(tx, look.company.id)
        found = registers.all(tx, look.company.id, ListKind.PROJECTS, Project).values()
    running = [project for project in found if project.open]
    orphans = sum(manager(project, people) is None for project in running)
    return people_setup.projects(look.say, len(running), orphans)


def _counted(tx: Tx, company: str) -> tuple[Tally, int]:
    found = crowd(tx, company).matching
    elsewhere = staff.elsewhere(tx, company, companies.team_of(tx, company) or "")
    return tally(found), len(waiting(found, elsewhere))
