"""What the practice company needs for its bills to find their people: rights, names, projects."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.compose import House
from finance.authority import Limits, Right
from finance.people import Person
from sandbox.month import lists
from sandbox.month.staff import employees
from storage import companies, registers, rights, staff

BOOKKEEPER = 502  # the finance person's user in Procountor; the project manager has none there


def led(house: House, company: str, finance: str, lead: str) -> None:
    """Tells who the two Slack users are, what they may decide and which projects there are; closes the house."""
    by_finance: Mapping[Right, Limits] = {right: {} for right in (Right.FINANCE, Right.ADMIN, Right.RECEIVE)}
    by_finance = {**by_finance, Right.SEE_ALL: {}, Right.APPROVE: {"EUR": None}}
    by_lead: Mapping[Right, Limits] = {right: {} for right in (Right.RECEIVE, Right.SEE_OWN, Right.PRE_APPROVE)}
    by_lead = {**by_lead, Right.APPROVE: {"EUR": Decimal(5000)}}
    now = house.desk.clock()
    with house.store.write() as tx:
        team = companies.team_of(tx, company) or ""
        for user, first, id, given in ((finance, "anna", BOOKKEEPER, by_finance), (lead, "mikael", None, by_lead)):
            rights.give(tx, company, team, user, given, "practice", now)
            (one,) = (one for one in employees() if one.slack.startswith(f"{first}@"))
            person = Person(one.name, one.number, one.email, personal_id=one.personal_id)
            registers.keep(tx, company, "person", {person.key: person}, now)
            known: dict[str, Any] = {"team": team, "user": user, "psa": person.key, "user_id": id, "email": one.email}
            known |= {"matched": staff.HAND, "matched_by": "practice", "matched_at": now}
            staff.add(tx, company, one.name, **known)
        registers.keep(tx, company, "project", {project.key: project for project in lists.led()}, now)
    house.close()
