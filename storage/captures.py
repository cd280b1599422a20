"""Claims made in Slack: what is being written, what was sent to be approved, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from finance.canonical import content_hash, dump, load
from finance.capture import Sheet
from finance.claim import Claim, ClaimKind
from storage.capture_tables import captured, captured_card, captured_receipt
from storage.database import Tx
from storage.putting import put
from storage.sealing import seal, unseal

DRAFT, WAITING, APPROVED, REJECTED = "draft", "waiting", "approved", "rejected"
WRITABLE = (DRAFT, REJECTED)
"""States in which the claimant may change it."""


@dataclass(frozen=True, slots=True)
class Captured:
    """``claim`` is what was sent to be approved, None before; ``print`` is another each time it is sent.

    ``view`` is Slack's id of the form that shows the whole claim now; empty while none does.
    """

    id: int
    company: str
    team: str
    user: str
    state: str
    sheet: Sheet
    claim: Claim | None
    print: str
    reason: str
    decided_by: str
    decided_at: datetime | None
    made_at: datetime
    changed_at: datetime
    view: str

    @property
    def number(self) -> str:
        """What people call it."""
        return f"K-{self.id}"

    @property
    def who(self) -> str:
        """The claimant as the trail names him."""
        return f"{self.team}/{self.user}"


@dataclass(frozen=True, slots=True)
class Copy:
    """A claim on somebody's desk; ``told_on`` is the day he was reminded of it."""

    team: str
    user: str
    why: str
    told_on: date | None


def begin(tx: Tx, company: str, team: str, user: str, kind: ClaimKind, now: datetime) -> Captured:
    """The person's draft of this kind: the one he has begun, or a new one."""
    mine = (captured.c.company == company, captured.c.team == team, captured.c.slack_user == user)
    where = (*mine, captured.c.kind == kind.value, captured.c.state == DRAFT)
    row = tx.execute(select(captured).where(*where).order_by(captured.c.id.desc()).limit(1)).one_or_none()
    if row is not None:
        return _captured(tx, row)
    values = {"company": company, "team": team, "slack_user": user, "kind": kind.value, "state": DRAFT, "view": ""}
    values |= {"print": "", "decided_by": ""}
    sealed = seal(tx, dump(Sheet(kind)))
    made = insert(captured).values(sheet=sealed, made_at=now, changed_at=now, **values).returning(captured.c.id)
    found = get(tx, company, int(tx.execute(made).scalar_one()))
    assert found is not None
    return found


def get(tx: Tx, company: str, id: int) -> Captured | None:
    """None for an unknown one and for another company's alike."""
    row = tx.execute(select(captured).where(*_one(company, id))).one_or_none()
    return None if row is None else _captured(tx, row)


def of_user(tx: Tx, company: str, team: str, user: str, states: Iterable[str]) -> tuple[Captured, ...]:
    """A person's claims in these states, the newest first."""
    mine = (captured.c.company == company, captured.c.team == team, captured.c.slack_user == user)
    rows = tx.execute(select(captured).where(*mine, captured.c.state.in_(list(states))).order_by(captured.c.id.desc()))
    return tuple(_captured(tx, row) for row in rows)


def in_state(tx: Tx, state: str, company: str | None = None) -> tuple[tuple[str, int], ...]:
    """Every claim (company, id) in a state, of one company or all."""
    where = [captured.c.state == state] + ([captured.c.company == company] if company is not None else [])
    rows = tx.execute(select(captured.c.company, captured.c.id).where(*where))
    return tuple((row.company, row.id) for row in rows)


def write(tx: Tx, one: Captured, sheet: Sheet, now: datetime) -> bool:
    """Keeps what was written; False when it is the claimant's no more. A rejected claim becomes a draft again."""
    where = (*_one(one.company, one.id), captured.c.state.in_(WRITABLE))
    values = {"sheet": seal(tx, dump(sheet)), "changed_at": now, "state": DRAFT}
    return bool(tx.execute(update(captured).where(*where).values(**values)).rowcount)


def change(tx: Tx, one: Captured, how: Callable[[Sheet], Sheet], now: datetime) -> Captured | None:
    """Changes what is written as it stands now: another window may have written since ``one`` was read.

    None when it is the claimant's no more.
    """
    where = (*_one(one.company, one.id), captured.c.state.in_(WRITABLE))
    row = tx.execute(select(captured).where(*where).with_for_update()).one_or_none()
    if row is None:
        return None
    found = _captured(tx, row)
    sheet = how(found.sheet)
    write(tx, found, sheet, now)
    return replace(found, sheet=sheet, state=DRAFT, changed_at=now)


def show(tx: Tx, company: str, id: int, view: str) -> None:
    """Notes which form shows the whole claim; "" when it has turned into another."""
    tx.execute(update(captured).where(*_one(company, id)).values(view=view[:40]))


