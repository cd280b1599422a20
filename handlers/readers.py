"""Who is spoken to outside a conversation of his own beginning: his chat, and his language."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import Chat, Picture
from handlers.desk import Desk
from handlers.routing import Role
from handlers.views.tongue import Tongue
from storage import companies


def reader(desk: Desk, team: str, user: str) -> tuple[Chat, Tongue]:
    """The chat of a workspace, and the language of one of its people (the one he has chosen, else Slack's)."""
    chat = desk.chats(team)
    profile = chat.profile(user)
    with desk.store.read() as tx:
        person = companies.person_of(tx, team, user)
    return chat, Tongue((person.language if person else "") or profile.language, profile.zone)


def tell_admins(desk: Desk, company: str, picture: Callable[[Tongue], Picture]) -> None:
    """Tells every admin of the company, each in a direct message in his own language."""
    with desk.store.read() as tx:
        team = companies.team_of(tx, company)
        admins = companies.with_role(tx, company, Role.ADMIN.value)
    for admin in admins if team else ():
        chat, say = reader(desk, team or "", admin)
        chat.post(chat.direct(admin), picture(say))
