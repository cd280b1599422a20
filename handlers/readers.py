"""Who reads: a workspace's Slack, the person's language and time zone, and telling people without being asked."""

from __future__ import annotations

from collections.abc import Callable

from finance.authority import Right
from handlers.chat import Chat, Picture, Profile
from handlers.desk import Desk
from handlers.labelled import labelled
from handlers.views.tongue import Tongue
from storage import companies, members, rights, workspaces
from storage.database import Tx
from storage.members import Member

NOBODY = frozenset({"user_not_found", "user_disabled", "channel_not_found", "is_archived"})
"""Slack's words for a person who cannot be reached any more."""


def belonging(tx: Tx, team: str, user: str) -> tuple[str, ...]:
    """The companies of the workspace that a Slack user belongs to: has a right in, or is known in as a person."""
    there = companies.of_team(tx, team)
    return tuple(id for id in rights.companies_of(tx, team, user) if id in there)


def reader(desk: Desk, company: str, team: str, user: str) -> tuple[Chat, Tongue]:
    """The Slack of the workspace and how to speak to the user; one who has several companies sees which it is about."""
    chat = desk.chats(team)
    profile = chat.profile(user)
    with desk.store.read() as tx:
        member = members.get(tx, team, user)
        several = len(belonging(tx, team, user)) > 1
        name = companies.get(tx, company).name
    return labelled(chat, company, name, several=several), tongue(member, profile)


def room(desk: Desk, company: str, team: str) -> Chat:
    """The Slack of the workspace for a channel: where there are several companies, everybody sees which it is about."""
    with desk.store.read() as tx:
        several = len(companies.of_team(tx, team)) > 1
        name = companies.get(tx, company).name
    return labelled(desk.chats(team), company, name, several=several)


def tongue(member: Member, profile: Profile) -> Tongue:
    """The language a person has chosen, else Slack's, and his time zone."""
    return Tongue(member.language or profile.language, profile.zone)


def tell_admins(desk: Desk, company: str, picture: Callable[[Tongue], Picture]) -> None:
    """Tells every admin of the company, each in a direct message in his own language."""
    for team, admin in admins(desk, company):
        tell_one(desk, company, team, admin, picture)


def tell_one(desk: Desk, company: str, team: str, user: str, picture: Callable[[Tongue], Picture]) -> None:
    """Tells one person in a direct message, in his language."""
    chat, say = reader(desk, company, team, user)
    chat.post(chat.direct(user), picture(say))


def admins(desk: Desk, company: str) -> list[tuple[str, str]]:
    """The company's admins as (team, user); nobody when it has no workspace, or that has removed the bot."""
    with desk.store.read() as tx:
        team = companies.team_of(tx, company)
        users = rights.with_right(tx, company, Right.ADMIN)
        place = workspaces.get(tx, team) if team else None
    return [(team, user) for user in users] if team and place and place.state == workspaces.INSTALLED else []
