"""Whether somebody may sign a bill, with all that the decision needs read anew: rights, circulation, who has acted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from finance import authority
from finance import signing as rules
from finance.authority import Holder, Right
from finance.bill import VERIFIED, Bill, Place, print_of
from finance.bill_rules import Demand
from finance.circulation import Act, Circulation, Substitution
from finance.signing import Case, House, Signing
from handlers import absence, circulation_kept, demands, papers
from handlers.chat import ChatTrouble
from handlers.desk import Desk
from procountor import circulation
from procountor.api import Api
from procountor.circulation import Settings
from procountor.errors import Problem, Unauthorized
from storage import decisions, own_keys, rights, transfers
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
        circulation_kept.keep(desk, company.id, found)
        return found

    told = desk.memo.get(("circulation", company.id), STALE, read)
    ours = absence.substitutions(desk, company)
    whole = replace(told, substitutions=(*told.substitutions, *ours))
    return House(whole, company.choices.verify_and_approve, company.choices.one_person)


def case(desk: Desk, company: Company, bill: Bill, asked: Demand | None = None) -> Case:
    """The bill as the decision sees it: who has acted in Procountor and through us, and what the rules ask for.

    ``asked`` is the latter where it is known. Raises ProcountorError when the bill's accounting has to be read for it
    and cannot be.
    """
    asked = demands.of(desk, company, bill) if asked is None else asked
    with desk.store.read() as tx:
        made = decisions.of_bill(tx, company.id, bill.id)
        entered = transfers.started_by(tx, company.id, bill.id)
    verified = [d for d in standing(made, bill) if d.act is Act.VERIFY]
    approved = [d for d in standing(made, bill) if d.act is Act.APPROVE]
    return Case(
        status=bill.status,
        amount=bill.gross,
        currency=bill.currency,
        verifiers=bill.verifiers,
        acceptors=bill.acceptors,
        entered=frozenset({entered}) if entered else frozenset(),
        verified=_acted(bill.verifiers) | _names(verified),
        approved=_acted(bill.acceptors) | _names(approved),
        demand=asked,
        verifications=len({d.user for d in verified} & asked.verifiers),
    )


def standing(made: Sequence[Decision], bill: Bill) -> list[Decision]:
    """What was done through us and still stands: a bill that was made unfinished has forgotten it.

    Procountor tells it by the places that are empty again; of what was done in an earlier round we know it ourselves.
    """
    newest = max((d.round for d in made if d.state == decisions.DONE), default=0)
    print = print_of(bill)
    return [
        d
        for d in made
        if (d.state == decisions.SIGNED and d.print == print)
        or (d.state == decisions.DONE and d.round == newest and _stands(d, bill))
    ]


def _stands(d: Decision, bill: Bill) -> bool:
    """Of somebody who is named his own place tells; of one who stands in, or where nobody is named, the whole bill."""
    places = {Act.VERIFY: bill.verifiers, Act.APPROVE: bill.acceptors}.get(d.act, ())
    own = [place for place in places if place.user == d.user_id]
    if any(place.acted is not None for place in own or places):
        return True
    return (d.act is Act.VERIFY and bill.status == VERIFIED) or (d.act is Act.APPROVE and not bill.is_open)


def may(desk: Desk, company: Company, who: Signer, act: Act, bill: Bill) -> Signing:
    """The decision, now. Raises ProcountorError when the circulation cannot be read."""
    signs, matter = house(desk, company), case(desk, company, bill)
    now, today = desk.clock(), papers.today(desk)
    own = who.own_key and speaks_himself(who, act, bill, signs.circulation)
    return rules.may_sign(who.holder, act, matter, signs, now, today, own_key=own)


def speaks_himself(who: Signer, act: Act, bill: Bill, circulation: Circulation) -> bool:
    """Whether Procountor would take the act from the person's own key.

    A place of somebody for whom he stands in only by our own notes is not his there: the company's key fills it.
    """
    places = bill.verifiers if act in (Act.VERIFY, Act.OBJECT) else bill.acceptors
    if not places or not circulation.for_bills:
        return True
    theirs = {s.user for s in circulation.substitutions if s.known and s.by(act) == who.holder.user_id}
    return any(place.user in theirs | {who.holder.user_id} for place in places)


def may_still(desk: Desk, company: Company, d: Decision, bill: Bill) -> bool:
    """Whether one who has signed could sign now: his right may have gone since, or his limit have been lowered."""
    holder = signer(desk, company, d.team, d.user).holder
    if not authority.may(holder, Right.APPROVE, desk.clock(), alone=company.choices.one_person).allowed:
        return False
    return authority.within(holder, Right.APPROVE, bill.gross, bill.currency).allowed


def books_of(desk: Desk, company: Company, d: Decision) -> Api:
    """The conversation in which the decision is told: with the person's own key if it was noted so.

    Raises Unauthorized when that key is gone: then it is not done on the company's key before he has seen that.
    """
    if not d.own_key:
        return desk.books(company.id)
    own = desk.own_books(company.id, d.team, d.user)
    if own is None:
        raise Unauthorized([Problem("OWN_KEY_GONE")])
    return own


def _acted(places: Iterable[Place]) -> frozenset[str]:
    return frozenset(f"user:{place.user}" for place in places if place.acted is not None)


def _names(made: Iterable[Decision]) -> frozenset[str]:
    return frozenset(name for d in made for name in (d.who, f"user:{d.user_id}" if d.user_id is not None else d.who))


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
