"""What a person's card of a bill shows, read from the rows as they now are."""

from __future__ import annotations

from decimal import Decimal

from finance import signing as rules
from finance.bill import Bill, Place
from finance.bill_doubts import holds
from finance.circulation import Act
from handlers import bill_extra, demands, papers, signing, workdays
from handlers.arriving import ESCALATES, STANDS
from handlers.desk import Desk
from handlers.views import bill_words
from handlers.views.bill import Acted, Facts
from handlers.views.blocks import safe
from handlers.views.tongue import Tongue
from storage import cards, decisions, rights, shares, staff
from storage.bills import Kept
from storage.cards import Card
from storage.companies import Company
from storage.database import Tx
from storage.decisions import Decision

PASSED = "passed:"  # and who passed the bill on: why the reader has it
MOVING = frozenset({decisions.NOTED, decisions.SENT, decisions.UNSURE})
ACTS = (Act.APPROVE, Act.VERIFY, Act.REJECT, Act.OBJECT)


def of(desk: Desk, company: Company, kept: Kept, card: Card, say: Tongue) -> Facts:
    """The facts for the holder of ``card``. Raises ProcountorError when the circulation cannot be read."""
    bill = kept.bill
    before = kept.previous if card.dealt_at <= kept.changed_at and bill.is_open else None
    with desk.store.read() as tx:
        made = decisions.of_bill(tx, company.id, bill.id)
        divided = shares.of(tx, company.id, bill.id)
        history = _history(tx, company, bill, made)
        extra = bill_extra.of(tx, company, bill, card)
        desks = cards.holders(tx, company.id, [bill.id]).get(bill.id, ())
    moving = next((d for d in made if d.state in MOVING), None)
    signed = tuple(_acted(d) for d in made if d.state == decisions.SIGNED and d.print == kept.print)
    signs = bill.is_open and card.state in (cards.LIVE, cards.OPENED)
    may, bar = _may(desk, company, bill, card, say) if signs else (frozenset(), "")
    return Facts(
        bill=bill,
        aim=kept.aim,
        passed_by=card.why.removeprefix(PASSED) if card.why.startswith(PASSED) else "",
        silent=card.why.removeprefix(ESCALATES) if card.why.startswith(ESCALATES) else "",
        stands_for=card.why.removeprefix(STANDS) if card.why.startswith(STANDS) else "",
        doubts=kept.doubts if bill.is_open else (),
        days=_days(desk, company, bill),
        may=may,
        bar=bar,
        moving=_acted(moving) if moving else None,
        unsure=moving is not None and moving.state == decisions.UNSURE,
        stuck=moving is not None and moving.problem == decisions.STUCK,
        signed=signed,
        need=_need(desk, company, kept) if bill.is_open else 1,
        history=history,
        changed=tuple(bill_words.changes(say, before, bill)) if before else (),
        ask_first=asks_first(company, bill),
        snoozed_until=card.snoozed_until if card.snoozed_until and card.snoozed_until > desk.clock() else None,
        shares=divided,
        passed_on=card.state == cards.PASSED,
        extra=extra,
        opened=card.state == cards.OPENED,
        desks=desks,
    )


def asks_first(company: Company, bill: Bill) -> bool:
    """Whether a press is asked about: above the company's limit, or where it has set none in this currency."""
    above = company.choices.confirm_above.get(bill.currency)
    return bool(company.choices.confirm_above) and (above is None or abs(bill.gross) > Decimal(above))


def _need(desk: Desk, company: Company, kept: Kept) -> int:
    """How many different people have to approve."""
    held = holds(kept.doubts) and not company.choices.one_person
    return max(demands.of(desk, company, kept.bill).signatures, 2 if held else 1)


def _days(desk: Desk, company: Company, bill: Bill) -> int | None:
    return workdays.until(papers.today(desk), bill.due, company.choices) if bill.due and bill.is_open else None


def _may(desk: Desk, company: Company, bill: Bill, card: Card, say: Tongue) -> tuple[frozenset[Act], str]:
    who = signing.signer(desk, company, card.team, card.user)
    found = {act: signing.may(desk, company, who, act, bill) for act in ACTS}
    may = frozenset(act for act, verdict in found.items() if verdict.allowed)
    if Act.REJECT in may:
        may -= {Act.OBJECT}
    if may:
        return may, ""
    return may, bill_words.barred(say, _nearest(found), able(desk, company, bill, card.user))


def _nearest(found: dict[Act, rules.Signing]) -> rules.Signing:
    """The reason that says most: of what he has a right to, else of approving."""
    known = [verdict for verdict in found.values() if verdict.bar is not rules.Bar.RIGHT]
    return known[0] if known else found[Act.APPROVE]


def able(desk: Desk, company: Company, bill: Bill, besides: str) -> list[str]:
    """Slack users who may approve the bill now, a few of them."""
    with desk.store.read() as tx:
        right = rules.right_for(Act.APPROVE, claim=False)
        users = [user for user in rights.with_right(tx, company.id, right) if user != besides]
    found = []
    for user in users[:20]:
        if signing.may(desk, company, signing.signer(desk, company, company.team, user), Act.APPROVE, bill).allowed:
            found.append(user)
        if len(found) == 3:
            break
    return found


def _history(tx: Tx, company: Company, bill: Bill, made: tuple[Decision, ...]) -> tuple[Acted, ...]:
    """What was done through us, and what Procountor says others did there."""
    ours = [d for d in made if d.state == decisions.DONE]
    known = {(d.act, d.user_id) for d in ours if d.user_id is not None}
    there = [
        _there(tx, company, act, place)
        for act, places in ((Act.VERIFY, bill.verifiers), (Act.APPROVE, bill.acceptors))
        for place in places
        if place.acted is not None and (act, place.user) not in known
    ]
    shown = [_acted(d) for d in ours]
    count = {act: sum(1 for d in ours if d.act is act) for act in ACTS}
    spare = {Act.VERIFY: count[Act.VERIFY], Act.APPROVE: count[Act.APPROVE]}
    for told in there:  # a shared key acts in a place that is somebody's: said once, by the name of who pressed
        if spare.get(told.act, 0) and not any(d.own_key for d in ours if d.act is told.act):
            spare[told.act] -= 1
            continue
        shown.append(told)
    return tuple(shown)


def _there(tx: Tx, company: Company, act: Act, place: Place) -> Acted:
    human = staff.by_user(tx, company.id, place.user)
    name = f"<@{human.user}>" if human and human.user else safe(human.name) if human else str(place.user)
    return Acted(act, name, None, here=False)


def _acted(d: Decision) -> Acted:
    return Acted(d.act, f"<@{d.user}>", d.done_at or d.noted_at)
