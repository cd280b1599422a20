"""The form in which a choice from a list is looked through before it is signed: it binds what it shows."""

from __future__ import annotations

from dataclasses import replace

from finance.circulation import Act
from handlers import pile_parts, standing
from handlers.chat import Modal
from handlers.desk import Here
from handlers.views import pile_form as views
from handlers.views.pile import Facts, Stand
from storage import handles, piles
from storage.piles import Pile


def drawn(here: Here, pile: Pile, act: Act, back: str) -> Modal:
    """The form as the bills now are; each is bound to the print of what is shown here. ``back`` is the list's spot."""
    with here.desk.store.read() as tx:
        items = piles.items(tx, pile.id)
    judged = pile_parts.judge(standing.of(here), here.say, pile, act, items, typed=False)
    team, now, company = here.said.team, here.desk.clock(), here.company.id
    told = []
    with here.desk.store.write() as tx:
        parts = {one.kept.bill.id: (pile_parts.PARTS[one.piled.stand], one.kept.print) for one in judged}
        piles.lay(tx, pile, act, parts)
        for one in judged:
            large = one.piled.stand is Stand.LARGE
            purpose = "pile.large" if large else "bill.open"
            handle = handles.issue(tx, company, team, purpose, str(one.kept.bill.id), now)
            told.append(replace(one.piled, tick=handle) if large else replace(one.piled, handle=handle))
        meta = handles.issue(tx, company, team, "pile.sign", str(pile.id), now)
        spot = handles.issue(tx, company, team, "bills.list", back, now)
    return views.form(here.say, Facts(act, tuple(told)), meta, spot)
