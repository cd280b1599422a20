"""Piles: bills that somebody signs together, each bound to the print of what he was shown, each with its own result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from finance.circulation import Act
from storage.bill_tables import pile, pile_bill
from storage.database import Tx
from storage.decisions import Decision

CHOOSING, ASKING, SIGNED, DONE, DROPPED = "choosing", "asking", "signed", "done", "dropped"
IN, LARGE, OUT = "in", "large", "out"
SKEW = timedelta(seconds=5)
TAKEN, CHANGED, HELD, NEEDS, BARRED, QUICKER, SILENT, LOST, CONTESTED, OVER = (
    "taken", "changed", "held", "needs", "barred", "quicker", "silent", "lost", "contested", "over",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pile:
    """``state``: choosing (in a form), asking (in a message), signed (under way), done, dropped.

    ``typed`` are the numbers as they were typed, with blanks between; ``reason`` is that of saying no.
    """

    id: int
    company: str
    team: str
    user: str
    act: Act
    state: str
    typed: str
    reason: str
    made_at: datetime
    signed_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """A bill of a pile. ``part``: in, large (asked about by itself), out (left out), "" while it is chosen.

    ``result``: "" before it has one; taken (the decision was noted, its row tells the rest); over (done) or lost
    once that is final; or why it was not taken up. ``detail`` says more, as the result needs it.
    """

    pile: int
    bill: int
    print: str
    part: str
    result: str
    detail: str
    decision: int | None


def begin(
    tx: Tx, company: str, team: str, user: str, act: Act, state: str, now: datetime, typed: str = "", reason: str = ""
) -> int:
    """A pile of somebody's, without bills; gives its id."""
    values = {"company": company, "team": team, "slack_user": user, "act": act.value, "state": state, "typed": typed,
              "reason": reason, "made_at": now}  # fmt: skip
    return int(tx.execute(insert(pile).values(**values).returning(pile.c.id)).scalar_one())


def get(tx: Tx, company: str, id: int) -> Pile:
    """Raises LookupError for an unknown one."""
    row = tx.execute(select(pile).where(pile.c.company == company, pile.c.id == id)).one_or_none()
    if row is None:
        raise LookupError(f"no pile {id}")
    return _pile(row)


def items(tx: Tx, id: int) -> tuple[Item, ...]:
    """The pile's bills, by id."""
    rows = tx.execute(select(pile_bill).where(pile_bill.c.pile == id).order_by(pile_bill.c.bill))
    return tuple(_item(row) for row in rows)


def item(tx: Tx, id: int, bill: int) -> Item | None:
    row = tx.execute(select(pile_bill).where(pile_bill.c.pile == id, pile_bill.c.bill == bill)).one_or_none()
    return None if row is None else _item(row)


def choose(tx: Tx, of: Pile, shown: Iterable[int], ticked: Mapping[int, str], most: int) -> bool:
    """Of the bills ``shown`` exactly those ``ticked`` (with their prints) belong to the pile; others stay as they are.

    False when that would be more than ``most``: what is too many is left out.
    """
    gone = set(shown) - ticked.keys()
    tx.execute(delete(pile_bill).where(pile_bill.c.pile == of.id, pile_bill.c.bill.in_(gone)))
    there = {found.bill for found in items(tx, of.id)}
    room = most - len(there)
    new = [bill for bill in ticked if bill not in there]
    for bill in new[: max(room, 0)]:
        add(tx, of, bill, ticked[bill])
    return len(new) <= room


def add(tx: Tx, of: Pile, bill: int, print: str, part: str = "") -> None:
    """Lays one bill on the pile."""
    values = {"pile": of.id, "bill": bill, "company": of.company, "print": print, "part": part}
    tx.execute(insert(pile_bill).values(**values, result="", detail=""))


def clear(tx: Tx, of: Pile) -> None:
    """Takes every bill off the pile."""
    tx.execute(delete(pile_bill).where(pile_bill.c.pile == of.id))


