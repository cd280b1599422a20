"""The exception of a one-person company: every signature it alone allows is noted, and told to admins and finance."""

from __future__ import annotations

from finance import duties
from finance.authority import Right
from handlers.desk import Desk
from storage import audit, rights
from storage.companies import Company
from storage.database import Tx

TRAIL = "alone.used"


def used(desk: Desk, tx: Tx, company: Company, who: tuple[str, str], right: Right, subject: str, about: str) -> None:
    """Notes, in the transaction of the decision itself, that (team, user) signs; nothing in a company of several.

    ``subject`` is the trail's name of the thing ("bill:123"), ``about`` what people know it by.
    """
    if not duties.excepted(right, company.choices):
        return
    team, user = who
    details = {"right": right.value, "about": about}
    row = audit.note(tx, company.id, f"{team}/{user}", TRAIL, subject, desk.clock(), **details)
    hearers = {to for held in (Right.ADMIN, Right.FINANCE) for to in rights.with_right(tx, company.id, held)}
    for to in sorted(hearers):  # he himself too: often there is nobody else
        args = [company.id, team, to, str(row)]
        desk.work.soon(tx, "tell", "alone.tell", f"{row}:{to}", company.id, args)
