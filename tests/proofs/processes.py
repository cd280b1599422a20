"""A process of the bot as a proof wants it: an edge or a worker with wider lanes and no limit of requests to wait for.

More goes on at once than in life, which is where races come from. ``PROOF_HOLD`` names a task and a file: while the
file is there, the task waits, so that a proof can change the world between a decision and its execution. With
``PROOF_LOG`` it logs as in life, otherwise errors only.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot import engine, program
from bot.compose import House, build
from bot.engine import Worker
from bot.logs import log_as
from bot.perform import bury, perform
from bot.settings import Settings

RATE = 500.0
EACH = 12
BEAT = 0.05


def main(role: str) -> None:
    """Starts, says "ready" (an edge its port), and ends with SIGTERM."""
    if os.environ.get("PROOF_LOG"):
        log_as("text", serving=True, to=sys.stderr)
    else:
        logging.basicConfig(level=logging.ERROR)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    settings = Settings(_env_file=None).model_copy(update={"procountor_rate": RATE})  # type: ignore[call-arg]
    house = quick(
        build(
            settings, patience=float(os.environ.get("PROOF_WAIT", str(program.EARS_WAIT))) if role == "edge" else 30.0
        )
    )
    if role == "edge":
        ears = program.Ears(house)
        print(ears.start(), flush=True)
        stop.wait()
        ears.stop()
    else:
        wide = tuple(lane if lane.by_subject else replace(lane, each=EACH, all=32) for lane in engine.LANES)
        engine.LANES = wide  # type: ignore[misc]
        worker = Worker(house.store, _perform(house), lambda *told: bury(house.desk, house.table, *told))
        worker.start()
        print("ready", flush=True)
        stop.wait()
        worker.stop()
    house.close()


def quick(house: House) -> House:
    """Messages are redrawn without taking a breath in between."""
    return replace(house, desk=replace(house.desk, timing=replace(house.desk.timing, beat=BEAT)))


def _perform(house: House) -> Callable[[str, list[str]], None]:
    held, _, file = os.environ.get("PROOF_HOLD", "").partition("@")

    def carry_out(task: str, args: list[str]) -> None:
        if task == held and Path(file).exists():
            with house.store.write() as tx:
                key = f"{':'.join(args)}:{house.desk.clock():%H%M%S%f}"
                house.desk.work.soon(tx, "approvals", task, key, args[0], args, after=0.3)
            return
        perform(house.desk, house.table, task, args)

    return carry_out


if __name__ == "__main__":
    main(sys.argv[1])
