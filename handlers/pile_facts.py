"""What a pile's message shows, read from the rows as they now are: the question, or what has become of each bill."""

from __future__ import annotations

from dataclasses import replace

from finance.canonical import load
from finance.decision import Lost
from finance.signing import Signing
from handlers import bill_page, pile_parts, standing
from handlers.desk import Desk
from handlers.standing import Standing
from handlers.views import bill_words
from handlers.views.bill_lines import Line
from handlers.views.blocks import safe
from handlers.views.pile import Facts, Piled, Question, Stand
from handlers.views.tongue import Tongue
from storage import bill_search, bills, cards, decisions, handles, piles
from storage.bill_rows import Listed
from storage.bill_search import Only
from storage.companies import Company
from storage.database import Tx
from storage.decisions import Decision
from storage.piles import Item, Pile

FINAL = frozenset({decisions.DONE, decisions.REFUSED, decisions.CONTESTED})


def of(desk: Desk, company: Company, pile: Pile, say: Tongue) -> Facts:
    """The facts for the pile's owner."""
    if pile.state == piles.ASKING:
        return _asking(desk, company, pile, say)
    if pile.state == piles.DROPPED:
        return Facts(pile.act, (), dropped=True)
    with desk.store.read() as tx:
        items = [item for item in piles.items(tx, pile.id) if item.part == piles.IN]
        kept = bills.many(tx, company.id, [item.bill for item in items])
        made = {item.bill: decisions.get(tx, company.id, item.decision) for item in items if item.decision}
    piled = [_result(say, pile, item, kept[item.bill], made.get(item.bill)) for item in items]
    return Facts(pile.act, _openable(desk, pile, piled), reason=pile.reason)


def final(pile: Pile, item: Item, made: Decision | None) -> bool:
    """Whether nothing more will become of it by itself."""
    if item.result == piles.TAKEN:
        return made is not None and (made.state in FINAL or not _his(pile, made))
    return item.result != ""


def frozen(pile: Pile, item: Item, made: Decision) -> Item:
    """The item with what its decision has come to, for good. One that was given back others may have taken up since."""
    if not _his(pile, made):
        return replace(item, result=piles.QUICKER, detail=made.user)
    result = {decisions.DONE: piles.OVER, decisions.CONTESTED: piles.CONTESTED}.get(made.state, piles.LOST)
    return replace(item, result=result, detail=made.problem)


def _his(pile: Pile, made: Decision) -> bool:
    return (made.team, made.user) == (pile.team, pile.user)


def _result(say: Tongue, pile: Pile, item: Item, kept: bills.Kept, made: Decision | None) -> Piled:
    bill = kept.bill
    if item.result == "":
        return Piled(bill, Stand.WAITING)
    if item.result == piles.TAKEN and made is not None:
        if not final(pile, item, made):
            unsure = made.state == decisions.UNSURE
            return Piled(bill, Stand.UNSURE if unsure else Stand.MOVING)
        item = frozen(pile, item, made)
    if item.result == piles.OVER:
        return Piled(bill, Stand.DONE)
    return Piled(bill, Stand.NOT, why=_why(say, item, kept))


def _why(say: Tongue, item: Item, kept: bills.Kept) -> str:
    """Why a bill was not signed; ``detail`` holds what the result needs."""
    match item.result:
        case piles.CHANGED:
            return say("It was changed since you looked at it. Open it and look again.")
        case piles.HELD:
            return _held(say, item.detail)
        case piles.NEEDS:
            return say("The supplier’s account is new: open it and type the last four characters of the account.")
        case piles.QUICKER:
            return say("<@{user}> was quicker.", user=item.detail)
        case piles.BARRED:
            signing = load(Signing, item.detail)
            return bill_words.barred(say, signing)
        case piles.LOST:
            return bill_words.lost(say, Lost(item.detail.partition("|")[0]))
        case piles.CONTESTED:
            return say("It was changed in Procountor in the same moment: look at its card.")
    return say("Procountor did not answer: nothing was done. Open it and press again.")


