"""Whether somebody may sign a bill, with all that the decision needs read anew: rights, circulation, who has acted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from finance import signing as rules
from finance.authority import Holder
from finance.bill import Bill, Place
from finance.circulation import Act, Circulation, Substitution
from finance.signing import Case, House, Signing
from handlers import circulating, papers
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from procountor import circulation
from procountor.api import Api
from procountor.circulation import Settings
from storage import decisions, own_keys, rights
from storage.companies import Company
from storage.decisions import Decision

STALE = 30.0  # seconds for which the company's circulation is taken as read (reliability.md E1: at most 60)


@dataclass(frozen=True, slots=True)
class Signer:
    """A person as a decision sees him: ``own_key`` tells whether Procountor will hear it from himself."""

    team: str
    user: str
    holder: Holder
    own_key: bool


def signer(desk: Desk, company: Company, team: str, user: str) -> Signer:
    """The person now. Somebody Slack cannot tell us about is a stranger."""
    try:
        trusted = desk.chats(team).profile(user).trusted
    except ChatTrouble:
        trusted = False
    with desk.store.read() as tx:
        holder = rights.holder(tx, company.id, team, user)
        own = own_keys.get(tx, company.id, team, user)
    return Signer(team, user, replace(holder, trusted=trusted), own is not None)


def house(desk: Desk, company: Company) -> House:
    """How the company signs. Raises ProcountorError."""

    def read() -> Circulation:
        found = _rules(circulation.settings(desk.books(company.id)))
        circulating.keep(desk, company.id, found)
        return found

    rules_ = desk.memo.get(("circulation", company.id), STALE, read)
    return House(rules_, company.choices.verify_and_approve, company.choices.one_person)


def case(desk: Desk, company: Company, bill: Bill) -> Case:
    """The bill as the decision sees it: who has acted in Procountor and through us, whoever they are there."""
    with desk.store.read() as tx:
        made = [d for d in decisions.of_bill(tx, company.id, bill.id) if d.state in (decisions.DONE, decisions.SIGNED)]
    return Case(
        status=bill.status,
        amount=bill.gross,
        currency=bill.currency,
        verifiers=bill.verifiers,
        acceptors=bill.acceptors,
        verified=_acted(bill.verifiers) | _decided(made, Act.VERIFY),
        approved=_acted(bill.acceptors) | _decided(made, Act.APPROVE, bill),
    )


def may(desk: Desk, company: Company, who: Signer, act: Act, bill: Bill) -> Signing:
    """The decision, now. Raises ProcountorError when the circulation cannot be read."""
    signs, matter = house(desk, company), case(desk, company, bill)
    now, today = desk.clock(), papers.today(desk)
    return rules.may_sign(who.holder, act, matter, signs, now, today, own_key=who.own_key)


def books_of(desk: Desk, company: Company, d: Decision) -> Api:
    """The conversation in which the decision is told: with the person's own key if it was noted so."""
    own = desk.own_books(company.id, d.team, d.user) if d.own_key else None
    return own or desk.books(company.id)


def _acted(places: Iterable[Place]) -> frozenset[str]:
    return frozenset(f"user:{place.user}" for place in places if place.acted is not None)


def _decided(made: Iterable[Decision], act: Act, bill: Bill | None = None) -> frozenset[str]:
    """Those who did it through us; an approval that was undone since counts no more."""
    names = set()
    for d in made:
        if d.act is act and (bill is None or not _undone(d, bill)):
            names |= {d.who, *([f"user:{d.user_id}"] if d.user_id is not None else [])}
    return frozenset(names)


def _undone(d: Decision, bill: Bill) -> bool:
    """With named acceptors Procountor itself knows who has acted; a bill made unfinished has forgotten it."""
    if d.state != decisions.DONE:
        return False
    return bool(bill.acceptors) and all(place.acted is None for place in bill.acceptors)


def _rules(told: Settings) -> Circulation:
    stand_ins = tuple(
        Substitution(s.user_id, s.verifier, s.approver, s.start, s.end)
        for s in told.substitutions
        if s.start is not None and s.end is not None
    )
    return Circulation(
        told.bills,
        told.claims,
        told.in_order,
        told.discussion,
        tuple(named.user_id for named in told.verifiers),
        tuple(named.user_id for named in told.approvers),
        stand_ins,
    )