def send(tx: Tx, one: Captured, claim: Claim, now: datetime) -> bool:
    """The claim waits to be approved; False when it was not the claimant's to send."""
    where = (*_one(one.company, one.id), captured.c.state.in_(WRITABLE))
    values: dict[str, Any] = {"state": WAITING, "claim": seal(tx, dump(claim)), "print": content_hash((claim, now))}
    values |= {"changed_at": now, "reason": None, "decided_by": "", "decided_at": None, "view": ""}
    return bool(tx.execute(update(captured).where(*where).values(**values)).rowcount)


def settle(tx: Tx, one: Captured, state: str, by: str, reason: str, now: datetime) -> bool:
    """Approves or rejects what was shown, once: False when it was changed or settled meanwhile."""
    where = (*_one(one.company, one.id), captured.c.state == WAITING, captured.c.print == one.print)
    values = {"state": state, "decided_by": by, "decided_at": now, "reason": seal(tx, reason) if reason else None}
    return bool(tx.execute(update(captured).where(*where).values(**values)).rowcount)


def drop(tx: Tx, one: Captured) -> bool:
    """Throws a claim away that was not sent, with its receipts."""
    if not tx.execute(
        select(captured.c.id).where(*_one(one.company, one.id), captured.c.state.in_(WRITABLE)).with_for_update()
    ).scalar():
        return False
    tx.execute(delete(captured_receipt).where(captured_receipt.c.captured == one.id))
    tx.execute(delete(captured_card).where(captured_card.c.captured == one.id))
    tx.execute(delete(captured).where(*_one(one.company, one.id)))
    return True


def deal(tx: Tx, one: Captured, team: str, user: str, why: str) -> None:
    """Puts it on somebody's desk."""
    key = {"captured": one.id, "team": team, "slack_user": user}
    put(tx, captured_card, key, {"why": why}, {"company": one.company})


def desks(tx: Tx, one: Captured) -> tuple[tuple[str, str, str], ...]:
    """On whose desks (team, user) it lies, and why."""
    rows = tx.execute(
        select(captured_card)
        .where(captured_card.c.captured == one.id)
        .order_by(captured_card.c.team, captured_card.c.slack_user)
    )
    return tuple((row.team, row.slack_user, row.why) for row in rows)


def copies(tx: Tx, one: Captured) -> tuple[Copy, ...]:
    """The same, each with the day on which its holder was reminded."""
    asked = select(captured_card).where(captured_card.c.captured == one.id)
    rows = tx.execute(asked.order_by(captured_card.c.team, captured_card.c.slack_user))
    return tuple(
        Copy(row.team, row.slack_user, row.why, date.fromisoformat(row.told_on) if row.told_on else None)
        for row in rows
    )


def told(tx: Tx, one: Captured, team: str, user: str, day: date) -> None:
    """Notes that somebody was reminded of it, for the first time."""
    mine = (captured_card.c.captured == one.id, captured_card.c.team == team, captured_card.c.slack_user == user)
    tx.execute(update(captured_card).where(*mine, captured_card.c.told_on.is_(None)).values(told_on=day.isoformat()))


def decided(tx: Tx, company: str, by: str, since: datetime) -> tuple[Captured, ...]:
    """What somebody has approved or rejected since then, the oldest first."""
    where = (captured.c.company == company, captured.c.decided_by == by, captured.c.decided_at >= since)
    return tuple(_captured(tx, row) for row in tx.execute(select(captured).where(*where).order_by(captured.c.id)))


def clear(tx: Tx, one: Captured) -> None:
    """Takes it off every desk."""
    tx.execute(delete(captured_card).where(captured_card.c.captured == one.id))


def on_desk(tx: Tx, company: str, team: str, user: str) -> tuple[Captured, ...]:
    """What waits for somebody's approval, the oldest first."""
    joined = captured_card.c.captured == captured.c.id
    where = (captured.c.company == company, captured.c.state == WAITING, captured_card.c.team == team)
    asked = select(captured).join(captured_card, joined).where(*where, captured_card.c.slack_user == user)
    return tuple(_captured(tx, row) for row in tx.execute(asked.order_by(captured.c.id)))


def waiting(tx: Tx, company: str) -> int:
    """How many wait to be approved, on whose desk ever."""
    where = (captured.c.company == company, captured.c.state == WAITING)
    return int(tx.execute(select(func.count()).select_from(captured).where(*where)).scalar_one())


def _one(company: str, id: int) -> tuple[ColumnElement[bool], ...]:
    return captured.c.company == company, captured.c.id == id


def _captured(tx: Tx, row: Row[Any]) -> Captured:
    claim = None if row.claim is None else load(Claim, unseal(tx, row.claim))
    reason = "" if row.reason is None else unseal(tx, row.reason)
    return Captured(
        row.id, row.company, row.team, row.slack_user, row.state, load(Sheet, unseal(tx, row.sheet)), claim, row.print,
        reason, row.decided_by, row.decided_at, row.made_at, row.changed_at, row.view,
    )  # fmt: skip
