"""The condition that a bill waits for one person's signature now, as the database can tell it.

It says what `finance.signing.may_sign` says, as far as a company's own rows know it; what a person may sign is decided
there, for each bill, when it is shown and when it is signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true

from finance.bill import VERIFIED
from finance.bill_rules import NOTHING, Demand, Rule, of
from finance.bill_waiting import Hand, Step, hundredths
from finance.circulation import Act
from storage.bill_rows import name_key
from storage.bill_tables import bill as table
from storage.bill_tables import bill_place as place
from storage.bill_tables import decision, share
from storage.database import Tx
from storage.decisions import DONE, NOTED, SENT, SIGNED, UNSURE
from storage.tables import run, transfer

Condition = ColumnElement[bool]


def waits(hand: Hand) -> Condition:
    """For a bill that is open: nothing is on its way, and the person may pre-approve or approve it."""
    if hand.idle:
        return false()
    moving = _decided((NOTED, SENT, UNSURE))
    signs = (and_(fits, or_(_verifies(hand, asked), _approves(hand, asked))) for fits, asked in _demands(hand.rules))
    return and_(table.c.open == 1, not_(moving), or_(*signs))


def _demands(rules: Iterable[Rule]) -> Iterator[tuple[Condition, Demand]]:
    """What the company's own rules ask: the first that fits counts, and nothing where none does."""
    before: list[Condition] = []
    for rule in rules:
        fits = _fits(rule)
        yield and_(fits, *map(not_, before)), of(rule)
        before.append(fits)
    yield and_(true(), *map(not_, before)), NOTHING


def _fits(rule: Rule) -> Condition:
    found: list[Condition] = [true()]
    if rule.least:
        enough = (
            and_(table.c.currency == currency, func.abs(table.c.cents) >= hundredths(Decimal(least)))
            for currency, least in rule.least.items()
        )
        found.append(or_(*enough))
    if rule.suppliers:
        names = [name_key(name) for name in rule.suppliers]
        found.append(or_(table.c.supplier_key.in_(names), table.c.supplier_id_key.in_(names)))
    if rule.projects:
        found.append(_of_project(rule.projects))
    return and_(*found)


def _of_project(numbers: Iterable[str]) -> Condition:
    """The project a bill names, and those it is divided between."""
    parts = (share.c.company == table.c.company, share.c.bill == table.c.id)
    spelt = [variant for number in numbers for variant in (number, number.upper(), number.lower())]
    named = table.c.project_key.in_([name_key(number) for number in numbers])
    return or_(named, exists(select(share.c.project).where(*parts, share.c.project.in_(spelt)).correlate(table)))


def _verifies(hand: Hand, asked: Demand) -> Condition:
    if not hand.verifies or (asked.verifiers and hand.user not in asked.verifiers):
        return false()
    more = and_(table.c.status == VERIFIED, not_(_named(place.c.act == Act.VERIFY.value)), _too_few(asked))
    free = or_(table.c.to_verify == Step.FREE.value, more)
    if not hand.circulates:
        return or_(free, table.c.to_verify == Step.NAMED.value)
    return or_(free, _in_turn(hand, Act.VERIFY, table.c.to_verify))


def _approves(hand: Hand, asked: Demand) -> Condition:
    if not hand.approves or (asked.approvers and hand.user not in asked.approvers):
        return false()
    turn: Condition = true()
    if hand.circulates:
        turn = or_(table.c.to_approve == Step.FREE.value, _in_turn(hand, Act.APPROVE, table.c.to_approve))
    enough = not_(_too_few(asked)) if asked.verifications else true()
    return and_(_within(hand), turn, enough, not_(_apart(hand, both=hand.both and not asked.four_eyes)))


def _too_few(asked: Demand) -> Condition:
    """Fewer have pre-approved than the rule asks for."""
    if not asked.verifications:
        return false()
    made = select(func.count(decision.c.slack_user.distinct())).where(
        *_of_bill((DONE,), Act.VERIFY), decision.c.slack_user.in_(asked.verifiers)
    )
    return or_(not_(_stands(Act.VERIFY)), made.correlate(table).scalar_subquery() < asked.verifications)


def _in_turn(hand: Hand, act: Act, column: ColumnElement[str]) -> Condition:
    """A place of the person's is free and next; out of order only his own key signs in it."""
    mine = [place.c.act == act.value, place.c.user_id.in_(hand.stands_for.get(act, ())), place.c.acted == 0]
    next_ = _named(*mine, place.c.first == 1)
    if not hand.ordered and hand.own_key:
        himself = _named(place.c.act == act.value, place.c.user_id.in_(hand.speaks_for.get(act, ())))
        next_ = or_(next_, and_(_named(*mine), himself))
    return and_(column == Step.NAMED.value, next_)


def _within(hand: Hand) -> Condition:
    """The person's limit in the bill's currency."""
    return or_(
        *(
            and_(table.c.currency == currency, func.abs(table.c.cents) <= most if most is not None else true())
            for currency, most in hand.limits.items()
        )
    )


def _apart(hand: Hand, *, both: bool) -> Condition:
    """What the person has done himself, and what still stands, keeps him from approving."""
    if hand.alone:
        return false()
    found = [*_done_by(hand, Act.APPROVE)]
    if not both:
        found += [*_done_by(hand, Act.VERIFY), _entered(hand)]
    return or_(*found)


def _entered(hand: Hand) -> Condition:
    """He has brought the bill to Procountor himself."""
    made = (transfer.c.company == table.c.company, transfer.c.remote_id == table.c.id, transfer.c.run == run.c.id)
    asked = select(run.c.id).where(*made, run.c.team == hand.team, run.c.by == hand.user)
    return exists(asked.correlate(table))


def _done_by(hand: Hand, act: Act) -> Iterator[Condition]:
    yield and_(_decided((DONE,), act, hand), _stands(act))
    if act is Act.APPROVE:
        yield _decided((SIGNED,), act, hand, decision.c.print == table.c.print)
    if hand.me is not None:
        yield _named(place.c.act == act.value, place.c.user_id == hand.me, place.c.acted == 1)


def _stands(act: Act) -> Condition:
    """An act of the kind still counts in Procountor: a bill that was made unfinished has forgotten it."""
    acted = _named(place.c.act == act.value, place.c.acted == 1)
    return or_(table.c.status == VERIFIED, acted) if act is Act.VERIFY else acted


def _named(*also: Condition) -> Condition:
    """Procountor names somebody for the bill, such that."""
    there = (place.c.company == table.c.company, place.c.bill == table.c.id)
    return exists(select(place.c.place).where(*there, *also).correlate(table))


def _decided(states: Iterable[str], act: Act | None = None, hand: Hand | None = None, *also: Condition) -> Condition:
    where = [*_of_bill(states, act), *also]
    if hand is not None:
        his = and_(decision.c.team == hand.team, decision.c.slack_user == hand.user)
        where.append(his if hand.me is None else or_(his, decision.c.user_id == hand.me))
    return exists(select(decision.c.id).where(*where).correlate(table))


def _of_bill(states: Iterable[str], act: Act | None = None) -> list[Condition]:
    where = [decision.c.company == table.c.company, decision.c.bill == table.c.id, decision.c.state.in_(list(states))]
    return where if act is None else [*where, decision.c.act == act.value]


def sifted(tx: Tx, company: str, hand: Hand, ids: Iterable[int]) -> frozenset[int]:
    """Those of the bills that wait for the person."""
    asked = select(table.c.id).where(table.c.company == company, table.c.id.in_(list(ids)), waits(hand))
    return frozenset(tx.execute(asked).scalars())
