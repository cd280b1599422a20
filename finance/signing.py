"""Whether somebody may verify, approve or reject this bill or claim now: Procountor's circulation and our rights.

Both must allow it, and it is decided at the moment of doing, never at the moment of showing (reliability.md 3.6, 7).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from finance import authority, duties
from finance.authority import Holder, Right
from finance.bill import OPEN, VERIFIED, Place
from finance.bill_rules import NOTHING, Demand
from finance.circulation import Act, Circulation, Turn, turn
from finance.company import Choices
from finance.duties import Deed


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be signed, as the decision needs it. People are named as in ``Holder.names`` ("user:502", "T1/U1").

    ``claim``: an expense or travel claim, with its claimant in ``owners``. ``entered`` is who brought it in through us,
    ``verified`` and ``approved`` are those who did so already, ``bank_changed`` those who changed where it is paid.
    ``demand`` is what the company's own rules ask for, ``verifications`` how many of the verifiers they name have done
    so.
    """

    status: str
    amount: Decimal
    currency: str
    claim: bool = False
    verifiers: tuple[Place, ...] = ()
    acceptors: tuple[Place, ...] = ()
    owners: frozenset[str] = frozenset()
    entered: frozenset[str] = frozenset()
    verified: frozenset[str] = frozenset()
    approved: frozenset[str] = frozenset()
    bank_changed: frozenset[str] = frozenset()
    demand: Demand = NOTHING
    verifications: int = 0


@dataclass(frozen=True, slots=True)
class House:
    """How the company signs. ``verify_and_approve``: one person may do both (its policy; off unless switched on)."""

    circulation: Circulation = field(default_factory=Circulation)
    verify_and_approve: bool = False
    alone: bool = False


class Bar(StrEnum):
    """Why not."""

    STATE = "state"  # nothing is left to decide
    RIGHT = "right"  # ``verdict`` tells which part of the right is missing
    OWNER = "owner"  # his own claim
    ENTERED = "entered"  # he has brought it in himself
    VERIFIED = "verified"  # he has verified it himself
    APPROVED = "approved"  # he has approved it himself: the next one is somebody else's
    BANK = "bank"  # he changed the account it goes to
    LATER = "later"  # others have to act first
    OTHERS = "others"  # Procountor names others
    RULE = "rule"  # the company's own rule names others
    RULE_LATER = "rule_later"  # by the company's own rule others pre-approve first
    OWN_KEY = "own_key"  # several are named: only his own API key signs in his place and nobody else's


@dataclass(frozen=True, slots=True)
class Signing:
    """``bar`` is None when it may be done."""

    bar: Bar | None = None
    verdict: authority.Verdict = authority.YES

    @property
    def allowed(self) -> bool:
        return self.bar is None


MAY = Signing()


def right_for(act: Act, *, claim: bool) -> Right:
    """The right an act needs. Denying the payment needs the right to approve."""
    if claim:
        return Right.APPROVE_CLAIMS
    return Right.PRE_APPROVE if act in (Act.VERIFY, Act.OBJECT) else Right.APPROVE


def may_sign(
    holder: Holder, act: Act, case: Case, house: House, now: datetime, today: date, *, own_key: bool = False
) -> Signing:
    """The whole decision. ``own_key``: Procountor will hear it from the person's own API key."""
    if not _open_for(act, case):
        return Signing(Bar.STATE)
    right = right_for(act, claim=case.claim)
    verdict = authority.may(holder, right, now, alone=house.alone)
    if verdict.allowed and act is Act.APPROVE:
        verdict = authority.within(holder, right, case.amount, case.currency)
    if not verdict.allowed:
        return Signing(Bar.RIGHT, verdict)
    barred = (
        _apart(holder, act, case, house, now)
        or _ruled(holder, act, case)
        or _turned(holder, act, case, house, today, own_key=own_key)
    )
    return Signing(barred) if barred else MAY


def _open_for(act: Act, case: Case) -> bool:
    """Further verifiers may follow the first (lifecycle.md 4); without names one verification is enough."""
    if case.status not in OPEN:
        return False
    if act is not Act.VERIFY:
        return True
    left = not case.verifiers or any(place.acted is None for place in case.verifiers)
    more = bool(case.verifiers) or case.verifications < case.demand.verifications
    return left and (case.status != VERIFIED or more)


_BARS = {
    duties.Act.ENTER: Bar.ENTERED,
    duties.Act.VERIFY: Bar.VERIFIED,
    duties.Act.APPROVE: Bar.APPROVED,
    duties.Act.BANK: Bar.BANK,
}


def _apart(holder: Holder, act: Act, case: Case, house: House, now: datetime) -> Bar | None:
    """Separation of duties, by person and not by account (reliability.md 7). Saying no is open to all of them."""
    if act in (Act.REJECT, Act.OBJECT):
        return None
    if case.owners & holder.names:  # also where one person is alone
        return Bar.OWNER
    both = house.verify_and_approve and not case.demand.four_eyes
    done = {
        duties.Act.ENTER: case.entered,
        duties.Act.VERIFY: case.verified,
        duties.Act.APPROVE: case.approved if act is Act.APPROVE else frozenset(),  # from verifying it keeps nobody
        duties.Act.BANK: case.bank_changed,
    }
    deeds = [Deed(what, who, now) for what, who in done.items()]
    wanted = duties.Act.VERIFY if act is Act.VERIFY else duties.Act.APPROVE
    found = duties.barred(wanted, holder, deeds, now, Choices(verify_and_approve=both, one_person=house.alone))
    return _BARS[found.act] if found else None


def _ruled(holder: Holder, act: Act, case: Case) -> Bar | None:
    """What the company's own rules ask for beyond Procountor's circulation."""
    named = {Act.VERIFY: case.demand.verifiers, Act.APPROVE: case.demand.approvers}.get(act, frozenset())
    if named and not any(name.partition("/")[2] in named for name in holder.names):
        return Bar.RULE
    if act is Act.APPROVE and case.verifications < case.demand.verifications:
        return Bar.RULE_LATER
    return None


def _turned(holder: Holder, act: Act, case: Case, house: House, today: date, *, own_key: bool) -> Bar | None:
    rules = house.circulation
    if not (rules.for_claims if case.claim else rules.for_bills):
        return None
    found = turn(act, case.verifiers, case.acceptors, holder.user_id, rules, today)
    if found is Turn.MINE and not own_key and act in (Act.VERIFY, Act.APPROVE):
        return Bar.OWN_KEY
    acted = Bar.VERIFIED if act is Act.VERIFY else Bar.APPROVED
    return {Turn.LATER: Bar.LATER, Turn.OTHERS: Bar.OTHERS, Turn.ACTED: acted}.get(found)
