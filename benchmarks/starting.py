"""How soon the program is back after a kill (G12), with a hundred thousand bills and their cards to come back to.

`kierto run` and its worker are killed as a whole and started again. Counted from the start of the process: until
/health/ready says so, and until the worker has done what was said while nobody lived.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import gates, office
from benchmarks.door import processor
from benchmarks.speech import PEOPLE
from bot import practice
from bot.practice import DidNotStart, free_port, wait_ready
from finance.canonical import dump
from handlers.said import Said
from storage import inbox
from storage.tables import inbox as kept
from tests.proofs.proof_world import ROOT, World, opened

ROWS = int(os.environ.get("KIERTO_BENCH_ROWS", "100000"))
ROUNDS = 5


def main() -> None:
    """Prints the figures of gate G12, on both databases."""
    for kind in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder, opened(kind, Path(folder), PEOPLE) as world:
            with world.house.store.write() as tx:
                office.put(tx, world.company, ROWS, len(PEOPLE))
            rounds = [_round(world, place) for place in range(ROUNDS)]
            hears, spent, works = zip(*rounds, strict=True)
            words = (
                f"{kind}: {ROUNDS} kills with {ROWS} bills: {_told(hears)} until it hears ({_told(spent)} of the "
                f"processor), {_told(works)} until it has done what waited (goal 5 s each)"
            )
            print(f"G12 {words}")
            gates.note("G12", f"starting, {kind}", words, met=max(hears) <= 5 and max(works) <= 5)


def _told(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds):.1f} s median, {max(seconds):.1f} s most"


def _round(world: World, place: int) -> tuple[float, float, float]:
    """Seconds until it hears, those of the processor among them, seconds until it works."""
    port, key = free_port(), f"said{place}"
    settings = world.settings.model_copy(update={"port": port})
    said = Said("command", "help", team=world.team, user=PEOPLE[0].id, company=world.company)
    with world.house.store.write() as tx:
        inbox.keep(tx, key, dump(said), practice.now())
        world.house.engine.soon(tx, "hear", "hear", key, world.company, [key])
    log, began = world.folder / f"start-{place}.log", time.monotonic()
    with log.open("wb") as words:
        program = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=practice.environment(settings), cwd=ROOT,
            stdout=words, stderr=words, start_new_session=True,
        )  # fmt: skip
    try:
        wait_ready(program, port, log, pause=0.01)
        hears, spent = time.monotonic() - began, processor(program.pid)
        _until(lambda: _done(world, key), log)
        return hears, spent, time.monotonic() - began
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def _done(world: World, key: str) -> bool:
    with world.house.store.read() as tx:
        return tx.execute(kept.select().where(kept.c.key == key)).one().done_at is not None


def _until(seen: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + 120
    while not seen():
        if time.monotonic() > end:
            raise DidNotStart(log.read_text()[-2000:])
        time.sleep(0.02)
