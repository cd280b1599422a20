"""Being away: a substitute gets what waits and what comes, both may act, and the returned one reads what was done."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from finance import absence as rules
from finance.absence import Odd, Wanted
from finance.authority import Right
from finance.circulation import Act
from handlers import arriving, claim_sending, papers
from handlers.chat import Answer, ChatTrouble
from handlers.desk import Desk, Here
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import away as views
from handlers.views import notices
from storage import absences, audit, bills, captures, cards, companies, decisions, references, rights
from storage.absences import Absence
from storage.companies import Company
from storage.database import Tx
from storage.decisions import Decision

on = Router()

STANDING = (Right.RECEIVE, Right.APPROVE, Right.PRE_APPROVE, Right.APPROVE_CLAIMS)
MORNING = time(8, 0)


@on.command("away", usage="[FROM TO @user | off]", help="Say that you are away and who stands in for you", now=True)
def away(here: Here) -> None:
    """``away 2026-07-06 2026-07-31 @user``, ``away off``, or nothing for a form."""
    words = here.said.text.strip()
    if not words:
        there = _of(here)
        here.chat.open(here.said, views.form(here.say, there))
    elif words.casefold() == "off":
        here.whisper(views.ended(here.say) if _end(here) else views.none(here.say))
    else:
        wanted = rules.typed(words, papers.today(here.desk))
        if isinstance(wanted, Wanted) and wanted.substitute == here.said.user:
            wanted = Odd.SELF
        here.whisper(views.noted(here.say, wanted) if _noted(here, wanted) else views.odd(here.say, _why(here, wanted)))


@on.form("away.keep")
def keep(here: Here) -> Answer:
    """The same from a form, with what is wrong said at the field."""
    values = here.said.values
    try:
        first, last = date.fromisoformat(values["first"]), date.fromisoformat(values["last"])
    except (KeyError, ValueError):
        return Answer(errors={"first": views.odd(here.say, Odd.DATES).text})
    wanted = rules.checked(first, last, values.get("substitute", ""), here.said.user, papers.today(here.desk))
    if _noted(here, wanted):
        assert isinstance(wanted, Wanted)
        return Answer(update=notices.closing(here.say, views.noted(here.say, wanted).text, "away.keep"))
    why = _why(here, wanted)
    field = {Odd.ORDER: "last", Odd.PAST: "last", Odd.LONG: "last"}.get(why, "substitute")
    return Answer(errors={field: views.odd(here.say, why).text})


def _why(here: Here, wanted: Wanted | Odd) -> Odd:
    return wanted if isinstance(wanted, Odd) else Odd.NOBODY


def _noted(here: Here, wanted: Wanted | Odd) -> bool:
    """Keeps a sensible absence whose substitute may act; False for any other."""
    if isinstance(wanted, Odd) or not _able(here, wanted.substitute):
        return False
    desk, company = here.desk, here.company
    absence = Absence(company.id, here.said.team, here.said.user, wanted.first, wanted.last, wanted.substitute)
    with desk.store.write() as tx:
        absences.keep(tx, absence)
        details = {"from": wanted.first.isoformat(), "to": wanted.last.isoformat(), "substitute": wanted.substitute}
        audit.note(tx, company.id, here.who, "away.noted", here.who, desk.clock(), **details)
        key = f"{here.who}:{desk.clock():%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "hear", "away.look", key, company.id, [company.id])
    return True


def _able(here: Here, user: str) -> bool:
    """Only one who may deal with bills or claims himself, and is an ordinary member, can stand in."""
    try:
        trusted = here.chat.profile(user).trusted
    except ChatTrouble:
        return False
    with here.desk.store.read() as tx:
        return trusted and any(user in rights.with_right(tx, here.company.id, right) for right in STANDING)


def _of(here: Here) -> Absence | None:
    with here.desk.store.read() as tx:
        return absences.of(tx, here.company.id, here.said.team, here.said.user)


def _end(here: Here) -> bool:
    desk = here.desk
    with desk.store.write() as tx:
        there = absences.of(tx, here.company.id, here.said.team, here.said.user)
        if there is None:
            return False
        absences.end(tx, here.company.id, here.said.team, here.said.user)
        audit.note(tx, here.company.id, here.who, "away.ended", here.who, desk.clock())
        if there.first <= papers.today(desk):
            _ask_summary(desk, tx, there)
    return True


@on.every("away.tick", 600.0)
def tick(desk: Desk) -> None:
    """Asks for a look once a day in every company, in the morning."""
    local = desk.clock().astimezone(ZoneInfo("Europe/Helsinki"))
    if local.time() < MORNING:
        return
    with desk.store.write() as tx:
        for company in companies.everyone(tx):
            if company.state == companies.READY and absences.all(tx, company.id):
                desk.work.soon(tx, "hear", "away.look", f"{local.date()}", company.id, [company.id])


@on.task("away.look", lane="hear")
def look(desk: Desk, company_id: str) -> None:
    """Absences that have begun get their cards dealt and both are told; those that are over get their summary."""
    company, today = papers.company_of(desk, company_id), papers.today(desk)
    with desk.store.read() as tx:
        there = absences.all(tx, company_id)
    for absence in there:
        if absence.last < today:
            with desk.store.write() as tx:
                absences.end(tx, company_id, absence.team, absence.user)
                _ask_summary(desk, tx, absence)
        elif absence.on(today):
            _begun(desk, company, absence)


def _begun(desk: Desk, company: Company, absence: Absence) -> None:
    with desk.store.write() as tx:
        count = arriving.cover(desk, tx, company, absence.user, absence.substitute)
        claims = claim_sending.cover(desk, tx, company, absence.user, absence.substitute)
        mark = f"{absence.first}:{absence.last}:{absence.substitute}"
        told = references.marked(tx, company.id, f"away:{absence.user}") == mark
        if not told:
            references.mark(tx, company.id, f"away:{absence.user}", mark)
            args = [company.id, absence.team, absence.user, str(count), str(claims)]
            desk.work.soon(tx, "hear", "away.begins", f"{absence.user}:{mark}", company.id, args)


@on.task("away.begins", lane="hear")
def begins(desk: Desk, company_id: str, team: str, user: str, count: str, claims: str = "0") -> None:
    """Tells the substitute that it begins, and how much waits."""
    with desk.store.read() as tx:
        absence = absences.of(tx, company_id, team, user)
    if absence is not None:
        told = (int(count), int(claims))
        tell_one(desk, company_id, team, absence.substitute, lambda say: views.begins(say, absence, *told))


def _ask_summary(desk: Desk, tx: Tx, absence: Absence) -> None:
    args = [absence.company, absence.team, absence.user, absence.substitute, absence.first.isoformat()]
    key = f"{absence.user}:{absence.first}:{absence.last}:{absence.substitute}"
    desk.work.soon(tx, "hear", "away.summary", key, absence.company, args)


@on.task("away.summary", lane="hear")
def summary(desk: Desk, company_id: str, team: str, user: str, substitute: str, first: str) -> None:
    """What the substitute decided meanwhile about the returned one's bills, and what still waits; both are told."""
    since = datetime.combine(date.fromisoformat(first), time(), ZoneInfo("Europe/Helsinki"))
    with desk.store.read() as tx:
        made = decisions.by(tx, company_id, team, substitute, since)
        mine = [d for d in made if cards.of(tx, company_id, d.bill, team, user) is not None]
        told = tuple(line for d in mine if (line := _line(tx, company_id, d)) is not None)
        claims = _claims(tx, company_id, team, user, substitute, since)
        waiting = len(cards.held_by(tx, company_id, team, user))
    tell_one(desk, company_id, team, user, lambda say: views.summary(say, substitute, told, waiting, claims))
    tell_one(desk, company_id, team, substitute, lambda say: views.over(say, user))


def _claims(tx: Tx, company: str, team: str, user: str, substitute: str, since: datetime) -> list[views.Settled]:
    """The claims on the returned one's desk that the substitute has decided."""
    made = captures.decided(tx, company, f"{team}/{substitute}", since)
    mine = [one for one in made if any((t, u) == (team, user) for t, u, _ in captures.desks(tx, one))]
    return [
        views.Settled(one.number, one.user, one.state == captures.APPROVED, one.decided_at or one.changed_at)
        for one in mine
    ]


def _line(tx: Tx, company_id: str, d: Decision) -> views.Line | None:
    kept = bills.get(tx, company_id, d.bill)
    if kept is None or d.state not in (decisions.DONE, decisions.SIGNED):
        return None
    return views.Line(Act(d.act), kept.bill, d.done_at or d.noted_at)
