"""Starts workers quickly: everything is imported once here, and each worker is a fork that can be killed for good.

The nursery itself has no thread, no open database and no connection: a child begins as a new process would, after its
imports. Once a house is built and closed here, on a scratch file, so that what the libraries import and read late
(migrations, certificates) is there, too; and a rehearsing worker, a child as all others, tells what it imported beyond.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import signal
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot import engine, program
from bot.opening import opened
from bot.settings import Settings

REHEARSAL = 1.0  # seconds
RATE = 500.0  # nothing waits for the limit of requests
EACH = 3  # documents of a company at once: fewer than in life, so that a short life brings one of them further


def main() -> None:
    """Reads a line for each worker wanted, answers with its process id."""
    logging.basicConfig(level=logging.CRITICAL)
    engine.LANES = tuple(replace(lane, each=min(lane.each, EACH)) for lane in engine.LANES)  # type: ignore[misc]
    settings = Settings(_env_file=None).model_copy(update={"procountor_rate": RATE})  # type: ignore[call-arg]
    with tempfile.TemporaryDirectory(prefix="kierto-nursery-") as folder:
        _warm(settings.model_copy(update={"database_url": f"sqlite:///{folder}/scratch.db"}), Path(folder) / "imported")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not mourned
    assert threading.active_count() == 1, "a fork would lose what other threads hold"
    gc.collect()
    gc.freeze()  # a child shares these pages for good
    print("ready", flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _work(settings)
        print(pid, flush=True)


def _work(settings: Settings) -> None:
    try:
        program.work(settings, threading.Event())
    finally:
        os._exit(1)


def _warm(scratch: Settings, told: Path) -> None:
    opened(scratch).close()
    pid = os.fork()
    if pid == 0:
        threading.Timer(REHEARSAL, lambda: (told.write_text("\n".join(sys.modules)), os._exit(0))).start()
        _work(scratch)
    os.waitpid(pid, 0)
    for name in told.read_text().split("\n"):
        with suppress(ImportError):
            importlib.import_module(name)


if __name__ == "__main__":
    main()
