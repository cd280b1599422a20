"""Keeps a pile's one message true: the question, then each bill as it is dealt with, then all results for good."""

from __future__ import annotations

from datetime import timedelta

from handlers import asking, papers, pile_facts
from handlers.desk import Desk
from handlers.readers import reader
from handlers.routing import Router
from handlers.showing import breathe, show
from handlers.views import pile_message as views
from storage import decisions, piles
from storage.piles import Pile

on = Router()

PATIENCE = timedelta(days=1)  # how long a question about typed numbers stands


@on.task("pile.tell", lane="tell")
def tell(desk: Desk, company_id: str, id: str) -> None:
    """Posts or redraws the message; a pile whose results are all there is closed first."""
    topic = f"pile:{id}"
    breathe(desk, company_id, topic)
    with desk.store.read() as tx:
        pile = piles.get(tx, company_id, int(id))
    if pile.state == piles.CHOOSING:
        return
    pile = _closed(desk, pile)
    chat, say = reader(desk, company_id, pile.team, pile.user)
    facts = pile_facts.of(desk, papers.company_of(desk, company_id), pile, say)
    show(desk, chat, company_id, topic, pile.user, views.picture(say, facts))


def _closed(desk: Desk, pile: Pile) -> Pile:
    """With every result final they are kept as they are: what happens later to a bill is its card's to tell."""
    if pile.state != piles.SIGNED:
        return pile
    with desk.store.write() as tx:
        laid = [item for item in piles.items(tx, pile.id) if item.part == piles.IN]
        made = {item.bill: decisions.get(tx, pile.company, item.decision) for item in laid if item.decision}
        if not all(pile_facts.final(pile, item, made.get(item.bill)) for item in laid):
            return pile
        for item in laid:
            if item.result == piles.TAKEN:
                known = pile_facts.frozen(pile, item, made[item.bill])
                piles.settle(tx, item, known.result, known.detail, item.decision)
        piles.move(tx, pile, piles.DONE, done_at=desk.clock())
        return piles.get(tx, pile.company, pile.id)


@on.every("piles.refresh", 30.0)
def refresh(desk: Desk) -> None:
    """A pile under way is looked at even if a message about it was lost; a question does not stand for ever."""
    now = desk.clock()
    with desk.store.write() as tx:
        for pile in piles.in_state(tx, piles.SIGNED):
            asking.pile_now(desk, tx, pile.company, pile.id, f"tick:{now:%Y%m%d%H%M%S}")
        for pile in piles.in_state(tx, piles.ASKING, now - PATIENCE):
            piles.move(tx, pile, piles.DROPPED, done_at=now)
            asking.pile_now(desk, tx, pile.company, pile.id, "old")
        for pile in piles.in_state(tx, piles.CHOOSING, now - PATIENCE):
            piles.forget(tx, pile)
