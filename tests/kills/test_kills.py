"""Kills the worker at random moments, loses answers that took effect, and counts what stands in Procountor.

Lanes beside each other share the kills (see `lane`); each has a database and a practice Procountor of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tests.kills.lane import ROOT, Tally
from tests.support.databases import fresh

LANES = int(os.environ.get("KIERTO_KILL_LANES", "2"))
PLAN = [
    ("sqlite", int(os.environ.get("KIERTO_KILLS", "200"))),
    ("postgresql", int(os.environ.get("KIERTO_KILLS_PG", "40"))),
]


def line(kind: str, all: Tally) -> str:
    """The figures as they are printed."""
    lines = (
        f"{kind}: {all.kills} kills in {all.seconds:.0f} s ({all.kills / all.seconds:.1f}/s), {all.at_work} at work, "
        f"{all.commands} of the real command, whose first request came after {all.slowest_start:.1f} s at most",
        f"{all.documents} invoices, bills and claims, {all.vouchers} vouchers of several claims, {all.posts} POSTs, "
        f"{all.lost_answers} answers lost after effect",
        f"doubled {all.doubled}, missing {all.missing}, papers not once {all.papers_wrong}, "
        f"payments not once {all.payments_wrong}, left to a person {all.person}",
    )
    return "\n    ".join(lines)


def killed_through(kind: str, kills: int, folder: Path) -> Tally:
    """All lanes at once, and what they counted together."""
    began, lanes = time.monotonic(), []
    for number in range(LANES):
        share = str(kills // LANES + (number < kills % LANES))
        words = [sys.executable, "-m", "tests.kills.lane", fresh(kind, folder), share, str(20261122 + number)]
        lanes.append(subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT))
    told = [lane.communicate()[0] for lane in lanes]
    assert [lane.returncode for lane in lanes] == [0] * LANES, "a lane ended with an error, printed above"
    tallies = [Tally(**json.loads(words)) for words in told]
    sums = {one.name: sum(getattr(tally, one.name) for tally in tallies) for one in fields(Tally)}
    slowest = max(tally.slowest_start for tally in tallies)
    return Tally(**sums | {"slowest_start": slowest, "seconds": time.monotonic() - began})


@pytest.mark.gate("G2")
@pytest.mark.gate("G1")
@pytest.mark.kills
@pytest.mark.parametrize(("kind", "kills"), PLAN)
def test_whatever_moment_the_worker_dies_everything_is_in_procountor_exactly_once(
    kind: str, kills: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], record_property: Any
) -> None:
    found = killed_through(kind, kills, tmp_path)
    with capsys.disabled():
        print(f"\n  {line(kind, found)}")
    record_property("figure", line(kind, found))
    assert found.kills == kills
    assert (found.doubled, found.missing, found.person) == (0, 0, 0)
    assert (found.papers_wrong, found.payments_wrong) == (0, 0)
    assert min(found.vouchers, found.lost_answers, found.at_work, found.commands) > 0
