"""A worker process of a proof, with tasks that raise, hang, kill it or fill its memory, and good ones among them.

Each attempt is a line in a file, written before anything happens; the line of a good one is written at its end.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path

from bot import aside, program, watch
from bot.compose import build
from bot.engine import Worker
from bot.later import passes, passing
from bot.perform import bury, perform
from bot.settings import Settings
from bot.trying import Perform
from handlers.desk import Desk
from handlers.routing import Route, Table
from procountor.limiter import Pace

MEMORY = 700_000_000
HANGS = 2.0
PIECE = 50_000_000


def good(_: Desk, company: str, number: str) -> None:
    time.sleep(0.02)
    _noted("good", number)


def raises(_: Desk, company: str, number: str) -> None:
    _noted("raises", number)
    raise ZeroDivisionError(company)


def hangs(_: Desk, company: str, number: str) -> None:
    _noted("hangs", number)
    while True:
        time.sleep(3600)


def kills(_: Desk, company: str, number: str) -> None:
    _noted("kills", number)
    os.kill(os.getpid(), signal.SIGKILL)


def fills(_: Desk, company: str, number: str) -> None:
    _noted("fills", number)
    kept = []
    while True:
        kept.append(bytearray(PIECE))


def _noted(task: str, number: str) -> None:
    with open(os.environ["PROOF_NOTES"], "a") as notes:
        notes.write(f"{task} {number}\n")


TABLE = Table([Route("task", run.__name__, run, lane="hear") for run in (good, raises, hangs, kills, fills)])


def main() -> None:
    """Starts, says "ready", and ends with SIGTERM."""
    logging.basicConfig(level=logging.ERROR, filename=str(Path(os.environ["PROOF_NOTES"]).with_suffix(".log")))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    watch.LONGEST, aside.MEMORY = HANGS, MEMORY  # type: ignore[misc]
    stop = threading.Event()
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    there = aside.Aside(lambda pace: _performing(settings, pace), HANGS, passing)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    house = build(settings)
    there.pace = house.pace
    worker = Worker(
        house.store,
        lambda task, args: perform(house.desk, TABLE, task, args),
        lambda task, args, failed: bury(house.desk, TABLE, task, args, failed),
        passes,
        lambda failed: not passing(failed),
        program.kept_aside(there),
    )
    worker.start()
    print("ready", flush=True)
    stop.wait()
    worker.stop()
    there.close()
    house.close()


def _performing(settings: Settings, pace: Pace) -> Perform:
    house = build(settings, migrate=False, pace_of_all=pace)
    return lambda task, args: perform(house.desk, TABLE, task, args)


if __name__ == "__main__":
    sys.exit(main())
