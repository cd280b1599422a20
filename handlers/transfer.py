"""One document's way into Procountor, once: noted before it is made, looked for after any doubt, then finished."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from finance import transfer as rules
from finance.case import completed
from finance.claimants import with_payee
from finance.company import Choices
from finance.customers import filled
from finance.fixes import standing
from finance.problems import explain
from finance.resolve import resolve
from finance.transfer import Adopt, Create, Park, Problem, State, Wait
from handlers import asking, claimants, finishing, following, gather, looking, papers, pausing, unknown_codes
from handlers.desk import Desk
from handlers.job import Job
from handlers.routing import Router
from procountor import invoices
from procountor.errors import Broken, NotSent, ProcountorError, Refused, Unauthorized, Unsendable, Unsure
from storage import audit, companies, documents, runs, transfers
from storage.companies import Company
from storage.transfers import Fenced, Transfer

on = Router()

PATIENCE = 8  # refusals to even look, before a person is asked
BLIND = "blind"  # the note of a look that proved nothing
COURTESY = 0.5  # seconds for those before it in its batch: Procountor numbers drafts as they come (R25)


@on.task("transfer.carry", lane="transfers")
def carry(desk: Desk, company_id: str, document: str) -> None:
    """Takes the document as far as it goes now; what must wait is asked for again, later."""
    with desk.store.write() as tx:
        t = transfers.claim(tx, company_id, int(document))
    if t is None:
        return
    try:
        _carry(desk, t)
    except Fenced:
        return  # another worker has it now, and knows more


@on.buried("transfer.carry", at_fault=True)
def give_up(desk: Desk, company_id: str, document: str) -> None:
    """A document on which the work itself breaks down waits for a person: no turn is asked for by itself."""
    with desk.store.write() as tx:
        t = transfers.claim(tx, company_id, int(document))
    if t is not None:
        with suppress(Fenced):
            _finish(desk, t, State.PARKED, note="given_up")


def _carry(desk: Desk, t: Transfer) -> None:
    company = papers.company_of(desk, t.company)
    if company.state == "paused":  # the trial of the key wakes everything when it succeeds
        return
    job = _job(desk, company, t)
    if job is None:
        return
    try:
        with desk.ranks.standing(job.batch, job.place):
            while True:
                t = _step(job, t)
                if t.state in rules.FINAL or t.next_at is not None:
                    return
    except Unauthorized:
        pausing.pause(desk, t.company)
    except (NotSent, Broken, Unsure, Refused) as trouble:
        # One refusal among other tries is bad luck: only what is refused again is for a person.
        if isinstance(trouble, Refused) and t.tries >= PATIENCE and t.note == type(trouble).__name__:
            _finish(desk, t, State.PARKED, note="reading_refused")
        else:
            _later(desk, t, rules.backoff(t.tries, desk.timing), type(trouble).__name__)


def _job(desk: Desk, company: Company, t: Transfer) -> Job | None:
    with desk.store.read() as tx:
        doc = documents.get(tx, t.company, t.document)
        place = runs.place(tx, t.run, t.document)
        payees = claimants.payees(tx, t.company, [doc.source]) if doc.source.claim else {}
    whole = with_payee(doc.invoice, payees)
    invoice, _ = filled(completed(whole, company.choices), papers.clients(desk, company.id))
    posting, faults = resolve(invoice, papers.kept_reference(desk, company), company.choices)
    if posting is None:
        problems = [Problem(fault.code, fault.where, fault.found) for fault in faults if not fault.warning]
        _finish(desk, t, State.REFUSED, problems=transfers.problems_text(problems))
        return None
    try:
        wanted = invoices.fingerprint(invoice, posting)
    except Unsendable as no:
        _finish(desk, t, State.REFUSED, problems=transfers.problems_text(_problems(no)))
        return None
    return Job(desk, company, desk.books(company.id), invoice, posting, wanted, t.run, place)


def _problems(no: Refused) -> list[Problem]:
    return [Problem(p.code, p.field, p.message, p.status) for p in no.problems]


def _step(job: Job, t: Transfer) -> Transfer:
    if t.remote_id is not None:
        return _complete(job, t)
    look = looking.look(job, t)
    match rules.after_looking(look, t.create_at, job.desk.clock(), job.desk.timing):
        case Create():
            return _create(job, t)
        case Adopt(id, number, extras):
            _cancel(job, t, id, extras)
            known = {"remote_id": id, "remote_number": number, "create_at": None}
            return _commit(job.desk, t, state=State.CREATED.value, **known)
        case Park(why):
            return _finish(job.desk, t, State.PARKED, note=why)
        case Wait() if look.blind and t.tries >= PATIENCE and t.note == BLIND:
            return _finish(job.desk, t, State.PARKED, note="reading_refused")
        case Wait(until):
            soon = job.desk.clock() + rules.backoff(t.tries, job.desk.timing)
            return _later(job.desk, t, min(until, soon) - job.desk.clock(), BLIND if look.blind else "looking")


def _cancel(job: Job, t: Transfer, kept: int, extras: Sequence[int]) -> None:
    """Further copies of our own are cancelled, and the trail says so."""
    for extra in extras:
        invoices.invalidate(job.api, extra)
        with job.desk.store.write() as tx:
            details = {"kept": kept, "cancelled": extra, "number": t.number}
            audit.note(
                tx, t.company, "kierto", "draft.cancelled", f"document:{t.document}", job.desk.clock(), **details
            )


def _create(job: Job, t: Transfer) -> Transfer:
    desk = job.desk
    desk.ranks.let_pass(job.batch, job.place, COURTESY)
    noted = desk.ticks()
    t = _commit(
        desk, t, state=State.CREATING.value, create_at=desk.clock(), tries=t.tries + 1, fingerprint=job.fingerprint
    )
    if not rules.may_leave(noted, desk.ticks(), desk.timing):
        return _commit(desk, t, state=State.LOOKING.value, create_at=None)
    try:
        left = desk.timing.window - (desk.ticks() - noted)
        made = invoices.create(job.api, job.invoice, job.posting, marker=t.marker, leave_within=left)
    except (NotSent, Unauthorized):
        _commit(desk, t, state=State.LOOKING.value, create_at=None)
        raise
    except Refused as no:
        return _refuse(job, t, no)
    except ProcountorError:
        return _commit(desk, t, state=State.LOOKING.value)
    finally:
        desk.ranks.passed(job.batch, job.place)
    known = {"remote_id": made.id, "remote_number": made.number, "create_at": None}
    t = _commit(desk, t, state=State.CREATED.value, **known)
    return _complete(job, t, made)


def _complete(job: Job, t: Transfer, stored: invoices.Stored | None = None) -> Transfer:
    """Accounts, cost centres and attachments; each is read first, so that repeating changes nothing."""
    try:
        note = finishing.finish(job, t, stored)
    except finishing.Early as early:
        return _later(job.desk, t, early.until - job.desk.clock(), "settling")
    except finishing.Parked as parked:
        return _finish(job.desk, t, State.PARKED, note=parked.why)
    except (Unauthorized, NotSent, Unsure, Broken):
        raise
    except Refused as no:
        return _refuse(job, t, no)
    return _finish(job.desk, t, State.DONE, note=note, done_at=job.desk.clock())


def _refuse(job: Job, t: Transfer, no: Refused) -> Transfer:
    problems = [replace(p, found=_standing(job, p)) for p in _problems(no)]
    _remember_pairs(job, problems)
    unknown_codes.count(job.desk, job.company.id, problems)
    # A clear no to making it leaves no doubt: a retry need not wait for the settle time.
    clear: dict[str, object] = {} if t.remote_id is not None else {"create_at": None}
    t = _finish(job.desk, t, State.REFUSED, problems=transfers.problems_text(problems), **clear)
    # What has just been learnt may explain the refusal in our own words.
    gather.rejudge(job.desk, papers.company_of(job.desk, t.company), t.run, [t.document])
    return t


def _standing(job: Job, problem: Problem) -> str:
    path = explain(problem.code, problem.field, problem.message, job.invoice.kind).path
    return standing(job.invoice, path)[:200] if path else ""


def _remember_pairs(job: Job, problems: list[Problem]) -> None:
    """Which accounts allow which VAT is not published: a refused pair is found before sending the next time."""
    pairs = finishing.refused_pairs(job.posting, problems)
    if not pairs:
        return
    with job.desk.store.write() as tx:
        choices: Choices = companies.get(tx, job.company.id).choices
        companies.choose(tx, job.company.id, finishing.with_pairs(choices, pairs))


def _later(desk: Desk, t: Transfer, wait: timedelta, note: str) -> Transfer:
    """Leaves the rest for later; the row says when, and the engine is asked in the same transaction."""
    until = desk.clock() + max(wait, timedelta(milliseconds=200))
    with desk.store.write() as tx:
        t = transfers.commit(tx, t, next_at=until, note=note, tries=t.tries + 1)
        asking.turn(desk, tx, t, until)
        asking.telling(desk, tx, t.company, t.run)
    return t


def _commit(desk: Desk, t: Transfer, **values: object) -> Transfer:
    with desk.store.write() as tx:
        return transfers.commit(tx, t, next_at=None, **values)


def _finish(desk: Desk, t: Transfer, state: State, **values: object) -> Transfer:
    with desk.store.write() as tx:
        t = transfers.commit(tx, t, state=state.value, next_at=None, **values)
        if state is State.DONE:
            documents.set_state(tx, t.document, "sent")
            following.begin(desk, tx, t)
        details = {"number": t.number, "procountor": t.remote_number, "note": t.note}
        audit.note(
            tx, t.company, "kierto", f"transfer.{state.value}", f"document:{t.document}", desk.clock(), **details
        )
        asking.telling(desk, tx, t.company, t.run)
    return t


@on.every("transfers.rouse", 60.0)
def rouse(desk: Desk) -> None:
    """Whatever stands still although its time has come gets another turn: nothing waits for a lost message."""
    now = desk.clock()
    with desk.store.write() as tx:
        for t in transfers.unfinished(tx):
            if t.next_at is None or t.next_at < now - timedelta(minutes=1):
                asking.turn(desk, tx, t, mark=f":{now:%Y%m%d%H%M}")
