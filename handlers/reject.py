"""Saying no to a bill: with a reason, which Procountor's discussion and finance get."""

from __future__ import annotations

from finance import decision as rules
from finance.authority import Right
from finance.bill import Bill
from finance.canonical import dump
from finance.circulation import Act
from handlers import bill_news, bill_press, deciding, papers, signing, standing
from handlers.chat import Answer
from handlers.desk import Desk, Here
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import bill_answers as answers
from handlers.views import notices
from procountor import bills as resource
from procountor.errors import ProcountorError, Refused
from storage import bills, decisions
from storage.decisions import Claim, Decision

on = Router()

SAYERS = (Right.APPROVE, Right.PRE_APPROVE)


@on.click("bill.reject", right=SAYERS, now=True)
def ask(here: Here) -> None:
    """Asks for the reason."""
    what, kept = bill_press.pressed(here, "bill.reject")
    form = bill_press.form(here, "bill.no", what)
    here.chat.open(here.said, answers.reason(here.say, kept.bill, form, denies=_denies(here)))


@on.form("bill.no", right=SAYERS)
def given(here: Here) -> Answer:
    """Notes the decision with its reason; a worker does the rest, with everything read anew."""
    what = bill_press.shown(here, "bill.no", here.said.meta)
    kept = bill_press.kept(here, what) if what else None
    if what is None or kept is None:
        return Answer(update=notices.list_again(here.say, "bill.no"))
    reason = here.said.values.get("reason", "").strip()
    if not reason:
        return Answer(errors={"reason": here.say("Give a reason: somebody has to act on it.")})
    if kept.print != what.print or not kept.bill.is_open:
        gone = here.say("The bill was changed in the meantime: nothing was done. Look at the card again.")
        return Answer(update=notices.closing(here.say, gone, "bill.no"))
    act = Act.REJECT if _denies(here) else Act.OBJECT
    with here.desk.store.read() as tx:
        before = [
            d for d in decisions.of_bill(tx, here.company.id, what.bill) if d.act is act and d.state == decisions.DONE
        ]
    step = f"reject:{len(before)}" if act is Act.REJECT else f"object:{here.said.user}"
    claim = Claim(
        here.company.id, what.bill, what.print, step, act, here.said.team, here.said.user, here.holder.user_id,
        _himself(here, act, kept.bill), dump(kept.bill), reason,
    )  # fmt: skip
    d, mine = deciding.note(here.desk, here.company, claim, kept.bill)
    if not mine:
        told = answers.outcome(here.say, deciding.noted(kept.bill, d, mine=False))
        return Answer(update=notices.closing(here.say, told.text, "bill.no"))
    return Answer(clear=True)


@on.task("bill.rejected", lane="hear")
def tell(desk: Desk, company_id: str, decision: str) -> None:
    """The whole reason goes to the discussion, once, and finance hears it."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        d = decisions.get(tx, company_id, int(decision))
        kept = bills.get(tx, company_id, d.bill)
    if kept is None:
        return
    said = _discussed(desk, company.id, d)
    bill, denied = kept.bill, d.act is Act.REJECT
    for user in bill_news.finance(desk, company_id):
        tell_one(
            desk,
            company_id,
            d.team,
            user,
            lambda say: answers.rejected(say, bill, d.user, d.reason, denied=denied, in_discussion=said),
        )


def _discussed(desk: Desk, company_id: str, d: Decision) -> bool:
    """Whether the reason stands in Procountor's discussion: looked for first, because a repeat would say it twice."""
    api = desk.books(company_id)
    try:
        if any(rules.marked(comment.text) == d.id for comment in resource.comments(api, d.bill)):
            return True
        name = desk.chats(d.team).profile(d.user).name
        resource.comment(api, d.bill, rules.discussion(name, d.id, d.reason))
    except (Refused, ProcountorError):
        return False
    return True


def _denies(here: Here) -> bool:
    return here.may(Right.APPROVE).allowed


def _himself(here: Here, act: Act, bill: Bill) -> bool:
    """Whether Procountor will hear it from the person's own key."""
    stand = standing.of(here)
    return stand.who.own_key and signing.speaks_himself(stand.who, act, bill, stand.house.circulation)
