"""A person's copy of a bill, drawn as the bill now is: posted once, and redrawn after whatever happens anywhere."""

from __future__ import annotations

from handlers import bill_facts, bill_press, first_page, papers, threads
from handlers.bill_card_place import place, topic
from handlers.chat import Chat, ChatTrouble, Posted
from handlers.desk import Desk, Here
from handlers.readers import NOBODY, reader
from handlers.routing import Router
from handlers.showing import breathe, show
from handlers.views import bill as views
from handlers.views.bill import Facts, Handle
from handlers.views.tongue import Tongue
from storage import audit, bills, cards, messages
from storage.bills import Kept
from storage.cards import Card
from storage.companies import Company
from storage.messages import Message

on = Router()


@on.task("bill.card", lane="tell")
def draw(desk: Desk, company_id: str, bill: str, team: str, user: str) -> None:
    """Draws one copy. A person who cannot be reached in Slack any more keeps nobody else waiting; the trail says so."""
    breathe(desk, company_id, topic(int(bill), user))  # first: what is drawn is what is true after the wait
    company = papers.company_of(desk, company_id)
    kept, card = _kept(desk, company_id, int(bill), team, user)
    if kept is None or card is None:
        return
    try:
        chat, say = reader(desk, company_id, team, user)
        facts = bill_facts.of(desk, company, kept, card, say)
        _show(desk, chat, company, kept, card, say, facts)
        _redrawn_again(desk, chat, company, card, say, facts, _handles(desk, company, kept, team))
    except ChatTrouble as trouble:
        if trouble.code not in NOBODY:
            raise
        with desk.store.write() as tx:
            cards.change(tx, company_id, int(bill), team, user, state=cards.PASSED)
            audit.note(tx, company_id, "kierto", "bill.unreachable", f"bill:{bill}", desk.clock(), to=f"{team}/{user}")
        return
    with desk.store.write() as tx:
        cards.change(tx, company_id, int(bill), team, user, shown_print=kept.print)
        first_page.ask(desk, tx, company, kept, team)


@on.task("bill.held", lane="tell")
def held(desk: Desk, company_id: str, bill: str, team: str, user: str) -> None:
    """A card whose reader wanted to hear of it later; nothing when it is settled meanwhile, or lies there no more."""
    _, card = _kept(desk, company_id, int(bill), team, user)
    if card is not None and (card.state == cards.LIVE or place(desk, company_id, int(bill), user) is not None):
        draw(desk, company_id, bill, team, user)


def _kept(desk: Desk, company_id: str, bill: int, team: str, user: str) -> tuple[Kept | None, Card | None]:
    with desk.store.read() as tx:
        return bills.get(tx, company_id, bill), cards.of(tx, company_id, bill, team, user)


def _handles(desk: Desk, company: Company, kept: Kept, team: str) -> Handle:
    return lambda purpose: bill_press.handle(desk, company, team, kept, purpose)


def _show(desk: Desk, chat: Chat, company: Company, kept: Kept, card: Card, say: Tongue, facts: Facts) -> None:
    """With the picture of its first page, and without it when Slack does not (or no longer) show that one."""
    handle = _handles(desk, company, kept, card.team)
    where = (company.id, topic(kept.bill.id, card.user), card.user)
    try:
        show(desk, chat, *where, views.card(say, facts, handle))
    except ChatTrouble as trouble:
        if trouble.code != "invalid_blocks" or not facts.extra.picture:
            raise
        first_page.forget(desk, company, kept.bill.id, card.team)
        show(desk, chat, *where, views.card(say, views.without_picture(facts), handle))


# the buttons once more, in the card's thread


@on.reply("bill", commands=True)
def talked(here: Here) -> None:
    """Words in the thread of a card decide nothing: the card's state and its buttons are shown there again."""
    bill = threads.topic(here).split(":")[1]
    args = [here.company.id, bill, here.said.team, here.said.user]
    with here.desk.store.write() as tx:
        here.desk.work.soon(tx, "tell", "bill.again", f"{bill}:{here.said.user}:{here.said.ts}", args[0], args)


@on.task("bill.again", lane="tell")
def again(desk: Desk, company_id: str, bill: str, team: str, user: str) -> None:
    """Posts them under the card; those of an earlier time lose their buttons."""
    company = papers.company_of(desk, company_id)
    kept, card = _kept(desk, company_id, int(bill), team, user)
    stands = place(desk, company_id, int(bill), user)
    if kept is None or card is None or stands is None:
        return
    chat, say = reader(desk, company_id, team, user)
    with desk.store.read() as tx:
        before = messages.find(tx, company_id, _again(card))
    if before is not None:
        _moved(chat, Posted(before.channel, before.ts), say)
    facts = bill_facts.of(desk, company, kept, card, say)
    posted = chat.post(stands.channel, views.again(say, facts, _handles(desk, company, kept, team)), stands.ts)
    with desk.store.write() as tx:
        messages.keep(tx, company_id, _again(card), Message(posted.channel, posted.ts, "", desk.clock()))


def _moved(chat: Chat, where: Posted, say: Tongue) -> None:
    try:
        chat.redraw(where, views.moved(say))
    except ChatTrouble as trouble:
        if trouble.code != "message_not_found":  # somebody has removed it
            raise


def _redrawn_again(
    desk: Desk, chat: Chat, company: Company, card: Card, say: Tongue, facts: Facts, handle: Handle
) -> None:
    """Nobody ever sees live buttons on a settled bill, in a thread neither."""
    with desk.store.read() as tx:
        there = messages.find(tx, company.id, _again(card))
    if there is not None:
        show(desk, chat, company.id, _again(card), card.user, views.again(say, facts, handle))


def _again(card: Card) -> str:
    return f"{topic(card.bill, card.user)}:again"
