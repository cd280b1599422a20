"""Four hundred files sent as receipts: the bad ones, made in all the ways we know, are stopped by name, the good ones
come through, and nothing of them stays in our own memory (reliability.md D4, J4)."""

from __future__ import annotations

import os
import random
import resource
import time

import pytest

from finance.receipts import Flaw
from intake import apart, receipts
from intake.receipts import Unfit
from tests.support import receipts as made

FILES = int(os.environ.get("KIERTO_PROOF_RECEIPTS", "400"))
GROWTH = 64 * 1024  # kilobytes of this process


@pytest.mark.gate("G14")
@pytest.mark.proof
def test_bad_receipts_are_stopped_and_good_ones_come_through() -> None:
    dice = random.Random(5)
    bad, good = FILES * 2 // 5, FILES - FILES * 2 // 5
    wanted = [list(made.BAD)[n % len(made.BAD)] for n in range(bad)]
    plan = [*((name, True) for name in wanted), *((list(made.GOOD)[n % len(made.GOOD)], False) for n in range(good))]
    dice.shuffle(plan)
    files = {name: (made.BAD[name][0] if name in made.BAD else made.GOOD[name])() for name, _ in plan}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slowest = {True: (0.0, 0.0, ""), False: (0.0, 0.0, "")}
    for name, is_bad in plan:
        began, used = time.monotonic(), processor()
        assert outcome(*files[name]) is (made.BAD[name][1] if is_bad else None), name
        slowest[is_bad] = max(slowest[is_bad], (processor() - used, time.monotonic() - began, name))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    for is_bad, (its, wall, name) in slowest.items():
        print(f"{'bad' if is_bad else 'good'}, the slowest: {name}, {its:.2f} s of the processor, {wall:.2f} s in all")
    print(f"{FILES} files, memory grown by {grown / 1024:.1f} MB")
    assert grown <= GROWTH


def processor() -> float:
    """Seconds of the processor that the programs which opened files have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def outcome(name: str, content: bytes) -> Flaw | None:
    """Why it was stopped; None when it came through. A machine that is too busy tries again, as the engine does."""
    for _ in range(5):
        try:
            receipts.receipt(name, content)
        except Unfit as unfit:
            return unfit.flaw
        except apart.Ended:
            print(f"{name}: the machine was too busy, once more")
            continue
        return None
    raise AssertionError(f"{name} could not be judged in five tries")
