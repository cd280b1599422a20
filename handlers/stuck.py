"""A decision whose effect is not known and whose looking after broke down: its person is told, and has it looked for.

It is never sent again, whoever presses: looking is all that is done.
"""

from __future__ import annotations

from handlers import arriving, deciding, standing
from handlers.buttons import issued, pressed
from handlers.desk import Desk, Here
from handlers.readers import tell_one
from handlers.routing import Router
from handlers.views import bill_answers as answers
from storage import audit, bills, decisions

on = Router()

LOOK = "bill.look"


@on.task("bill.stuck", lane="hear")
def tell(desk: Desk, company_id: str, decision: str) -> None:
    """Tells the one who decided; the admins have been told of the work that was set aside, with its incident."""
    with desk.store.read() as tx:
        d = decisions.get(tx, company_id, int(decision))
        kept = bills.get(tx, company_id, d.bill)
    if kept is None or d.problem != decisions.STUCK:
        return
    bill, handle = kept.bill, issued(desk, company_id, d.team, LOOK, str(d.id))
    tell_one(desk, company_id, d.team, d.user, lambda say: answers.stuck(say, bill, handle))


@on.click(LOOK, right=standing.ANY)
def look_again(here: Here) -> None:
    """Somebody has seen to what broke down, or wants to know."""
    subject = pressed(here, LOOK)
    desk, now = here.desk, here.desk.clock()
    with desk.store.write() as tx:
        d = decisions.get(tx, here.company.id, int(subject))
        stands = d.problem == decisions.STUCK and decisions.move(tx, d, decisions.UNSURE, problem="")
        if stands:
            deciding.ask(desk, tx, d, f"again:{now:%Y%m%d%H%M%S%f}")
            audit.note(tx, d.company, here.who, "bill.looked for", f"bill:{d.bill}", now, decision=d.id)
            arriving.redraw(desk, tx, d.company, d.bill, f"again:{d.id}:{now:%Y%m%d%H%M%S%f}")
    return here.whisper(answers.looking(here.say) if stands else answers.looked(here.say))
