"""Who is speaking and whether he may: read anew at every press, denied unless given."""

from __future__ import annotations

from dataclasses import replace

from finance.authority import Right
from handlers.chat import Picture
from handlers.desk import Desk, Here
from handlers.labelled import labelled
from handlers.readers import tongue
from handlers.routing import Route
from handlers.said import Said
from handlers.views import notices
from storage import companies, handles, members, messages, rights
from storage.database import Tx


def here(desk: Desk, said: Said) -> Here | None:
    """The one who spoke, with the company meant, rights and language; None when the workspace has no company."""
    with desk.store.read() as tx:
        company_id = meant(tx, desk, said)
        if company_id is None:
            return None
        company = companies.get(tx, company_id)
        member = members.get(tx, said.team, said.user)
        holder = rights.holder(tx, company_id, said.team, said.user)
        several = len(rights.companies_of(tx, said.team, said.user)) > 1
    chat = desk.chats(said.team)
    profile = chat.profile(said.user)
    chat = labelled(chat, company.name) if several else chat
    holder = replace(holder, trusted=profile.trusted)
    return Here(desk, said, company, member, holder, profile, tongue(member, profile), chat)


def meant(tx: Tx, desk: Desk, said: Said) -> str | None:
    """The company a thing said is about: a thread's, a button's or a form's own, else the one the person is at.

    Of several he is at the one he has chosen, else at the first in which he has any right. A company of another
    workspace is never meant.
    """
    known = messages.at(tx, said.channel, said.thread) if said.thread else None
    if known is not None and companies.team_of(tx, known[0]) == said.team:
        return known[0]
    for token in (said.value, said.meta):
        found = handles.company_of(tx, token, said.team, desk.clock()) if token else None
        if found is not None:
            return found
    there = companies.of_team(tx, said.team)
    mine = rights.companies_of(tx, said.team, said.user)
    chosen = members.get(tx, said.team, said.user).company
    if chosen in there and (chosen in mine or not mine):
        return chosen
    return next((id for id in mine if id in there), there[0] if there else None)


def refusal(here: Here, route: Route) -> Picture | None:
    """None when the route may be taken; else the sentence for this person alone, naming who could."""
    if not here.profile.trusted:
        return notices.strangers(here.say)
    if route.rights:
        verdicts = [here.may(right) for right in route.rights]
        if not any(verdict.allowed for verdict in verdicts):
            return refused(here, route.rights)
    if here.company.state == companies.NEW and not route.unconnected:
        return notices.no_company(here.say)
    return None


def refused(here: Here, wanted: tuple[Right, ...]) -> Picture:
    """Why somebody may not do what any of these rights would allow, and who may."""
    fresh = next((v.until for v in map(here.may, wanted) if v.until), None)
    if fresh is not None:
        return notices.not_yet(here.say, fresh)
    with here.desk.store.read() as tx:
        able = rights.with_right(tx, here.company.id, wanted[0])
    return notices.refused(here.say, wanted[0], [user for user in able if user != here.said.user])
