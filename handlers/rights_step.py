"""The setup's step about rights: who may send, who may approve and up to what, and what to do when nobody may."""

from __future__ import annotations

from finance import authority
from finance.authority import Right
from handlers.routing import Router
from handlers.steps import Look
from handlers.views import rights_steps
from handlers.views.rights_steps import Approver, Rights
from handlers.views.steps import Step
from storage import rights
from storage.database import Tx

on = Router()


@on.step("rights", place=80)
def step(look: Look) -> Step:
    """From the rights as they are kept; nobody is asked."""
    with look.desk.store.read() as tx:
        everybody = rights.everybody(tx, look.company.id)
        admins, senders = (_able(tx, look, right) for right in (Right.ADMIN, Right.FINANCE))
    approvers = tuple(
        Approver(user, grant.right, grant.limits)
        for (_, user), grants in everybody.items()
        for grant in grants
        if grant.right in (Right.APPROVE, Right.APPROVE_CLAIMS) and grant.limits
    )
    return rights_steps.step(look.say, Rights(admins, senders, approvers, look.company.choices.one_person))


def _able(tx: Tx, look: Look, right: Right) -> tuple[str, ...]:
    """Those who may use the right now."""
    company, now, alone = look.company, look.desk.clock(), look.company.choices.one_person
    given = rights.with_right(tx, company.id, right)
    holders = {user: rights.holder(tx, company.id, company.team, user) for user in given}
    return tuple(user for user in given if authority.may(holders[user], right, now, alone=alone).allowed)
