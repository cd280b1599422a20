"""A person's copy of a bill, drawn as the bill now is: posted once, and redrawn after whatever happens anywhere."""

from __future__ import annotations

from handlers import bill_facts, bill_press, papers
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from handlers.readers import reader
from handlers.routing import Router
from handlers.showing import breathe, show
from handlers.views import bill as views
from storage import audit, bills, cards

on = Router()

NOBODY = frozenset({"user_not_found", "user_disabled", "channel_not_found", "is_archived"})


@on.task("bill.card", lane="tell")
def draw(desk: Desk, company_id: str, bill: str, team: str, user: str) -> None:
    """Draws one copy. A person who cannot be reached in Slack any more keeps nobody else waiting; the trail says so."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        kept, card = bills.get(tx, company_id, int(bill)), cards.of(tx, company_id, int(bill), team, user)
    if kept is None or card is None:
        return
    topic = f"bill:{bill}:{user}"
    breathe(desk, company_id, topic)
    try:
        chat, say = reader(desk, company_id, team, user)
        facts = bill_facts.of(desk, company, kept, card, say)
        picture = views.card(say, facts, lambda purpose: bill_press.handle(desk, company, team, kept, purpose))
        show(desk, chat, company_id, topic, user, picture)
    except ChatTrouble as trouble:
        if trouble.code not in NOBODY:
            raise
        with desk.store.write() as tx:
            cards.change(tx, company_id, int(bill), team, user, state=cards.PASSED)
            audit.note(tx, company_id, "kierto", "bill.unreachable", f"bill:{bill}", desk.clock(), to=f"{team}/{user}")
        return
    with desk.store.write() as tx:
        cards.change(tx, company_id, int(bill), team, user, shown_print=kept.print)
