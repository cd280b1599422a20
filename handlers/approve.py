"""Approve and pre-approve: a press takes the decision up, and the presser is told when it comes to nothing."""

from __future__ import annotations

from finance.authority import Right
from finance.bill import Bill
from finance.canonical import load
from finance.circulation import Act
from finance.outcomes import Noted, Outcome, Refusal
from handlers import bill_facts, bill_news, bill_press, deciding, papers, pausing
from handlers.buttons import in_use
from handlers.chat import Answer
from handlers.deciding import Press
from handlers.desk import Desk, Here
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import bill_answers as answers
from handlers.views import notices
from procountor.errors import ProcountorError, Unauthorized
from storage import bills, decisions, piles

on = Router()

APPROVERS = (Right.APPROVE,)


@on.click("bill.approve", right=APPROVERS, lane="approvals")
def approve(here: Here) -> None:
    """Approves what was shown, or nothing."""
    _press(here, "bill.approve", Act.APPROVE)


@on.click("bill.verify", right=Right.PRE_APPROVE, lane="approvals")
def verify(here: Here) -> None:
    """Pre-approves what was shown, or nothing."""
    _press(here, "bill.verify", Act.VERIFY)


@on.click("bill.confirm", right=APPROVERS, now=True)
def confirm(here: Here) -> None:
    """Asks the second of two approvers for the end of the account."""
    what, kept = bill_press.pressed(here, "bill.confirm")
    here.chat.open(
        here.said, answers.digits(here.say, kept.bill, kept.doubts, bill_press.form(here, "bill.typed", what))
    )


@on.form("bill.typed", right=APPROVERS)
def typed(here: Here) -> Answer:
    """Takes the typed end of the account: what does not fit is said at the field, the rest is done by a worker."""
    what = bill_press.shown(here, "bill.typed", here.said.meta)
    kept = bill_press.kept(here, what) if what else None
    if what is None or kept is None:
        return Answer(update=notices.list_again(here.say, "bill.typed"))
    given = "".join(here.said.values.get("digits", "").split()).upper()
    if given != kept.bill.iban[-4:]:
        return Answer(errors={"digits": here.say("These are not the last four characters of the account on the bill.")})
    desk = here.desk
    with desk.store.write() as tx:
        args = [here.company.id, here.said.team, here.said.user, str(what.bill), what.print]
        key = f"{what.bill}:{here.said.user}:{here.said.view}"
        desk.work.soon(tx, "approvals", "bill.second", key, here.company.id, args)
    return Answer(clear=True)


@on.task("bill.second", lane="approvals")
def second(desk: Desk, company_id: str, team: str, user: str, bill: str, print: str) -> None:
    """The second signature, by one who has typed the end of the account."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        kept = bills.get(tx, company_id, int(bill))
    digits = kept.bill.iban[-4:] if kept and kept.print == print else ""
    try:
        outcome = deciding.begin(desk, company, team, user, Press(int(bill), print, Act.APPROVE, digits=digits))
    except ProcountorError:
        tell_one(desk, company_id, team, user, answers.silent)
        return
    if not (isinstance(outcome, Noted) and outcome.mine):
        able = _able(desk, company_id, outcome, user)
        tell_one(desk, company_id, team, user, lambda say: answers.outcome(say, outcome, able))


def _press(here: Here, purpose: str, act: Act) -> None:
    what = in_use(bill_press.shown(here, purpose))
    try:
        outcome = deciding.begin(
            here.desk, here.company, here.said.team, here.said.user, Press(what.bill, what.print, act)
        )
    except Unauthorized:
        pausing.pause(here.desk, here.company.id)
        return here.whisper(answers.silent(here.say))
    except ProcountorError:
        return here.whisper(answers.silent(here.say))
    if isinstance(outcome, Noted) and outcome.mine:
        return None  # the card says it
    here.whisper(answers.outcome(here.say, outcome, _able(here.desk, here.company.id, outcome, here.said.user)))
    return None


def _able(desk: Desk, company_id: str, outcome: Outcome, besides: str) -> list[str]:
    """Who could do it, where the presser may not."""
    if not isinstance(outcome, Refusal):
        return []
    return bill_facts.able(desk, papers.company_of(desk, company_id), outcome.bill, besides)


@on.task("bill.sorry", lane="hear")
def sorry(desk: Desk, company_id: str, decision: str) -> None:
    """Tells the one who decided that it came to nothing, and why."""
    with desk.store.read() as tx:
        d = decisions.get(tx, company_id, int(decision))
        kept = bills.get(tx, company_id, d.bill)
        told = piles.holds(tx, d)  # in the message about all that were signed together
    if kept is not None and not told:
        bill = kept.bill
        tell_one(desk, company_id, d.team, d.user, lambda say: answers.sorry(say, bill, d.problem))


@on.task("bill.alarm", lane="hear")
def alarm(desk: Desk, company_id: str, decision: str) -> None:
    """A bill was changed while it was being approved: the approver and finance hear it at once."""
    with desk.store.read() as tx:
        d = decisions.get(tx, company_id, int(decision))
        kept = bills.get(tx, company_id, d.bill)
        was = load(Bill, decisions.shown(tx, company_id, d.id))
    if kept is None:
        return
    bill, undone = kept.bill, d.problem == "undone"
    for user in bill_news.concerned(desk, company_id, d):
        tell_one(desk, company_id, d.team, user, lambda say: answers.contested(say, was, bill, d.user, undone=undone))
