"""Claims' claimants in Procountor: found through who is who, with the account that the register of persons has."""

from __future__ import annotations

from collections.abc import Iterable

from finance.claimants import Payee, Payees, key
from finance.invoice import Invoice, Party
from finance.people import Roster
from handlers.desk import Desk
from handlers.roster import human_of, roster
from procountor import partners
from storage import suppliers
from storage.database import Tx
from storage.staff import Human


def human(tx: Tx, company: str, people: Roster, claimant: Party) -> Human | None:
    """Who a claimant is: by his number in the PSA, else his address, else his whole name."""
    texts = (claimant.customer_number, claimant.email, claimant.name)
    person = next((found for text in texts if text and (found := people.find(text))), None)
    return None if person is None else human_of(tx, company, person)


def payees(tx: Tx, company: str, documents: Iterable[Invoice]) -> Payees:
    """The persons these claims are of, with the accounts that were last seen in Procountor."""
    people = roster(tx, company)
    found: dict[str, Payee] = {}
    for invoice in documents:
        claimant = invoice.seller
        if invoice.claim is None or key(claimant) in found:
            continue
        who = human(tx, company, people, claimant)
        if who is not None and who.person_id is not None:
            account = suppliers.get(tx, company, who.person_id)
            found[key(claimant)] = Payee(who.person_id, account.registered if account else "")
    return found


def learn_accounts(desk: Desk, company: str, documents: Iterable[Invoice]) -> None:
    """Notes, sealed, the accounts that the register has now. Raises ProcountorError."""
    with desk.store.read() as tx:
        ids = sorted({one.person for one in payees(tx, company, documents).values()})
    if not ids:
        return
    seen = partners.accounts(desk.books(company), ids)
    with desk.store.write() as tx:
        for id in ids:
            suppliers.keep(tx, company, id, seen.get(id, ""), (), desk.clock())
