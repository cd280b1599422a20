"""Claims in finance's morning: how many wait for an approval, how many are to be paid, what needs a hand."""

from __future__ import annotations

from handlers.mornings import Morning, Part
from handlers.routing import Router
from handlers.views import mornings as views
from handlers.views.board import Claims
from storage import captures, claim_money

on = Router()


@on.morning("claims", place=15)
def claims(morning: Morning) -> Part | None:
    """What waits for an approval is told to those who approve: for finance alone it is no reason for a message."""
    with morning.desk.store.read() as tx:
        waiting, (owed, todo) = captures.waiting(tx, morning.company.id), claim_money.left(tx, morning.company.id)
    found = Claims(waiting, owed, todo)
    if found == Claims():
        return None
    return Part(lambda say: views.claims(say, found), calls=bool(owed or todo))
