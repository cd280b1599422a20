"""Who is spoken to outside a conversation of his own beginning: his chat, and his language."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import Chat, Picture, Profile
from handlers.desk import Desk
from handlers.routing import Role
from handlers.views.tongue import Tongue
from storage import companies
from storage.companies import Person


def reader(desk: Desk, team: str, user: str) -> tuple[Chat, Tongue]:
    """The chat of a workspace, and the language of one of its people (the one he has chosen, else Slack's)."""
    chat = desk.chats(team)
    profile = chat.profile(user)
    with desk.store.read() as tx:
        person = companies.person_of(tx, team, user)
    return chat, tongue(person, profile)


def tongue(person: Person | None, profile: Profile) -> Tongue:
    """The language a person has chosen, else Slack's, and his time zone."""
    return Tongue((person.language if person else "") or profile.language, profile.zone)


def tell_admins(desk: Desk, company: str, picture: Callable[[Tongue], Picture]) -> None:
    """Tells every admin of the company, each in a direct message in his own language."""
    for team, admin in admins(desk, company):
        tell_one(desk, team, admin, picture)


def tell_one(desk: Desk, team: str, user: str, picture: Callable[[Tongue], Picture]) -> None:
    """Tells one person in a direct message, in his language."""
    chat, say = reader(desk, team, user)
    chat.post(chat.direct(user), picture(say))


def admins(desk: Desk, company: str) -> list[tuple[str, str]]:
    """The company's admins as (team, user); nobody when it has no workspace."""
    with desk.store.read() as tx:
        team = companies.team_of(tx, company)
        users = companies.with_role(tx, company, Role.ADMIN.value)
    return [(team, user) for user in users] if team else []
