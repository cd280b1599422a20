"""Whom a number, an address or a name means, among everybody who is known: for project managers and bills (R44)."""

from __future__ import annotations

from finance.lists import ListKind
from finance.people import Person, Roster
from storage import registers, staff
from storage.database import Tx
from storage.staff import Human

_KEPT = "staff:"


def roster(tx: Tx, company: str) -> Roster:
    """The PSA's people, and those who are known without standing on its list."""
    listed = registers.all(tx, company, ListKind.PEOPLE, Person)
    others = [h for h in staff.all(tx, company) if h.psa not in listed]
    return Roster.of([*listed.values(), *(Person(h.name, f"{_KEPT}{h.id}", h.email) for h in others)])


def human_of(tx: Tx, company: str, person: Person) -> Human | None:
    """The human being behind somebody the roster has found; None before anything is known of him but the list."""
    if person.key.startswith(_KEPT):
        return staff.get(tx, company, int(person.key.removeprefix(_KEPT)))
    return staff.by_psa(tx, company, person.key)
