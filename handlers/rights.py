"""Who is speaking and whether he may: read anew at every press, denied unless given."""

from __future__ import annotations

from handlers.chat import Picture
from handlers.desk import Desk, Here
from handlers.readers import tongue
from handlers.routing import Role, Route
from handlers.said import Said
from handlers.views import notices
from storage import companies


def here(desk: Desk, said: Said) -> Here | None:
    """The one who spoke, with his company, rights and language; None when the workspace belongs to no company."""
    with desk.store.read() as tx:
        company_id = companies.of_team(tx, said.team)
        if company_id is None:
            return None
        company = companies.get(tx, company_id)
        person = companies.person_of(tx, said.team, said.user)
    chat = desk.chats(said.team)
    profile = chat.profile(said.user)
    return Here(desk, said, company, person, profile, tongue(person, profile), chat)


def refusal(here: Here, route: Route) -> Picture | None:
    """None when the route may be taken; else the sentence for this person alone, naming who could."""
    if not here.profile.trusted:
        return notices.strangers(here.say)
    if route.role is None or (here.person is not None and _has(here, route.role)):
        return None
    with here.desk.store.read() as tx:
        able = companies.with_role(tx, here.company.id, route.role.value)
    return notices.refused(here.say, route.role.value, able)


def _has(here: Here, role: Role) -> bool:
    assert here.person is not None
    return here.person.company == here.company.id and role.value in here.person.roles
