"""G1, G2 and G4 (docs/reliability.md): nothing twice, nothing lost, next to nothing left to a person."""

from __future__ import annotations

import os

import pytest

from tests.simulator import proof

TRIALS = int(os.environ.get("KIERTO_SIM", str(proof.TRIALS)))
SWEPT = {"deaths at each named point", "people and rights"}  # where lost requests may outlive the settle time


@pytest.mark.proof
def test_nothing_is_done_twice_and_nothing_is_lost() -> None:
    found = proof.main(TRIALS)
    broken = {family: tally.failed for family, tally in found.items() if tally.failed}
    assert not broken, "each is told by `python -m tests.simulator FAMILY SEED`; a mended one is kept as a test"
    assert sum(tally.twice + tally.lost for tally in found.values()) == 0
    assert {family for family, tally in found.items() if tally.extra} <= SWEPT
    plain = found["realistic faults"]
    assert plain.person <= max(1, 0.005 * plain.trials), plain.why
    if TRIALS >= 4_000:
        struck = set().union(*(tally.passed for tally in found.values()))
        assert len(struck) >= proof.STRUCK, sorted(set(proof.named()) - struck)
