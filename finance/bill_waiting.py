"""What a bill waits for, whoever looks: the step before its approval, and its approval.

Lists of many thousands are sifted by this and by who is named, in the database; whether a person may sign one of
them is decided by `finance.signing` alone, when it is shown and again when it is signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from finance import authority
from finance.authority import Holder, Right
from finance.bill import VERIFIED, Bill, Place
from finance.bill_rules import Rule
from finance.circulation import Act, Circulation, stands_for
from finance.signing import House

USED = (Right.PRE_APPROVE, Right.APPROVE)
ACTS = (Act.VERIFY, Act.APPROVE)


class Step(StrEnum):
    """How one step stands."""

    OVER = ""  # done, or not yet its turn
    FREE = "free"  # whoever has the right
    NAMED = "named"  # those Procountor names and who have not acted


@dataclass(frozen=True, slots=True)
class Hand:
    """What one person can sign, as a database can compare it. The rights are those usable now.

    ``stands_for`` are the users of Procountor in whose place he may act today (himself too), by act, ``speaks_for``
    those of them Procountor knows of; ``limits`` the most he approves, in hundredths, by currency (None: no limit).
    ``me`` is he himself in Procountor. ``circulates``, ``ordered`` and ``both`` are the company's: whether bills
    circulate, in an order, and whether one person may both pre-approve and approve. ``alone``: a company of one.
    ``rules`` are the company's own, without those that look at what stands in Procountor only.
    """

    team: str
    user: str
    me: int | None = None
    verifies: bool = False
    approves: bool = False
    limits: Mapping[str, int | None] = field(default_factory=dict)
    stands_for: Mapping[Act, frozenset[int]] = field(default_factory=dict)
    speaks_for: Mapping[Act, frozenset[int]] = field(default_factory=dict)
    circulates: bool = False
    ordered: bool = False
    own_key: bool = False
    both: bool = False
    alone: bool = False
    rules: tuple[Rule, ...] = ()

    @property
    def idle(self) -> bool:
        """True for somebody for whose signature nothing can wait."""
        return not (self.verifies or self.approves)


def verifying(bill: Bill) -> Step:
    """How the pre-approval stands: further verifiers may follow the first, without names one is enough."""
    if not bill.is_open:
        return Step.OVER
    if bill.verifiers:
        return Step.NAMED if _left(bill.verifiers) else Step.OVER
    return Step.OVER if bill.status == VERIFIED else Step.FREE


def approving(bill: Bill) -> Step:
    """How the approval stands: it waits until everybody named for verifying has done it."""
    if not bill.is_open or _left(bill.verifiers):
        return Step.OVER
    if not bill.acceptors:
        return Step.FREE
    return Step.NAMED if _left(bill.acceptors) else Step.OVER


def _left(places: tuple[Place, ...]) -> bool:
    return any(place.acted is None for place in places)


def hand(
    team: str,
    user: str,
    holder: Holder,
    house: House,
    now: datetime,
    today: date,
    asked: tuple[Rule, ...] = (),
    *,
    own_key: bool = False,
) -> Hand:
    """The person as lists are sifted for him. ``now`` is aware UTC, ``today`` the day in Finland; ``asked`` rules."""
    may = {right: authority.may(holder, right, now, alone=house.alone).allowed for right in USED}
    grant, rules = holder.grant(Right.APPROVE), house.circulation
    limits = {c: None if most is None else hundredths(most) for c, most in (grant.limits if grant else {}).items()}
    return Hand(
        team=team,
        user=user,
        me=holder.user_id,
        verifies=may[Right.PRE_APPROVE],
        approves=may[Right.APPROVE] and bool(limits),
        limits=limits,
        stands_for={act: stands_for(act, holder.user_id, rules, today) for act in ACTS},
        speaks_for={act: _speaks_for(act, holder.user_id, rules) for act in ACTS},
        circulates=rules.for_bills,
        ordered=rules.ordered,
        own_key=own_key,
        both=house.verify_and_approve,
        alone=house.alone,
        rules=asked,
    )


def _speaks_for(act: Act, user: int | None, rules: Circulation) -> frozenset[int]:
    """In whose places Procountor would take the person's own key: as `handlers.signing.speaks_himself` has it."""
    if user is None:
        return frozenset()
    return frozenset({user, *(s.user for s in rules.substitutions if s.known and s.by(act) == user)})


def hundredths(amount: Decimal) -> int:
    """An amount in whole cents, for comparing and adding in a database."""
    return int((amount * 100).to_integral_value(ROUND_HALF_UP))
