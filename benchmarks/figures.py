"""Runs a thing several times and prints the median with its range."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def timed(work: Callable[[], object], runs: int = 5) -> list[float]:
    """Seconds of each run, after one that is not counted."""
    work()
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return seconds


def line(name: str, seconds: list[float], against: str) -> None:
    """One row: what, median, range, and what it is measured against."""
    median, low, high = statistics.median(seconds), min(seconds), max(seconds)
    print(f"{name:<52} {median:8.3f} s  ({low:.3f}–{high:.3f}, {len(seconds)} runs)  {against}")
