"""Many machines on one PostgreSQL: any of them may die or freeze, one rate limit holds, nobody is starved.

Two `kierto run` and a `kierto worker` empty a batch of one company while people approve bills and another company
sends its only invoice. Machines die without a word; what they had taken up is taken over. Whatever happens, each
invoice is in Procountor once and each bill has one signature, and no second sees more requests than are allowed.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import pytest

from procountor.limiter import limit_of
from sandbox.procountor import inbox
from sandbox.procountor.journal import Counts
from sandbox.slack.workspace import Person
from tests.proofs import machines
from tests.proofs.machines import Park, parked
from tests.proofs.proof_world import World, opened

INVOICES = int(os.environ.get("KIERTO_PROOF_DRAIN", "1500"))
DEATHS = int(os.environ.get("KIERTO_PROOF_DEATHS", "6"))
RATE = 48.0
SETTLE = 5.0
FIRST = 5000
USER = "UAPPROVER"


@pytest.mark.gate("G12")
@pytest.mark.proof
def test_any_machine_may_die_or_freeze(tmp_path: Path) -> None:
    with opened("postgresql", tmp_path, [Person(USER, "approver", "Aino Hyväksyjä")], settle=SETTLE) as world:
        world.person(USER, {"approve": {"EUR": None}}, procountor=7001)
        other = machines.second_company(world)
        ids = world.receive([inbox.Bill(verifiers=[], acceptors=[])] * (DEATHS + 1))
        world.known(ids)
        handle = world.handles(ids)
        with parked(world, tmp_path, RATE) as park:
            park.run(), park.run(), park.worker()
            world.procountor.world.counts = Counts()
            late = machines.judged(world, FIRST + INVOICES // 2, INVOICES - INVOICES // 2)
            alone_there = machines.judged(other, FIRST, 1)
            machines.drain(world, FIRST, INVOICES // 2)
            healed = [_die(world, park, bill, handle[bill]) for bill in ids[:DEATHS]]
            late()  # however quickly the first half was done: now there is something in front
            began = time.monotonic()
            alone_there()
            world.until(lambda: not machines.left(other), 60, "the other company's only invoice is still waiting")
            waited, still = time.monotonic() - began, machines.left(world)
            thawed = _freeze(world, park, ids[DEATHS], handle[ids[DEATHS]])
            world.until(lambda: not machines.left(world), 600, "invoices are left")
            world.idle()
            said = park.said()
        busiest = world.procountor.world.counts.busiest
        sent, alone = machines.drafts(world), machines.drafts(other)
        print(
            f"\n  machines: {DEATHS} deaths of 3, taken over after {max(s for _, s in healed):.1f} s at most "
            f"({sum(n for n, _ in healed)} tasks), a frozen one's {thawed[0]} tasks after {thawed[1]:.1f} s; "
            f"{INVOICES} invoices, doubled {sum(n > 1 for n in sent.values())}, missing {INVOICES - len(sent)}; "
            f"another company's only invoice took {waited:.1f} s with {still} in front; busiest second {busiest} of "
            f"{limit_of(RATE)}"
        )
    assert sent == Counter({str(number): 1 for number in range(FIRST, FIRST + INVOICES)})
    assert alone == Counter({str(FIRST): 1})
    assert still > 0, "the batch was over before the other company came: nothing was proved"
    assert {id: len(made) for id, made in world.approvals().items()} == dict.fromkeys(ids, 1)
    assert busiest <= limit_of(RATE)
    assert "Traceback" not in said, said[-3000:]


def _die(world: World, park: Park, bill: int, handle: str) -> tuple[int, float]:
    """The oldest machine dies just after somebody has pressed; another takes its place."""
    oldest = next(machine for machine in park.machines if machine.process.poll() is None)
    doors = [n for n, door in enumerate(world.doors) if not door.courier.bot_url.endswith(f":{oldest.port}")]
    world.press(USER, bill, handle, door=doors[-1])
    healed = park.lose(oldest)
    park.run() if oldest.port else park.worker()
    world.until(lambda: bill in world.approvals(), 60, "the bill is not approved")
    return healed


def _freeze(world: World, park: Park, bill: int, handle: str) -> tuple[int, float]:
    """A machine stands still until others have its work, and then goes on as if nothing had been."""
    frozen = next(m for m in park.machines if m.process.poll() is None and not m.port)
    (executor,) = park.of(frozen)
    world.until(lambda: park.under_way(executor), 60, "the machine has nothing to do")
    frozen.freeze()
    world.press(USER, bill, handle, door=-1)
    kept, began = park.under_way(executor), time.monotonic()
    world.until(lambda: not park.under_way(executor), 90, "nobody took over from the frozen machine")
    spent = time.monotonic() - began
    frozen.thaw()
    world.until(lambda: executor not in park.executors(), 30, "the frozen machine goes on with its old name")
    return kept, spent
