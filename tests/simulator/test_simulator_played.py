"""The played commit is as good as the real one: trials end alike on both, and pass the same points as often."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace

import pytest

from tests.simulator import plans
from tests.simulator.judge import judge
from tests.simulator.world import Plan, World

EACH = int(os.environ.get("KIERTO_SIM_ALIKE", "12"))


def story(plan: Plan) -> tuple[object, ...]:
    """What happened in Procountor and when, how it ended, and which points were passed."""
    world = World(plan).run()
    found = judge(world)
    passed = Counter({point: n for point, n in world.watch.passed.items() if " + " not in point[0]})
    changes = [(c.at, c.what, c.id, c.by) for c in world.books.ledger]
    return changes, found.end, found.twice, found.lost, found.person, passed if plan.kind in ("sales", "cost") else None


@pytest.mark.parametrize("family", plans.FAMILIES)
def test_trials_end_alike_on_both(family: str) -> None:
    for seed in range(EACH):
        plan = plans.plan(family, seed)
        if any(strike.step for strike in plan.strikes) and plan.kind.startswith("bill"):
            continue  # inside a commit the two count their steps differently where bills are kept
        assert story(plan) == story(replace(plan, real=True)), (family, seed)
