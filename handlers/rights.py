"""Who is speaking and whether he may: read anew at every press, denied unless given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from finance.authority import Right
from handlers.chat import Picture
from handlers.desk import Desk, Here
from handlers.labelled import company_in, labelled
from handlers.readers import belonging, tongue
from handlers.routing import Route
from handlers.said import Said
from handlers.views import notices
from handlers.views.tongue import Tongue
from storage import companies, handles, members, messages, rights
from storage.database import Tx


def here(desk: Desk, said: Said) -> Here | None:
    """The one who spoke, with the company meant, rights and language; None when no company of the workspace is."""
    with desk.store.read() as tx:
        company_id = meant(tx, desk, said)
        if company_id is None:
            return None
        company = companies.get(tx, company_id)
        member = members.get(tx, said.team, said.user)
        holder = rights.holder(tx, company_id, said.team, said.user)
        several = len(belonging(tx, said.team, said.user)) > 1
    chat = desk.chats(said.team)
    profile = chat.profile(said.user)
    chat = labelled(chat, company.id, company.name, several=several)
    holder = replace(holder, trusted=profile.trusted)
    if member.zone != profile.zone:
        with desk.store.write() as tx:
            members.choose(tx, said.team, said.user, zone=profile.zone)
    return Here(desk, said, company, member, holder, profile, tongue(member, profile), chat)


def meant(tx: Tx, desk: Desk, said: Said) -> str | None:
    """The company a thing said is about: a thread's, a button's or a form's own, else the one the person is at.

    Of several he is at the one he has chosen, else at the first by name; a company of the workspace that he does not
    belong to is never meant, unless it is the only one. What was kept stays about the company it was heard for. None
    when no company is meant: the workspace has none, or several and the person belongs to none of them.
    """
    there = companies.of_team(tx, said.team)
    mine = there if len(there) == 1 else belonging(tx, said.team, said.user)
    if said.company:
        return said.company if said.company in mine else None
    known = messages.at(tx, said.channel, said.thread) if said.thread else None
    if known is not None and known[0] in mine:
        return known[0]
    for token in (said.value, said.meta, said.block):
        found = _company(tx, desk, said, token) if token else None
        if found in mine:
            return found
    chosen = members.get(tx, said.team, said.user).company
    return chosen if chosen in mine else next(iter(mine), None)


def _company(tx: Tx, desk: Desk, said: Said, token: str) -> str | None:
    """The company of a handle (in a menu there is a word before it) or of a mark."""
    handle = token.rpartition(":")[2]
    return company_in(token) or handles.company_of(tx, handle, said.team, desk.clock())


def nowhere(tx: Tx, said: Said) -> Callable[[Tongue], Picture]:
    """What to tell somebody for whom no company is meant; none is named."""
    if belonging(tx, said.team, said.user):
        return notices.left
    return notices.outsider if companies.of_team(tx, said.team) else notices.no_company


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
        able = {right: rights.with_right(tx, here.company.id, right) for right in wanted}
    held = next((right for right in wanted if able[right]), wanted[0])
    return notices.refused(here.say, held, [user for user in able[held] if user != here.said.user])
