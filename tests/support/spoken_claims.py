"""Words of tests about claims in the company that is spoken to by hand: Sam writes one, and sends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from finance import captured
from finance.authority import Right
from finance.capture import Journey, Row, Sheet
from finance.claim import Claimant, ClaimKind
from storage import captures
from storage.captures import Captured
from tests.support.office import MIKA, SAM, TEAM
from tests.support.spoken import AT, Spoken

THROWN = "This claim has been sent or thrown away already."

TODAY = AT.date()

COST = Row(1, TODAY, Decimal("12.40"), supplier="R-kioski", payment="own")


def again(tx: Any, house: Spoken, id: int) -> Captured:
    found = captures.get(tx, house.id, id)
    assert found is not None
    return found


def written(house: Spoken, *rows: Row, kind: ClaimKind = ClaimKind.EXPENSE, journey: Journey | None = None) -> Captured:
    """What Sam is writing."""
    with house.write() as tx:
        one = captures.begin(tx, house.id, TEAM, SAM, kind, house.now)
        captures.write(tx, one, Sheet(kind, rows=rows, journey=journey, next_row=len(rows) + 1), house.now)
        return again(tx, house, one.id)


def sent(house: Spoken, *desks: str) -> Captured:
    """What Sam has sent, on these desks."""
    one = written(house, COST)
    told = captured.claim(one.sheet, one.number, Claimant("7", "Sam"), TODAY, {}, {}, "fi")
    with house.write() as tx:
        captures.send(tx, one, told, house.now)
        for user in desks:
            captures.deal(tx, again(tx, house, one.id), TEAM, user, "right")
        return again(tx, house, one.id)


def subject(one: Captured) -> str:
    return f"{one.id}|{one.print}"


@contextmanager
def claiming_people(opened: Spoken) -> Iterator[Spoken]:
    """Sam claims, Mika and Anna may approve. Afterwards nobody writes or waits."""
    opened.give(MIKA, Right.APPROVE_CLAIMS)
    opened.give(SAM)
    opened.asked.calls()
    yield opened
    opened.at[0] = AT
    with opened.write() as tx:
        for one in captures.of_user(tx, opened.id, TEAM, SAM, (captures.DRAFT, captures.REJECTED)):
            captures.drop(tx, one)
        for _, id in captures.in_state(tx, captures.WAITING):
            captures.settle(tx, again(tx, opened, id), captures.REJECTED, "test", "", opened.now)
