"""A bill goes from one desk to another, or back: checked where it is done, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from finance import authority
from finance.authority import Right
from finance.bill import Bill
from handlers import arriving, bill_sight, signing
from handlers.bill_facts import MOVING
from handlers.desk import Desk
from storage import audit, bills, cards, decisions, messages, passings, rights
from storage.companies import Company
from storage.database import Tx
from storage.passings import Passing


class Went(StrEnum):
    """What became of it; all but the first say why it did not go."""

    ON = "on"
    SELF = "self"
    STRANGER = "stranger"
    NO_RIGHT = "no_right"
    SETTLED = "settled"
    MOVING = "moving"
    BACK = "back"  # the giver has it again already
    NOT_THERE = "not_there"  # it does not lie on the giver's desk (any more)
    THERE = "there"  # it lies on that desk already, and nobody gave it away


def fit(desk: Desk, company: Company, team: str, giver: str, to: str) -> Went:
    """Whether ``to`` may get a bill from ``giver``: by the right, and never the same human (nor a guest, nor a bot)."""
    who = signing.signer(desk, company, team, to)
    if not who.holder.trusted:
        return Went.STRANGER
    with desk.store.read() as tx:
        names = rights.holder(tx, company.id, team, giver).names
    if to == giver or who.holder.names & names:
        return Went.SELF
    allowed = authority.may(who.holder, Right.RECEIVE, desk.clock(), alone=company.choices.one_person)
    return Went.ON if allowed.allowed else Went.NO_RIGHT


def pass_on(
    desk: Desk, company: Company, bill: int, givers: Sequence[str], to: str, by: str, note: str = ""
) -> tuple[Went, int]:
    """Takes the bill from the desks of ``givers`` to that of ``to``; the id of the first passing, 0 without one.

    The caller has seen to it that ``to`` is fit and that ``by`` may do it.
    """
    with desk.store.write() as tx:
        held = _held(tx, company, bill)
        if isinstance(held, Went):
            return held, 0
        left = [user for user in givers if passings.leave(tx, company.id, bill, company.team, user)]
        if givers and not left:
            return Went.NOT_THERE, 0
        known = messages.find(tx, company.id, f"bill:{bill}:{to}") is not None
        dealt = arriving.deal(desk, tx, company, bill, to, f"passed:{by}")
        if not dealt and not left:
            return Went.THERE, 0
        ids = [_noted(desk, tx, company, bill, user, to, by, note, dealt=dealt) for user in left or [""]]
        arriving.redraw(desk, tx, company.id, bill, f"passed:{ids[0]}")
        if known:  # his card is an old message: nobody looks there by himself
            desk.work.soon(tx, "hear", "bill.handed", f"{ids[0]}", company.id, [company.id, f"{ids[0]}"])
    return Went.ON, ids[0]


def _held(tx: Tx, company: Company, bill: int) -> Bill | Went:
    """The bill while somebody still may pass it on."""
    kept = bills.get(tx, company.id, bill)
    if kept is None or not kept.bill.is_open:
        return Went.SETTLED
    if any(d.state in MOVING for d in decisions.of_bill(tx, company.id, bill)):
        return Went.MOVING
    return kept.bill


def _noted(
    desk: Desk, tx: Tx, company: Company, bill: int, giver: str, to: str, by: str, note: str, *, dealt: bool
) -> int:
    now, team = desk.clock(), company.team
    made = passings.add(tx, company.id, bill, team, giver, to, by, note, now, dealt=dealt)
    details = {"passing": made, "from": f"{team}/{giver}" if giver else "", "to": f"{team}/{to}"}
    audit.note(tx, company.id, f"{team}/{by}", "bill.passed", f"bill:{bill}", now, **details)
    return made


def latest(tx: Tx, company: str, bill: int, giver: str) -> Passing | None:
    """How the bill left the giver's desk the last time, if it was not taken back."""
    mine = [one for one in passings.of(tx, company, bill) if one.giver == giver]
    return mine[-1] if mine and mine[-1].back_at is None else None


def take_back(desk: Desk, company: Company, bill: int, user: str) -> Went:
    """The giver takes it back from wherever it went, while nothing has been decided."""
    with desk.store.write() as tx:
        held = _held(tx, company, bill)
        if isinstance(held, Went):
            return held
        mine = latest(tx, company.id, bill, user)
        if bill_sight.live(tx, company.id, bill, company.team, user):
            return Went.BACK
        if mine is None or mine.by != user:
            return Went.NOT_THERE
        if not passings.return_(tx, company.id, bill, company.team, user):
            return Went.NOT_THERE
        for one in (mine, *_onward(tx, mine)):
            _taken(desk, tx, company, one, user)
        details = {"passing": mine.id, "from": f"{company.team}/{mine.receiver}"}
        audit.note(tx, company.id, f"{company.team}/{user}", "bill.taken back", f"bill:{bill}", desk.clock(), **details)
        arriving.redraw(desk, tx, company.id, bill, f"back:{mine.id}")
    return Went.ON


def _onward(tx: Tx, first: Passing) -> list[Passing]:
    """Where it went from there since."""
    reached, onward = {first.receiver}, []
    for one in passings.of(tx, first.company, first.bill):
        if one.id > first.id and one.back_at is None and one.giver in reached:
            reached.add(one.receiver)
            onward.append(one)
    return onward


def _taken(desk: Desk, tx: Tx, company: Company, one: Passing, by: str) -> None:
    passings.back(tx, one, desk.clock())
    if one.dealt and one.receiver != by:
        passings.leave(tx, company.id, one.bill, company.team, one.receiver)
        cards.change(tx, company.id, one.bill, company.team, one.receiver, why=f"taken:{by}")
