"""Own money until it is paid: a list finance sees, looked at in Procountor; and what a person has to do by hand (R64).

The payment itself needs Procountor's own confirmation and is made there; we only see that it was made.
"""

from __future__ import annotations

from datetime import date

from finance.authority import Right
from finance.totals import totals
from handlers import following, readers
from handlers.chat import Block, Picture
from handlers.desk import Desk, Here
from handlers.routing import Router
from handlers.views import claims as views
from handlers.views.claims import Owed, Todo
from handlers.views.tongue import Tongue
from procountor import elsewhere
from procountor.errors import ProcountorError, Unauthorized
from procountor.stored import Stored
from storage import audit, claim_money, companies, documents, rights, transfers, workspaces
from storage.claim_money import Debt
from storage.database import Tx

on = Router()

GONE = "INVALIDATED"


@on.every("claims.owed", 600.0)
def tick(desk: Desk) -> None:
    """Asks for every company that owes somebody to be looked at."""
    with desk.store.write() as tx:
        for company in claim_money.companies_owing(tx):
            if companies.get(tx, company).state == companies.READY:
                desk.work.soon(tx, "hear", "claims.look", f"{desk.clock():%Y%m%d%H%M}", company, [company])


@on.task("claims.look", lane="hear")
def look(desk: Desk, company_id: str) -> None:
    """Looks how the vouchers stand; what has been paid meanwhile is told to the claimants."""
    api = desk.books(company_id)
    with desk.store.read() as tx:
        open_ = claim_money.debts(tx, company_id)
    try:
        stand = elsewhere.stand(api, [one.remote_id for one in open_])
        paid = {one.document: _day(desk, company_id, one) for one in open_ if _settled(stand, one)}
    except (Unauthorized, ProcountorError):
        return  # the next tick looks again
    now = desk.clock()
    with desk.store.write() as tx:
        for one in open_:
            found = stand.get(one.remote_id)
            if found is None:
                continue
            state = claim_money.PAID if one.document in paid else claim_money.OPEN
            state = claim_money.GONE if found.status == GONE else state
            if claim_money.saw(tx, one, found.status, state, paid.get(one.document), now):
                details = {"procountor": one.remote_id, "status": found.status}
                audit.note(tx, company_id, "kierto", f"claim.{state}", f"document:{one.document}", now, **details)
                following.tell(desk, tx, company_id, one.document)


def _settled(stand: dict[int, Stored], one: Debt) -> bool:
    found = stand.get(one.remote_id)
    return found is not None and found.status in elsewhere.SETTLED


def _day(desk: Desk, company: str, one: Debt) -> date | None:
    """The day of the last payment."""
    days = [event.day for event in elsewhere.events(desk.books(company), one.remote_id) if event.day is not None]
    return max(days, default=None)


@on.command("expenses", right=Right.FINANCE, help="Claims that are still to be paid, and what has to be done by hand")
def list_them(here: Here) -> None:
    """Everything that waits for a person after sending."""
    with here.desk.store.write() as tx:
        here.desk.work.soon(
            tx, "hear", "claims.look", f"asked:{here.desk.clock():%Y%m%d%H%M}", here.company.id, [here.company.id]
        )
    with here.desk.store.read() as tx:
        owed, todo = _owed(tx, here.company.id), _todo(tx, here.company.id)
    here.whisper(views.standing(here.say, owed, todo))


@on.section("claims to pay", place=31, right=Right.FINANCE)
def section(here: Here) -> list[Block]:
    """How much is to be paid to how many, and how many to-dos there are."""
    with here.desk.store.read() as tx:
        owed, todo = _owed(tx, here.company.id), _todo(tx, here.company.id)
    return views.to_pay(here.say, owed, todo)


@on.task("claims.todo", lane="tell")
def tell_todo(desk: Desk, company_id: str) -> None:
    """Finance hears of what Procountor did not let us do, in direct messages."""
    with desk.store.read() as tx:
        todo = _todo(tx, company_id)
        team = companies.team_of(tx, company_id)
        place = workspaces.get(tx, team) if team else None
        users = rights.with_right(tx, company_id, Right.FINANCE)
    if not (todo and team and place and place.state == workspaces.INSTALLED):
        return

    def drawn(say: Tongue) -> Picture:
        return views.standing(say, (), todo)

    for user in users:
        readers.tell_one(desk, company_id, team, user, drawn)


def _owed(tx: Tx, company: str) -> tuple[Owed, ...]:
    open_ = claim_money.debts(tx, company)
    docs = documents.many(tx, company, [one.document for one in open_])
    found = []
    for one in open_:
        invoice = docs[one.document].invoice
        t = transfers.of(tx, company, one.document)
        theirs = t.remote_number if t else None
        found.append(
            Owed(
                invoice.number, invoice.seller.name, totals(invoice).gross, invoice.payment.currency, theirs, one.status
            )
        )
    return tuple(found)


def _todo(tx: Tx, company: str) -> tuple[Todo, ...]:
    marks = claim_money.marks(tx, company, claim_money.TODO)
    docs = documents.many(tx, company, [m.document for m in marks])
    return tuple(_todo_of(tx, company, docs, m) for m in marks)


def _todo_of(tx: Tx, company: str, docs: dict[int, documents.Document], m: claim_money.Mark) -> Todo:
    invoice = docs[m.document].invoice
    t = transfers.of(tx, company, m.document)
    purchase = bool(invoice.claim and invoice.claim.purchase)
    return Todo(invoice.number, t.remote_number if t else None, m.paid_on, m.amount, m.currency, m.why, purchase)
