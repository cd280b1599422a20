"""A bill as just read from Procountor is taken in: aimed, doubted, kept, put on a desk, redrawn where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from finance.authority import Right
from finance.bill import SETTLED, Bill, print_of
from finance.bill_doubts import REMEMBERED, Supplier, doubts
from finance.canonical import dump
from finance.targeting import Aim, aim
from handlers import absence, asking, dividing, held, leads, papers
from handlers.desk import Desk
from handlers.leads import Leads
from procountor import bills as resource
from procountor import partners
from procountor.api import Api
from procountor.errors import Refused
from storage import audit, bills, cards, piles, rights, suppliers
from storage.companies import Company
from storage.database import Tx

STANDS = "stands:"  # and whom the reader stands in for: why he has the bill
ESCALATES = "escalated:"  # and whose silence brought it
LOOK = timedelta(hours=20)  # how long what is known of a supplier is taken as read
MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Told:
    """What one fetch brought."""

    new: int = 0
    changed: int = 0
    moved: int = 0
    read: int = 0


def take_in(desk: Desk, company: Company, api: Api, found: Sequence[Bill], asked: datetime | None = None) -> Told:
    """Takes in bills; those born in the PSA are our own and go to nobody. Raises ProcountorError.

    ``asked`` is when they were asked for, None for just now.
    """
    counts: dict[str, int] = {}
    known = leads.of(desk, company)
    for bill in found:
        if not bill.marker:
            what = note(desk, company, api, bill, known, asked=asked)
            counts[what] = counts.get(what, 0) + 1
    return Told(counts.get("new", 0), counts.get("changed", 0), counts.get("moved", 0), len(found))


def note(
    desk: Desk,
    company: Company,
    api: Api,
    bill: Bill,
    known: Leads | None = None,
    *,
    asked: datetime | None = None,
) -> str:
    """Keeps one bill as it now is and asks for its copies to be redrawn; gives what `storage.bills.keep` gives."""
    asked = asked or desk.clock()
    with desk.store.read() as tx:
        before = bills.get(tx, company.id, bill.id)
    if before is not None and bills.older(before.read_at, asked):
        return "older"
    if before is not None and before.bill == bill:
        return "same"
    fresh = before is None or before.print != print_of(bill)
    opened = fresh or (before is not None and not before.bill.is_open)  # of a settled one no doubts are kept
    supplier = _supplier(desk, company, api, bill) if opened and bill.is_open else None
    aimed = before.aim if before and not fresh else aim_of(company, bill, known or leads.of(desk, company))
    found = doubts(bill, supplier) if supplier else before.doubts if before and bill.is_open else ()
    with desk.store.write() as tx:
        what = bills.keep(tx, company.id, bill, aimed, found, desk.clock(), asked=asked)
        if what == "new":
            details = {"supplier": bill.supplier, "number": bill.original_number, "status": bill.status}
            audit.note(tx, company.id, "kierto", "bill.arrived", f"bill:{bill.id}", desk.clock(), **details)
        if what not in ("same", "older"):
            _desks(desk, tx, company, bill, aimed, before.bill.status if before else "")
        if what == "changed" and bill.is_open:
            dividing.again(desk, tx, company.id, bill.id)
    return what


def aim_of(company: Company, bill: Bill, known: Leads) -> Aim:
    """Whose it is, by what stands on it."""
    return aim(bill, company.choices.target_fields, known.projects, known.people, known.rules)


def _desks(desk: Desk, tx: Tx, company: Company, bill: Bill, aimed: Aim, before: str) -> None:
    """An open bill lies on somebody's desk; a settled one on nobody's, and every copy shows it."""
    if bill.is_open:
        cards.reopen(tx, company.id, bill.id)
        if not any(card.state == cards.LIVE for card in cards.all(tx, company.id, bill.id)):
            deal(desk, tx, company, bill.id, recipient(tx, company, aimed), dump(aimed))
    else:
        cards.settle(tx, company.id, bill.id)
    redraw(desk, tx, company.id, bill.id, f"{bill.status}:{bill.version}:{print_of(bill)[:12]}:{before}")


def recipient(tx: Tx, company: Company, aimed: Aim) -> str:
    """The Slack user who gets it: the one aimed at, else the default recipient, else somebody of finance."""
    if aimed.who:
        return aimed.who
    default = company.choices.default_recipient
    if default:
        return default
    return next(iter(rights.with_right(tx, company.id, Right.FINANCE)), "")


def deal(desk: Desk, tx: Tx, company: Company, bill: int, user: str, why: str) -> bool:
    """Puts the bill on a person's desk and asks for the card; False when there is nobody, or it lies there already.

    Of somebody who is away the substitute gets one, too: both may act.
    """
    if not user or not company.team:
        return False
    dealt = _lay(desk, tx, company, bill, user, why)
    stands = absence.stand_in(tx, company, user, papers.today(desk))
    if dealt and stands:
        _lay(desk, tx, company, bill, stands, f"{STANDS}{user}")
    return dealt


def cover(desk: Desk, tx: Tx, company: Company, user: str, substitute: str) -> int:
    """Lays everything that waits for ``user`` on his substitute's desk, too; gives how many bills."""
    waiting = cards.held_by(tx, company.id, company.team, user)
    return sum(_lay(desk, tx, company, card.bill, substitute, f"{STANDS}{user}") for card in waiting)


