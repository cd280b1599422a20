"""`remind @person`: finance has somebody told now of what lies on his desk; once a day, and at no hour of rest."""

from __future__ import annotations

import re

from finance.authority import Right
from finance.reminding import Unheard
from handlers import papers, urgent
from handlers.desk import Desk, Here
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import digest as views
from storage import absences, audit, members, references

on = Router()

_PERSON = re.compile(r"\s*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\s*")


@on.command(
    "remind", right=(Right.FINANCE, Right.SEE_ALL), usage="@PERSON", help="Have somebody told now of what waits for him"
)
def remind(here: Here) -> None:
    """Says what comes of it."""
    found = _PERSON.fullmatch(here.said.text)
    if found is None:
        return here.whisper(views.whom(here.say))
    user, desk, company, team = found[1], here.desk, here.company, here.said.team
    with desk.store.write() as tx:
        member, away = members.get(tx, team, user), absences.of(tx, company.id, team, user)
        day = urgent.local(desk, member).date()
        bills = urgent.everything(desk, tx, company, team, user, day)
        claims = urgent.claims(tx, company, team, user, day, every=True)
        gone = away is not None and away.on(day)
        why = (
            Unheard.NOTHING
            if not bills and not claims
            else Unheard.AWAY
            if gone
            else Unheard.LATER
            if not urgent.may_hear(desk, company, member, away)
            else Unheard.ALREADY
            if references.marked(tx, company.id, _mark(team, user)) == day.isoformat()
            else None
        )
        if why is None:
            references.mark(tx, company.id, _mark(team, user), day.isoformat())
            many = {"bills": str(len(bills)), "claims": str(len(claims))}
            audit.note(tx, company.id, here.who, "reminded", f"{team}/{user}", desk.clock(), **many)
            args = [company.id, team, user, here.said.user]
            desk.work.soon(tx, "tell", "remind.now", f"{user}:{day}", company.id, args)
    if why is not None:
        stands = away.substitute if away is not None and gone else ""
        return here.whisper(views.not_reminded(here.say, user, why, stands))
    return here.whisper(views.reminded(here.say, user, len(bills), len(claims)))


def _mark(team: str, user: str) -> str:
    return f"nudge:{team}/{user}"[:40]


@on.task("remind.now", lane="tell")
def tell(desk: Desk, company_id: str, team: str, user: str, by: str) -> None:
    """Tells what then waits; nothing when it is done with meanwhile."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        today = papers.today(desk)
        lines = [one.line for one in urgent.everything(desk, tx, company, team, user, today)]
        claims = [one.line for one in urgent.claims(tx, company, team, user, today, every=True)]
    if lines or claims:
        tell_one(desk, company_id, team, user, lambda say: views.digest(say, lines, claims, by=by))
