"""A bill's card on demand: from a list, the Home tab or an answer it comes to the foot of the direct conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers import arriving, bill_page, standing
from handlers.bill_page import Spot
from handlers.buttons import pressed, subject_of
from handlers.chat import ChatTrouble, Posted
from handlers.desk import Desk, Here
from handlers.readers import reader
from handlers.routing import Router
from handlers.views import bill_answers as answers
from handlers.views import notices
from storage import audit, bills, cards, messages

on = Router()

NEAR = timedelta(minutes=10)  # a card posted since is where the reader looks


@on.click("bill.open", right=standing.ANY, now=True)
def open_(here: Here) -> None:
    """Gives the reader the card, if he may see the bill; the list he comes from says where it is."""
    subject = pressed(here, "bill.open")
    bill = int(subject)
    with here.desk.store.read() as tx:
        kept = bills.get(tx, here.company.id, bill)
    if kept is None or not standing.of(here).sees(bill):
        return _tell(here, here.say("You may not see this bill."))
    _ask(here, bill)
    name = answers.name_of(here.say, kept.bill)
    return _tell(here, here.say("{bill}: its card is in our direct conversation, under Messages.", bill=name))


def _ask(here: Here, bill: int) -> None:
    company, team, user, now = here.company.id, here.said.team, here.said.user, here.desk.clock()
    with here.desk.store.write() as tx:
        if cards.show(tx, company, bill, team, user, "", now):
            audit.note(tx, company, here.who, "bill.opened", f"bill:{bill}", now)
        args = [company, str(bill), team, user]
        here.desk.work.soon(tx, "tell", "bill.open_again", f"{bill}:{user}:{now:%Y%m%d%H%M%S%f}", company, args)


def _tell(here: Here, told: str) -> None:
    """In the list the reader has before him; else in a form of its own."""
    if not here.said.view:
        return here.chat.open(here.said, notices.closing(here.say, told, "bill.opened"))
    subject = subject_of(here, here.said.meta, "bills.list")
    if subject is None:  # a form about several bills
        return here.chat.open(here.said, notices.closing(here.say, told, "bill.opened"))
    return here.chat.refresh(here.said.view, bill_page.drawn(here, Spot.of(subject), f":white_check_mark: {told}"))


@on.task("bill.open_again", lane="tell")
def again(desk: Desk, company_id: str, bill: str, team: str, user: str) -> None:
    """An old card gives its place to a new one further down: there is only ever one."""
    topic = f"bill:{bill}:{user}"
    with desk.store.read() as tx:
        old, kept = messages.find(tx, company_id, topic), bills.get(tx, company_id, int(bill))
    if kept is None:
        return
    if old is not None and desk.clock() - _posted(old.ts) > NEAR:
        chat, say = reader(desk, company_id, team, user)
        told = notices.plain(say("{bill}: its card is further down.", bill=answers.name_of(say, kept.bill)))
        try:
            chat.redraw(Posted(old.channel, old.ts), told)
        except ChatTrouble as trouble:
            if trouble.code != "message_not_found":
                raise
        with desk.store.write() as tx:
            messages.forget(tx, company_id, topic)
    with desk.store.write() as tx:
        why = f"again:{desk.clock():%Y%m%d%H%M%S%f}"
        arriving.ask_card(desk, tx, company_id, int(bill), team, user, why, wanted=True)


def _posted(ts: str) -> datetime:
    """When a message was posted: Slack's name of a message begins with its second."""
    return datetime.fromtimestamp(float(ts), UTC)
