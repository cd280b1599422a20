"""A decision on its way into Procountor: checked once more, sent once, looked for, told. It is never sent twice."""

from __future__ import annotations

from datetime import timedelta

from finance import decision as rules
from finance.bill import Bill, print_of
from finance.circulation import Act
from finance.decision import Contested, Done, Lost, Nothing, Seen, Wait
from handlers import arriving, contesting, deciding, own_books, papers, pausing, signing
from handlers.desk import Desk
from handlers.routing import Router
from procountor import bills as resource
from procountor.api import Api
from procountor.errors import NotSent, ProcountorError, Refused, Unauthorized
from storage import audit, decisions, own_keys
from storage.companies import Company
from storage.decisions import DONE, NOTED, REFUSED, SENT, STUCK, UNSURE, Decision

on = Router()

STILL = timedelta(minutes=2)
PATIENCE = timedelta(minutes=10)  # how long Procountor may be out of reach before a decision is given back


@on.task("bill.decide", lane="approvals")
def carry(desk: Desk, company_id: str, decision: str) -> None:
    """Takes the decision one turn further."""
    with desk.store.read() as tx:
        d = decisions.get(tx, company_id, int(decision))
    company = papers.company_of(desk, company_id)
    if d.state == NOTED:
        _send(desk, company, d)
    elif d.state in (SENT, UNSURE) and d.problem != STUCK:
        _look(desk, company, d)


@on.buried("bill.decide", at_fault=True)
def give_up(desk: Desk, company_id: str, decision: str) -> None:
    """The work on it broke down by itself each time. What has not left is given back; else a person has to look."""
    with desk.store.read() as tx:
        d = decisions.get(tx, company_id, int(decision))
    if d.state == NOTED:
        return _over(desk, papers.company_of(desk, company_id), d, Lost.BROKEN)
    with desk.store.write() as tx:
        if d.state in (SENT, UNSURE) and decisions.move(tx, d, UNSURE, problem=STUCK):
            now = f"{desk.clock():%Y%m%d%H%M%S%f}"
            arriving.redraw(desk, tx, d.company, d.bill, f"stuck:{d.id}:{now}")
            desk.work.soon(tx, "hear", "bill.stuck", f"{d.id}:{now}", d.company, [d.company, str(d.id)])
    return None


def _send(desk: Desk, company: Company, d: Decision) -> None:
    try:
        api = signing.books_of(desk, company, d)
        before = _checked(desk, company, api, d)
    except Unauthorized:
        return _unheard(desk, company, d)
    except (Refused, ProcountorError):
        return _again(desk, d)
    if isinstance(before, Lost):
        return _over(desk, company, d, before)
    if d.act is Act.OBJECT:  # nothing changes in Procountor; its reason is written to the discussion
        return _done(desk, company, d, resource.get(api, d.bill))
    noted = desk.ticks()
    with desk.store.write() as tx:
        if not decisions.move(tx, d, SENT, sent_at=desk.clock(), before=before):
            return None
        d = decisions.get(tx, d.company, d.id)
    try:
        _put(desk, api, d, desk.timing.window - (desk.ticks() - noted))
    except (NotSent, Unauthorized) as unsent:
        with desk.store.write() as tx:
            decisions.move(tx, d, NOTED, sent_at=None)
            d = decisions.get(tx, d.company, d.id)
        return _unheard(desk, company, d) if isinstance(unsent, Unauthorized) else _again(desk, d)
    except Refused as no:
        return _refused(desk, company, d, no)
    except ProcountorError:
        pass  # nobody knows: it is looked for
    return _look(desk, company, d)


def _checked(desk: Desk, company: Company, api: Api, d: Decision) -> int | Lost:
    """How many acts there are already; or why it cannot be done (any more)."""
    now = resource.get(api, d.bill)
    if print_of(now) != d.print:
        arriving.note(desk, company, desk.books(company.id), now)
        return Lost.CHANGED
    who = signing.signer(desk, company, d.team, d.user)
    found = signing.may(desk, company, who, d.act, now)
    if not found.allowed:
        return Lost.SETTLED if not now.is_open else Lost.RIGHT
    if d.act is Act.APPROVE and deciding.lacks_signatures(desk, company, now, d.user):
        return Lost.RIGHT
    return 0 if d.act is Act.OBJECT else deciding.acts(resource.history(api, d.bill), d.act)


def _put(desk: Desk, api: Api, d: Decision, left: float) -> None:
    chat = desk.chats(d.team)
    words = rules.comment(chat.profile(d.user).name, d.id, d.reason)
    if left <= 0:
        raise NotSent("the moment has passed")
    act = {Act.VERIFY: resource.verify, Act.APPROVE: resource.approve, Act.REJECT: resource.reject}[d.act]
    act(api, d.bill, words, leave_within=left)


