"""Receipts taken apart, each in a process of its own: the good ones and those made to do harm; against two seconds."""

from __future__ import annotations

import contextlib
import time

from benchmarks.figures import line
from intake import receipts
from intake.receipts import Unfit
from tests.support import receipts as made


def _times(files: list[made.Made]) -> list[float]:
    found = []
    for name, content in files:
        begun = time.perf_counter()
        with contextlib.suppress(Unfit):
            receipts.receipt(name, content)
        found.append(time.perf_counter() - begun)
    return found


def main() -> None:
    """Prints the figures."""
    good = _times([make() for make in made.GOOD.values()])
    bad = _times([make() for make, _ in made.BAD.values()])
    line("good receipts, each", good, f"worst {max(good):.2f} s; goal 2 s")
    line("bad receipts in all ways, each", bad, f"worst {max(bad):.2f} s; goal 2 s")
