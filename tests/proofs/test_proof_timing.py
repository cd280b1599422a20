"""Nobody learns a signature from how long its refusal takes (S1): wrong in the first place, or only in the last.

Two samples in turns, inside the verifier and over the line to the real door, compared by the test of Mann and Whitney.
What is measured on a busy machine has outliers; ranks do not mind them.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks.speech import SIGN, TIME
from benchmarks.volley import Volley, post
from bot.verify import Verdict, sign, verify
from tests.proofs.proof_world import opened

SAMPLES = int(os.environ.get("KIERTO_PROOF_TIMINGS", "20000"))
LEAST = 0.01
TRIES = 3  # one honest comparison in a hundred is below LEAST: three in a row are one in a million
BODY = b"command=%2Fprocountor&text=help&" + b"x" * 600


def flipped(right: bytes, place: int) -> bytes:
    """The signature with one nibble wrong."""
    return right[:place] + (b"0" if right[place : place + 1] != b"0" else b"1") + right[place + 1 :]


def samples(times: Callable[[bool], float]) -> tuple[list[float], list[float]]:
    """Seconds of both kinds, in turns of a random order, so that whatever else goes on meets both alike."""
    dice, found = random.Random(7), ([], [])  # type: ignore[var-annotated]
    for _ in range(SAMPLES // 2):
        for late in dice.sample((False, True), 2):
            found[late].append(times(late))
    return found


def chance(first: Sequence[float], last: Sequence[float]) -> float:
    """p of Mann and Whitney, two-sided, by the normal approximation with ties; both samples are large."""
    merged = sorted([(value, 0) for value in first] + [(value, 1) for value in last])
    ranks, ties, place = 0.0, 0.0, 0
    while place < len(merged):
        end = place
        while end < len(merged) and merged[end][0] == merged[place][0]:
            end += 1
        ranks += sum(1 for _, kind in merged[place:end] if kind == 0) * (place + 1 + end) / 2
        ties += (end - place) ** 3 - (end - place)
        place = end
    n, m, whole = len(first), len(last), len(merged)
    spread = (n * m / 12 * (whole + 1 - ties / (whole * (whole - 1)))) ** 0.5
    score = (ranks - n * (n + 1) / 2 - n * m / 2) / spread
    return 2 * (1 - statistics.NormalDist().cdf(abs(score)))


def told(where: str, times: Callable[[bool], float]) -> float:
    """The highest p of so many tries, each printed with its medians."""
    best = 0.0
    for _ in range(TRIES):
        first, last = samples(times)
        best = chance(first, last)
        medians = " and ".join(f"{statistics.median(kind) * 1e6:.2f} µs" for kind in (first, last))
        print(
            f"\n  timing, {where}: {SAMPLES} signatures wrong in the first or the last nibble: {medians}, p {best:.3f}"
        )
        if best > LEAST:
            return best
    return best


@pytest.mark.proof
def test_the_verifier_takes_as_long_for_the_first_nibble_as_for_the_last() -> None:
    now = time.time()
    stamp = str(int(now)).encode()
    right = sign("secret", stamp, BODY)
    wrong = flipped(right, 3), flipped(right, len(right) - 1)

    def times(late: bool) -> float:
        began = time.perf_counter_ns()
        verdict = verify("secret", stamp, wrong[late], BODY, now)
        seconds = (time.perf_counter_ns() - began) / 1e9
        assert verdict is Verdict.FORGED
        return seconds

    assert told("inside the verifier", times) > LEAST


@pytest.mark.proof
def test_the_door_answers_as_soon_for_the_first_nibble_as_for_the_last(tmp_path: Path) -> None:
    with opened("sqlite", tmp_path) as world, world.edge():
        stamp = str(int(time.time())).encode()
        right = sign(world.slack.signing_secret, stamp, BODY)
        wrong = [flipped(right, 3), flipped(right, len(right) - 1)]
        requests = [post("/slack/events", [(TIME, stamp), (SIGN, one)], BODY) for one in wrong]
        lines = [Volley(world.port, [request], lines=1) for request in requests]

        def times(late: bool) -> float:
            answers = lines[late].fire()
            assert answers.statuses.keys() == {401}
            return answers.waits.pop()

        assert told("over the line", times) > LEAST


def test_a_comparison_that_stops_at_the_first_difference_would_be_seen() -> None:
    dice = random.Random(3)
    noise = [[dice.gauss(10, 2) + 0.5 * kind for _ in range(2000)] for kind in (0, 1, 0)]
    assert chance(noise[0], noise[1]) < 1e-6
    assert chance(noise[0], noise[2]) > LEAST
    assert chance([1.0] * 99 + [2.0], [1.0] * 98 + [2.0] * 2) > LEAST