def forget(tx: Tx, of: Pile) -> None:
    """A choice that came to nothing."""
    clear(tx, of)
    tx.execute(delete(pile).where(pile.c.id == of.id))


def lay(tx: Tx, of: Pile, act: Act, parts: Mapping[int, tuple[str, str]]) -> None:
    """What the form that is shown now binds: for each bill its part and the print of what it shows."""
    tx.execute(update(pile).where(pile.c.id == of.id).values(act=act.value))
    for bill, (part, print) in parts.items():
        here = (pile_bill.c.pile == of.id, pile_bill.c.bill == bill)
        tx.execute(update(pile_bill).where(*here).values(part=part, print=print))


def take_in(tx: Tx, of: Pile, bill: int) -> None:
    """A bill that was asked about by itself belongs to what is signed."""
    here = (pile_bill.c.pile == of.id, pile_bill.c.bill == bill, pile_bill.c.part == LARGE)
    tx.execute(update(pile_bill).where(*here).values(part=IN))


def move(tx: Tx, of: Pile, state: str, **moments: datetime) -> bool:
    """From the state the pile was read in to another; False when somebody has moved it meanwhile."""
    here = (pile.c.id == of.id, pile.c.state == of.state)
    return bool(tx.execute(update(pile).where(*here).values(state=state, **moments)).rowcount)


def settle(tx: Tx, of: Item, result: str, detail: str = "", decision: int | None = None) -> bool:
    """Notes what has become of a bill; False when that was noted already."""
    here = (pile_bill.c.pile == of.pile, pile_bill.c.bill == of.bill, pile_bill.c.result == of.result)
    changed = {"result": result, "detail": detail, "decision": decision or of.decision}
    return bool(tx.execute(update(pile_bill).where(*here).values(**changed)).rowcount)


def told_of(tx: Tx, company: str, bill: int) -> tuple[int, ...]:
    """The piles whose messages show the bill and may have to be redrawn."""
    asked = (
        select(pile.c.id)
        .join(pile_bill, pile_bill.c.pile == pile.c.id)
        .where(pile_bill.c.company == company, pile_bill.c.bill == bill, pile.c.state.in_((ASKING, SIGNED)))
    )
    return tuple(tx.execute(asked.order_by(pile.c.id)).scalars())


def since(of: Pile, d: Decision) -> bool:
    """Whether the decision is not older than the pile's signature; machines' clocks may differ a little."""
    return of.signed_at is not None and d.noted_at + SKEW >= of.signed_at


def holds(tx: Tx, d: Decision) -> bool:
    """Whether the decision was made by signing a pile, whose message tells of it."""
    fresh = pile_bill.c.result == ""  # the decision is older than the note of it
    same = (pile_bill.c.decision == d.id) & or_(pile.c.done_at.is_(None), pile.c.done_at >= d.noted_at)
    asked = (
        select(pile.c.id)
        .join(pile_bill, pile_bill.c.pile == pile.c.id)
        .where(
            pile_bill.c.company == d.company, pile_bill.c.bill == d.bill, pile.c.team == d.team,
            pile.c.slack_user == d.user, pile.c.act == d.act.value, pile.c.signed_at <= d.noted_at + SKEW,
            pile_bill.c.part == IN, or_(fresh, same),
        )
    )  # fmt: skip
    return tx.execute(asked.limit(1)).scalar() is not None


def in_state(tx: Tx, state: str, before: datetime | None = None) -> tuple[Pile, ...]:
    """Piles of all companies in a state, made before a moment."""
    where = [pile.c.state == state] + ([pile.c.made_at < before] if before is not None else [])
    return tuple(_pile(row) for row in tx.execute(select(pile).where(*where).order_by(pile.c.id)))


def _pile(row: Row[Any]) -> Pile:
    return Pile(
        row.id, row.company, row.team, row.slack_user, Act(row.act), row.state, row.typed, row.reason, row.made_at,
        row.signed_at, row.done_at,
    )  # fmt: skip


def _item(row: Row[Any]) -> Item:
    return Item(row.pile, row.bill, row.print, row.part, row.result, row.detail, row.decision)
