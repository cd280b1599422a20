"""Approvals overtake: bills are approved while a great batch drains through several processes on PostgreSQL.

Every second somebody presses "Approve" on a bill. Printed are the time from the press to Procountor's taking up the
approval (gate G8), how much of the request limit was used and the busiest second (G9), the calls for each invoice
(G10), and how long a second company's only invoice took with all that in front of it.
"""

from __future__ import annotations

import itertools
import os
import statistics
import tempfile
import time
from pathlib import Path

import psycopg

from benchmarks import gates
from procountor.limiter import limit_of
from sandbox.procountor import inbox
from sandbox.procountor.journal import Counts
from sandbox.slack.workspace import Person
from storage.database import driverless
from tests.proofs import machines
from tests.proofs.machines import Park, parked
from tests.proofs.proof_world import APPROVE, World, opened

COUNT = int(os.environ.get("KIERTO_BENCH_DRAIN", "10000"))
APPROVALS = int(os.environ.get("KIERTO_BENCH_APPROVALS", "100"))
SOME = 200  # invoices by which the requests for each are counted
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
    alone_calls = _calls(world)
    world.procountor.world.counts = counts = Counts()
    before, began = machines.left(world), time.monotonic()
    pressed = _press(world, ids[: len(ids) // 2])
    alone = _alone(other)
    pressed |= _press(world, ids[len(ids) // 2 :])
    requests, seconds, after = sum(counts.routes.values()), time.monotonic() - began, machines.left(world)
    world.until(lambda: len(world.approvals()) == len(ids), 60, "approvals are left")
    _stretches(world, pressed)
    spent = sorted(world.stamps[APPROVE, id] - pressed[id] for id in ids)
    calls = f"{alone_calls:.2f} requests an invoice without approvals, reading by the clock included"
    words = (
        f"{APPROVALS} approvals while {before} invoices drained (3 workers, {after} left): press → Procountor "
        f"{statistics.median(spent):.2f} s median, {spent[int(len(spent) * 0.99) - 1]:.2f} s p99 (goal 2 s), "
        f"{spent[-1]:.2f} s most; {requests / seconds:.1f} requests/s = {requests / seconds / RATE:.1%} of the aim "
        f"(goal 90 %), busiest second {counts.busiest} of {limit_of(RATE)}; {requests / (before - after):.2f} requests "
        f"an invoice, approvals and reading included; another company's only invoice took {alone:.1f} s"
    )
    print(f"G10 {calls} (goal 4)\nG8, G9 {words}")
    used = requests / seconds / RATE >= 0.9 and counts.busiest <= limit_of(RATE)
    gates.note("G8", "machines", words, met=spent[int(len(spent) * 0.99) - 1] <= 2)
    gates.note("G9", "machines", words, met=used)
    gates.note("G10", "machines", calls, met=alone_calls <= 4)


STRETCHES = (
    ("press → kept", "the door, the inbox"),
    ("kept → taken up", "the lane"),
    ("taken up → noted", "the bill read anew, the right, the decision noted"),
    ("noted → taken up", "the lane"),
    ("taken up → about to leave", "the bill and its history read anew, the intent noted"),
    ("about to leave → accepted", "the request itself"),
)
_MOMENTS = """
    SELECT d.bill, extract(epoch FROM d.noted_at), t.started_at_epoch_ms / 1000.0, extract(epoch FROM d.sent_at)
    FROM decision d JOIN dbos.workflow_status t
      ON t.workflow_uuid LIKE 'bill.decide:' || d.company || ':' || d.id || ':%:0'
"""
_HEARD = """
    SELECT created_at / 1000.0, started_at_epoch_ms / 1000.0 FROM dbos.workflow_status
    WHERE workflow_uuid LIKE 'hear:%' AND queue_name = 'approvals' ORDER BY created_at
"""


def _stretches(world: World, pressed: dict[int, float]) -> None:
    """Where the time of a press goes: presses come one by one, so that the n-th thing heard is the n-th press."""
    with psycopg.connect(driverless(world.settings.database_url)) as db:
        moments = {bill: list(map(float, more)) for bill, *more in db.execute(_MOMENTS).fetchall()}
        heard = [list(map(float, row)) for row in db.execute(_HEARD).fetchall()]
    spent: list[list[float]] = [[] for _ in STRETCHES]
    for (id, at), kept in zip(sorted(pressed.items(), key=lambda one: one[1]), heard, strict=True):
        way = [at, *kept, *moments[id], world.stamps[APPROVE, id]]
        for place, (before, after) in enumerate(itertools.pairwise(way)):
            spent[place].append(after - before)
    for (name, what), seconds in zip(STRETCHES, spent, strict=True):
        seconds.sort()
        median, most = statistics.median(seconds), seconds[int(len(seconds) * 0.99) - 1]
        print(f"  {name:<26} {median * 1000:5.0f} ms median, {most * 1000:5.0f} ms p99: {what}")


def _press(world: World, ids: list[int]) -> dict[int, float]:
    """One press each second, by one door after the other; gives when."""
    handle, pressed = world.handles(ids), {}
    for place, id in enumerate(ids):
        pressed[id] = time.time()
        world.press(USER, id, handle[id], door=place)
        time.sleep(max(0.0, 1.0 - (time.time() - pressed[id])))
    return pressed


def _calls(world: World) -> float:
    """Requests for each invoice, before anybody presses anything."""
    world.procountor.world.counts = counts = Counts()
    before = machines.left(world)
    world.until(lambda: before - machines.left(world) >= SOME, 240, "nothing drains")
    requests = sum(counts.routes.values())
    return requests / (before - machines.left(world))


def _alone(other: World) -> float:
    """Seconds from the queueing of a company's only invoice to its end."""
    machines.drain(other, 5000, 1)
    began = time.monotonic()
    while machines.left(other):
        time.sleep(0.1)
    return time.monotonic() - began
