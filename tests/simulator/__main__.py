"""``python -m tests.simulator [trials]``: the proof. ``python -m tests.simulator FAMILY SEED``: one trial, told."""

from __future__ import annotations

import sys

from tests.simulator import plans, proof
from tests.simulator.judge import judge
from tests.simulator.world import World


def _tell(family: str, seed: int) -> None:
    plan = plans.plan(family, seed)
    print(plan)
    world = World(plan).run()
    for change in world.books.ledger:
        print(f"  {change.at:9.1f}  {change.what:12} {change.id}  by {change.by}  {change.told}")
    print(world.watch.struck)
    print(judge(world))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _tell(next(name for name in plans.FAMILIES if sys.argv[1] in name), int(sys.argv[2]))
    else:
        found = proof.main(int(sys.argv[1]) if len(sys.argv) > 1 else proof.TRIALS)
        sys.exit(any(tally.failed for tally in found.values()))