def _lay(desk: Desk, tx: Tx, company: Company, bill: int, user: str, why: str) -> bool:
    dealt = cards.deal(tx, company.id, bill, company.team, user, why, desk.clock())
    if dealt:
        details = {"to": f"{company.team}/{user}"}
        audit.note(tx, company.id, "kierto", "bill.dealt", f"bill:{bill}", desk.clock(), **details)
        ask_card(desk, tx, company.id, bill, company.team, user, f"dealt:{desk.clock():%Y%m%d%H%M%S%f}")
    return dealt


def redraw(desk: Desk, tx: Tx, company: str, bill: int, why: str) -> None:
    """Asks for every copy of the bill to be redrawn, and what tells of it; ``why`` makes it once for each reason."""
    for card in cards.all(tx, company, bill):
        ask_card(desk, tx, company, bill, card.team, card.user, why)
    for pile in piles.told_of(tx, company, bill):
        asking.telling_pile(desk, tx, company, pile)


def ask_card(
    desk: Desk, tx: Tx, company: str, bill: int, team: str, user: str, why: str, *, wanted: bool = False
) -> None:
    """Asks for one copy to be drawn as the bill then is; a new one comes when its reader wants to hear of it.

    ``wanted``: he has asked for it now.
    """
    args, key = [company, str(bill), team, user], f"{bill}:{user}:{why}"
    after = 0.0 if wanted else held.seconds(desk, tx, company, bill, team, user)
    if after == 0:
        desk.work.soon(tx, "tell", "bill.card", key, company, args)
    elif after is not None:
        desk.work.soon(tx, "tell", "bill.held", key, company, args, after)


def _supplier(desk: Desk, company: Company, api: Api, bill: Bill) -> Supplier:
    """What is known of the bill's supplier: his other bills, and the accounts that were paid to."""
    if bill.partner_id is None:
        return Supplier()
    with desk.store.read() as tx:
        known = suppliers.get(tx, company.id, bill.partner_id)
        others = bills.alike(tx, company.id, bill)
    # An account that is not known is looked for again: what was learnt of it since may clear it.
    if known is None or desk.clock() - known.looked_at > LOOK or bill.iban not in known.paid_to:
        registered, paid_to = _accounts(api, bill.partner_id)
        with desk.store.write() as tx:
            suppliers.keep(tx, company.id, bill.partner_id, registered, paid_to, desk.clock())
            known = suppliers.get(tx, company.id, bill.partner_id)
    assert known is not None
    return Supplier(known.paid_to, known.registered, _lately(known.changed_at, desk.clock()), others)


def _lately(changed: datetime | None, now: datetime) -> bool:
    return changed is not None and now - changed < MONTH


def _accounts(api: Api, partner: int) -> tuple[str, tuple[str, ...]]:
    """The register's account, and those of the last paid bills, the newest first."""
    try:
        registered = partners.account(api, partner)
    except Refused:
        registered = ""
    paid = sorted(resource.of_supplier(api, partner, SETTLED), key=lambda found: (str(found.date), found.id))
    last: list[Any] = [found.id for found in paid[-REMEMBERED:]]
    read = sorted(resource.get_many(api, last), key=lambda bill: last.index(bill.id), reverse=True) if last else []
    return registered, tuple(bill.iban for bill in read if bill.iban)
