"""Who stands in for whom today: our own absences and Procountor's substitutions. There are no chains."""

from __future__ import annotations

from datetime import date

from finance.circulation import Substitution
from handlers.desk import Desk
from storage import absences, staff
from storage.absences import Absence
from storage.companies import Company
from storage.database import Tx


def stand_in(tx: Tx, company: Company, user: str, today: date) -> str:
    """The Slack user who stands in for ``user`` today; "" for nobody. A substitute's own absence does not count."""
    absence = absences.of(tx, company.id, company.team, user)
    return absence.substitute if absence is not None and absence.on(today) else ""


def covered(tx: Tx, company: Company, user: str, today: date) -> tuple[Absence, ...]:
    """The absences of those for whom ``user`` stands in today."""
    return tuple(a for a in absences.all(tx, company.id) if a.substitute == user and a.on(today))


def substitutions(desk: Desk, company: Company) -> tuple[Substitution, ...]:
    """Our own absences in Procountor's terms, of those who are users there on both sides."""
    with desk.store.read() as tx:
        known = {human.user: human.user_id for human in staff.all(tx, company.id) if human.user and human.user_id}
        there = absences.all(tx, company.id)
    found = []
    for absence in there:
        gone, stands = known.get(absence.user), known.get(absence.substitute)
        if gone is not None and stands is not None:
            found.append(Substitution(gone, stands, stands, absence.first, absence.last, known=False))
    return tuple(found)


def is_away(tx: Tx, company: Company, user: str, today: date) -> bool:
    """Whether the person is away today: nobody is reminded who is."""
    absence = absences.of(tx, company.id, company.team, user)
    return absence is not None and absence.on(today)