def _held(say: Tongue, detail: str) -> str:
    """One of several signatures: how many are left, and whether it is because of a new account."""
    left, _, account = detail.partition("|")
    told = say.n(
        "Your approval is noted. {n} more person has to approve it.",
        "Your approval is noted. {n} more people have to approve it.",
        int(left or 1),
    )
    return told + (" " + say("The supplier’s account is new.") if account else "")


def _openable(desk: Desk, pile: Pile, piled: list[Piled]) -> tuple[Piled, ...]:
    """With a button to the card of each that was not signed and still waits."""
    with desk.store.write() as tx:
        return tuple(
            replace(one, handle=_handle(desk, tx, pile, "bill.open", str(one.bill.id)))
            if one.stand in (Stand.NOT, Stand.OUT) and one.bill.is_open
            else one
            for one in piled
        )


def _handle(desk: Desk, tx: Tx, pile: Pile, purpose: str, subject: str) -> str:
    return handles.issue(tx, pile.company, pile.team, purpose, subject, desk.clock())


# the question


def _asking(desk: Desk, company: Company, pile: Pile, say: Tongue) -> Facts:
    stand = standing.away(desk, company, pile.team, pile.user)
    with desk.store.read() as tx:
        items = piles.items(tx, pile.id)
    judged = pile_parts.judge(stand, say, pile, pile.act, items, typed=True)
    questions, unknown = _open_questions(stand, pile, say, {item.bill for item in items})
    prints = {item.bill: item.print for item in items}
    parts = {one.kept.bill.id: (pile_parts.PARTS[one.piled.stand], prints[one.kept.bill.id]) for one in judged}
    with desk.store.write() as tx:
        piles.lay(tx, pile, pile.act, parts)  # what the message shows is what its button signs
        go = _handle(desk, tx, pile, "pile.go", str(pile.id))
    piled = _openable(desk, pile, [one.piled for one in judged])
    return Facts(pile.act, piled, questions, unknown, pile.reason, handle=go)


def _open_questions(
    stand: Standing, pile: Pile, say: Tongue, laid: set[int]
) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """Numbers that fit several bills none of which has been taken, and those that fit none."""
    desk, company = stand.desk, stand.company
    questions, unknown = [], []
    only = stand.only
    for typed in numbers(pile.typed):
        with desk.store.read() as tx:
            open_ones, closed = fitting(tx, company.id, typed, only)
        if laid & {bill.id for bill in open_ones}:
            continue
        if open_ones:
            questions.append(Question(typed, tuple(_choice(desk, company, pile, bill) for bill in open_ones)))
        elif not laid & {bill.id for bill in closed}:
            unknown.append(_unknown(say, typed, closed))
    return tuple(questions), tuple(unknown)


def _choice(desk: Desk, company: Company, pile: Pile, bill: Listed) -> tuple[str, Line]:
    with desk.store.write() as tx:
        handle = _handle(desk, tx, pile, "pile.take", f"{pile.id}|{bill.id}")
        people = cards.holders(tx, company.id, [bill.id]).get(bill.id, ())
    return handle, bill_page.line_of(desk, company, bill, people)


def _unknown(say: Tongue, typed: str, closed: tuple[Listed, ...]) -> str:
    number = safe(typed, 40)
    if closed:
        state = bill_words.status(say, closed[0].status)
        return say("{number}: nothing is left to decide. {state}.", number=number, state=state)
    return say("No bill that you may see has the number {number}.", number=number)


def numbers(typed: str) -> list[str]:
    """The numbers as they were typed, kept with line breaks between."""
    return [number for number in typed.split("\n") if number]


def fitting(tx: Tx, company: str, typed: str, only: Only | None) -> tuple[tuple[Listed, ...], tuple[Listed, ...]]:
    """The bills a number fits: those that wait, and those that do not."""
    waiting = bill_search.numbered(tx, company, typed, only, open_only=True)
    known = () if waiting else bill_search.numbered(tx, company, typed, only)
    return waiting, known
