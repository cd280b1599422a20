"""Rights for many at once: from Procountor's circulation, or from a file; shown first, given when an admin says yes."""

from __future__ import annotations

from collections.abc import Collection

from finance import limits
from finance.authority import Limits, Right
from handlers import circulating, giving, rights_files, rights_plan
from handlers.buttons import handle_for, in_use, pressed, subject_of
from handlers.chat import Answer
from handlers.desk import Desk, Here
from handlers.giving import Bar, Outcome, Wish
from handlers.readers import reader
from handlers.rights_plan import Line, Plan
from handlers.routing import Router
from handlers.views import granted, notices, rights_plans, rights_words
from handlers.views.tongue import Tongue
from procountor.errors import Forbidden, ProcountorError
from storage import companies, rights
from storage.companies import Company

on = Router()


@on.command("rights circulation", right=Right.ADMIN, help="Take the rights over from Procountor’s circulation of bills")
def circulation(here: Here) -> None:
    """Says what the circulation would change here."""
    try:
        plan = circulating.plan(here.desk, here.company, here.said.team)
    except Forbidden:
        text = here.say("Procountor does not let our key see the circulation. The key’s user lacks a right there.")
        return here.whisper(notices.plain(text))
    except ProcountorError:
        return here.whisper(notices.plain(here.say("Procountor did not answer just now. Try again in a moment.")))
    with here.desk.store.write() as tx:
        rights_plan.keep(tx, here.company.id, here.said.user, plan)
    return rights_files.offer(here.desk, here.company.id, here.said.team, here.said.user, plan)


@on.click("rights.review", right=Right.ADMIN, now=True)
def review(here: Here) -> None:
    """Everything once more, with the button that gives it."""
    plan = in_use(_plan(here, pressed(here, "rights.review")))
    meta = handle_for(here, "rights.apply", plan.id)
    here.chat.open(here.said, rights_plans.review(here.say, plan.planned, meta))


def _plan(here: Here, id: str | None) -> Plan | None:
    with here.desk.store.read() as tx:
        return rights_plan.kept(tx, here.company.id, here.said.user, id) if id else None


@on.form("rights.apply", right=Right.ADMIN)
def apply(here: Here) -> Answer:
    """Asks for it to be given; for new approvers from the circulation with the limit that was typed."""
    plan = _plan(here, subject_of(here, here.said.meta, "rights.apply"))
    if plan is None:
        return Answer(update=notices.closing(here.say, here.say("This form is no longer in use."), "rights.gone"))
    if plan.ask:
        most = _most(here)
        if isinstance(most, str):
            return Answer(errors={"limits": most})
        plan = rights_plan.with_limits(plan, most)
    desk, company, said = here.desk, here.company.id, here.said
    with desk.store.write() as tx:
        id = rights_plan.keep(tx, company, said.user, plan)
        key = f"{id}:{desk.clock():%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "hear", "rights.carry", key, company, [company, said.team, said.user, id])
    text = here.say("The rights are being given. What came of it is told in a direct message.")
    return Answer(update=notices.closing(here.say, text, "rights.giving"))


def _most(here: Here) -> Limits | str:
    typed = limits.read(here.said.values.get("limits", ""))
    if typed.unfit:
        return rights_words.unfit(here.say, typed.unfit)
    if not typed.limits:
        return here.say("Write up to how much, for example EUR 5000. Without a limit: EUR no limit.")
    return typed.limits


@on.task("rights.carry", lane="hear")
def carry(desk: Desk, company_id: str, team: str, admin: str, id: str) -> None:
    """Gives what the plan says, all in one transaction; what somebody has changed meanwhile stays as it is."""
    with desk.store.read() as tx:
        plan, company = rights_plan.kept(tx, company_id, admin, id), companies.get(tx, company_id)
        admins = rights.with_right(tx, company_id, Right.ADMIN)
    if plan is None:
        return None
    if not rights_files.may(desk, company_id, team, admin, Right.ADMIN):
        return rights_files.refuse(desk, company_id, team, admin, Right.ADMIN)
    concerned = {*admins, *(line.user for line in plan.lines)}
    trusted = {user for user in concerned if giving.vouched(desk.chats(team), user)}
    outcomes = _give(desk, company, (team, admin), plan, trusted & set(admins), trusted)
    chat, say = reader(desk, company_id, team, admin)
    given = [line.user for line, outcome in outcomes if outcome.bar is None]
    left = [(line.user, _why(say, outcome.bar)) for line, outcome in outcomes if outcome.bar is not None]
    chat.post(chat.direct(admin), rights_plans.done(say, given, left))
    return None


def _give(
    desk: Desk, company: Company, giver: tuple[str, str], plan: Plan, keepers: Collection[str], trusted: Collection[str]
) -> list[tuple[Line, Outcome]]:
    outcomes = []
    with desk.store.write() as tx:
        for line in plan.lines:
            holder = rights.holder(tx, company.id, giver[0], line.user)
            if {g.right: dict(g.limits) for g in holder.grants} == line.wish:  # done by an attempt before this one
                outcomes.append((line, Outcome()))
                continue
            source = plan.name or "circulation"
            wish = Wish(line.user, line.wish, line.seen, line.user in trusted, source=source)
            outcomes.append((line, giving.give(desk, tx, company, giver, wish, keepers)))
        rows = [outcome.row for _, outcome in outcomes if outcome.row]
        giving.tell(desk, tx, company, giver, rows)
    return outcomes


def _why(say: Tongue, bar: Bar) -> str:
    return {
        Bar.LAST: granted.last_admin,
        Bar.STRANGER: granted.not_trusted,
        Bar.STALE: rights_plans.overtaken,
        Bar.RIGHT: rights_plans.overtaken,
    }[bar](say)
