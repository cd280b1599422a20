"""What an approver's copy of a claim shows, read from the rows as they now are."""

from __future__ import annotations

from handlers.claim_approvers import bar
from handlers.desk import Desk
from handlers.views import claim_card as views
from handlers.views.claim_card import Facts
from handlers.views.tongue import Tongue
from storage import captured_receipts as receipts
from storage import captures, rights
from storage.captures import Captured
from storage.companies import Company


def of(desk: Desk, company: Company, one: Captured, team: str, user: str, say: Tongue) -> Facts | None:
    """The facts for one reader; None for a claim that was never sent, or does not lie on his desk."""
    claim = one.claim
    with desk.store.read() as tx:
        why = next((w for t, u, w in captures.desks(tx, one) if (t, u) == (team, user)), None)
        papers = [paper for paper in receipts.of_claim(tx, one.company, one.id) if paper.state == receipts.GOOD]
        if claim is None or why is None:
            return None
        holder = rights.holder(tx, company.id, team, user)
        found = bar(tx, desk, company, one, claim, holder) if one.state == captures.WAITING else None
    return Facts(
        one.number,
        claim,
        one.user,
        one.state,
        why,
        len(papers),
        reason=one.reason,
        by=one.decided_by.partition("/")[2],
        at=one.decided_at,
        bar=views.barred(say, found.value) if found else "",
    )
