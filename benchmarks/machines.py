"""Approvals overtake: bills are approved while a great batch drains through several processes on PostgreSQL.

Every second somebody presses "Approve" on a bill. Printed are the time from the press to Procountor's taking up the
approval (gate G8), how much of the request limit was used and the busiest second (G9), the calls for each invoice
(G10), and how long a second company's only invoice took with all that in front of it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from sandbox.procountor import inbox
from sandbox.procountor.journal import Counts
from sandbox.slack.workspace import Person
from tests.proofs import machines
from tests.proofs.machines import Park, parked
from tests.proofs.proof_world import APPROVE, World, opened

COUNT = int(os.environ.get("KIERTO_BENCH_DRAIN", "10000"))
APPROVALS = int(os.environ.get("KIERTO_BENCH_APPROVALS", "100"))
RATE = 48.0
USER = "UAPPROVER"


def main() -> None:
    """Prints the figures of gates G8, G9 and G10."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened("postgresql", folder, [Person(USER, "approver", "Aino Hyväksyjä")], settle=30.0) as world:
            world.person(USER, {"approve": {"EUR": None}}, procountor=7001)
            other = machines.second_company(world)
            ids = world.receive([inbox.Bill(verifiers=[], acceptors=[])] * APPROVALS)
            world.known(ids)
            with parked(world, folder, RATE) as park:
                _measure(world, other, park, ids)


def _measure(world: World, other: World, park: Park, ids: list[int]) -> None:
    park.run(), park.run(), park.worker()
    machines.drain(world, 5000, COUNT)
    world.until(lambda: machines.left(world) < COUNT, 60, "nothing drains")
    world.procountor.world.counts = counts = Counts()
    before, began = machines.left(world), time.monotonic()
    pressed = _press(world, ids[: len(ids) // 2])
    alone = _alone(other)
    pressed |= _press(world, ids[len(ids) // 2 :])
    requests, seconds, after = sum(counts.routes.values()), time.monotonic() - began, machines.left(world)
    world.until(lambda: len(world.approvals()) == len(ids), 60, "approvals are left")
    spent = sorted(world.stamps[APPROVE, id] - pressed[id] for id in ids)
    print(
        f"{APPROVALS} approvals while {before} invoices drained (3 workers, {after} left): press → Procountor "
        f"{statistics.median(spent):.2f} s median, {spent[int(len(spent) * 0.99) - 1]:.2f} s p99 (goal 2 s), "
        f"{spent[-1]:.2f} s most; {requests / seconds:.1f} requests/s = {requests / seconds / RATE:.1%} of the rate "
        f"(goal 90 %), busiest second {counts.busiest}; {requests / (before - after):.2f} requests an invoice, "
        f"approvals and reading included; another company's only invoice took {alone:.1f} s"
    )


def _press(world: World, ids: list[int]) -> dict[int, float]:
    """One press each second, by one door after the other; gives when."""
    handle, pressed = world.handles(ids), {}
    for place, id in enumerate(ids):
        pressed[id] = time.time()
        world.press(USER, id, handle[id], door=place)
        time.sleep(max(0.0, 1.0 - (time.time() - pressed[id])))
    return pressed


def _alone(other: World) -> float:
    """Seconds from the queueing of a company's only invoice to its end."""
    machines.drain(other, 5000, 1)
    began = time.monotonic()
    while machines.left(other):
        time.sleep(0.1)
    return time.monotonic() - began
