"""F6: copies of the database are made while a batch goes out, and each is put back when everything has gone.

As an operator does it: `kierto backup` beside the working worker, `kierto restore`, and an admin's word that sending
goes on. What the restored database has forgotten stands in Procountor: it is found and taken for ours, not made again.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bot import backup
from bot.compose import build, now
from handlers import safe_mode
from storage import holding
from tests.kills import paperwork
from tests.kills.lane import RESTING, Lane, killed, opened

POINTS = int(os.environ.get("KIERTO_PROOF_COPIES", "28"))
REQUESTS = 200  # that a batch needs, roughly: the copies are spread over them
PATIENCE = 60.0


@pytest.mark.proof
def test_a_copy_of_any_moment_put_back_sends_nothing_twice(tmp_path: Path) -> None:
    began, doubled, missing, person, held = time.monotonic(), 0, 0, 0, 0
    with opened(f"sqlite:///{tmp_path}/kierto.db", 20261126) as lane:
        paperwork.send_batch(lane.house, lane.company, paperwork.FIRST)
        lane.tally.documents = paperwork.BATCH
        copies = _copies(lane, tmp_path)
        for copy in copies:
            held += _put_back(lane, copy)
            _finish(lane)
            lane.judge()
            doubled, missing = doubled + lane.tally.doubled, missing + lane.tally.missing
            person += lane.tally.person
            assert not lane.tally.papers_wrong
            assert not lane.tally.payments_wrong
    print(
        f"\n  {len(copies)} copies of {paperwork.BATCH} documents on their way put back, held for a person {held} "
        f"times: doubled {doubled}, missing {missing}, left to a person {person}; {time.monotonic() - began:.0f} s"
    )
    assert (doubled, missing, held) == (0, 0, len(copies))


def _copies(lane: Lane, folder: Path) -> list[Path]:
    """Made at even distances by the requests that have gone out; then everything goes out."""
    before, copies = lane.asked(), []
    worker = lane.nursery.worker()
    for place in range(POINTS):
        far = before + place * REQUESTS // POINTS
        lane.until(lambda far=far: lane.asked() >= far or not lane.under_way(), PATIENCE)
        copies.append(folder / f"copy-{place}.db")
        backup.take(lane.house.settings, copies[-1], now())
    assert lane.until(lambda: not lane.under_way(), RESTING)
    killed(worker)
    return copies


def _put_back(lane: Lane, copy: Path) -> bool:
    """Whether nothing was sent until an admin said so."""
    settings = lane.house.settings
    lane.house.close()
    backup.restore(settings, copy, now())
    lane.house = build(settings)
    with lane.house.store.write() as tx:
        held = holding.held(tx, lane.company) is not None
        safe_mode.release(lane.house.desk, tx, lane.company, "test", now())
    return held


def _finish(lane: Lane) -> None:
    worker = lane.nursery.worker()
    assert lane.until(lambda: not lane.under_way(), RESTING), "something is still under way"
    killed(worker)
