"""What people decided about bills: noted before it is done, once for each bill, content and step."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, String, cast, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from finance.circulation import Act
from storage.bill_tables import decision
from storage.database import Tx
from storage.sealing import seal, unseal

NOTED, SENT, DONE, REFUSED, UNSURE, CONTESTED, SIGNED = (
    "noted", "sent", "done", "refused", "unsure", "contested", "signed",
)  # fmt: skip
STUCK = "given_up"  # the problem of an unsure one that is not looked for any more until a person says so
LEFT = "over:"  # the step of a refused decision whose step another has taken up since, followed by its number
OVER = frozenset({DONE, REFUSED, CONTESTED, SIGNED})


@dataclass(frozen=True, slots=True)
class Decision:
    """``step`` is the act, its place and its round ("approve:1", "approve:1/1"), of a signature kept by us its place
    ("sign:1"); ``before`` how many approvals Procountor had counted then.

    ``id`` is the number in the mark that Procountor keeps (``number``).
    ``state``: noted (nothing has left), sent (the request may have left), done, refused, unsure (looked for), contested
    (the bill was changed while it was being approved), signed (kept by us until the last of several signs).
    """

    id: int
    company: str
    bill: int
    print: str
    step: str
    act: Act
    team: str
    user: str
    user_id: int | None
    own_key: bool
    state: str
    reason: str
    before: int
    problem: str
    noted_at: datetime
    sent_at: datetime | None
    done_at: datetime | None

    @property
    def who(self) -> str:
        """The person as the trail names him."""
        return f"{self.team}/{self.user}"

    @property
    def round(self) -> int:
        """How often the bill had been made unfinished before."""
        return int(self.step.partition("/")[2] or 0)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be noted: see ``Decision``. ``shown`` is what was shown, as JSON; it is kept sealed."""

    company: str
    bill: int
    print: str
    step: str
    act: Act
    team: str
    user: str
    user_id: int | None
    own_key: bool
    shown: str
    reason: str = ""


def claim(tx: Tx, wanted: Claim, now: datetime) -> tuple[Decision, bool]:
    """Notes a decision; gives it and True, or the one that was quicker and False.

    A step that was refused before may be tried again, by anybody: the refused one leaves it, and keeps its number.
    """
    step = (
        decision.c.company == wanted.company,
        decision.c.bill == wanted.bill,
        decision.c.print == wanted.print,
        decision.c.step == wanted.step,
    )
    refused = update(decision).where(*step, decision.c.state == REFUSED)
    tx.execute(refused.values(step=literal(LEFT).concat(cast(decision.c.id, String))))
    values: dict[str, Any] = {
        "id": _free(tx, wanted, now),
        "company": wanted.company,
        "bill": wanted.bill,
        "print": wanted.print,
        "step": wanted.step,
        "act": wanted.act.value,
        "team": wanted.team,
        "slack_user": wanted.user,
        "user_id": wanted.user_id,
        "own_key": int(wanted.own_key),
        "state": NOTED,
        "reason": wanted.reason,
        "shown": seal(tx, wanted.shown),
        "before": 0,
        "problem": "",
        "noted_at": now,
        "sent_at": None,
        "done_at": None,
    }
    try:
        with tx.begin_nested():
            tx.execute(insert(decision).values(**values))
        first = True
    except IntegrityError:
        first = False
    return _decision(tx.execute(select(decision).where(*step)).one()), first


def number(wanted: Claim, now: datetime, place: int = 0) -> int:
    """The number of what is noted now, below 2 to the power of 31; ``place``: the how manieth, when others are taken.

    Made of who decides what and when: counting on, a database that was put back would give the number of a decision
    it has forgotten to another, and the forgotten one's mark in Procountor would speak for it.
    """
    told = (wanted.bill, wanted.print, wanted.step, wanted.team, wanted.user, now.isoformat(), place)
    return max(1, int.from_bytes(hashlib.sha256("|".join(map(str, told)).encode()).digest()[:4], "big") >> 1)


def _free(tx: Tx, wanted: Claim, now: datetime) -> int:
    numbers = (number(wanted, now, place) for place in itertools.count())
    return next(n for n in numbers if tx.execute(select(decision.c.id).where(decision.c.id == n)).first() is None)


def get(tx: Tx, company: str, id: int) -> Decision:
    """Raises LookupError for an unknown one."""
    row = tx.execute(select(decision).where(decision.c.company == company, decision.c.id == id)).one_or_none()
    if row is None:
        raise LookupError(f"no decision {id}")
    return _decision(row)


def move(tx: Tx, d: Decision, state: str, **changed: Any) -> bool:
    """Takes the decision from where it was read to another state; False when somebody else has moved it meanwhile.

    The same state may be that of another round by now: noted anew by another press, or sent once more.
    """
    sent = decision.c.sent_at.is_(None) if d.sent_at is None else decision.c.sent_at == d.sent_at
    here = (decision.c.id == d.id, decision.c.state == d.state, decision.c.noted_at == d.noted_at, sent)
    return bool(tx.execute(update(decision).where(*here).values(state=state, **changed)).rowcount)


def of_bill(tx: Tx, company: str, bill: int) -> tuple[Decision, ...]:
    """Everything decided about a bill, the oldest first."""
    asked = select(decision).where(decision.c.company == company, decision.c.bill == bill)
    return tuple(_decision(row) for row in tx.execute(asked.order_by(decision.c.noted_at, decision.c.id)))


def unfinished(tx: Tx) -> tuple[Decision, ...]:
    """Decisions of all companies that are on their way."""
    asked = select(decision).where(decision.c.state.not_in(OVER)).order_by(decision.c.noted_at, decision.c.id)
    return tuple(_decision(row) for row in tx.execute(asked))


def by(tx: Tx, company: str, team: str, user: str, since: datetime) -> tuple[Decision, ...]:
    """What one person has decided since a moment, the oldest first."""
    mine = (decision.c.company == company, decision.c.team == team, decision.c.slack_user == user)
    asked = select(decision).where(*mine, decision.c.noted_at >= since).order_by(decision.c.noted_at, decision.c.id)
    return tuple(_decision(row) for row in tx.execute(asked))


def shown(tx: Tx, company: str, id: int) -> str:
    """What was shown to the one who decided, as JSON."""
    sealed = tx.execute(select(decision.c.shown).where(decision.c.company == company, decision.c.id == id)).scalar_one()
    return unseal(tx, sealed)


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        row.id, row.company, row.bill, row.print, row.step, Act(row.act), row.team, row.slack_user, row.user_id,
        bool(row.own_key), row.state, row.reason, row.before, row.problem, row.noted_at, row.sent_at, row.done_at,
    )  # fmt: skip
