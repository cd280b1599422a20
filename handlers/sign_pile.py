"""Signing a pile: each bill by itself, as a press on its card would, and each with its own result."""

from __future__ import annotations

from contextlib import suppress

from finance.authority import Right
from finance.canonical import dump
from finance.outcomes import Changed, Held, Needs, Noted, Outcome, Refusal
from handlers import asking, deciding, papers, pausing
from handlers.buttons import OutOfUse, in_use, pressed, subject_of
from handlers.chat import Answer
from handlers.deciding import Press
from handlers.desk import Desk, Here
from handlers.routing import Router
from handlers.views import notices
from handlers.views import pile_form as views
from procountor.errors import ProcountorError, Unauthorized
from storage import audit, bills, decisions, handles, piles
from storage.database import Tx
from storage.piles import Item, Pile

on = Router()

SIGNERS = (Right.APPROVE, Right.PRE_APPROVE)
TRIES = 5  # how often Procountor is asked about a bill before it is given back


@on.form("pile.sign", right=SIGNERS)
def sign(here: Here) -> Answer:
    """The form of a choice came back: what it showed is signed, and of the large bills those that were ticked."""
    pile = _pile(here, subject_of(here, here.said.meta, "pile.sign"))
    if pile is None:
        return Answer(update=notices.list_again(here.say, "pile.sign"))
    team, now = here.said.team, here.desk.clock()
    with here.desk.store.write() as tx:
        for token in filter(None, here.said.values.get("pile.large", "").split(",")):
            large = handles.open_(tx, token, team, "pile.large", now)
            if large is not None and large.company == here.company.id:
                piles.take_in(tx, pile, int(large.subject))
        if not any(item.part == piles.IN for item in piles.items(tx, pile.id)):
            return Answer(errors={"large0": here.say("Tick the bills that you want to sign.")})
        if pile.state != piles.CHOOSING or not _begin(here.desk, tx, pile):
            return Answer(update=views.too_late(here.say))
    return Answer(clear=True)


@on.click("pile.go", right=SIGNERS, lane="approvals")
def go(here: Here) -> None:
    """The button under numbers that were typed."""
    pile = in_use(_pile(here, pressed(here, "pile.go")))
    with here.desk.store.write() as tx:
        if pile.state == piles.ASKING:
            _begin(here.desk, tx, pile)


@on.click("pile.drop", right=SIGNERS)
def drop(here: Here) -> None:
    """Nothing is to be done."""
    pile = in_use(_pile(here, pressed(here, "pile.go")))
    with here.desk.store.write() as tx:
        if pile.state == piles.ASKING and piles.move(tx, pile, piles.DROPPED, done_at=here.desk.clock()):
            asking.pile_now(here.desk, tx, pile.company, pile.id, "dropped")


@on.click("pile.take", right=SIGNERS)
def take(here: Here) -> None:
    """Which of several bills a typed number means."""
    id, _, bill = pressed(here, "pile.take").partition("|")
    pile = in_use(_pile(here, id))
    if pile.state != piles.ASKING:
        raise OutOfUse
    with here.desk.store.write() as tx:
        kept = bills.get(tx, pile.company, int(bill))
        if kept is not None and piles.item(tx, pile.id, int(bill)) is None:
            piles.add(tx, pile, int(bill), kept.print)
        asking.pile_now(here.desk, tx, pile.company, pile.id, f"took:{bill}")


def _pile(here: Here, id: str | None) -> Pile | None:
    """A pile of the one who presses; nobody signs another's."""
    if not id:
        return None
    with here.desk.store.read() as tx, suppress(LookupError):
        pile = piles.get(tx, here.company.id, int(id))
        return pile if (pile.team, pile.user) == (here.said.team, here.said.user) else None
    return None


