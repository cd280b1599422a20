"""Words of tests about decisions in the company that is spoken to by hand: bills, what was decided, who may sign."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest

from finance.authority import Right
from finance.canonical import dump
from finance.circulation import Act
from procountor import bills as resource
from procountor import circulation
from procountor.circulation import Settings
from storage import bills, decisions
from storage.decisions import Claim, Decision
from tests.support.office import MIKA, SAM, TEAM
from tests.support.spoken import AT, Spoken

NUMBERS = count(8001)


def arrived(house: Spoken, user: str = MIKA, **said: Any) -> bills.Kept:
    return house.bill(next(NUMBERS), user, **said)


def claimed(house: Spoken, kept: bills.Kept, user: str = MIKA, act: Act = Act.APPROVE, step: str = "") -> Decision:
    """What somebody has decided, noted and no more."""
    wanted = Claim(
        house.id, kept.bill.id, kept.print, step or f"{act.value}:1", act, TEAM, user, None, own_key=False,
        shown=dump(kept.bill),
    )  # fmt: skip
    with house.write() as tx:
        return decisions.claim(tx, wanted, house.now)[0]


def moved(house: Spoken, d: Decision, state: str, **more: Any) -> Decision:
    with house.write() as tx:
        assert decisions.move(tx, d, state, **more)
        return decisions.get(tx, house.id, d.id)


@contextmanager
def signing_people(opened: Spoken, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoken]:
    """Mika and Sam may sign; Procountor has each bill as it is kept, and names nobody."""

    def as_kept(api: object, id: int) -> Any:
        with opened.read() as tx:
            found = bills.get(tx, opened.id, id)
        assert found is not None
        return found.bill

    monkeypatch.setattr(circulation, "settings", lambda api: Settings())
    monkeypatch.setattr(resource, "get", as_kept)
    monkeypatch.setattr(resource, "history", lambda api, bill: ())
    for user in (MIKA, SAM):
        opened.give(user, Right.SEE_OWN, Right.RECEIVE, Right.APPROVE, Right.PRE_APPROVE)
    opened.asked.calls()
    yield opened
    opened.at[0] = AT
    opened.choose(bill_rules=(), confirm_above={})
