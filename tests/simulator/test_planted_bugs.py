"""The tests tested: twelve faults planted in the machines, each caught by a trial that the right machine stands.

Those of reliability.md 4.6 (5). Where ours has no such part, its nearest kin: nothing is sent by it (so that what is
cleared too early is the intent to create), and two searches that must agree stand where the gate's union was.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

import finance.bill
from finance import transfer as rules
from finance.transfer import FINAL, State
from handlers import decide, following, looking, queueing, signing
from handlers import transfer as journey
from procountor.errors import Unsure
from storage import decisions, transfers
from tests.simulator import played
from tests.simulator.judge import judge
from tests.simulator.played import Tables
from tests.simulator.points import Strike, When
from tests.simulator.world import Plan, World, forget

pytestmark = pytest.mark.gate("G21")

MAKE, APPROVE = "POST invoices", "PUT invoices/{id}/approve"
Patch = Callable[[pytest.MonkeyPatch], None]


def _no_settle(m: pytest.MonkeyPatch) -> None:
    right = rules.after_looking
    m.setattr(rules, "after_looking", lambda look, at, now, timing: right(look, at, now, replace(timing, settle=0.0)))


def _one_search(m: pytest.MonkeyPatch) -> None:
    right = looking.look
    m.setattr(looking, "look", lambda job, t: right(job, replace(t, create_at=None)))


def _parked_goes_on(m: pytest.MonkeyPatch) -> None:
    for module in (rules, played):
        m.setattr(module, "FINAL", FINAL - {State.PARKED})


def _no_fence(m: pytest.MonkeyPatch) -> None:
    right = transfers.commit

    def commit(tx: Any, t: Any, **values: Any) -> Any:
        there = tx.rows("transfer")[t.document]
        return right(tx, replace(t, fence=there.fence), **values)

    m.setattr(transfers, "commit", commit)


def _intent_cleared(m: pytest.MonkeyPatch) -> None:
    right = transfers.commit

    def commit(tx: Any, t: Any, **values: Any) -> Any:
        forgotten = {"create_at": None} if values.get("state") == State.LOOKING.value else {}
        return right(tx, t, **{**values, **forgotten})

    m.setattr(transfers, "commit", commit)


def _random_marker(m: pytest.MonkeyPatch) -> None:
    drawn = itertools.count()
    m.setattr(queueing, "_marker", lambda company, doc: f"KI1{next(drawn):026}")


def _no_control(m: pytest.MonkeyPatch) -> None:
    m.setattr(looking, "_blind", lambda desk, api, t: False)


def _approve_repeated(m: pytest.MonkeyPatch) -> None:
    right = decide._put

    def put(*args: Any) -> None:
        try:
            right(*args)
        except Unsure:
            right(*args)

    m.setattr(decide, "_put", put)


def _noted_afterwards(m: pytest.MonkeyPatch) -> None:
    right, begin = journey._finish, following.begin

    def finish(desk: Any, t: Any, state: State, **values: Any) -> Any:
        t = right(desk, t, state, **values)
        if state is State.DONE:
            with desk.store.write() as tx:
                begin(desk, tx, t)
        return t

    m.setattr(following, "begin", lambda desk, tx, t: None)
    m.setattr(journey, "_finish", finish)


def _known_in_memory(m: pytest.MonkeyPatch) -> None:
    """Decisions are told apart by what the process remembers, and a process dies."""
    right = decisions.claim

    def claim(tx: Tables, wanted: Any, now: Any) -> Any:
        return right(tx, replace(wanted, step=f"{wanted.step}/{tx._store.lives}"), now)

    m.setattr(decisions, "claim", claim)


def _right_at_display(m: pytest.MonkeyPatch) -> None:
    m.setattr(decide, "signing", _Blind(signing))


class _Blind:
    """`handlers.signing` as it would be if the right had been looked at when the card was drawn."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def may(self, *_: Any) -> Any:
        from finance.signing import MAY

        return MAY


def _print_without_account(m: pytest.MonkeyPatch) -> None:
    right = finance.bill.still
    m.setattr(finance.bill, "still", lambda bill: right(replace(bill, iban="")))


@dataclass(frozen=True)
class Planted:
    """``wants`` is what the right machine comes to in this trial; the broken one comes to something else."""

    plant: Patch
    plan: Plan
    wants: str = "done"


_LOST = ((MAKE, ("zombie",)),)
BUGS = {
    "no settle time": Planted(_no_settle, Plan(forced=_LOST, climate="unclear", seed=3)),
    "one search instead of two": Planted(
        _one_search, Plan(forced=((MAKE, ("lost_after",)),), people=(("renumber", 1.0),)), "parked"
    ),
    "parked is not final": Planted(
        _parked_goes_on,
        Plan(forced=((MAKE, ("lost_after",)),), people=(("annotate", 1.0), ("invalidate", 90.0))),
        "parked",
    ),
    "no fence at the commit": Planted(_no_fence, Plan(strikes=(Strike("pause", MAKE, seconds=900.0),))),
    "the intent is cleared when no answer came": Planted(
        _intent_cleared, Plan(forced=_LOST, climate="unclear", seed=3)
    ),
    "a marker drawn at random": Planted(
        _random_marker, Plan(strikes=(Strike("restore", "transfer done", When.AFTER),))
    ),
    "no positive control": Planted(
        _no_control, Plan(forced=((MAKE, ("lost_after",)),), sight=("blind", 2.0, 5000.0)), "parked"
    ),
    "an approval is repeated": Planted(
        _approve_repeated, Plan("bill two", forced=((APPROVE, ("lost_after",)),)), "done,done"
    ),
    "what follows is noted in a transaction of its own": Planted(
        _noted_afterwards, Plan("cost", strikes=(Strike("crash", "transfer done", When.AFTER),))
    ),
    "what was pressed is known in memory only": Planted(
        _known_in_memory,
        Plan("bill two", strikes=(Strike("crash", "decision noted", When.AFTER),)),
        "done,done",
    ),
    "the right is looked at when the card is drawn": Planted(
        _right_at_display,
        Plan("bill", people=(("withdraw", 1.0),), strikes=(Strike("crash", "decision noted", When.AFTER),)),
        "refused",
    ),
    "the print leaves the account out": Planted(
        _print_without_account,
        Plan("bill", people=(("iban", 1.0),), strikes=(Strike("crash", "decision noted", When.AFTER),)),
        "refused",
    ),
}


def stands(bug: Planted) -> bool:
    """Whether the machine as it now is comes through the trial as it should."""
    world = World(bug.plan).run()
    found = judge(world)
    swept = found.extra and bug.plan.climate != "undead"
    return not (found.twice or found.lost or swept) and found.end.startswith(bug.wants)


@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_a_planted_bug_is_caught(bug: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stands(bug), "the right machine does not stand its own trial"
    remade = bug.plant is _print_without_account  # what was shown is part of the scene
    with monkeypatch.context() as planting:
        bug.plant(planting)
        if remade:
            forget()
        caught = not stands(bug)
    if remade:
        forget()
    assert caught, "nothing has noticed it"


def test_there_are_twelve() -> None:
    assert len(BUGS) == 12
