"""The condition that a bill waits for one person's signature now, as the database can tell it.

It says what `finance.signing.may_sign` says, as far as a company's own rows know it; what a person may sign is decided
there, for each bill, when it is shown and when it is signed.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true

from finance.bill_waiting import Hand, Step
from finance.circulation import Act
from storage.bill_tables import bill as table
from storage.bill_tables import bill_place as place
from storage.bill_tables import decision
from storage.database import Tx
from storage.decisions import DONE, NOTED, SENT, SIGNED, UNSURE

Condition = ColumnElement[bool]


def waits(hand: Hand) -> Condition:
    """For a bill that is open: nothing is on its way, and the person may pre-approve or approve it."""
    if hand.idle:
        return false()
    moving = _decided(None, (NOTED, SENT, UNSURE))
    return and_(table.c.open == 1, not_(moving), or_(_verifies(hand), _approves(hand)))


def _verifies(hand: Hand) -> Condition:
    if not hand.verifies:
        return false()
    if not hand.circulates:
        return table.c.to_verify != Step.OVER.value
    return _step(hand, Act.VERIFY, table.c.to_verify)


def _approves(hand: Hand) -> Condition:
    if not hand.approves:
        return false()
    turn = _step(hand, Act.APPROVE, table.c.to_approve) if hand.circulates else true()
    return and_(_within(hand), turn, not_(_apart(hand)))


def _step(hand: Hand, act: Act, column: ColumnElement[str]) -> Condition:
    """Free for all, or a place of the person's is free and next; out of order only his own key signs in it."""
    users = list(hand.stands_for.get(act, ()))
    mine = [place.c.act == act.value, place.c.user_id.in_(users), place.c.acted == 0]
    if hand.ordered or not hand.own_key:
        mine.append(place.c.first == 1)
    return or_(column == Step.FREE.value, and_(column == Step.NAMED.value, _named(*mine)))


def _within(hand: Hand) -> Condition:
    """The person's limit in the bill's currency."""
    return or_(
        *(
            and_(table.c.currency == currency, func.abs(table.c.cents) <= most if most is not None else true())
            for currency, most in hand.limits.items()
        )
    )


def _apart(hand: Hand) -> Condition:
    """What the person has done himself keeps him from approving: an approval that was undone since does not."""
    if hand.alone:
        return false()
    approvers = place.c.act == Act.APPROVE.value
    undone = and_(_named(approvers), not_(_named(approvers, place.c.acted == 1)))
    kept = or_(_decided(hand, (SIGNED,), Act.APPROVE), and_(_decided(hand, (DONE,), Act.APPROVE), not_(undone)))
    found = [kept, _acted(hand, Act.APPROVE)]
    if not hand.both:
        found += [_decided(hand, (DONE, SIGNED), Act.VERIFY), _acted(hand, Act.VERIFY)]
    return or_(*found)


def _acted(hand: Hand, act: Act) -> Condition:
    if hand.me is None:
        return false()
    return _named(place.c.act == act.value, place.c.user_id == hand.me, place.c.acted == 1)


def _named(*also: Condition) -> Condition:
    """Procountor names somebody for the bill, such that."""
    return exists(select(place.c.place).where(place.c.company == table.c.company, place.c.bill == table.c.id, *also))


def _decided(hand: Hand | None, states: Iterable[str], act: Act | None = None) -> Condition:
    where = [decision.c.company == table.c.company, decision.c.bill == table.c.id, decision.c.state.in_(list(states))]
    if hand is not None:
        his = and_(decision.c.team == hand.team, decision.c.slack_user == hand.user)
        where.append(his if hand.me is None else or_(his, decision.c.user_id == hand.me))
    if act is not None:
        where.append(decision.c.act == act.value)
    return exists(select(decision.c.id).where(*where))


def sifted(tx: Tx, company: str, hand: Hand, ids: Iterable[int]) -> frozenset[int]:
    """Those of the bills that wait for the person."""
    asked = select(table.c.id).where(table.c.company == company, table.c.id.in_(list(ids)), waits(hand))
    return frozenset(tx.execute(asked).scalars())
