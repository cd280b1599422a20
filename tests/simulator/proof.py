"""Runs the trials on all cores and tells what came of them, as a table.

Each trial follows from its number, so that the figures are the same however many processes share them.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks import gates
from tests.simulator import plans
from tests.simulator.judge import judge
from tests.simulator.world import World

TRIALS = 180_000
PIECE = 250
STRUCK = 76  # of the named points, by 4,000 trials; the others are rarer still


@dataclass
class Tally:
    """What a family came to. ``failed``: the seeds that broke a promise, with what they broke (the first hundred)."""

    trials: int = 0
    twice: int = 0
    lost: int = 0
    person: int = 0
    extra: int = 0
    again: int = 0
    struck: int = 0
    failed: list[tuple[int, str]] = field(default_factory=list)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        for name in ("trials", "twice", "lost", "person", "extra", "again", "struck"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failed = (self.failed + other.failed)[:100]
        self.passed += other.passed
        self.why += other.why


def piece(work: tuple[str, int, int]) -> tuple[str, Tally]:
    """Some trials of a family, by their numbers."""
    family, start, end = work
    tally = Tally()
    for seed in range(start, end):
        plan = plans.plan(family, seed)
        world = World(plan).run()
        found = judge(world)
        tally.trials += 1
        tally.twice += bool(found.twice)
        tally.lost += bool(found.lost)
        tally.person += bool(found.person)
        tally.extra += found.extra
        tally.again += found.again
        tally.struck += len(world.watch.struck)
        tally.why.update(found.person)
        for strike in world.watch.struck:
            if strike.name:
                tally.passed[strike.name, strike.when.value] += 1
        if found.broken:
            tally.failed.append((seed, "; ".join((*found.twice, *found.lost))[:200]))
    return family, tally


def prove(trials: int = TRIALS, processes: int | None = None) -> dict[str, Tally]:
    """``trials`` with deaths in all, and the other families in proportion."""
    share = min(1.0, trials / TRIALS)
    found = {family: Tally() for family in plans.FAMILIES}
    work = list(_pieces(share))
    count = processes or int(os.environ.get("KIERTO_SIM_CORES", "0")) or min(os.cpu_count() or 1, 8)
    if count == 1:
        for family, tally in map(piece, work):
            found[family].add(tally)
        return found
    with multiprocessing.get_context("spawn").Pool(count) as pool:
        for family, tally in pool.imap(piece, work):  # in their order: the same however many there are
            found[family].add(tally)
    return found


def _pieces(share: float) -> Iterator[tuple[str, int, int]]:
    for family, (_, whole) in plans.FAMILIES.items():
        count = max(1, round(whole * share))
        for start in range(0, count, PIECE):
            yield family, start, min(start + PIECE, count)


def table(found: dict[str, Tally], seconds: float) -> str:
    """The figures as people read them."""
    head = (
        f"{'trials of':28}{'trials':>9}{'struck':>9}{'twice':>7}{'lost':>6}{'to a person':>14}{'swept':>7}{'again':>7}"
    )
    lines = [head]
    for family, t in found.items():
        share = f"{t.person} ({100 * t.person / max(t.trials, 1):.2f} %)"
        lines.append(f"{family:28}{t.trials:>9}{t.struck:>9}{t.twice:>7}{t.lost:>6}{share:>14}{t.extra:>7}{t.again:>7}")
    total = sum(t.trials for t in found.values())
    points = len(set().union(*(t.passed for t in found.values())))
    lines.append(f"{total} trials, {points} of {len(plans.POINT_PLANS)} named points struck, {seconds:.0f} s")
    why = sum((t.why for t in found.values()), Counter())
    lines.append("to a person: " + ", ".join(f"{what} {count}" for what, count in why.most_common(8)))
    return "\n".join(lines)


def decided(found: dict[str, Tally]) -> list[tuple[str, str, bool]]:
    """The gates that the simulator decides: name, figure, and whether it is met."""
    whole = [sum(getattr(t, name) for t in found.values()) for name in ("trials", "twice", "lost")]
    plain = found["realistic faults"]
    share = 100 * plain.person / max(plain.trials, 1)
    return [
        ("G1", f"done twice: {whole[1]} of {whole[0]} trials", whole[1] == 0),
        ("G2", f"lost: {whole[2]} of {whole[0]} trials", whole[2] == 0),
        ("G4", f"left to a person at realistic faults: {share:.2f} % of {plain.trials} trials", share <= 0.5),
    ]


def named() -> list[tuple[str, str]]:
    """Every named point, as the tally names it."""
    return [(name, when.value) for name, when in plans.POINT_PLANS]


def main(trials: int) -> dict[str, Tally]:
    """Runs them and prints the table."""
    began = time.monotonic()
    found = prove(trials)
    print("\n" + table(found, time.monotonic() - began))
    for gate, words, met in decided(found):
        print(f"{gate} {words}")
        gates.note(gate, "the simulator", words, met=met)
    for family, tally in found.items():
        for seed, why in tally.failed[:10]:
            print(f"  BROKEN {family} {seed}: {why}")
    return found
