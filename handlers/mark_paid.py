"""Company money is marked paid elsewhere on the day it was paid (R65, R66): noted before, looked at after, once.

A voucher has to leave the drafts first: a claim is sent to circulation, a purchase invoice is verified. What Procountor
does not let us do becomes something for a person, is looked at again each hour, and goes on by itself once it can.
"""

from __future__ import annotations

from datetime import timedelta

from finance import transfer as rules
from finance.marking import Then, Verdict, Wanted, decide
from handlers import following, pausing
from handlers.desk import Desk
from handlers.routing import Router
from procountor import codes, elsewhere
from procountor.api import Api
from procountor.errors import Broken, Busy, NotFound, NotSent, ProcountorError, Refused, Unauthorized, Unsure
from procountor.stored import Stored
from storage import audit, claim_money, companies
from storage.claim_money import DONE, MARKING, TODO, Mark

on = Router()

AGAIN = timedelta(hours=1)  # until what waits for a person is looked at again
LATE = timedelta(minutes=2)


class _Overtaken(Exception):
    """Another worker has taken it up: stop at once."""


@on.task("claims.mark", lane="transfers")
def carry(desk: Desk, company_id: str, document: str) -> None:
    """Takes the document's days of payment as far as they go now."""
    with desk.store.write() as tx:
        if companies.get(tx, company_id).state == "paused":
            return  # the tick takes it up when the key is accepted again
        marks = claim_money.claim_marks(tx, company_id, int(document))
    try:
        for m in marks:
            _step(desk, desk.books(company_id), m)
    except _Overtaken:
        return
    except Unauthorized:
        pausing.pause(desk, company_id)


def _step(desk: Desk, api: Api, m: Mark) -> None:
    try:
        stored = elsewhere.stand(api, [m.remote_id]).get(m.remote_id)
        events = elsewhere.events(api, m.remote_id)
    except Unauthorized:
        raise
    except NotFound:
        return _for_person(desk, m, "gone")
    except Busy as trouble:
        return _later(desk, m, type(trouble).__name__)
    except Refused:
        return _for_person(desk, m, "not_visible")
    except ProcountorError as trouble:
        return _later(desk, m, type(trouble).__name__)
    if stored is None:
        return _for_person(desk, m, "gone")
    found = [(one.day, one.amount) for one in events]
    wanted = Wanted(m.paid_on, m.amount, m.noted_at)
    verdict = decide(wanted, stored.status, found, stored.totals.gross, desk.clock(), desk.timing)
    return _follow(desk, api, m, stored, verdict)


def _follow(desk: Desk, api: Api, m: Mark, stored: Stored, verdict: Verdict) -> None:
    match verdict.then:
        case Then.DONE:
            return _done(desk, m)
        case Then.PERSON:
            return _for_person(desk, m, verdict.why)
        case Then.WAIT:
            return _later(desk, m, "settling")
    if stored.status == elsewhere.DRAFT and not _left_drafts(desk, api, m, stored):
        return None
    return _mark(desk, api, m)


def _left_drafts(desk: Desk, api: Api, m: Mark, stored: Stored) -> bool:
    """Whether the voucher is no draft any more; taking it out twice changes nothing."""
    purchase = stored.type == codes.PURCHASE
    try:
        (elsewhere.verify if purchase else elsewhere.circulate)(api, m.remote_id)
    except Unauthorized:
        raise
    except Refused:
        _for_person(desk, m, "not_verified" if purchase else "not_circulated")
        return False
    except ProcountorError as trouble:
        _later(desk, m, type(trouble).__name__)
        return False
    return True


def _mark(desk: Desk, api: Api, m: Mark) -> None:
    noted = desk.ticks()
    m = _commit(desk, m, state=MARKING, noted_at=desk.clock(), next_at=None, tries=m.tries + 1)
    if not rules.may_leave(noted, desk.ticks(), desk.timing):
        m = _commit(desk, m, noted_at=None)
        return _later(desk, m, "NotSent")
    left = desk.timing.window - (desk.ticks() - noted)
    try:
        elsewhere.mark(api, m.remote_id, m.paid_on, m.amount, m.currency, leave_within=left)
    except Unauthorized:
        _commit(desk, m, noted_at=None)
        raise
    except NotSent:
        return _later(desk, _commit(desk, m, noted_at=None), "NotSent")
    except Refused:
        return _for_person(desk, _commit(desk, m, noted_at=None), "not_marked")
    except (Unsure, Broken, ProcountorError):
        return _later(desk, m, "settling")
    return _done(desk, m)


def _commit(desk: Desk, m: Mark, **values: object) -> Mark:
    with desk.store.write() as tx:
        after = claim_money.commit(tx, m, **values)
    if after is None:
        raise _Overtaken
    return after


def _done(desk: Desk, m: Mark) -> None:
    now = desk.clock()
    with desk.store.write() as tx:
        if claim_money.commit(tx, m, state=DONE, why="", next_at=None, done_at=now) is None:
            raise _Overtaken
        details = {"procountor": m.remote_id, "day": m.paid_on.isoformat()}
        audit.note(tx, m.company, "kierto", "claim.marked_paid", f"document:{m.document}", now, **details)
        following.tell(desk, tx, m.company, m.document)


def _for_person(desk: Desk, m: Mark, why: str) -> None:
    """Left to a person; told once for each reason, and looked at again by and by."""
    now = desk.clock()
    with desk.store.write() as tx:
        after = claim_money.commit(tx, m, state=TODO, why=why, next_at=now + AGAIN)
        if after is None:
            raise _Overtaken
        if (m.state, m.why) != (TODO, why):
            details = {"procountor": m.remote_id, "why": why}
            audit.note(tx, m.company, "kierto", "claim.needs_person", f"document:{m.document}", now, **details)
            key = f"{now:%Y%m%d%H%M}"
            desk.work.soon(tx, "tell", "claims.todo", key, m.company, [m.company], 2 * desk.timing.beat)


def _later(desk: Desk, m: Mark, why: str) -> None:
    until = desk.clock() + max(rules.backoff(m.tries, desk.timing), timedelta(milliseconds=200))
    if why == "settling" and m.noted_at is not None:
        until = max(until, m.noted_at + timedelta(seconds=desk.timing.settle))
    with desk.store.write() as tx:
        if claim_money.commit(tx, m, next_at=until, why=why, tries=m.tries + 1) is None:
            raise _Overtaken
        following.mark(desk, tx, m.company, m.document, f"{m.paid_on}:{m.fence}", until)


@on.every("claims.marks", 60.0)
def rouse(desk: Desk) -> None:
    """Whatever stands still although its time has come gets another turn."""
    now = desk.clock()
    with desk.store.write() as tx:
        for state in (claim_money.NEW, MARKING, TODO):
            for m in claim_money.marks(tx, state=state):
                due = m.next_at or m.noted_at or now - LATE
                if due <= now - (timedelta(0) if state == TODO else LATE):
                    following.mark(desk, tx, m.company, m.document, f"tick:{now:%Y%m%d%H%M}")
