"""Taking a decision up: the bill is read and compared with what was shown, the right looked up, all noted once."""

from __future__ import annotations

from dataclasses import dataclass

from finance import trail
from finance.bill import Bill, print_of
from finance.bill_doubts import holds
from finance.canonical import dump
from finance.circulation import Act
from finance.decision import Lost
from finance.outcomes import Changed, Held, Needs, Noted, Outcome, Refusal
from finance.signing import right_for
from handlers import alone, arriving, demands, signing
from handlers.desk import Desk
from handlers.signing import Signer
from procountor import bills as resource
from procountor.stored import Event
from storage import audit, bills, decisions, rights
from storage.companies import Company
from storage.database import Tx
from storage.decisions import Claim, Decision

ACTIONS = trail.ACTIONS
FORGOTTEN = frozenset({"UNFINISHED", "RESTORED_UNFINISHED"})


@dataclass(frozen=True, slots=True)
class Press:
    """What somebody wants: ``print`` is of what he was shown, ``digits`` the end of the account where it was asked."""

    bill: int
    print: str
    act: Act
    reason: str = ""
    digits: str = ""


def begin(desk: Desk, company: Company, team: str, user: str, press: Press) -> Outcome:
    """Takes the decision up. Everything is read anew. Raises ProcountorError when it cannot be read."""
    api = desk.books(company.id)
    now = resource.get(api, press.bill)
    with desk.store.read() as tx:
        kept = bills.get(tx, company.id, press.bill)
    arriving.note(desk, company, api, now)
    if print_of(now) != press.print:
        return Changed(now, kept.bill if kept and kept.print == press.print else None)
    who = signing.signer(desk, company, team, user)
    found = signing.may(desk, company, who, press.act, now)
    if not found.allowed:
        return Refusal(now, found)
    if press.act is Act.APPROVE:
        waits = _together(desk, company, now, who, press)
        if waits is not None:
            return waits
    history = resource.history(api, now.id) if press.act in ACTIONS else ()
    step = step_of(history, press.act) if press.act in ACTIONS else f"{press.act.value}:{user}"
    himself = who.own_key and signing.speaks_himself(who, press.act, now, signing.house(desk, company).circulation)
    claim = Claim(
        company.id, now.id, press.print, step, press.act, team, user, who.holder.user_id, himself, dump(now),
        press.reason,
    )  # fmt: skip
    d, mine = note(desk, company, claim, now)
    return noted(now, d, mine=mine)


def acts(events: tuple[Event, ...], act: Act) -> int:
    """How often the act was done since the bill was last made unfinished."""
    count = 0
    for event in events:
        count = 0 if event.action in FORGOTTEN else count + (event.action == ACTIONS[act])
    return count


def step_of(events: tuple[Event, ...], act: Act) -> str:
    """The step an act is now ("approve:1"): counted anew each time the bill was made unfinished ("approve:1/1")."""
    again = sum(event.action in FORGOTTEN for event in events)
    return f"{act.value}:{acts(events, act) + 1}" + (f"/{again}" if again else "")


def _together(desk: Desk, company: Company, bill: Bill, who: Signer, press: Press) -> Outcome | None:
    """Where several have to approve, all but the last signature are kept by us.

    A bill whose account is new needs two, and the last types the end of the account (T3). None: go on.
    """
    with desk.store.read() as tx:
        kept = bills.get(tx, company.id, bill.id)
    held, need = _need(desk, company, bill, kept)
    signed = signatures(desk, company, bill)
    if len({d.user for d in signed}) + 1 < need:
        left = need - len({d.user for d in signed} | {who.user})
        signature, mine = _sign(desk, company, bill, who, press, signed)
        return Held(bill, signature.user, mine, left, new_account=held)
    typed = kept is None or not holds(kept.doubts) or press.digits == bill.iban[-4:]
    return None if typed else Needs(bill, wrong=bool(press.digits))


def signatures(desk: Desk, company: Company, bill: Bill) -> list[Decision]:
    """Those kept by us on what the bill now says. That of somebody who may not sign any more is taken back."""
    with desk.store.read() as tx:
        made = decisions.of_bill(tx, company.id, bill.id)
    signed = [d for d in made if d.state == decisions.SIGNED and d.print == print_of(bill) and d.act is Act.APPROVE]
    return [d for d in signed if signing.may_still(desk, company, d, bill) or not _void(desk, company, d, bill)]