def _begin(desk: Desk, tx: Tx, pile: Pile) -> bool:
    """A task for each bill and the message, with the note that it was signed; False when it was signed already."""
    now = desk.clock()
    if not piles.move(tx, pile, piles.SIGNED, signed_at=now):
        return False
    signed = [item for item in piles.items(tx, pile.id) if item.part == piles.IN]
    for item in signed:
        _ask(desk, tx, pile, item.bill, 0)
    details = {"act": pile.act.value, "bills": [item.bill for item in signed]}
    audit.note(tx, pile.company, f"{pile.team}/{pile.user}", "pile.signed", f"pile:{pile.id}", now, **details)
    asking.pile_now(desk, tx, pile.company, pile.id, "signed")
    return True


def _ask(desk: Desk, tx: Tx, pile: Pile, bill: int, tries: int, after: float = 0.0) -> None:
    args = [pile.company, str(pile.id), str(bill), str(tries)]
    desk.work.soon(tx, "approvals", "pile.bill", f"{pile.id}:{bill}:{tries}", pile.company, args, after)


@on.task("pile.bill", lane="approvals")
def one(desk: Desk, company_id: str, id: str, bill: str, tries: str) -> None:
    """Takes the decision about one bill up. What goes wrong with it is told of it alone."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        pile, item = piles.get(tx, company_id, int(id)), piles.item(tx, int(id), int(bill))
    if item is None or item.result or pile.state != piles.SIGNED:
        return None
    if (before := _made(desk, pile, item)) is not None:  # taken up before this task was interrupted
        return _settle(desk, pile, item, piles.TAKEN, decision=before)
    press = Press(item.bill, item.print, pile.act, pile.reason)
    try:
        outcome = deciding.begin(desk, company, pile.team, pile.user, press)
    except Unauthorized:
        pausing.pause(desk, company_id)
        return _settle(desk, pile, item, piles.SILENT)
    except ProcountorError:
        return _again(desk, pile, item, int(tries) + 1)
    return _note(desk, pile, item, outcome)


@on.buried("pile.bill")
def give_up(desk: Desk, company_id: str, id: str, bill: str, tries: str) -> None:
    """What could not be dealt with is said, too."""
    with desk.store.read() as tx:
        pile, item = piles.get(tx, company_id, int(id)), piles.item(tx, int(id), int(bill))
    if item is not None and not item.result:
        _settle(desk, pile, item, piles.SILENT)


def _again(desk: Desk, pile: Pile, item: Item, tries: int) -> None:
    if tries >= TRIES:
        return _settle(desk, pile, item, piles.SILENT)
    with desk.store.write() as tx:
        _ask(desk, tx, pile, item.bill, tries, desk.timing.retry * tries)
    return None


def _note(desk: Desk, pile: Pile, item: Item, outcome: Outcome) -> None:
    """What has become of a bill, as far as it is known now."""
    match outcome:
        case Noted(_, _, by, mine, made):
            if mine or by == pile.user:
                return _settle(desk, pile, item, piles.TAKEN, decision=made)
            return _settle(desk, pile, item, piles.QUICKER, by)
        case Changed():
            return _settle(desk, pile, item, piles.CHANGED)
        case Held(_, by, mine, left, new_account) if mine or by == pile.user:
            return _settle(desk, pile, item, piles.HELD, f"{left}|{'account' if new_account else ''}")
        case Held() | Needs():
            return _settle(desk, pile, item, piles.NEEDS)
        case Refusal(_, signing):
            return _settle(desk, pile, item, piles.BARRED, dump(signing))


def _made(desk: Desk, pile: Pile, item: Item) -> int | None:
    """The decision that was noted for this bill by signing the pile."""
    with desk.store.read() as tx:
        made = decisions.of_bill(tx, pile.company, item.bill)
    mine = [d for d in made if (d.team, d.user, d.act, d.print) == (pile.team, pile.user, pile.act, item.print)]
    since = [d.id for d in mine if piles.since(pile, d) and d.state != decisions.SIGNED]
    return since[-1] if since else None


def _settle(desk: Desk, pile: Pile, item: Item, result: str, detail: str = "", decision: int | None = None) -> None:
    with desk.store.write() as tx:
        if piles.settle(tx, item, result, detail, decision):
            asking.telling_pile(desk, tx, pile.company, pile.id)