def _look(desk: Desk, company: Company, d: Decision) -> None:
    """What has become of it: read, never repeated."""
    api = desk.books(company.id)
    try:
        now = resource.get(api, d.bill)
        seen = _seen(api, now, d)
    except ProcountorError:
        return _later(desk, d)
    assert d.sent_at is not None
    match rules.after_sending(d.act, seen, d.print, d.before, d.sent_at, desk.clock(), desk.timing):
        case Done():
            _done(desk, company, d, now)
        case Contested():
            contesting.take_back(desk, company, d)
        case Nothing(why):
            _over(desk, company, d, why)
        case Wait(until):
            _later(desk, d, (until - desk.clock()).total_seconds())
    return None


def _seen(api: Api, now: Bill, d: Decision) -> Seen:
    events = resource.history(api, d.bill)
    same = [event for event in events if event.action == deciding.ACTIONS[d.act]]
    mine = any(rules.marked(event.details) == d.id for event in same)
    told = any(event.details for event in same)
    return Seen(now.status, print_of(now), mine, deciding.acts(events, d.act), told)


def _done(desk: Desk, company: Company, d: Decision, now: Bill) -> None:
    arriving.note(desk, company, desk.books(company.id), now)  # first: nobody sees live buttons on what is settled
    with desk.store.write() as tx:
        if not decisions.move(tx, d, DONE, done_at=desk.clock()):
            return
        details = {"decision": d.id, "act": d.act.value, "status": now.status}
        audit.note(tx, d.company, d.who, "bill.done", f"bill:{d.bill}", desk.clock(), **details)
        arriving.redraw(desk, tx, d.company, d.bill, f"done:{d.id}:{desk.clock():%H%M%S%f}")
        if d.act in (Act.REJECT, Act.OBJECT):
            desk.work.soon(tx, "hear", "bill.rejected", f"{d.id}", d.company, [d.company, str(d.id)])


def _refused(desk: Desk, company: Company, d: Decision, no: Refused) -> None:
    """Procountor said no. When it stands where it was to go, somebody else was quicker."""
    try:
        now = resource.get(desk.books(company.id), d.bill)
        elsewhere = rules.reached(d.act, now.status)
        arriving.note(desk, company, desk.books(company.id), now)
    except ProcountorError:
        elsewhere = False
    _over(desk, company, d, Lost.ELSEWHERE if elsewhere else Lost.NO, ", ".join(no.codes)[:200])


def _over(desk: Desk, company: Company, d: Decision, why: Lost, codes: str = "") -> None:
    """It does not come to be; the one who decided hears why, and the card shows what is so."""
    problem = f"{why.value}|{codes}"
    with desk.store.write() as tx:
        if not decisions.move(tx, d, REFUSED, problem=problem, done_at=desk.clock()):
            return
        details = {"decision": d.id, "why": why.value, "codes": codes}
        audit.note(tx, d.company, d.who, "bill.not done", f"bill:{d.bill}", desk.clock(), **details)
        arriving.redraw(desk, tx, d.company, d.bill, f"over:{d.id}:{desk.clock():%H%M%S%f}")
        key = f"{d.id}:{d.noted_at:%Y%m%d%H%M%S%f}"
        desk.work.soon(tx, "hear", "bill.sorry", key, d.company, [d.company, str(d.id)])


def _unheard(desk: Desk, company: Company, d: Decision) -> None:
    """A key is not accepted: the person's own is forgotten and he hears; the company's pauses the company."""
    with desk.store.read() as tx:
        own = own_keys.get(tx, d.company, d.team, d.user) if d.own_key else None
    if own is not None:
        own_books.refused(desk, d.company, d.team, d.user, own.kept_at)
    elif not d.own_key:
        pausing.pause(desk, company.id)
    _over(desk, company, d, Lost.NEVER_LEFT)


def _again(desk: Desk, d: Decision) -> None:
    """Nothing has left: tried again for a while, then given back."""
    if desk.clock() - d.noted_at > PATIENCE:
        return _over(desk, papers.company_of(desk, d.company), d, Lost.NEVER_LEFT)
    with desk.store.write() as tx:
        deciding.ask(desk, tx, d, f"{desk.clock():%H%M%S%f}", rules.pause(d.noted_at, desk.clock(), desk.timing))
    return None


def _later(desk: Desk, d: Decision, most: float = rules.LONGEST) -> None:
    """Looked for again after a while, ``most`` seconds from now at the latest."""
    wait = rules.pause(d.sent_at or d.noted_at, desk.clock(), desk.timing)
    with desk.store.write() as tx:
        if d.state != UNSURE and not decisions.move(tx, d, UNSURE):
            return
        deciding.ask(desk, tx, d, f"{desk.clock():%H%M%S%f}", max(min(wait, most), 0.2))
        arriving.redraw(desk, tx, d.company, d.bill, f"unsure:{d.id}")


@on.every("decisions.rouse", 30.0)
def rouse(desk: Desk) -> None:
    """A decision that stands still gets another turn: nothing waits for a task that was given up.

    Once in ten minutes: where many only wait for their turn, more of them would make the waiting longer.
    """
    now = desk.clock()
    with desk.store.write() as tx:
        for d in decisions.unfinished(tx):
            if now - (d.sent_at or d.noted_at) > STILL and d.problem != STUCK:
                deciding.ask(desk, tx, d, f"rouse:{now:%Y%m%d%H}{now.minute // 10}")