def lacks_signatures(desk: Desk, company: Company, bill: Bill, user: str) -> bool:
    """Whether too few have signed for the user's approval to be the last one, or some may not any more."""
    with desk.store.read() as tx:
        kept = bills.get(tx, company.id, bill.id)
    _, need = _need(desk, company, bill, kept)
    return need > 1 and len({d.user for d in signatures(desk, company, bill)} - {user}) + 1 < need


def _need(desk: Desk, company: Company, bill: Bill, kept: bills.Kept | None) -> tuple[bool, int]:
    """Whether the bill is held for its new account, and how many have to approve it."""
    held = kept is not None and holds(kept.doubts) and not company.choices.one_person
    return held, max(demands.of(desk, company, bill).signatures, 2 if held else 1)


def _void(desk: Desk, company: Company, signed: Decision, bill: Bill) -> bool:
    with desk.store.write() as tx:
        gone = decisions.move(tx, signed, decisions.REFUSED, problem=f"{Lost.RIGHT.value}|", done_at=desk.clock())
        if gone:
            _trail(desk, tx, signed, "bill.signature void", bill)
            arriving.redraw(desk, tx, company.id, bill.id, f"void:{signed.id}:{desk.clock():%H%M%S%f}")
    return True


def _sign(
    desk: Desk, company: Company, bill: Bill, who: Signer, press: Press, stand: list[Decision]
) -> tuple[Decision, bool]:
    """Keeps a signature in the first place that is free: one that is void has left its place."""
    taken = {d.step for d in stand}
    place = next(f"sign:{n}" for n in range(1, len(taken) + 2) if f"sign:{n}" not in taken)
    claim = Claim(
        company.id, bill.id, press.print, place, Act.APPROVE, who.team, who.user, who.holder.user_id, who.own_key,
        dump(bill),
    )  # fmt: skip
    with desk.store.write() as tx:
        signed, mine = decisions.claim(tx, claim, desk.clock())
        if mine:
            decisions.move(tx, signed, decisions.SIGNED, done_at=desk.clock())
            _trail(desk, tx, signed, "bill.signed", bill)
            arriving.redraw(desk, tx, company.id, bill.id, f"signed:{signed.id}")
    return signed, mine


def note(desk: Desk, company: Company, wanted: Claim, bill: Bill) -> tuple[Decision, bool]:
    """Notes a decision and asks for it to be carried out; False when somebody was quicker, with his decision."""
    with desk.store.write() as tx:
        d, mine = decisions.claim(tx, wanted, desk.clock())
        if mine:
            _trail(desk, tx, d, "bill.decided", bill)
            about = bill.original_number or str(bill.number or bill.id)
            alone.used(desk, tx, company, (d.team, d.user), right_for(d.act, claim=False), f"bill:{bill.id}", about)
            ask(desk, tx, d, "0")
            arriving.redraw(desk, tx, d.company, bill.id, f"noted:{d.id}:{d.noted_at:%H%M%S%f}")
    return d, mine


def noted(bill: Bill, d: Decision, *, mine: bool) -> Noted:
    """What has become of a press whose decision is noted."""
    return Noted(bill, d.act, d.user, mine, d.id, done=d.state == decisions.DONE)


def ask(desk: Desk, tx: Tx, d: Decision, mark: str, after: float = 0.0) -> None:
    """Asks for the decision's next turn; decisions overtake batches."""
    key = f"{d.id}:{d.noted_at:%Y%m%d%H%M%S%f}:{mark}"
    desk.work.soon(tx, "approvals", "bill.decide", key, d.company, [d.company, str(d.id)], after)


def _trail(desk: Desk, tx: Tx, d: Decision, what: str, bill: Bill) -> None:
    details = {
        "decision": d.id, "act": d.act.value, "step": d.step, "print": d.print, "own_key": d.own_key,
        "amount": f"{bill.gross:f} {bill.currency}", "procountor_user": d.user_id, **_right(tx, d, bill),
    }  # fmt: skip
    audit.note(tx, d.company, d.who, what, f"bill:{d.bill}", desk.clock(), **details)


def _right(tx: Tx, d: Decision, bill: Bill) -> dict[str, object]:
    """The right it is done on, as it then was: with its limit in the bill's currency, its giver and its moment."""
    right = right_for(d.act, claim=False)
    grant = rights.holder(tx, d.company, d.team, d.user).grant(right)
    if grant is None:
        return {"right": right.value}
    most = grant.limits.get(bill.currency)
    return {
        "right": right.value, "limit": None if most is None else f"{most:f} {bill.currency}", "given_by": grant.by,
        "given_at": grant.at.isoformat(),
    }  # fmt: skip
